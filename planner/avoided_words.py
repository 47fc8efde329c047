"""Which everyday words stand for one of the 14 allergens, for a diet, or for a group of foods?

Words are written as people say them; whoever reads them folds both sides alike, so that one number and one spelling do.
The 14 allergens are those of the Food Standards Agency's "Allergen guidance for food businesses".
"""

from collections.abc import Mapping

ALLERGEN_WORDS: Mapping[str, tuple[str, ...]] = {
    "celery": ("celery", "celeriac", "celery salt"),
    "crustaceans": (
        "crustaceans", "crustacean", "crustacea", "shellfish", "shell fish", "seafood", "sea food", "prawns", "shrimp",
        "shrimps", "crab", "lobster", "crayfish", "langoustine", "scampi",
    ),
    "eggs": ("egg", "eggs", "egg white", "egg yolk"),
    "fish": ("fish", "seafood", "sea food", "white fish", "oily fish"),
    "gluten": ("gluten", "wheat", "barley", "rye", "spelt", "kamut", "coeliac", "celiac", "coeliac disease"),
    "lupin": ("lupin", "lupins", "lupin flour", "lupine"),
    "milk": (
        "milk", "dairy", "lactose", "cow's milk", "cows milk", "milk protein", "cow's milk protein", "casein", "whey",
        "milk products", "dairy products",
    ),
    "molluscs": (
        "molluscs", "mollusc", "mollusk", "shellfish", "shell fish", "seafood", "sea food", "mussels", "clams", "oysters",
        "scallops", "squid", "calamari", "octopus", "cockles", "whelks", "snails",
    ),
    "mustard": ("mustard", "mustard seed"),
    "nuts": (
        "nuts", "nut", "tree nuts", "treenuts", "almonds", "hazelnuts", "walnuts", "cashews", "cashew nuts", "pecans",
        "pecan nuts", "brazil nuts", "brazils", "pistachios", "pistachio nuts", "macadamias", "macadamia nuts", "marzipan",
        "praline", "mixed nuts",
    ),
    "peanuts": ("peanuts", "peanut", "groundnuts", "ground nuts", "monkey nuts", "nuts", "nut", "mixed nuts"),
    "sesame": ("sesame", "sesame seeds", "sesame oil", "tahini"),
    "soya": ("soya", "soy", "soybeans", "soya beans", "soy beans", "edamame"),
    "sulphites": ("sulphites", "sulfites", "sulphite", "sulphur dioxide", "sulfur dioxide", "sulphur", "sulfur"),
}  # fmt: skip
"""Allergen -> the words that stand for it. A word may stand for several: whoever says "nuts" often means peanuts too."""

DIET_WORDS: Mapping[str, tuple[str, ...]] = {
    "vegan": ("vegan", "plant based", "plant-based", "no animal products", "animal products"),
    "vegetarian": ("vegetarian", "veggie", "veggy", "no meat or fish", "no meat no fish", "vegetarian food"),
    "pescatarian": ("pescatarian", "pescetarian", "no meat", "meat free", "meat", "all meat"),
}
"""Diet -> the words that stand for it, the strictest first."""
NO_MEAT = "No meat: we may still plan fish. Write “vegetarian” if fish must go too."
"""What to say where somebody leaves out meat and names no diet."""

PEANUTS_TOO = "Nuts: we leave out peanuts too. Write “tree nuts” if peanuts are fine for you."
"""What to say where a word stands for both, because many people who say "nuts" mean peanuts too."""

NOT_SUPPORTED = (
    "halal", "kosher", "jain", "hindu", "ital", "flexitarian", "paleo", "keto", "ketogenic", "low carb", "low fat",
    "low salt", "low sodium", "no added salt", "low sugar", "sugar free", "no added sugar", "low fodmap", "fodmap",
    "diabetic", "diabetes", "low potassium", "renal", "low histamine", "histamine", "low fibre", "high fibre",
    "low residue", "raw vegan", "organic", "macrobiotic", "nightshades", "nightshade", "soft food", "spicy", "spicy food",
)  # fmt: skip
"""Ways of eating that people name and that nothing we know of a recipe can tell."""

_CHEESES = (
    "cheese", "cheese-soft-mould", "cheese-soft-blue", "cheese-hard-blue", "cheese-washed-rind", "cheese-fresh",
    "cheese-hard", "cheese-processed", "cheese-deli-grated",
)  # fmt: skip
_PORK = (
    "pork", "pork-ribs", "pork-mince", "pulled-pork", "cold-roast-pork", "gammon", "bacon", "bacon-jam", "ham", "ham-hock",
    "sausage", "lardons", "black-pudding", "lard", "pork-scratchings", "mett", "wild-boar", "haslet", "brawn", "faggots",
    "spam", "cured-meats", "deli-meat", "hot-dogs", "pates", "tinned-ham", "tinned-meat", "gelatine", "marshmallow", "jelly",
)  # fmt: skip
_BEEF = (
    "beef", "steak", "beef-joint", "minced-beef", "burger", "meatballs", "meatloaf", "cold-roast-beef", "corned-beef",
    "salt-beef", "bresaola", "pastrami", "biltong", "beef-jerky", "oxtail", "ox-heart", "beef-wellington", "beef-extract",
    "roast-beef",
)  # fmt: skip
_OFFAL = (
    "liver", "chicken-liver", "kidney", "ox-heart", "sweetbreads", "tripe", "giblets", "haggis", "faggots", "pates",
    "black-pudding", "liver-sausage", "tongue",
)  # fmt: skip

GROUPS: Mapping[str, tuple[str, ...]] = {
    "cheese": _CHEESES,
    "mushrooms": ("mushrooms", "mushroom-kinds"),
    "fungi": ("mushrooms", "mushroom-kinds"),
    "peppers": ("bell-pepper", "roasted-peppers", "jalapeno"),
    "pork": _PORK,
    "pig": _PORK,
    "beef": _BEEF,
    "red meat": ("red-meat", "cured-meats", "deli-meat", "hot-dogs", "venison", "wild-boar", "game", *_BEEF, *_OFFAL),
    "processed meat": ("cured-meats", "deli-meat", "hot-dogs", "bacon", "gammon", "sausage", "tinned-ham", "spam"),
    "poultry": ("poultry", "duck", "goose", "poussin", "sliced-chicken", "sliced-turkey", "cold-cooked-chicken"),
    "offal": _OFFAL,
    "game": ("game", "venison", "wild-boar", "rabbit", "pheasant", "pigeon", "duck", "smoked-venison", "smoked-duck-breast"),
    "alcohol": ("wine", "beer", "rice-wine"),
    "pulses": ("lentils", "chickpeas", "kidney-beans", "split-peas", "dried-beans", "baked-beans", "mung-beans"),
    "legumes": ("lentils", "chickpeas", "kidney-beans", "split-peas", "dried-beans", "baked-beans", "peas", "mung-beans"),
}  # fmt: skip
"""What people call a group of foods -> the foods, families and classes in it, and single foods that plainly are of it."""
ALSO_SAYS: Mapping[str, tuple[str, ...]] = {
    "pulses": ("bean", "lentil", "chickpea", "split pea"),
    "legumes": ("bean", "lentil", "chickpea", "pea"),
    "alcohol": ("cider", "sherry", "brandy", "rum", "port", "ale", "stout", "vodka", "whisky"),
    "poultry": ("chicken", "turkey"),
    "red meat": ("beef", "lamb", "pork"),
}
"""And the words on a recipe's lines that say the same."""

ANOTHER_FOOD: Mapping[str, tuple[str, ...]] = {
    "butter": ("butter bean", "peanut butter", "nut butter", "almond butter", "cashew butter", "cocoa butter"),
    "cream": ("cream of tartar", "cream cracker", "coconut cream", "cream cheese"),
    "pepper": ("black pepper", "white pepper", "cayenne pepper", "lemon pepper", "salt and pepper", "ground pepper"),
    "potato": ("sweet potato",),
    "oyster": ("oyster mushroom",),
    "corn": ("corn flour",),
    "rice": ("rice vinegar", "rice wine"),
    "onion": ("spring onion",),
    "orange": ("orange pepper",),
    "cheese": ("vegan cheese",),
    "bacon": ("vegan bacon",),
    "sausage": ("vegetarian sausage", "vegan sausage"),
    "burger": ("vegetarian burger", "vegan burger"),
    "chicken": ("vegan chicken",),
    "beef": ("beef tomato",),
    "bean": ("vanilla bean", "coffee bean", "cocoa bean"),
    "apple": ("pineapple",),
    "ginger": ("ginger beer",),
    "pig": ("pig in blanket",),
}
"""A word -> longer names that hold it and are another food. The line "1 tin butter beans" says nothing of butter."""

FILLERS = frozenset(
    "no not non never without avoid avoids avoiding avoided free from allergic allergy allergen intolerant intolerance "
    "sensitive sensitivity cannot cant dont doesnt wont isnt eat eats eating ate have has having like likes liking dislike "
    "dislikes hate hates hating stand any all anything everything with of the a an i we he she they it its me to in at for "
    "that this which is am are be must should may food foods product products item items please kind kinds sort sorts type "
    "types my his her their our your especially really very severe severely mild strict strictly keep out leave leaving "
    "nothing contain contains containing made diet disease person people one on so as too also trace traces off reaction "
    "plain".split()
)
"""Words beside what is avoided that say nothing more."""
ALLERGY_WORDS = frozenset({"allergic", "allergy", "allergies", "intolerant", "intolerance", "reaction"})
EXCEPTIONS = frozenset({"except", "but", "unless", "only", "fine", "ok", "okay", "love", "loves", "apart", "although", "if"})
"""Words of an exception, which nobody can read safely."""

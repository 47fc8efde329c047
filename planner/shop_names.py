"""What does a shop call the food of a recipe's line, and which lines are one thing to buy?

"4 rashers back bacon, chopped" is bacon, a "pouch microwave rice" is rice by the pouch. Ripe bananas are bananas, and
whoever asks for smooth peanut butter is content with no other, so that both lines get it.
"""

import re
from collections.abc import Collection

from foods.food import Finding, FoodFinding
from foods.names import BREAK, Vocabulary, singular
from recipes.lines import PACKS, pack_size
from recipes.recipe import Ingredient

ANY_WILL_DO = frozenset({"ripe", "fresh", "large", "medium", "small", "eating", "clear", "lean"})
"""Words of a name that make no other thing to buy of it. They go where another line does without."""
SUITS_BOTH = frozenset(
    {"full", "fat", "smooth", "skinless", "chopped", "bottled", "plain", "wrap", "bread", "dried", "button"}
)
"""Words of a name that suit those who did not ask for them as well: one line with them and one without buy it with them."""
ANOTHER_THING = frozenset({"boneless", "new", "baking", "crusty", "diced", "stewing"})
"""Plain words that make another thing to buy of a food: new potatoes, boneless thighs."""
UNCOUNTED = frozenset(
    {
        "rice",
        "couscous",
        "pasta",
        "tofu",
        "tuna",
        "salmon",
        "sweetcorn",
        "spinach",
        "broccoli",
        "weetabix",
        "bacon",
        "garlic",
    }
)
"""Last words of names that stay the same for several: 2 pouches of microwave rice."""
OES = ("potato", "tomato", "mango")
POUCH, RASHER = "pouch", "rasher"
OUR_PACKS = {POUCH: "pouch pouches", RASHER: "rasher rashers"}
"""Packs that the reading of a line leaves in the food, as `recipes.lines.PACKS` has the others."""
_PACKED_IN = {"tin": ("tinned", "canned"), "jar": ("jarred",)}
_AT_HOME = re.compile(
    r",| \(| (?:to|for) (?:the|taste|serve|serving|garnish|fry|frying|grease|greasing|dust|dusting|finish)\b", re.I
)
"""Where the words begin that say what is done at home."""
_IN_SOMETHING = re.compile(r" in (?!a\b|an\b|the\b)")
_SEVERAL_FOODS = re.compile(r"\b(?:and|or|with|plus)\b|&")


# ---- What it is called ----


def shop_name(ingredient: Ingredient) -> str:
    """The food as the list names it: without the pack it is counted in, and without what is done to it at home."""
    text = ingredient.food or ingredient.text
    text = _AT_HOME.split(text, maxsplit=1)[0].strip() or text
    unit = counted_in(ingredient)
    ways = {**PACKS, **OUR_PACKS}
    if unit not in ways:
        return text
    said, words = {*ways[unit].split(), "of", *_PACKED_IN.get(unit, ())}, text.split()
    while len(words) > 1 and words[0].lower() in said:
        words = words[1:]
    return " ".join(words)


def counted_in(ingredient: Ingredient) -> str:
    """The unit of a line, a pouch or a rasher among them."""
    first = ingredient.food.partition(" ")[0].lower()
    ours = next((unit for unit, ways in OUR_PACKS.items() if first in ways.split()), "")
    return ours if ours and ingredient.amount and ingredient.unit in ("", "slice") else ingredient.unit


def size_of_pack(ingredient: Ingredient) -> str:
    """What one pack holds, like "400 g"; empty where nothing is a pack, or the line does not say.

    Half a pouch "(125 g)" says what the half holds.
    """
    if ingredient.unit not in PACKS and counted_in(ingredient) != POUCH:
        return ""
    found = pack_size(re.sub(r"\bpouch(?:es)?\b", "pack", ingredient.text, count=1))
    if not found:
        return ""
    value, unit = found
    part = min(ingredient.amount or 1, 1) if counted_in(ingredient) == POUCH else 1
    return f"{float(value / part):g} {unit}"


def common_name(names: Collection[str], several: bool | None, label_says: str = "") -> str:
    """The one name of several in use: the one that suits all lines. `several` is None where nothing is counted.

    A word that the label must say is left to that hint, which stands beside the name.
    """
    plain = {_without(name, {label_says}) for name in names}
    if len({name.casefold() for name in plain}) > 1:
        plain = {_without(name, ANY_WILL_DO) for name in plain}
    name = min(plain, key=lambda one: (-len(SUITS_BOTH.intersection(_words(one))), len(one), one.isascii(), one))
    if several is None:
        return plural(name) if plural(name) in plain else name
    return plural(name) if several else one_of(name)


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", name.lower())


def _without(name: str, words: Collection[str]) -> str:
    kept = [word for word in name.split() if word.lower() not in words]
    return " ".join(kept) or name


def one_of(name: str) -> str:
    """ "ripe bananas" -> "ripe banana", "prunes in juice" -> "prune in juice"."""
    before, word, rest = _head(name)
    return f"{before}{singular(word)}{rest}"


def plural(name: str) -> str:
    """ "pitta bread" -> "pitta breads", "prune in juice" -> "prunes in juice"; what is several already stays."""
    before, word, rest = _head(name)
    if singular(word) != word or word.lower() in UNCOUNTED:
        return name
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{before}{word[:-1]}ies{rest}"
    return f"{before}{word}{'es' if word.endswith(('s', 'sh', 'ch', 'x', *OES)) else 's'}{rest}"


def _head(name: str) -> tuple[str, str, str]:
    """What stands before the word that is counted, that word, and what it lies in."""
    cut = _IN_SOMETHING.search(name)
    head, rest = (name[: cut.start()], name[cut.start() :]) if cut else (name, "")
    start = head.rfind(" ") + 1
    return head[:start], head[start:], rest


# ---- Which food it is ----


def bought(finding: Finding, name: str, vocabulary: Vocabulary) -> FoodFinding | None:
    """The one food that a shopper takes from the shelf; None where the name is of several, or of one that nobody knows.

    Pears in juice are pears, and a potato that a recipe cuts into chips is a potato.
    """
    if finding.unexplained:
        return None
    if len({one.food.slug for one in finding.about}) == 1:
        return finding.about[0]
    head = _IN_SOMETHING.split(name)[0]
    words = {*vocabulary.fold(head)}
    named = [one for one in finding.about if words & {*one.words.split()}]
    kinds = {one.food.food_class.slug for one in named}
    return named[0] if named and (len(named) == 1 or len(kinds) == 1 and not _SEVERAL_FOODS.search(head)) else None


def thing_to_buy(food: FoodFinding | None, name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Names with the same key are one thing to buy: the food and what it is called there, so that penne is no spaghetti."""
    folded = vocabulary.fold(name)
    if food is None:
        return tuple(word for word in folded if word != BREAK and word not in ANY_WILL_DO)
    called = [word for word in food.words.split() if word not in ANY_WILL_DO | SUITS_BOTH | {"tinned"}]
    medium = folded[folded.index("in") :] if "in" in folded and "in" not in called else ()
    return food.food.slug, *sorted({*called, *medium, *ANOTHER_THING.intersection(folded)})

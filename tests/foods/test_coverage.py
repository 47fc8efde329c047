"""Does the table know each food that is known to have carried Listeria to people, and say of it what it should?"""

from pathlib import Path

from foods.rules import judge
from foods.table import read_table

TABLE, _ = read_table(Path(__file__).parents[2] / "data")

OUTBREAKS = {
    "coleslaw": ("deli-salad", "avoid"),
    "queso fresco": ("cheese-fresh", "cook"),
    "panela cheese": ("cheese-fresh", "cook"),
    "cotija": ("cheese-fresh", "cook"),
    "Belgian pâté": ("pates", "avoid"),
    "jellied pork tongue": ("pates", "avoid"),
    "soft cheese": ("cheese-soft-mould", "cook"),
    "French soft cheese": ("cheese-soft-mould", "cook"),
    "soft cheese from raw milk": ("raw-dairy", "avoid"),
    "Quargel": ("cheese-washed-rind", "cook"),
    "acid-curd cheese": ("cheese-washed-rind", "cook"),
    "Baronet cheese": ("cheese-washed-rind", "cook"),
    "deli meat": ("deli-meat", "cook"),
    "ready-to-eat meat": ("deli-meat", "cook"),
    "garlic sausage": ("deli-meat", "cook"),
    "cooked beef tongue": ("deli-meat", "cook"),
    "rullepølse": ("deli-meat", "cook"),
    "carne mechada": ("deli-meat", "cook"),
    "polony": ("hot-dogs", "cook"),
    "frankfurters": ("hot-dogs", "cook"),
    "celery, ready chopped": ("produce-cut", "avoid"),
    "cantaloupe": ("melons", "avoid"),
    "rockmelon": ("melons", "avoid"),
    "caramel apples": ("stone-fruit", "avoid"),
    "peaches": ("stone-fruit", "ok"),
    "frozen vegetables": ("frozen-veg", "cook"),
    "frozen sweetcorn": ("frozen-veg", "cook"),
    "mung bean sprouts": ("sprouts", "cook"),
    "bagged salad": ("salad-bagged", "avoid"),
    "enoki": ("mushroom-kinds", "cook"),
    "golden needle mushrooms": ("mushroom-kinds", "cook"),
    "hummus": ("dips", "ok"),
    "shop sandwich": ("sandwich", "avoid"),
    "hospital sandwich": ("sandwich", "avoid"),
    "coronation chicken filler": ("deli-salad", "avoid"),
    "chocolate mousse": ("egg-dish-raw", "avoid"),
    "peeled hard-boiled eggs": ("eggs", "cook"),
    "chilled pasta meal": ("ready-meals", "cook"),
    "ready meal": ("ready-meals", "cook"),
    "tub of ice cream": ("ice-cream", "ok"),
    "soft-serve ice cream": ("ice-cream", "avoid"),
    "milkshake from a machine": ("ice-cream", "avoid"),
    "frozen shake": ("ice-cream", "avoid"),
    "vegan soft cheese": ("plant-dairy", "cook"),
    "chilled oat milk": ("plant-dairy", "ok"),
    "butter": ("milk-cream", "ok"),
    "smoked fish": ("fish-cold-smoked", "cook"),
    "lox": ("fish-cold-smoked", "cook"),
    "hot-smoked salmon": ("fish-hot-smoked", "cook"),
    "smoked mackerel": ("fish-hot-smoked", "cook"),
    "chilled fish cakes": ("fish-cooked", "cook"),
}
"""Foods that outbreaks and recalls of 1981 to 2025 were traced to -> their class and our verdict on them as sold.

Packs of ice cream, butter, hummus and peaches stay fine: a fault at one maker is for a recall to say, not for the table.
"""


def test_each_food_that_an_outbreak_was_traced_to_is_in_its_class_with_its_verdict() -> None:
    found = {phrase: judge(TABLE, phrase) for phrase in OUTBREAKS}
    said = {
        phrase: (finding.decides.food.food_class.slug if finding.decides else None, finding.verdict.word)
        for phrase, finding in found.items()
    }
    assert said == OUTBREAKS
    for phrase, finding in found.items():
        assert finding.why and finding.sources, f"{phrase}: nothing says why, or who says so"

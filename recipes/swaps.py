"""How is a recipe made safe? What to use instead, or what to change in which step; each change checked like any recipe.

A change is only offered when the whole changed recipe is fine to eat, or fine once cooked as it says, under the same sheets.
Every other line and step stays as it was, to the letter.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from foods.food import Food, FoodFinding, Verdict
from foods.names import Kind as PieceKind
from foods.rules import judge_food
from foods.sheets import Sheet
from foods.table import FoodTable
from recipes.check import IngredientFinding, RecipeFinding, check
from recipes.contents import allergens_of, ruled_out
from recipes.heat import Kind, kind_of
from recipes.method import Eaten
from recipes.recipe import Recipe
from recipes.rewording import (
    done_through,
    own_words,
    renamed,
    sentence_after,
    sentence_first,
    still_asks_for_less,
    swapped_lines,
    with_line,
    with_step,
)

MOST_FLAGGED = 12
"""A recipe with more to change than this is another recipe."""
MOST_TRIES = 120
"""Changed recipes that are checked, at most, before we say that we found no way."""
MOST_LETTERS = 400_000
"""Letters of recipe that all those checks together may read, so that a very long one keeps nobody waiting."""

_NO_INGREDIENT = frozenset({"takeaways", "sandwich", "ready-meals", "cooked-dish", "plain-drink"})
"""Classes of food to eat instead that nobody can cook with."""
_NO_INGREDIENT_FOODS = frozenset({"baked-beans", "tinned-soup", "hot-takeaway", "toasted-sandwich", "plain-cake"})
_NEVER_SWAPPED = frozenset({"eggs", "red-meat", "poultry", "offal-game", "rice-pasta", "hot-dogs"})
"""What makes or binds a dish: these are cooked, because another food in their place makes another dish."""
_SOLD_RAW = frozenset({"fish-cooked", "shellfish-cooked", "red-meat"})
"""Classes that a cook buys raw: in a recipe with any heat in it they are meant to be cooked."""
_ALWAYS_SWAPPED = frozenset({"salad-bagged", "produce-cut", "egg-dish-raw", "raw-dairy"})
"""Classes for which another food is the simpler way, even in a hot dish."""
_BEST_COOKED = frozenset({"frozen-fruits", "frozen-veg", "sprouts"})
"""Classes that a minute of boiling mends more simply than another food does."""

_STEAMING = "until steaming hot all the way through"
_FIRM_ENDING = {
    Kind.EGG: "until the white and the yolk are firm",
    Kind.WHOLE_CUT: "until no pink is left and it is 75 °C in the middle",
    Kind.STRIPS: "until no pink is left and it is 75 °C in the middle",
    Kind.MINCE: "until no pink is left and it is 75 °C in the middle",
    Kind.PATTY: "until no pink is left and it is 75 °C in the middle",
    Kind.POULTRY: "until no pink is left, the juices run clear and it is 75 °C in the middle",
    Kind.SAUSAGE: "until no pink is left and it is 75 °C in the middle",
    Kind.FISH: "until it flakes and is 70 °C in the middle",
}
"""How each kind of food looks when it is done, as a recipe says it."""
_CORE = {Kind.FISH: 70, Kind.SHELLFISH: 70}
"""°C in the middle, 75 for everything else."""
_BOILED_FIRST = {
    "frozen-fruits": "Boil the {food} for 1 minute, until bubbling all through, then cool.",
    "frozen-veg": "Boil the {food} for 3 minutes until steaming hot all the way through, then drain.",
    "sprouts": "Boil the {food} for 3 minutes until steaming hot all the way through, then drain.",
}
_OVEN = re.compile(r"\b(?:oven|bake[ds]?|roast(?:ed)?|gratin|grill)\b", re.I)
_HOB = re.compile(
    r"\b(?:boil|simmer|fry|sauté|saute|scramble|bubbl(?:e|ing)|saucepan|frying pan|skillet|wok|hob|on the heat|off the heat"
    r"|(?:from|over) (?:the |a )?(?:\w+[ -])*heat)\b",
    re.I,
)
_COLD = re.compile(r"\b(?:chill|fridge|refrigerat\w+|freez\w+|whipped|room temperature|cold)\b", re.I)


@dataclass(frozen=True)
class Change:
    """One line or step that reads otherwise. `number` counts lines or steps from 1; `because` is what it mends, and why.

    `adds` are allergens that the new food brings in, `do_this` and `label_says` the conditions on it.
    """

    what: str
    number: int
    before: str
    after: str
    because: str = ""
    adds: tuple[str, ...] = ()
    do_this: str = ""
    label_says: str = ""


@dataclass(frozen=True)
class MadeSafe:
    """A recipe with its changes, which the check finds OK or COOK, and nothing else."""

    recipe: Recipe
    finding: RecipeFinding
    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        if self.finding.verdict not in (Verdict.OK, Verdict.COOK):
            raise ValueError("a recipe that is not fine is not made safe")

    def change_of(self, what: str, number: int) -> Change | None:
        """The change to this line ("ingredient") or step ("step"), counted from 1; None where it is as written."""
        return next((one for one in self.changes if (one.what, one.number) == (what, number)), None)


@dataclass(frozen=True)
class Answer:
    """The recipe made safe, or None; then `stuck` are the ingredients that we found no way for; none when it is the dish."""

    made: MadeSafe | None = None
    stuck: tuple[IngredientFinding, ...] = ()


def make_safe(table: FoodTable, recipe: Recipe, sheets: Sequence[Sheet] = ()) -> Answer:
    """A way to make a recipe safe under these sheets, if there is one; for a recipe that is safe there is none to find."""
    finding = check(table, recipe, sheets)
    if finding.verdict <= Verdict.COOK:
        return Answer()
    if not finding.flagged or len(finding.flagged) > MOST_FLAGGED:
        return Answer(stuck=finding.flagged)
    draft = _Draft(table, sheets, finding, tries=_tries(recipe))
    for place in [number for number, one in enumerate(finding.ingredients) if one.verdict > Verdict.COOK]:
        draft.mend(place)
    if draft.finding.verdict > Verdict.COOK:
        return Answer(stuck=draft.finding.flagged)
    return Answer(MadeSafe(draft.finding.recipe, draft.finding, _changes(finding, draft)))


def _tries(recipe: Recipe) -> int:
    letters = sum(map(len, recipe.steps)) + sum(len(line.text) for line in recipe.ingredients)
    return min(MOST_TRIES, MOST_LETTERS // max(letters, 1))


@dataclass
class _Draft:
    """The recipe as it stands after the changes so far, with the verdict on it, and why each line was changed."""

    table: FoodTable
    sheets: Sequence[Sheet]
    finding: RecipeFinding
    tries: int
    because: dict[tuple[str, int], tuple[str, Food | None]] = field(default_factory=dict)

    def mend(self, place: int) -> None:
        """Take the first change that makes the ingredient at this place fine and no other one worse."""
        one = self.finding.ingredients[place]
        if one.verdict <= Verdict.COOK:
            return
        for recipe, food in _ways(self.table, self.finding, one, self.sheets):
            if not self.tries:
                return
            self.tries -= 1
            found = check(self.table, recipe, self.sheets)
            if self._is_better(found, place):
                self._remember(found, one, food)
                self.finding = found
                return

    def _is_better(self, found: RecipeFinding, place: int) -> bool:
        pairs = list(zip(self.finding.ingredients, found.ingredients, strict=True))
        mended = found.ingredients[place].verdict <= Verdict.COOK and found.ingredients[place].as_bought != Verdict.UNKNOWN
        return mended and all(new.verdict <= max(old.verdict, Verdict.COOK) for old, new in pairs)

    def _remember(self, found: RecipeFinding, one: IngredientFinding, food: Food | None) -> None:
        for what, number, _, _ in _differences(self.finding.recipe, found.recipe):
            self.because.setdefault((what, number), (one.why, food))


def _differences(old: Recipe, new: Recipe) -> Iterator[tuple[str, int, str, str]]:
    """The lines and steps that read otherwise: which, its number from 1, before, after."""
    lines = zip(old.ingredients, new.ingredients, strict=True)
    pairs = [("ingredient", [(before.text, after.text) for before, after in lines])]
    pairs.append(("step", list(zip(old.steps, new.steps, strict=True))))
    for what, texts in pairs:
        for number, (before, after) in enumerate(texts, 1):
            if before != after:
                yield what, number, before, after


def _changes(first: RecipeFinding, draft: _Draft) -> tuple[Change, ...]:
    held = frozenset[str]().union(*map(_allergens, first.ingredients))
    changes = []
    for what, number, before, after in _differences(first.recipe, draft.finding.recipe):
        because, food = draft.because[what, number]
        change = Change(what, number, before, after, because)
        if food and what == "ingredient":
            adds = tuple(sorted(allergens_of(food, after) - held))
            change = replace(change, adds=adds, do_this=food.do_this, label_says=food.label_says)
        changes.append(change)
    return tuple(changes)


def _allergens(one: IngredientFinding) -> frozenset[str]:
    return frozenset[str]().union(*(allergens_of(about.food, one.ingredient.text) for about in one.finding.about))


# ---- The ways to mend one ingredient, the one that changes the dish least first ----


def _ways(
    table: FoodTable, finding: RecipeFinding, one: IngredientFinding, sheets: Sequence[Sheet]
) -> Iterator[tuple[Recipe, Food | None]]:
    worst = one.finding.decides
    if worst is None or one.finding.unexplained:
        return
    cooks = [(recipe, None) for recipe in _cooked(table, finding, one, worst, sheets)]
    swaps = list(_swapped(table, finding, one, worst, sheets))
    yield from [*cooks, *swaps] if _is_cooked_first(finding.recipe, one, worst.food) else [*swaps, *cooks]


def _is_cooked_first(recipe: Recipe, one: IngredientFinding, food: Food) -> bool:
    """Is cooking it nearer to what the recipe means than another food is?"""
    if food.food_class.slug in _ALWAYS_SWAPPED:
        return False
    eaten, method = one.followed.eaten, " ".join(recipe.steps)
    if eaten is Eaten.UNDERDONE or food.food_class.slug in _SOLD_RAW and (_OVEN.search(method) or _HOB.search(method)):
        return True
    return (
        eaten is Eaten.CANNOT_TELL
        and one.followed.step > 0
        or food.food_class.slug in _BEST_COOKED
        or _heat_at(recipe, one) is not None
    )


def _swapped(
    table: FoodTable, finding: RecipeFinding, one: IngredientFinding, worst: FoodFinding, sheets: Sequence[Sheet]
) -> Iterator[tuple[Recipe, Food]]:
    recipe = finding.recipe
    place = next(at for at, line in enumerate(recipe.ingredients) if line is one.ingredient)
    forms = {worst.food.slug, *(form.slug for form in table.forms(worst.food))}
    others = [each for each in finding.ingredients if each is not one]
    shared = any(about.food.slug in forms for each in others for about in each.finding.about)
    for food in _to_use_instead(table, worst.food, sheets):
        for text in swapped_lines(table, one.ingredient, worst.words, food):
            changed = with_line(recipe, place, text)
            for number, step in enumerate(() if shared else recipe.steps):
                changed = with_step(changed, number, _renamed(table, step, worst.words, forms - {food.slug}, food))
            yield changed, food


def _renamed(table: FoodTable, step: str, words: str, forms: Set[str], food: Food) -> str:
    """A step that calls the old food, in any of its forms, by the new one's name."""
    vocabulary = table.names.vocabulary
    named = {piece.text for piece in table.names.read(step) if piece.kind is PieceKind.NAME and piece.means[0] in forms}
    for said in sorted({words, *named}, key=len, reverse=True):
        step = renamed(step, said, food.name, vocabulary)
    return step


def _to_use_instead(table: FoodTable, food: Food, sheets: Sequence[Sheet]) -> list[Food]:
    """Foods that are fine as bought and can stand in for this one in a dish; those that bring in no allergen first."""
    if food.food_class.slug in _NEVER_SWAPPED:
        return []
    siblings = [form for form in table.forms(food) if form.verdict is Verdict.OK and form.slug not in food.instead]
    fit = [
        other
        for other in (*table.instead_of(food), *siblings)
        if other.food_class.slug not in _NO_INGREDIENT
        and other.slug not in _NO_INGREDIENT_FOODS
        and ruled_out(other, other.name) <= ruled_out(food, food.name)
        and judge_food(table, other, sheets).verdict is Verdict.OK
        and (food.food_class.slug != "egg-dish-raw" or other.food_class.slug == "sauces")
    ]
    mine = allergens_of(food, food.name)
    return sorted(fit, key=lambda other: not allergens_of(other, other.name) <= mine)


def _cooked(
    table: FoodTable, finding: RecipeFinding, one: IngredientFinding, worst: FoodFinding, sheets: Sequence[Sheet]
) -> Iterator[Recipe]:
    """The recipe with one step changed, so that this food is cooked right through.

    Fruit that is boiled and cooled is not offered where a sheet wants everything eaten at once.
    """
    if worst.food.food_class.slug == "frozen-fruits" and any(map(_eats_at_once, sheets)):
        return
    if worst.if_cooked is Verdict.OK and one.followed.step:
        place = one.followed.step - 1
        before = finding.recipe.steps[place]
        for after in _firmer_steps(table, finding.recipe, one, worst):
            if not still_asks_for_less(before, after):
                yield with_step(finding.recipe, place, after)


def _eats_at_once(sheet: Sheet) -> bool:
    rule = sheet.rules.get("leftover_hours")
    return rule is not None and rule.value == "0"


def _firmer_steps(table: FoodTable, recipe: Recipe, one: IngredientFinding, worst: FoodFinding) -> Iterator[str]:
    step, quote, eaten = recipe.steps[one.followed.step - 1], one.followed.quote, one.followed.eaten
    food = own_words(one.ingredient, worst.words, table.names.vocabulary)
    kind = kind_of(worst.food, one.ingredient.food, " ".join((recipe.name, *recipe.steps)))
    ending, core = _FIRM_ENDING.get(kind, _STEAMING), _CORE.get(kind, 75)
    if kind is Kind.EGG and "white" in food:
        ending = "until set firm all the way through"
    boiled = _BOILED_FIRST.get(worst.food.food_class.slug)
    if boiled:
        yield sentence_first(step, boiled.format(food=food))
    if eaten is Eaten.UNDERDONE and (firmer := done_through(step, quote, ending, core)):
        yield firmer
        yield sentence_after(firmer, "", f"Cook the {food} {ending}.")
    if eaten in (Eaten.UNDERDONE, Eaten.CANNOT_TELL):
        yield sentence_after(step, quote, f"Cook the {food} {ending}.")
    elif kind is not Kind.EGG and (heat := _heat_at(recipe, one)):
        yield sentence_after(step, quote, f"{heat} the {food} {_STEAMING}.")
    elif worst.food.food_class.slug in _SOLD_RAW:
        yield sentence_after(step, quote, f"Cook the {food} {ending}.")
    elif kind is not Kind.EGG and not boiled:
        yield sentence_first(step, f"Reheat the {food} in a pan {_STEAMING}.")


def _heat_at(recipe: Recipe, one: IngredientFinding) -> str | None:
    """How the dish is on the heat at the step where this food goes in, as an order; None where it is put in cold."""
    step = recipe.steps[one.followed.step - 1] if one.followed.step else ""
    if _COLD.search(step):
        return None
    if _OVEN.search(step):
        return "Put the dish back in the oven for 10 minutes. Bake"
    return "Put the pan back on the heat. Simmer" if _HOB.search(step) else None

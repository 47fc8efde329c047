"""Is this recipe fine to cook and eat? A verdict, and a finding for each ingredient, resting on the step that decides it.

A recipe is as good as its worst ingredient. A food that is fine as bought stays fine; one that needs heat is followed
through the method; a food we do not know is fine only once cooked through, and is named first. Doubt makes it unknown.
"""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from foods.food import Finding, Food, Verdict
from foods.names import Kind as PieceKind
from foods.sheets import Sheet
from foods.table import FoodTable
from recipes.heat import Kind, kind_of
from recipes.lines import judge_line, read_line
from recipes.method import Eaten, Followed, Part, follow
from recipes.recipe import Ingredient, Recipe

SAFE_AS_IT_SAYS = "Safe if you cook it as it says, steaming hot right through"
_STAYS_WHATEVER = frozenset({"pates", "egg-dish-raw", "fish-raw"})
"""Classes of dish that keep the table's verdict whatever a recipe of that name does."""
_CARRIES_NOTHING = frozenset({"staple", "herbs", "sauces", "drinks-ice", "plain-drink", "juice", "nuts", "dried-fruits"})
"""Classes whose heating ("heat the oil") says nothing about the other foods they have touched."""


@dataclass(frozen=True)
class IngredientFinding:
    """The verdict on one line of a recipe: as bought (`finding`), and as it is eaten here."""

    ingredient: Ingredient
    finding: Finding
    followed: Followed
    verdict: Verdict
    why: str

    @property
    def as_bought(self) -> Verdict:
        """The verdict on the food in the shop, before the recipe does anything to it."""
        return self.finding.verdict

    @property
    def do_this(self) -> str:
        """On what condition a food that is fine as bought is fine here: "Wash it well.". Empty where heat sees to it."""
        if self.verdict is not Verdict.OK or self.followed.eaten in (Eaten.COOKED, Eaten.COLD):
            return ""
        return " ".join(dict.fromkeys(one.do_this for one in self.finding.about if one.food.wash or one.food.keeps_hours))

    @property
    def is_washed(self) -> bool:
        """Is there something in it that must be washed, because no heat comes after?"""
        return bool(self.do_this) and any(one.food.wash for one in self.finding.about)


@dataclass(frozen=True)
class RecipeFinding:
    """The verdict on a recipe, with a finding for each of its ingredients and the sentence that sums it up."""

    recipe: Recipe
    verdict: Verdict
    why: str
    ingredients: tuple[IngredientFinding, ...]

    @property
    def flagged(self) -> tuple[IngredientFinding, ...]:
        """The ingredients that keep the recipe from being made as written, the worst first."""
        bad = [one for one in self.ingredients if one.verdict in (Verdict.UNKNOWN, Verdict.AVOID)]
        return tuple(sorted(bad, key=lambda one: -one.verdict))

    @property
    def do_this(self) -> str:
        """What stands beside the ingredients, summed up: "Check the labels and wash what is eaten raw."; may be empty."""
        fine = [one for one in self.ingredients if one.verdict is Verdict.OK]
        kept = any(one.do_this and not one.is_washed for one in fine)
        orders = [
            *(["check the labels"] if any(one.finding.label_says for one in fine) else []),
            *(["wash what is eaten raw"] if any(one.is_washed for one in fine) else []),
            *(["keep to the hours beside each food"] if kept else []),
        ]
        said = _listed(orders)
        return f"{said[:1].upper()}{said[1:]}." if said else ""


def check(table: FoodTable, recipe: Recipe, sheets: Sequence[Sheet] = ()) -> RecipeFinding:
    """The verdict on a recipe as written, under the sheets that apply to this person."""
    lines = [one for one in recipe.ingredients if not one.is_heading]
    bought = [judge_line(table, one, sheets) for one in lines]
    forgotten = _forgotten(table, recipe, lines, bought)
    all_lines, all_bought = [*lines, *forgotten], [*bought, *(judge_line(table, one, sheets) for one in forgotten)]
    parts = _parts(table, recipe, all_lines, all_bought)
    parts[len(lines) :] = [replace(part, for_serving=True) for part in parts[len(lines) :]]
    followed = follow(recipe.steps, parts, table.names.vocabulary, recipe.name)
    no_cold = any(_forbids_leftovers(sheet) for sheet in sheets)
    found = tuple(
        _ingredient(line, finding, eaten, no_cold)
        for line, finding, eaten in zip(all_lines, all_bought, followed, strict=True)
    )
    findings, unlisted = found[: len(lines)], found[len(lines) :]
    verdict = Verdict.worst(one.verdict for one in findings)
    dish = _dish(table, recipe, findings)
    if dish and verdict < Verdict.AVOID:
        return RecipeFinding(recipe, Verdict.AVOID, f"This makes {dish.name}. {dish.why}", findings)
    if findings and verdict < Verdict.UNKNOWN and (raw := [one for one in unlisted if one.verdict > Verdict.COOK]):
        return RecipeFinding(recipe, Verdict.UNKNOWN, _is_not_listed(raw[0]), findings)
    return RecipeFinding(recipe, verdict, _sum_up(verdict, findings), findings)


_NEVER_BY_THE_WAY = frozenset(
    "fish-cold-smoked fish-hot-smoked shellfish-raw cured-meats deli-meat eggs raw-dairy"
    " cheese-soft-mould cheese-soft-blue cheese-hard-blue cheese-washed-rind".split()
)
"""Classes whose names a method speaks only to use them: no cut, no dish and no way to cook is called so."""
_SENTENCES = re.compile(r"[.;!?]\s|\n")
_WORDS = re.compile(r"[a-zé-]+")


def _forgotten(table: FoodTable, recipe: Recipe, lines: Sequence[Ingredient], bought: Sequence[Finding]) -> list[Ingredient]:
    """What the method names and the list forgets: "top with smoked salmon". Only what is not fine as bought."""
    firsts = _first_words(table)
    sentences = dict.fromkeys(one.lower() for step in recipe.steps for one in _SENTENCES.split(step))
    telling = [one for one in sentences if not firsts.isdisjoint(_WORDS.findall(one))]
    pieces = [piece for one in telling for piece in table.names.read(one) if piece.kind is PieceKind.NAME]
    foods = {piece.text: table.foods[piece.means[0]] for piece in pieces if not _is_loose(piece.words)}
    suspects = {text: food for text, food in foods.items() if _is_suspect(food)}
    if not suspects:
        return []
    listed = set(table.names.vocabulary.fold(" ".join(line.text for line in lines)))
    classes = {about.food.food_class.slug for finding in bought for about in finding.about}
    return [
        read_line(text)
        for text, food in suspects.items()
        if listed.isdisjoint(text.split()) and food.food_class.slug not in classes
    ]


def _is_suspect(food: Food) -> bool:
    return food.verdict is not Verdict.OK and food.food_class.slug in _NEVER_BY_THE_WAY


@functools.lru_cache(maxsize=4)
def _first_words(table: FoodTable) -> frozenset[str]:
    """How the names of those foods begin, in the singular and the plural: few sentences hold such a word."""
    names = [table.names.vocabulary.fold(name) for food in table.foods.values() if _is_suspect(food) for name in food.names]
    return frozenset(form for name in names if name for form in (name[0], f"{name[0]}s"))


def _is_loose(words: tuple[str, ...]) -> bool:
    """ "The cheese", "the yolks": said of what goes by another name in the list."""
    return words in _SAID_LOOSELY


def _is_not_listed(one: IngredientFinding) -> str:
    named = one.finding.decides.food.name if one.finding.decides else one.ingredient.text
    return f"Step {one.followed.step} speaks of {named}, which the list leaves out. {one.finding.why}"


def _forbids_leftovers(sheet: Sheet) -> bool:
    rule = sheet.rules.get("leftover_hours")
    return rule is not None and rule.value == "0"


def _ingredient(line: Ingredient, finding: Finding, followed: Followed, no_cold: bool) -> IngredientFinding:
    bought, cooked = finding.verdict, finding.if_cooked
    known = bool(finding.about) and not finding.unexplained
    heated = followed.eaten is Eaten.COOKED or (followed.eaten is Eaten.COLD and not no_cold)
    if bought is Verdict.OK:
        return IngredientFinding(line, finding, followed, Verdict.OK, finding.why)
    if heated and (cooked is Verdict.OK or not known and cooked is Verdict.UNKNOWN):
        why = "Cooked right through at this step." if known else "We do not know this food, but it is cooked right through."
        return IngredientFinding(line, finding, followed, Verdict.COOK, why)
    if known and followed.eaten in (Eaten.RAW, Eaten.CANNOT_TELL) and _is_cooked_for_it(line, finding):
        why = "Cook it fresh for this dish, and eat it the same day."
        return IngredientFinding(line, finding, followed, Verdict.COOK, why)
    hazard = any(one.verdict is not Verdict.OK for one in finding.about)
    if bought is Verdict.UNKNOWN and not (hazard and followed.eaten in (Eaten.RAW, Eaten.UNDERDONE)):
        return IngredientFinding(line, finding, followed, Verdict.UNKNOWN, finding.why)
    if cooked is Verdict.AVOID:
        return IngredientFinding(line, finding, followed, Verdict.AVOID, finding.why)
    if followed.eaten is Eaten.CANNOT_TELL:
        why = f"The recipe does not make plain that {_name(finding)} is cooked until steaming hot right through. Is it?"
        return IngredientFinding(line, finding, followed, Verdict.UNKNOWN, why)
    return IngredientFinding(line, finding, followed, Verdict.AVOID, f"{_EATEN_WHY[followed.eaten]} {finding.why}")


_COOKED_FOR_THE_DISH = frozenset({"rice-pasta"})
_FROM_ANOTHER_DAY = re.compile(r"left[- ]?over|day[- ]old|yesterday|chilled|\bcold\b|pouch|packet|bought|ready")


def _is_cooked_for_it(line: Ingredient, finding: Finding) -> bool:
    """ "2 cups cooked quinoa": rice or pasta that a recipe lists ready cooked comes fresh from the cook's own pot."""
    plain = all(one.verdict is Verdict.OK or one.food.food_class.slug in _COOKED_FOR_THE_DISH for one in finding.about)
    return plain and not _FROM_ANOTHER_DAY.search(line.text.lower())


_EATEN_WHY = {
    Eaten.RAW: "It is not cooked after it goes in.",
    Eaten.UNDERDONE: "It is not cooked right through.",
    Eaten.COLD: "Your sheet forbids cooked food that is eaten cold.",
}


def _name(finding: Finding) -> str:
    return finding.decides.food.name if finding.decides else finding.asked


def _sum_up(verdict: Verdict, findings: Sequence[IngredientFinding]) -> str:
    worst = [one for one in findings if one.verdict is verdict]
    if not findings:
        return "We found no ingredients, so we cannot say that it is fine."
    if verdict is Verdict.OK:
        return "Nothing in it needs cooking to be fine."
    if verdict is Verdict.COOK:
        unknown = [one.ingredient.text for one in worst if one.as_bought is Verdict.UNKNOWN]
        named = f"We do not know “{unknown[0]}”: check that you do. " if unknown else ""
        steps = sorted({one.followed.step for one in worst if one.followed.step})
        return f"{named}The heat at step {_listed(steps)} is what makes it fine. Do not cut it short."
    return f"{worst[0].ingredient.text}: {worst[0].why}"


def _listed(several: Sequence[object]) -> str:
    words = [str(one) for one in several]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _dish(table: FoodTable, recipe: Recipe, findings: Sequence[IngredientFinding]) -> Food | None:
    """The dish that the recipe's own name says it makes, when that dish keeps its verdict whatever the method."""
    before_with = recipe.name.lower().split(" with ")[0]
    head = [piece for piece in table.names.read(before_with) if piece.kind is not PieceKind.PLAIN]
    if not head or head[-1].kind is not PieceKind.NAME:
        return None
    food = table.foods[head[-1].means[0]]
    if food.food_class.slug not in _STAYS_WHATEVER or food.verdict is not Verdict.AVOID:
        return None
    needs_egg = food.food_class.slug == "egg-dish-raw"
    has_egg = any(about.food.food_class.slug == "eggs" for one in findings for about in one.finding.about)
    return food if has_egg or not needs_egg else None


_FOR_SERVING = re.compile(
    r"(?<!plus more )(?<!plus extra )(?<!and more )"
    r"\b(?:to|for) (?:serve|serving|garnish(?:ing)?|finish|decorat(?:e|ion)|dipping|sprinkling)\b",
    re.I,
)
_LOOSE = {
    Kind.EGG: ("yolk", "egg white", "egg wash", "egg"),
    Kind.WHOLE_CUT: ("meat", "steak", "roast", "chop", "joint", "rib"),
    Kind.STRIPS: ("meat", "strip", "slice"),
    Kind.MINCE: ("meat", "patty", "burger", "meatball", "mince"),
    Kind.PATTY: ("meat", "patty", "burger", "meatball", "mince", "loaf"),
    Kind.POULTRY: ("meat", "bird", "breast", "thigh", "wing", "drumstick"),
    Kind.SAUSAGE: ("meat", "sausage", "sausagemeat", "sausage meat", "bacon", "ham"),
    Kind.FISH: ("fish", "fillet", "seafood"),
    Kind.SHELLFISH: ("seafood", "shellfish", "fish"),
    Kind.CHEESE: ("cheese",),
    Kind.VEGETABLE: ("vegetable", "veg", "veggie"),
    Kind.OTHER: (),
}
_SAID_LOOSELY = frozenset(
    tuple(name.split()) for kind, names in _LOOSE.items() if kind is not Kind.EGG for name in names
) | {("batter",)}

_STAPLES = frozenset({"pasta", "rice", "noodle"})
"""What a method calls penne, basmati and ramen."""
_BEAST_OF = {"steak": "beef"}
"""Steak is called beef in many a method; other beasts' steaks are foods of their own."""


def _parts(table: FoodTable, recipe: Recipe, lines: Sequence[Ingredient], bought: Sequence[Finding]) -> list[Part]:
    """Each ingredient as the method may speak of it: by its whole name, by its last word, or more loosely."""
    vocabulary = table.names.vocabulary

    def tells_apart(word: str) -> bool:
        """Is it a food's own word? "Hot" and "smoked" are said of others too."""
        return not vocabulary.is_plain(word) and not vocabulary.states_in((word,))

    method = " ".join((recipe.name, *recipe.steps))
    return [
        _part(line, finding, method, vocabulary.fold(finding.decides.food.name) if finding.decides else (), tells_apart)
        for line, finding in zip(lines, bought, strict=True)
    ]


def _part(
    line: Ingredient, finding: Finding, method: str, name_words: Sequence[str], tells_apart: Callable[[str], bool]
) -> Part:
    worst = finding.decides
    kind = kind_of(worst.food if worst else None, line.food, method)
    words = [tuple(about.words.split()) for about in finding.about]
    short = [(word,) for name in words for word in name if tells_apart(word) and len(word) > 2]
    short += [(word,) for word in name_words if word in _STAPLES]
    short += [(word,) for word in finding.unexplained if " " not in word and len(word) > 3]
    loose = [*(tuple(name.split()) for name in _LOOSE[kind]), *((name[-1],) for name in words if name)]
    loose += [(word,) for word in name_words if tells_apart(word) and len(word) > 2]
    loose += [(_BEAST_OF[word],) for word in name_words if word in _BEAST_OF]
    carries = finding.verdict is not Verdict.OK or not worst or worst.food.food_class.slug not in _CARRIES_NOTHING
    return Part(
        tuple(words),
        tuple(short),
        tuple(loose) if finding.verdict is not Verdict.OK else (),
        kind,
        carries,
        bool(_FOR_SERVING.search(line.text)),
        int(line.amount) if line.amount is not None and not line.unit else 0,
        finding.verdict is not Verdict.OK,
    )

"""What does each hospital's sheet say about a food, a class of food, or how food is kept?

Only what a sheet says is a row: silence stays silence. A row about a whole class may only tighten; a row about one food may
loosen, down to the food's floor; a patient's report of what a hospital said may only tighten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foods.datafile import Row
from foods.food import Food, FoodClass, SheetSays, Source, Verdict

SHEET_COLUMNS = ("protocol", "about", "verdict", "why", "do_this", "source", "seen_on")
PATIENT_REPORT = "patient report"

GENERAL_RULES = {
    "leftover_hours": "hours that cooked food may be kept, 0 for never",
    "reheats": "how often leftovers may be reheated",
    "opened_hours": "hours that an opened pack may be kept",
    "eating_out": "avoid, ask or hot",
    "washing": "wash, wash-peel-wash, peel or cook",
    "fridge": "the warmest a fridge may be, in °C",
}
"""What a sheet may say that is about no one food, and what its `verdict` cell then holds."""
_WORDS = {"eating_out": {"avoid", "ask", "hot"}, "washing": {"wash", "wash-peel-wash", "peel", "cook"}}


@dataclass(frozen=True)
class GeneralRule:
    """What one sheet says about keeping, reheating, washing or eating out."""

    protocol: str
    about: str
    value: str
    why: str
    do_this: str
    source: Source


@dataclass(frozen=True)
class Sheet:
    """One hospital's sheet: what it says about foods and classes, and its general rules."""

    protocol: str
    foods: Mapping[str, SheetSays]
    classes: Mapping[str, SheetSays]
    rules: Mapping[str, GeneralRule]

    def says(self, food: Food) -> SheetSays | None:
        """What this sheet says about a food: its own row first, else its class's, else nothing."""
        return self.foods.get(food.slug) or self.classes.get(food.food_class.slug)

    def verdict(self, food: Food, base: Verdict) -> Verdict:
        """The verdict on a food under this sheet, where `base` is the general table's."""
        own = self.foods.get(food.slug)
        if own is None:
            whole_class = self.classes.get(food.food_class.slug)
            return max(base, whole_class.verdict) if whole_class else base
        if own.source.kind == PATIENT_REPORT:
            return max(base, own.verdict)
        return max(own.verdict, food.floor) if food.floor else own.verdict


def read_sheets(
    rows: Iterable[Row],
    foods: Mapping[str, Food],
    classes: Mapping[str, FoodClass],
    sources: Mapping[str, Source],
) -> dict[str, Sheet]:
    """Every sheet of the file by protocol. A row that breaks the rules at the top of this module complains."""
    says: dict[tuple[str, str], SheetSays] = {}
    rules: dict[tuple[str, str], GeneralRule] = {}
    for row in rows:
        key = (row.required("protocol"), row.required("about"))
        if key in says or key in rules:
            row.complain("about", "this sheet has a row about it already")
        source = sources.get(row["source"])
        if source is None:
            row.complain("source", "must be a source of sources.csv")
            continue
        if row["about"] in GENERAL_RULES:
            rules[key] = _general_rule(row, source)
        elif one := _says(row, source, foods, classes):
            says[key] = one
    protocols = dict.fromkeys(protocol for protocol, _ in (*says, *rules))
    return {protocol: _sheet(protocol, says, rules, foods) for protocol in protocols}


def _general_rule(row: Row, source: Source) -> GeneralRule:
    about, value = row["about"], row.required("verdict")
    if about in _WORDS:
        row.one_of("verdict", _WORDS[about])
    else:
        row.number_or_none("verdict")
    return GeneralRule(row["protocol"], about, value, row.required("why"), row["do_this"], source)


def _says(row: Row, source: Source, foods: Mapping[str, Food], classes: Mapping[str, FoodClass]) -> SheetSays | None:
    if row["about"] not in {*foods, *classes}:
        row.complain("about", "must be a slug of foods.csv, a class of classes.csv, or " + ", ".join(GENERAL_RULES))
    row.one_of("verdict", ("ok", "cook", "avoid"))
    seen_on = row.day("seen_on")
    if not row["seen_on"]:
        row.complain("seen_on", "must be the day the sheet was read, like 2026-11-21")
    if row["verdict"] not in ("ok", "cook", "avoid") or seen_on is None:
        return None
    verdict = Verdict.of(row["verdict"])
    food = foods.get(row["about"])
    if row["about"] in classes and verdict is Verdict.OK:
        row.complain("verdict", "a row about a whole class may only tighten: name one food to say that it is fine")
    if food and food.floor and verdict < food.floor:
        row.complain("verdict", f"nothing loosens this food below {food.floor.word}")
    if food and verdict < food.verdict and source.kind == PATIENT_REPORT:
        row.complain("verdict", f"a patient's report may only tighten: the table says {food.verdict.word}")
    return SheetSays(row["protocol"], row["about"], verdict, row.required("why"), row["do_this"], source, seen_on)


def _sheet(
    protocol: str,
    says: Mapping[tuple[str, str], SheetSays],
    rules: Mapping[tuple[str, str], GeneralRule],
    foods: Mapping[str, Food],
) -> Sheet:
    mine = {about: one for (of, about), one in says.items() if of == protocol}
    return Sheet(
        protocol=protocol,
        foods={about: one for about, one in mine.items() if about in foods},
        classes={about: one for about, one in mine.items() if about not in foods},
        rules={about: rule for (of, about), rule in rules.items() if of == protocol},
    )

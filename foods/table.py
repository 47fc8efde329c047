"""What does the food table hold? Reads data/foods.csv and the files that stand behind it, with every mistake in them.

`classes.csv` says once what is true of a whole class of food; a row of `foods.csv` inherits each cell it leaves empty from
the row of its class with the same verdict. `words.csv` and `states.csv` say which words beside a food need no explaining.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foods.datafile import Mistake, Row, read_rows
from foods.food import Food, FoodClass, SheetSays, Source, Verdict
from foods.names import SIGNS, NameIndex, Vocabulary
from foods.sheets import SHEET_COLUMNS, Sheet, read_sheets

INHERITED = (
    "aisle", "if_cooked", "floor", "why", "do_this", "label_says", "keeps_hours", "wash", "instead", "source",
    "checked_on", "review_by",
)  # fmt: skip
CLASS_COLUMNS = ("class", "name", "verdict", *INHERITED)
FOOD_COLUMNS = (
    "slug", "name", "also_called", "sold_as", "family", "form", "picked_by", "class", "aisle", "verdict", *INHERITED[1:]
)  # fmt: skip
SOURCE_COLUMNS = ("source", "authority", "kind", "title", "address", "dated", "read_how")
WORD_COLUMNS = ("word", "kind", "means")
WORD_KINDS = ("spelling", "plain", "state", "negation", "since", "cut", "shop")
PLAIN_KINDS = ("plain", "negation", "cut", "shop")
"""Kinds of word that mean nothing for the verdict by themselves."""
STATE_COLUMNS = ("state", "about", "becomes")
COLUMNS = {
    "sources": SOURCE_COLUMNS,
    "classes": CLASS_COLUMNS,
    "words": WORD_COLUMNS,
    "foods": FOOD_COLUMNS,
    "states": STATE_COLUMNS,
    "sheets": SHEET_COLUMNS,
}
"""The files a food table is made of, each with its exact header."""

AISLES = (
    "produce", "bakery", "meat", "fish", "dairy", "deli", "chilled", "frozen", "tins", "dry", "baking", "spices",
    "sauces", "snacks", "drinks", "out",
)  # fmt: skip
WASHES = frozenset({"wash", "wash-peel-wash", "scrub"})
READ_HOW = frozenset({"full", "excerpt", "second-hand"})
SOURCE_KINDS = frozenset(
    {"regulator", "health service", "hospital", "charity", "clinician", "maker", "study", "patient report"}
)
SAME, COOKED = "same", "cooked"
EVERYTHING, NOTHING = "*", ""


@dataclass(frozen=True, eq=False)
class FoodTable:
    """Every food we know, by slug, and what is needed to find it in a phrase and to judge it. Each is only itself."""

    foods: Mapping[str, Food]
    classes: Mapping[str, FoodClass]
    sources: Mapping[str, Source]
    names: NameIndex
    families: Mapping[str, tuple[Food, ...]]
    state_rules: Mapping[tuple[str, str], str]
    sheets: Mapping[str, Sheet]
    _said_of: dict[str, tuple[SheetSays, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def checked_on(self) -> datetime.date:
        """The day the newest fact in the table was checked."""
        return max(food.checked_on for food in self.foods.values())

    def forms(self, food: Food) -> tuple[Food, ...]:
        """Every form of this food's family, itself included; empty where the food has one form only."""
        return self.families.get(food.family, ())

    def instead_of(self, food: Food) -> tuple[Food, ...]:
        """Three foods that are fine, closest in use."""
        return tuple(self.foods[slug] for slug in food.instead)

    def said_of(self, food: Food) -> tuple[SheetSays, ...]:
        """What each hospital's sheet says about a food, of those that say something; looked up once."""
        if food.slug not in self._said_of:
            self._said_of[food.slug] = tuple(one for sheet in self.sheets.values() if (one := sheet.says(food)))
        return self._said_of[food.slug]


def read_table(folder: Path) -> tuple[FoodTable, list[Mistake]]:
    """The food table in a data folder, and every mistake in the files it is made of.

    With mistakes the table holds what could be read, and must not be used to judge.
    """
    files = {name: read_rows(folder / f"{name}.csv", columns) for name, columns in COLUMNS.items()}
    rows = {name: read for name, (read, _) in files.items()}
    sources = _read_sources(rows["sources"])
    classes, class_rows = _read_classes(rows["classes"])
    vocabulary = _read_words(rows["words"])
    states = {state for meant in vocabulary.states.values() for state in meant}
    foods, food_rows = _read_foods(rows["foods"], classes, class_rows, sources, states)
    names = _index_names(vocabulary, foods, food_rows)
    families = _families(foods)
    rules = _read_state_rules(rows["states"], states, {*foods, *classes, *families, EVERYTHING, NOTHING}, foods)
    sheets = read_sheets(rows["sheets"], foods, classes, sources)
    mistakes = [mistake for _, found in files.values() for mistake in found]
    return FoodTable(foods, classes, sources, names, families, rules, sheets), mistakes


def _read_sources(rows: Iterable[Row]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for row in rows:
        slug = _new_key(row, "source", sources)
        row.required("authority")
        row.required("title")
        row.one_of("kind", SOURCE_KINDS)
        if row.one_of("read_how", READ_HOW) == "second-hand" and row["address"]:
            row.complain("address", "must be empty for a source read second-hand: its own page was not opened")
        if row["address"] and not row["address"].startswith(("https://", "http://")):
            row.complain("address", "must start with https:// or http://, or be empty")
        sources[slug] = Source(**{"slug" if key == "source" else key: value for key, value in row.items()})
    return sources


def _read_classes(rows: Iterable[Row]) -> tuple[dict[str, FoodClass], dict[tuple[str, str], Row]]:
    classes: dict[str, FoodClass] = {}
    by_verdict: dict[tuple[str, str], Row] = {}
    for row in rows:
        slug = row.required("class")
        if slug not in classes:
            classes[slug] = FoodClass(slug, row.required("name"))
        elif row["name"]:
            row.complain("name", "name a class once, on its first row")
        row.one_of("verdict", ("ok", "cook", "avoid"))
        if (slug, row["verdict"]) in by_verdict:
            row.complain("verdict", f"{slug} has a row for this verdict already")
        by_verdict[slug, row["verdict"]] = row
    return classes, by_verdict


def _read_foods(
    read: Iterable[Row],
    classes: Mapping[str, FoodClass],
    class_rows: Mapping[tuple[str, str], Row],
    sources: Mapping[str, Source],
    states: set[str],
) -> tuple[dict[str, Food], dict[str, Row]]:
    rows: dict[str, Row] = {}
    for row in read:
        rows.setdefault(_new_key(row, "slug", rows), row)
    foods: dict[str, Food] = {}
    for slug, row in rows.items():
        row.one_of("verdict", ("ok", "cook", "avoid"))
        if (row["class"], row["verdict"]) not in class_rows:
            row.complain("class", f"classes.csv has no row for this class with the verdict {row['verdict']!r}")
            continue
        inherited = class_rows[row["class"], row["verdict"]]
        filled = {column: row[column] or inherited[column] for column in INHERITED}
        whole = row.with_cells(filled)
        if food := _food(whole, classes, sources, states, rows):
            foods[slug] = food
    for slug in set(classes) & set(rows):
        rows[slug].complain("slug", "is the name of a class already, so that a sheet could not say which it means")
    return foods, rows


def _food(
    row: Row,
    classes: Mapping[str, FoodClass],
    sources: Mapping[str, Source],
    states: set[str],
    rows: Mapping[str, Row],
) -> Food | None:
    for column in ("name", "why", "source"):
        row.required(column)
    if row["verdict"] != "ok":
        row.required("do_this")
    row.one_of("aisle", AISLES)
    row.one_of("wash", WASHES, empty=True)
    row.one_of("if_cooked", ("ok", "avoid"), empty=True)
    row.one_of("floor", ("cook", "avoid"), empty=True)
    row.each_of("picked_by", states, "a state of words.csv")
    row.each_of("instead", rows, "a slug of foods.csv")
    row.each_of("source", sources, "a source of sources.csv")
    if bool(row["family"]) != bool(row["form"]):
        row.complain("form", "a food with a family needs a form, and the other way round")
    if row["verdict"] in ("cook", "avoid") and len(row.many("instead")) != 3:
        row.complain("instead", "must name three foods to eat instead")
    verdict = Verdict.of(row["verdict"]) if row["verdict"] in ("ok", "cook", "avoid") else Verdict.AVOID
    if row["floor"] in ("cook", "avoid") and verdict < Verdict.of(row["floor"]):
        row.complain("floor", "must not be worse than the verdict")
    checked_on, review_by = row.day("checked_on"), row.day("review_by")
    keeps_hours = row.number_or_none("keeps_hours")
    if checked_on is None or review_by is None:
        row.complain("checked_on", "checked_on and review_by must both be given, here or for the class")
        return None
    return Food(
        slug=row["slug"],
        name=row["name"],
        also_called=row.many("also_called"),
        sold_as=row.many("sold_as"),
        family=row["family"],
        form=row["form"],
        picked_by=frozenset(row.many("picked_by")),
        food_class=classes[row["class"]],
        aisle=row["aisle"],
        verdict=verdict,
        if_cooked=_if_cooked(verdict, row["if_cooked"]),
        floor=Verdict.of(row["floor"]) if row["floor"] in ("cook", "avoid") else None,
        why=row["why"],
        do_this=row["do_this"],
        label_says=row["label_says"],
        keeps_hours=keeps_hours,
        wash=row["wash"],
        instead=row.many("instead"),
        sources=tuple(sources[key] for key in row.many("source") if key in sources),
        checked_on=checked_on,
        review_by=review_by,
    )


def _if_cooked(verdict: Verdict, cell: str) -> Verdict:
    if cell:
        return Verdict.OK if cell == "ok" else Verdict.AVOID
    return Verdict.AVOID if verdict is Verdict.AVOID else Verdict.OK


def _families(foods: Mapping[str, Food]) -> dict[str, tuple[Food, ...]]:
    families: dict[str, tuple[Food, ...]] = {}
    for food in foods.values():
        if food.family:
            families[food.family] = (*families.get(food.family, ()), food)
    return families


def _index_names(vocabulary: Vocabulary, foods: Mapping[str, Food], rows: Mapping[str, Row]) -> NameIndex:
    taken: dict[tuple[str, ...], str] = {}
    for food in foods.values():
        for name in food.names:
            words = vocabulary.fold(name)
            column = "name" if name == food.name else "sold_as" if name in food.sold_as else "also_called"
            if not words or SIGNS.intersection(words):
                rows[food.slug].complain(column, f"{name!r} must be words without commas, brackets or slashes")
            elif words in taken:
                rows[food.slug].complain(column, f"{name!r} is already a name of {taken[words]}")
            else:
                taken[words] = food.slug
    sold_as = [vocabulary.fold(name) for food in foods.values() for name in food.sold_as]
    return NameIndex(vocabulary, taken, {food.slug: int(food.verdict) for food in foods.values()}, sold_as)


def _read_words(rows: Sequence[Row]) -> Vocabulary:
    of_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in WORD_KINDS}
    for row in rows:
        row.required("word")
        row.one_of("kind", tuple(of_kind))
        if (row["kind"] in ("spelling", "state")) != bool(row["means"]):
            row.complain("means", "must be given for a spelling or a state, and empty for any other word")
    bare = Vocabulary({}, frozenset(), {})
    spellings = {" ".join(bare.fold(row["word"])): " ".join(bare.fold(row["means"])) for row in of_kind["spelling"]}
    spelt = Vocabulary(spellings, frozenset(), {})
    plain = frozenset(spelt.fold(row["word"]) for kind in PLAIN_KINDS for row in of_kind[kind])
    states = {spelt.fold(row["word"]): row.many("means") for row in of_kind["state"]}
    single = {
        kind: frozenset(" ".join(spelt.fold(row["word"])) for row in of_kind[kind])
        for kind in ("negation", "since", "cut", "shop")
    }
    return Vocabulary(spellings, plain, states, single["negation"], single["since"], single["cut"], single["shop"])


def _read_state_rules(
    rows: Iterable[Row], states: set[str], about: set[str], foods: Mapping[str, Food]
) -> dict[tuple[str, str], str]:
    rules: dict[tuple[str, str], str] = {}
    for row in rows:
        row.one_of("state", states)
        for one in row.many("about") or (NOTHING,):
            if one not in about:
                row.complain("about", f"{one!r} is not a food, a family, a class, * or empty")
            if (row["state"], one) in rules:
                row.complain("about", f"there is a rule for this state and {one!r} already")
            rules[row["state"], one] = row["becomes"]
        if row["becomes"] not in {SAME, COOKED, *foods}:
            row.complain("becomes", f"must be {SAME}, {COOKED} or a slug of foods.csv")
    return rules


def _new_key(row: Row, column: str, taken: Mapping[str, object]) -> str:
    key = row.required(column)
    if key in taken:
        row.complain(column, "stands in this file already")
    return key

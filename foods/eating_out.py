"""Where others cook, what may a person ask for, order and leave? Reads data/eating_out.csv; the table judges its foods.

The file only names foods. Which of them may be ordered follows from the table and the person's sheets when it is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foods.datafile import Mistake, Row, read_rows
from foods.food import Finding, Source, Verdict
from foods.rules import judge
from foods.sheets import GeneralRule, Sheet
from foods.table import FoodTable

COLUMNS = ("place", "kind", "says", "source")
KINDS = ("name", "ask", "tip", "food")


@dataclass(frozen=True)
class Place:
    """One kind of place where others cook. `foods` are phrases that the table understands."""

    slug: str
    name: str
    asks: tuple[str, ...]
    tips: tuple[str, ...]
    foods: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Choices:
    """The foods of a place as this person's sheets leave them. What nobody knows is left with what is to be avoided."""

    order: tuple[Finding, ...]
    only_hot: tuple[Finding, ...]
    leave: tuple[Finding, ...]


def read_places(path: Path, table: FoodTable) -> tuple[dict[str, Place], list[Mistake]]:
    """The places of the file, in its order, and every mistake in it: among them each food the table does not know."""
    rows, mistakes = read_rows(path, COLUMNS)
    by_place: dict[str, list[Row]] = {}
    for row in rows:
        by_place.setdefault(row.required("place"), []).append(row)
        row.one_of("kind", KINDS)
        row.required("says")
        row.each_of("source", table.sources, "a source of sources.csv")
        if row["kind"] in ("ask", "tip"):
            row.required("source")
        if row["kind"] == "food" and judge(table, row["says"]).verdict is Verdict.UNKNOWN:
            row.complain("says", "must be a food of foods.csv, in words that the check understands")
    return {slug: _place(slug, of_it, table.sources) for slug, of_it in by_place.items()}, mistakes


def _place(slug: str, rows: Sequence[Row], sources: Mapping[str, Source]) -> Place:
    names = [row["says"] for row in rows if row["kind"] == "name"]
    if len(names) != 1:
        rows[0].complain("kind", f"{slug} must have one row of the kind name")
    asks, tips, foods = (tuple(row["says"] for row in rows if row["kind"] == kind) for kind in KINDS[1:])
    cited = dict.fromkeys(sources[key] for row in rows for key in row.many("source") if key in sources)
    return Place(slug, names[0] if names else slug, asks, tips, foods, tuple(cited))


def choices(table: FoodTable, place: Place, sheets: Sequence[Sheet] = ()) -> Choices:
    """What to order, to order only steaming hot, and to leave at a place, under this person's sheets."""
    found = [judge(table, food, sheets) for food in place.foods]
    return Choices(
        order=tuple(one for one in found if one.verdict is Verdict.OK),
        only_hot=tuple(one for one in found if one.verdict is Verdict.COOK),
        leave=tuple(one for one in found if one.verdict > Verdict.COOK),
    )


def general_rules(sheets: Sequence[Sheet], about: str) -> tuple[GeneralRule, ...]:
    """What each of these sheets says about eating out, leftovers, washing …; nothing for a sheet that is silent."""
    return tuple(rule for sheet in sheets if (rule := sheet.rules.get(about)))

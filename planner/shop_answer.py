"""What is somebody in a shop told about a food that they ask about? Under the household's sheets, and without naming them.

Whoever opens a shared list learns whether a food may be bought and what its label must say. A hospital's sheet speaks in the
hospital's words, so what it says is told in ours.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from foods.food import Finding, Verdict
from foods.rules import UNKNOWN_DO, judge
from foods.sheets import Sheet
from foods.table import FoodTable

TEAM, ANY_TEAM = "your MS team", "the team"
UNKNOWN_HERE = "We do not know this food. Leave it until the team says yes"
TIGHTER_WHY = "The rules behind this list are stricter here than the usual advice."
LOOSER_WHY = "It is fine by the rules behind this list."
TIGHTER_DO = {
    Verdict.COOK: "Buy it only to cook it until it is steaming hot all the way through.",
    Verdict.UNKNOWN: UNKNOWN_DO,
    Verdict.AVOID: "Leave it in the shop, even if it will be cooked.",
}
TELLS_WHO = re.compile(
    r"team|hospital|nurse|sheet|advice|patient|clinic|ward|doctor|barts|diet|\bpack says\b|[0-9]{4}", re.IGNORECASE
)
"""Words in an order that may tell whose sheet it comes from."""


@dataclass(frozen=True)
class ShopAnswer:
    """The answer for somebody in a shop, in words: `verdict` is "ok", "cook", "unknown" or "avoid".

    `headline` is empty where the usual one of the verdict stands.
    """

    food: str
    verdict: str
    why: str
    do_this: str
    label_says: str
    headline: str = ""

    def as_said(self) -> dict[str, str]:
        """What JSON can hold of it."""
        return asdict(self)


def answer(table: FoodTable, food: str, sheets: Sequence[Sheet]) -> ShopAnswer:
    """The answer for somebody of the household, in the words of its own sheets."""
    return _as_found(judge(table, food, sheets))


def answer_for_anybody(table: FoodTable, food: str, sheets: Sequence[Sheet]) -> ShopAnswer:
    """The same verdict for whoever has the link: it names no hospital, no sheet and no illness."""
    found, base = judge(table, food, sheets), judge(table, food)
    if found.verdict == base.verdict:
        return _without_team(_as_found(base))
    if found.verdict > base.verdict:
        return _without_team(ShopAnswer(food, found.verdict.word, TIGHTER_WHY, TIGHTER_DO[found.verdict], found.label_says))
    # A condition that we may not repeat must not fall off: then the usual, stricter advice stands.
    if not _is_ours(table, sheets) or TELLS_WHO.search(found.do_this):
        return _without_team(_as_found(base))
    return ShopAnswer(food, found.verdict.word, LOOSER_WHY, found.do_this, found.label_says)


def may_answer_alone(table: FoodTable, sheets: Sequence[Sheet]) -> bool:
    """May a device without a signal answer by the strictest of our sheets? Not where a sheet that it cannot know counts."""
    return _is_ours(table, sheets)


def _is_ours(table: FoodTable, sheets: Sequence[Sheet]) -> bool:
    return all(table.sheets.get(sheet.protocol) is sheet for sheet in sheets)


def _as_found(found: Finding) -> ShopAnswer:
    return ShopAnswer(found.asked, found.verdict.word, found.why, found.do_this, found.label_says)


def _without_team(said: ShopAnswer) -> ShopAnswer:
    """Said so that nobody learns which team it is."""
    why, do_this = (text.replace(TEAM, ANY_TEAM) for text in (said.why, said.do_this))
    headline = UNKNOWN_HERE if said.verdict == Verdict.UNKNOWN.word else ""
    return ShopAnswer(said.food, said.verdict, why, do_this, said.label_says, headline)

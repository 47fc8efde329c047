"""How large may a week be printed so that it stays on one side, for the door of the fridge? From what has to stand there."""

from collections.abc import Iterable, Iterator, Mapping
from math import ceil

from foods.food import Verdict
from planner.week import DAYS, Meal, Week, Wishes

SIZES = (14, 13, 12, 11, 10)
"""Points of the names of the dishes, the largest first; the style sheet has a rule for each."""
LARGEST_FACTS, FACTS_SHARE = 9.6, 0.85
"""Points of what stands beside a name: this share of the name's, and no more than this."""
MM_IN_POINT = 25.4 / 72
NAME_WIDTH, FACTS_WIDTH, WHOLE_WIDTH = 76.0, 146.0, 240.0
"""Millimetres of the columns on A4 across, a little less than they are; on US Letter they are a little narrower."""
HIGH = 181.0
"""Millimetres for the days, beside the heading and the foot of the page."""
OF_A_BOLD_LETTER, OF_A_LETTER, OF_A_LINE = 0.57, 0.51, 1.17
"""The width of a letter and the height of a line, in shares of the size of the type, as measured with Noto Sans."""
PADDING, DAY_PADDING, NOTE_PADDING = 0.7, 1.5, 1.0
NOTE = 11
"""Points of what to do the evening before, and of all other sentences."""
PLAIN, COOK, AGAIN, FROZEN, DOUBLE, PACKED = 38, 84, 92, 96, 90, 26
"""Letters that stand beside a dish: its minutes and effort with a verdict, and what more is said of some."""


def type_size(week: Week, wishes: Wishes, names: Mapping[str, str], notes: Iterable[str] = ()) -> int:
    """The points of the largest type that fits, or the smallest that there is.

    `names` are those of the recipes, `notes` all sentences that are printed with the days.
    """
    said = [*notes]
    return next((size for size in SIZES if _height(size, week, wishes, names, said) <= HIGH), SIZES[-1])


def _height(size: int, week: Week, wishes: Wishes, names: Mapping[str, str], notes: Iterable[str]) -> float:
    """Millimetres that the days take."""
    facts = min(LARGEST_FACTS, size * FACTS_SHARE)
    rows = [
        max(
            _block(len(names.get(meal.recipe, meal.recipe)), size, NAME_WIDTH, OF_A_BOLD_LETTER),
            _block(_facts(meal, wishes), facts, FACTS_WIDTH),
        )
        for meal in week.meals
    ]
    rows += [_block(len(empty.why), facts, WHOLE_WIDTH) for empty in week.empty]
    said = [_block(len(one), NOTE, WHOLE_WIDTH) + NOTE_PADDING for one in notes]
    return sum(rows) + PADDING * len(rows) + DAY_PADDING * DAYS + sum(said)


def _block(letters: int, size: float, width: float, of_a_letter: float = OF_A_LETTER) -> float:
    """The height of so many letters in a column."""
    in_a_row = width / (size * MM_IN_POINT * of_a_letter)
    return ceil(letters / in_a_row) * size * MM_IN_POINT * OF_A_LINE


def _facts(meal: Meal, wishes: Wishes) -> int:
    return sum(_letters(meal, wishes))


def _letters(meal: Meal, wishes: Wishes) -> Iterator[int]:
    yield COOK if meal.verdict is Verdict.COOK or not meal.is_cooked else PLAIN
    yield AGAIN if meal.leftover_of else 0
    yield FROZEN if meal.frozen_on else 0
    yield DOUBLE if meal.freeze_extra else 0
    yield PACKED if wishes.is_packed(meal.slot) else 0

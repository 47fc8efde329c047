"""How may a day's minutes be shared among its meals? The rule that no day holds too many, in a form that is quick to solve.

One sum of minutes a day lets a solver weigh half a recipe here and a third of one there, and it takes long to rule that
out. Instead each way to share the minutes that leaves none to add is a choice of its own, made once a day, and a meal of so
many minutes needs a way that gives its slot as many. Both say the same; the second takes a tenth of the time on short days.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from planner.solver import Row
from planner.week import Meal, Slot

MOST_WAYS = 4000
"""Where a day has more ways to share its minutes than that, counting them takes longer than it saves."""
WIDE = 2
"""A day whose longest meals together take no more than so many times its minutes is easy without."""

Way = tuple[int, ...]


@dataclass(frozen=True)
class DayMinutes:
    """The minutes that one day may hold, and the meals that could stand in it, by name."""

    day: date
    most: int
    meals: Mapping[str, Meal]

    @property
    def plain(self) -> Row:
        """The rule as one sum."""
        return Row(f"minutes on {self.day}", {name: meal.minutes for name, meal in self.meals.items()}, at_most=self.most)

    def shared(self) -> tuple[list[str], list[Row]]:
        """The further choices, which are worth nothing, and the rows that bind them; none where the plain sum is easy."""
        slots = self._by_slot()
        times = [sorted({0, *meals}) for meals in slots.values()]
        longest, ways = sum(each[-1] for each in times), 1
        for each in times:
            ways *= len(each)
        if longest <= WIDE * self.most or ways > MOST_WAYS:
            return [], []
        named = {f"minutes on {self.day} shared {way}": way for way in ways_to_share(times, self.most)}
        return [*named], [*self._rows(slots, times, named)]

    def _by_slot(self) -> dict[Slot, dict[int, list[str]]]:
        slots: dict[Slot, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, meal in self.meals.items():
            slots[meal.slot][meal.minutes].append(name)
        return slots

    def _rows(
        self, slots: Mapping[Slot, Mapping[int, list[str]]], times: Sequence[list[int]], ways: Mapping[str, Way]
    ) -> Iterator[Row]:
        yield Row(f"minutes on {self.day} shared in one way", dict.fromkeys(ways, 1), at_most=1)
        for place, (slot, meals) in enumerate(slots.items()):
            for least in times[place][1:]:
                longer = {name: 1 for minutes, names in meals.items() if minutes >= least for name in names}
                enough = {name: -1 for name, way in ways.items() if way[place] >= least}
                yield Row(f"minutes on {self.day} for {slot.meal} from {least:03}", longer | enough, at_most=0)


def ways_to_share(times: Sequence[list[int]], most: int) -> list[Way]:
    """Every way to give each slot one of its times, so that they add up to at most `most` and no slot could have more."""
    if not times:
        return []
    found = []
    for first in product(*times[:-1]):
        if (rest := most - sum(first)) >= 0:
            last = times[-1][bisect_right(times[-1], rest) - 1]
            found.append((*first, last))
    return [way for way in found if not _could_have_more(way, times, most)]


def _could_have_more(way: Way, times: Sequence[list[int]], most: int) -> bool:
    spare = most - sum(way)
    after = (bisect_right(each, time) for each, time in zip(times, way, strict=True))
    return any(
        place < len(each) and each[place] - time <= spare for place, each, time in zip(after, times, way, strict=True)
    )

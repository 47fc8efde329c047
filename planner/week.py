"""What is a week of meals? Whoever eats, what they asked for, the days as they are, and the meals themselves.

Plain values: `kitchen.py` reads what may be cooked, `best_week.py` makes a week, `week_rules.py` checks any week again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from foods.food import Verdict
from recipes.keeping import OWN_PREFIX
from recipes.recipe import TRAVELS

BREAKFAST, LUNCH, DINNER = "breakfast", "lunch", "dinner"
MEALS_OF_A_DAY = (BREAKFAST, LUNCH, DINNER)
HOURS = {BREAKFAST: 8, LUNCH: 13, DINNER: 18}
"""About when each meal is eaten, by the 24-hour clock: what is kept from one to another is kept for so long."""
DAYS = 7
ONE_DAY = timedelta(days=1)
FEWEST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 5, 45, 240
"""Active cooking that a person may ask a day to hold, in minutes."""
HOSPITAL_MINUTES, DIP_SHARE = 20, 2
"""A day in hospital holds so many minutes of cooking at most; a day of the dip half the usual ones."""
DIP_FROM, DIP_TO = 12, 28
"""The dip: steroids lift a person for about two weeks after the infusions, then comes heavy tiredness. Days after one."""
REHEAT_MINUTES = 5
"""Minutes at the stove for a meal of leftovers."""
LEFTOVER_HOURS, LONGER_HOURS = 24, 48
"""How long cooked food may be kept where no sheet says, and the longest that a sheet may allow."""
REHEATS = 1
FRESH_DAYS = 2
"""Fresh fish, mince and poultry are cooked at most so many days after they were bought, or frozen on that day."""
USUAL_SHOPS = (0, 3)
"""Without word from the person, they shop on the first and the fourth day of the week."""
FROZEN_DAYS = 90
"""A frozen portion is eaten within three months."""
IN_HOSPITAL = frozenset({"shelf", "flask"})
"""How food may travel to a day in hospital: without a fridge and without a microwave."""
SATISFIES = {
    "": frozenset({""}),
    "vegetarian": frozenset({"vegetarian", "vegan"}),
    "vegan": frozenset({"vegan"}),
    "pescatarian": frozenset({"pescatarian", "vegetarian", "vegan"}),
}
"""The diet that a person keeps -> the diets of which a recipe must have one."""
MOST_OF_A_FOOD = 2
"""How many lunches and dinners a week may be made mainly of the same food before it is too often."""


@dataclass(frozen=True, order=True)
class Slot:
    """A place for one meal: the day and which meal of it."""

    day: date
    meal: str

    @property
    def in_order(self) -> tuple[date, int]:
        """Sorts breakfast before lunch before dinner."""
        return self.day, MEALS_OF_A_DAY.index(self.meal)

    @property
    def at(self) -> datetime:
        """About when it is eaten."""
        return datetime.combine(self.day, time(HOURS[self.meal]))

    @property
    def dinner_before(self) -> "Slot":
        """The dinner of the day before, whose leftovers this meal may be."""
        return Slot(self.day - ONE_DAY, DINNER)


@dataclass(frozen=True)
class Candidate:
    """A recipe as the planner sees it, with its verdict under this person's sheets. `minutes` are active minutes.

    `off_diet` is its verdict where no sheet speaks; None stands for the same. `foods` are the slugs, families and classes of
    what is in it. `allergens` None means that nobody has said: it then fits nobody who avoids any. `fresh` are the foods
    that must be cooked within days of buying; `opens` the packs it opens, with the hours that they keep. `pans` and
    `things` count what has to be washed up and bought. `facts` is a mark of all that its verdict rests on.
    `soaks` says that something in it has to soak overnight.
    """

    recipe: str
    verdict: Verdict
    meals: tuple[str, ...]
    minutes: int
    effort: int = 1
    main_food: str = ""
    kind: str = ""
    packs: str = ""
    keeps_hours: int | None = None
    served_hot: bool = True
    is_fish: bool = False
    is_meatless: bool = False
    paused: bool = False
    off_diet: Verdict | None = None
    foods: frozenset[str] = frozenset()
    allergens: frozenset[str] | None = None
    diets: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
    opens: Mapping[str, int] = field(default_factory=dict)
    freezes: bool = False
    has_rice: bool = False
    has_vegetables: bool = False
    queasy: bool = False
    pans: int = 1
    things: int = 0
    facts: str = ""
    soaks: bool = False

    def verdict_on(self, is_diet_day: bool) -> Verdict:
        """The verdict that counts on a day. Without the diet only the sheet's rules fall away, never the general ones."""
        return self.verdict if is_diet_day or self.off_diet is None else self.off_diet


@dataclass(frozen=True)
class Kitchen:
    """What may be cooked, by recipe, how many hours leftovers may be kept and how often they may be reheated.

    `opened_hours` is how long a sheet lets an opened pack be kept; None where no sheet says.
    """

    candidates: Mapping[str, Candidate]
    leftover_hours: int = LEFTOVER_HOURS
    reheats: int = REHEATS
    opened_hours: int | None = None


@dataclass(frozen=True)
class Eater:
    """One person at the table. `dislikes` are foods, families or classes of food, or recipes, by their slugs."""

    on_diet: bool = True
    diet: str = ""
    allergens: frozenset[str] = frozenset()
    dislikes: frozenset[str] = frozenset()
    portions: int = 1


@dataclass(frozen=True, order=True)
class Portion:
    """A cooked meal in the freezer, enough for everybody, and the day it was frozen."""

    recipe: str
    frozen_on: date


@dataclass(frozen=True)
class Meal:
    """What is eaten in a slot. `minutes` are active; `leftover_of` is the recipe of the dinner that it is left from.

    `frozen_on` dates a portion from the freezer. `thaw`: its fresh fish or meat is frozen on the day it is bought, and
    taken out the evening before. `from_open` are the foods that it takes from a pack which is open already. `freeze_extra`:
    it is cooked double, and as much as is eaten goes into the freezer that day.
    """

    slot: Slot
    recipe: str
    verdict: Verdict
    minutes: int
    leftover_of: str | None = None
    frozen_on: date | None = None
    thaw: bool = False
    from_open: tuple[str, ...] = ()
    freeze_extra: bool = False

    @property
    def is_cooked(self) -> bool:
        """Is it cooked for this slot, neither left over nor from the freezer?"""
        return self.leftover_of is None and self.frozen_on is None

    @property
    def times_cooked(self) -> int:
        """How many times its amounts are bought and cooked: twice with a portion for the freezer."""
        return 2 if self.freeze_extra else 1


@dataclass(frozen=True)
class Wishes:
    """What a person asks of a week, and the week as it already stands.

    `minutes` is the active cooking a day may hold, `energy` the days that hold another number. `away` are days with lunch at
    work, `ways` how a lunch can travel there. `infusions` are days in hospital. `shops` are shop days; none stands for
    the first and fourth day. `use_up` is what to use up: as it was typed -> the foods, families
    or classes that it may be. `opened` are packs that are open, by the day they were opened.
    `free_days` are those on which the person recorded that no diet holds: before it, or because their team said stop.

    `eaten` are meals that were eaten, of this week or of the days before, and `skipped` slots that need none, with the
    reason. `freezer` holds the portions that lie in the freezer when the week begins; `cook_extra` names the slots whose
    meal is to be cooked double, with that meal's recipe. `locked` meals stay. `planned` is the week as it was, of which as
    little as may be changes; `refused` are recipes that a slot must not get again. `last_cooked` says when a recipe was
    last on the table. For days before `overnight_from` nothing can be put to soak or to thaw any more: that evening is over.
    None stands for no such day.

    The seed settles which of several good weeks it is.
    """

    first_day: date
    minutes: int = USUAL_MINUTES
    seed: int = 1
    meals: tuple[str, ...] = MEALS_OF_A_DAY
    away: frozenset[date] = frozenset()
    likes: frozenset[str] = frozenset()
    eaters: tuple[Eater, ...] = (Eater(),)
    energy: Mapping[date, int] = field(default_factory=dict)
    infusions: frozenset[date] = frozenset()
    shops: frozenset[date] = frozenset()
    use_up: Mapping[str, frozenset[str]] = field(default_factory=dict)
    opened: Mapping[str, date] = field(default_factory=dict)
    freezer: tuple[Portion, ...] = ()
    ways: frozenset[str] = frozenset(TRAVELS)
    free_days: frozenset[date] = frozenset()
    eaten: tuple[Meal, ...] = ()
    skipped: Mapping[Slot, str] = field(default_factory=dict)
    locked: tuple[Meal, ...] = ()
    planned: tuple[Meal, ...] = ()
    refused: frozenset[tuple[Slot, str]] = frozenset()
    cook_extra: frozenset[tuple[Slot, str]] = frozenset()
    last_cooked: Mapping[str, date] = field(default_factory=dict)
    overnight_from: date | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days, in order."""
        return tuple(self.first_day + number * ONE_DAY for number in range(DAYS))

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every meal that was asked for, in the order it is eaten."""
        return tuple(Slot(day, meal) for day in self.days for meal in MEALS_OF_A_DAY if meal in self.meals)

    @cached_property
    def open_slots(self) -> tuple[Slot, ...]:
        """The meals still to plan: those that are neither eaten nor skipped."""
        return tuple(slot for slot in self.slots if slot not in self.eaten_slots and slot not in self.skipped)

    @cached_property
    def eaten_slots(self) -> Mapping[Slot, Meal]:
        """What was eaten, by slot; also on the days before the week."""
        return {meal.slot: meal for meal in self.eaten}

    def uses_up(self, one: Candidate) -> tuple[str, ...]:
        """What of the foods to use up this recipe takes, as it was typed."""
        return tuple(sorted(food for food, any_of in self.use_up.items() if any_of & {*one.foods, one.main_food}))

    @property
    def servings(self) -> int:
        """How many portions a meal needs."""
        return sum(eater.portions for eater in self.eaters)

    @property
    def shop_days(self) -> frozenset[date]:
        """The days on which fresh food is bought."""
        return self.shops or frozenset(self.days[number] for number in USUAL_SHOPS)

    def is_packed(self, slot: Slot) -> bool:
        """Is this a lunch that has to travel?"""
        return slot.meal == LUNCH and (slot.day in self.away or slot.day in self.infusions)

    def ways_on(self, day: date) -> frozenset[str]:
        """How a lunch can travel on a day. In hospital there is neither fridge nor microwave."""
        return self.ways & IN_HOSPITAL if day in self.infusions else self.ways

    def is_diet_day(self, day: date) -> bool:
        """Do the sheet's rules hold? Always, but on a day that was recorded as free, or where nobody here is on the diet."""
        return day not in self.free_days and any(eater.on_diet for eater in self.eaters)

    def is_dip(self, day: date) -> bool:
        """Is it a day of heavy tiredness, about two weeks after an infusion?"""
        return any(DIP_FROM <= (day - infusion).days <= DIP_TO for infusion in self.infusions)

    def minutes_on(self, day: date) -> int:
        """The active cooking that a day may hold: what was said of that day, else less in hospital and in the dip."""
        if day in self.energy:
            return self.energy[day]
        if day in self.infusions:
            return min(self.minutes, HOSPITAL_MINUTES)
        return self.minutes // DIP_SHARE if self.is_dip(day) else self.minutes


@dataclass(frozen=True)
class Empty:
    """A slot that nothing fills, and why, in a sentence."""

    slot: Slot
    why: str


@dataclass(frozen=True)
class Week:
    """A finished week. `gap` is how far from the best it may be (a share); `out_of_time`: the clock ended the search.

    `given_up` says in a sentence each which wishes it could not meet.
    """

    days: tuple[date, ...]
    meals: tuple[Meal, ...]
    empty: tuple[Empty, ...] = ()
    gap: float = 0.0
    out_of_time: bool = False
    given_up: tuple[str, ...] = ()
    by_slot: Mapping[Slot, Meal] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_slot", {meal.slot: meal for meal in self.meals})

    def meals_on(self, day: date) -> tuple[Meal, ...]:
        """The meals of one day, in the order they are eaten."""
        return tuple(meal for meal in self.meals if meal.slot.day == day)

    def empty_on(self, day: date) -> tuple[Empty, ...]:
        """The slots of one day that nothing fills."""
        return tuple(empty for empty in self.empty if empty.slot.day == day)


# ---- What a week balances, for people ----


def balance(week: Week, kitchen: Kitchen) -> list[str]:
    """What this week balances, a short sentence each, read from the week itself."""
    return [
        _fish_sentence(week, kitchen),
        _meatless_sentence(week, kitchen),
        _variety_sentence(week, kitchen),
        *_leftovers_sentence(week),
        f"The longest day has {max(_minutes(week).values(), default=0)} minutes of cooking.",
    ]


def _fish_sentence(week: Week, kitchen: Kitchen) -> str:
    times = sum(one.is_fish for _, one in _main_meals(week, kitchen))
    return f"Fish: {_times(times)}."


def _meatless_sentence(week: Week, kitchen: Kitchen) -> str:
    times = sum(one.is_meatless for _, one in _main_meals(week, kitchen))
    return f"Lunch or dinner without meat or fish: {_times(times)}."


def _variety_sentence(week: Week, kitchen: Kitchen) -> str:
    found = {*foods_on_adjacent_days(week, kitchen), *foods_too_often(week, kitchen)}
    often = sorted(food for food in found if not food.startswith(OWN_PREFIX))
    if not often:
        return "No main food comes two days running, or more than twice."
    return f"Some main foods come close together: {', '.join(often)}. We have too few recipes that fit."


def _leftovers_sentence(week: Week) -> Iterator[str]:
    if again := sum(meal.leftover_of is not None for meal in week.meals):
        yield f"Cook once, eat twice: {_times(again)}."


def _times(count: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _minutes(week: Week) -> Counter[date]:
    total: Counter[date] = Counter()
    for meal in week.meals:
        total[meal.slot.day] += meal.minutes
    return total


def _main_meals(week: Week, kitchen: Kitchen) -> Iterator[tuple[Meal, Candidate]]:
    """The lunches and dinners that are cooked; leftovers are the same food on purpose."""
    for meal, candidate in ((meal, kitchen.candidates.get(meal.recipe)) for meal in week.meals):
        if candidate and meal.slot.meal != BREAKFAST and meal.leftover_of is None:
            yield meal, candidate


def foods_on_adjacent_days(week: Week, kitchen: Kitchen) -> list[str]:
    """The main foods that are cooked for lunch or dinner twice on one day, or on two days running."""
    cooked = Counter((one.main_food, meal.slot.day) for meal, one in _main_meals(week, kitchen))
    return sorted({food for food, day in cooked if cooked[food, day] + cooked[food, day + ONE_DAY] > 1})


def foods_too_often(week: Week, kitchen: Kitchen) -> list[str]:
    """The main foods that are cooked for lunch or dinner more than twice in the week."""
    cooked = Counter(one.main_food for _, one in _main_meals(week, kitchen))
    return sorted(food for food, times in cooked.items() if times > MOST_OF_A_FOOD)

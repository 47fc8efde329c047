"""What is a week of meals, and which rules must every one keep, however it was made?

`broken_rules` reads a finished week and the facts about its recipes, nothing else. It shares no code with
`best_week.py`, which makes one, so that a slip there is caught here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from foods.food import Verdict
from foods.sheets import PATIENT_REPORT, Sheet
from foods.table import FoodTable
from recipes.ours import check_ours
from recipes.recipe import LibraryRecipe

BREAKFAST, LUNCH, DINNER = "breakfast", "lunch", "dinner"
MEALS_OF_A_DAY = (BREAKFAST, LUNCH, DINNER)
DAYS = 7
ONE_DAY = timedelta(days=1)
FEWEST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 5, 45, 240
"""Active cooking that a person may ask a day to hold, in minutes."""
REHEAT_MINUTES = 5
"""Minutes at the stove for a meal of leftovers."""
LEFTOVER_HOURS = 24
"""How long cooked food may be kept where no sheet says; also what a dinner must keep to be the next day's lunch."""
REHEATS = 1
FISH = frozenset({"fish", "crustaceans", "molluscs"})
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
    def dinner_before(self) -> "Slot":
        """The dinner of the day before, whose leftovers this meal may be."""
        return Slot(self.day - ONE_DAY, DINNER)


@dataclass(frozen=True)
class Candidate:
    """A recipe as the planner sees it, with its verdict under this person's sheets. `minutes` are active minutes."""

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


@dataclass(frozen=True)
class Kitchen:
    """What may be cooked, by recipe, how many hours leftovers may be kept and how often they may be reheated."""

    candidates: Mapping[str, Candidate]
    leftover_hours: int = LEFTOVER_HOURS
    reheats: int = REHEATS


@dataclass(frozen=True)
class Wishes:
    """What a person asks of a week. `minutes` is the active cooking a day may hold; `away` are days with lunch at work.

    The seed settles which of several good weeks it is.
    """

    first_day: date
    minutes: int = USUAL_MINUTES
    seed: int = 1
    meals: tuple[str, ...] = MEALS_OF_A_DAY
    away: frozenset[date] = frozenset()
    likes: frozenset[str] = frozenset()

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days, in order."""
        return tuple(self.first_day + number * ONE_DAY for number in range(DAYS))

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every meal to plan, in the order it is eaten."""
        return tuple(Slot(day, meal) for day in self.days for meal in MEALS_OF_A_DAY if meal in self.meals)

    def is_packed(self, slot: Slot) -> bool:
        """Is this a lunch that has to travel?"""
        return slot.meal == LUNCH and slot.day in self.away


@dataclass(frozen=True)
class Meal:
    """What is eaten in a slot. `minutes` are active; `leftover_of` is the recipe of the dinner that it is left from."""

    slot: Slot
    recipe: str
    verdict: Verdict
    minutes: int
    leftover_of: str | None = None


@dataclass(frozen=True)
class Empty:
    """A slot that nothing fills, and why, in a sentence."""

    slot: Slot
    why: str


@dataclass(frozen=True)
class Week:
    """A finished week. `gap` is how far from the best it may be (a share); `out_of_time`: the clock ended the search."""

    days: tuple[date, ...]
    meals: tuple[Meal, ...]
    empty: tuple[Empty, ...] = ()
    gap: float = 0.0
    out_of_time: bool = False
    by_slot: Mapping[Slot, Meal] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_slot", {meal.slot: meal for meal in self.meals})

    def meals_on(self, day: date) -> tuple[Meal, ...]:
        """The meals of one day, in the order they are eaten."""
        return tuple(meal for meal in self.meals if meal.slot.day == day)

    def empty_on(self, day: date) -> tuple[Empty, ...]:
        """The slots of one day that nothing fills."""
        return tuple(empty for empty in self.empty if empty.slot.day == day)


def kitchen_of(table: FoodTable, recipes: Iterable[LibraryRecipe], sheets: Sequence[Sheet]) -> Kitchen:
    """What may be cooked from these recipes under these sheets, and how leftovers may be kept."""
    candidates = {recipe.slug: _candidate(table, recipe, sheets) for recipe in recipes}
    hours = _strictest(sheets, "leftover_hours", LEFTOVER_HOURS)
    return Kitchen(candidates, hours, _strictest(sheets, "reheats", REHEATS))


def _candidate(table: FoodTable, recipe: LibraryRecipe, sheets: Sequence[Sheet]) -> Candidate:
    return Candidate(
        recipe=recipe.slug,
        verdict=_verdict(table, recipe, sheets),
        meals=recipe.meals,
        minutes=recipe.active_minutes,
        effort=recipe.effort,
        main_food=recipe.main_food,
        kind=recipe.kind,
        packs=recipe.packs,
        keeps_hours=recipe.keeps_hours,
        served_hot=recipe.served_hot,
        is_fish="pescatarian" in recipe.diets and bool(FISH & {*recipe.allergens}),
        is_meatless=bool({"vegetarian", "vegan"} & {*recipe.diets}),
        paused=recipe.paused,
    )


def _verdict(table: FoodTable, recipe: LibraryRecipe, sheets: Sequence[Sheet]) -> Verdict:
    """The recipe's verdict. A food that nobody knows keeps it out of a week, even where the recipe cooks it through."""
    finding = check_ours(table, recipe, sheets)
    guessed = any(one.as_bought is Verdict.UNKNOWN for one in finding.ingredients)
    return max(finding.verdict, Verdict.UNKNOWN) if guessed else finding.verdict


def _strictest(sheets: Sequence[Sheet], about: str, usual: int) -> int:
    return min((_number(sheet, about, usual) for sheet in sheets), default=usual)


def _number(sheet: Sheet, about: str, usual: int) -> int:
    """What one sheet says. Where it is silent the usual number stands, and a patient's report may only tighten it."""
    rule = sheet.rules.get(about)
    if rule is None:
        return usual
    return min(usual, int(rule.value)) if rule.source.kind == PATIENT_REPORT else int(rule.value)


# ---- The rules that no week may break ----


def broken_rules(week: Week, wishes: Wishes, kitchen: Kitchen) -> list[str]:
    """Every rule that a finished week breaks, a sentence each; none for a week that may be shown."""
    if strangers := sorted({meal.recipe for meal in week.meals} - {*kitchen.candidates}):
        return [f"{recipe} is no recipe of this kitchen." for recipe in strangers]
    return [sentence for rule in RULES for sentence in rule(week, wishes, kitchen)]


def every_slot_once(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Each slot that was asked for holds one meal, or says why it holds none."""
    held = Counter([meal.slot for meal in week.meals] + [empty.slot for empty in week.empty])
    for slot in sorted({*held, *wishes.slots}):
        if held[slot] != (slot in wishes.slots):
            yield f"{_say(slot)} is planned {held[slot]} times."


def only_fine_recipes(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Every recipe is OK or COOK under the sheets, and the week says which."""
    for meal, candidate in _with_facts(week, kitchen):
        if candidate.verdict not in (Verdict.OK, Verdict.COOK) or meal.verdict is not candidate.verdict:
            yield f"{_say(meal.slot)}: {meal.recipe} is {candidate.verdict.word}, shown as {meal.verdict.word}."


def nothing_paused(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """A recipe that was taken back for now stands in no week."""
    for meal, candidate in _with_facts(week, kitchen):
        if candidate.paused:
            yield f"{_say(meal.slot)}: {meal.recipe} is paused."


def right_meal_of_the_day(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """What is cooked fresh is meant for that meal."""
    for meal, candidate in _with_facts(week, kitchen):
        if meal.leftover_of is None and meal.slot.meal not in candidate.meals:
            yield f"{_say(meal.slot)}: {meal.recipe} is not meant for {meal.slot.meal}."


def within_the_minutes(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """No day holds more active cooking than was asked for, and each meal says its own minutes."""
    total: Counter[date] = Counter()
    for meal, candidate in _with_facts(week, kitchen):
        takes = REHEAT_MINUTES if meal.leftover_of else candidate.minutes
        total[meal.slot.day] += takes
        if meal.minutes != takes:
            yield f"{_say(meal.slot)}: {meal.recipe} takes {takes} minutes, shown as {meal.minutes}."
    yield from (f"{day} takes {total[day]} minutes." for day in sorted(total) if total[day] > wishes.minutes)


def nothing_cooked_twice(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """A recipe comes once in a week, but for its leftovers."""
    cooked = Counter(meal.recipe for meal in week.meals if meal.leftover_of is None)
    yield from (f"{recipe} is cooked {times} times." for recipe, times in sorted(cooked.items()) if times > 1)


def leftovers_at_the_next_lunch(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Leftovers are those of the dinner before, eaten at the next lunch and at no other time."""
    for meal in week.meals:
        before = week.by_slot.get(meal.slot.dinner_before)
        fits = before and before.recipe == meal.leftover_of == meal.recipe and before.leftover_of is None
        if meal.leftover_of is not None and not (fits and meal.slot.meal == LUNCH):
            yield f"{_say(meal.slot)}: {meal.recipe} was not cooked for dinner the day before."


def leftovers_keep_until_then(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Leftovers only of what keeps 24 hours, and only where the sheets let food be kept so long."""
    for meal, candidate in _with_facts(week, kitchen):
        keeps = min(candidate.keeps_hours or 0, kitchen.leftover_hours)
        if meal.leftover_of is not None and keeps < LEFTOVER_HOURS:
            yield f"{_say(meal.slot)}: {meal.recipe} may be kept for {keeps} hours only."


def never_reheated_again(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """What is eaten hot is reheated once at most, and not at all where the sheets forbid it."""
    reheated = Counter(
        meal.recipe for meal, one in _with_facts(week, kitchen) if meal.leftover_of is not None and one.served_hot
    )
    most = min(kitchen.reheats, 1)
    yield from (f"{recipe} is reheated {times} times." for recipe, times in sorted(reheated.items()) if times > most)


def packed_lunches_travel(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """A lunch away from home is one that has a way to travel."""
    for meal, candidate in _with_facts(week, kitchen):
        if wishes.is_packed(meal.slot) and not candidate.packs:
            yield f"{_say(meal.slot)}: {meal.recipe} does not travel."


RULES = (
    every_slot_once,
    only_fine_recipes,
    nothing_paused,
    right_meal_of_the_day,
    within_the_minutes,
    nothing_cooked_twice,
    leftovers_at_the_next_lunch,
    leftovers_keep_until_then,
    never_reheated_again,
    packed_lunches_travel,
)


def _with_facts(week: Week, kitchen: Kitchen) -> Iterator[tuple[Meal, Candidate]]:
    return ((meal, kitchen.candidates[meal.recipe]) for meal in week.meals)


def _say(slot: Slot) -> str:
    return f"{slot.meal.capitalize()} on {slot.day}"


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
    often = sorted({*foods_on_adjacent_days(week, kitchen), *foods_too_often(week, kitchen)})
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
    for meal, candidate in _with_facts(week, kitchen):
        if meal.slot.meal != BREAKFAST and meal.leftover_of is None:
            yield meal, candidate


def foods_on_adjacent_days(week: Week, kitchen: Kitchen) -> list[str]:
    """The main foods that are cooked for lunch or dinner twice on one day, or on two days running."""
    cooked = Counter((one.main_food, meal.slot.day) for meal, one in _main_meals(week, kitchen))
    return sorted({food for food, day in cooked if cooked[food, day] + cooked[food, day + ONE_DAY] > 1})


def foods_too_often(week: Week, kitchen: Kitchen) -> list[str]:
    """The main foods that are cooked for lunch or dinner more than twice in the week."""
    cooked = Counter(one.main_food for _, one in _main_meals(week, kitchen))
    return sorted(food for food, times in cooked.items() if times > MOST_OF_A_FOOD)

"""What does one look for on a hospital's leaflet, and how are its words read?

Thirty questions at most: whose sheet it is, when its diet starts and ends in the leaflet's own words, in one part or two,
the foods on which hospitals differ, and the general rules. "The sheet does not say" is the answer until another is given.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from planner.protocol import NOT_GIVEN, WHEN_TEAM_SAYS, Anchor, Bound, NotABound, read_bound
from planner.window import last_day

SAYS_NOTHING = ""
"""The answer to every question until another one is given: the sheet does not say."""
NO_DIET = "no diet"
TOLD = "told"
MOST_OTHER_FOODS = 30

VERDICT_WORDS = {
    "ok": "It says I can eat it as it is",
    "cook": "Only when steaming hot",
    "avoid": "Leave it out, even when cooked",
}


@dataclass(frozen=True)
class Question:
    """One thing to look for on the sheet. With `choices` (a value and its words) it is picked, else it is typed.

    Those that share a `screen` are asked at once; `intro` is what a person must know before they answer.
    """

    key: str
    group: str
    asks: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 120
    needed: bool = False
    lines: bool = False
    screen: str = ""
    intro: str = ""


@dataclass(frozen=True)
class FoodQuestion(Question):
    """What the sheet says of a food on which hospitals differ.

    "Fine" is taken for the foods that are `named`; anything stricter for those and for all that it `covers`, foods or
    whole classes. `food` is how a sentence calls it; `if_fine` the advice that goes with a "fine".
    """

    food: str = ""
    named: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    if_fine: str = ""


@dataclass(frozen=True)
class NumberQuestion(Question):
    """A general rule that is a number, from `least` to `most`."""

    least: int = 0
    most: int = 0
    unit: str = ""


USUAL_ADVICE = "Keep it in the fridge, and eat it before its use-by date."


def _food(
    key: str,
    group: str,
    asks: str,
    food: str,
    named: str,
    covers: str,
    hint: str = "",
    if_fine: str = USUAL_ADVICE,
    never: str = "",
) -> FoodQuestion:
    """A question about a food. `named` and `covers` are slugs with spaces between; `never` is an answer without sense."""
    choices = [(word, words) for word, words in VERDICT_WORDS.items() if word != never]
    return FoodQuestion(
        key=key,
        group=group,
        asks=asks,
        hint=hint,
        choices=(("", "The sheet does not say"), *choices),
        food=food,
        named=tuple(named.split()),
        covers=tuple(covers.split()),
        if_fine=if_fine,
    )


SHEET, WHEN, CHEESE = "The sheet", "When the diet starts and ends", "Cheese, yoghurt and ice cream"
MEAT, PRODUCE, READY = "Meat and fish", "Fruit and salad", "Leftovers and takeaways"
GENERAL, OTHERS = "Rules for every food", "Other foods"

_TAKEAWAYS = (
    "takeaway hot-takeaway chinese-takeaway indian-takeaway fast-food-burger kebab-shop-takeaway "
    "fish-and-chips pizza burrito"
)
_LEFTOVERS = "leftover-food leftover-takeaway-rice cooked-rice cooked-pasta cooked-grains"
"""Cooked rice and the like are one food, fresh or left over. In doubt they are left over."""

_HERBS = "fresh-herbs basil parsley coriander mint dill chives"
ONLY_COOKED = {
    "cook": ("produce-raw", "stone-fruit", "melons", *_HERBS.split()),
    "peel": tuple(
        f"{_HERBS} greens home-made-salad whole-lettuce little-gem lambs-lettuce rocket watercress salad-cress pea-shoots "
        "microgreens chicory sorrel edible-flowers spinach kale chard pak-choi chinese-leaf cabbage brussels-sprouts celery "
        "broccoli cauliflower spring-onion leek mangetout green-beans strawberry raspberry blueberry blackberry gooseberry "
        "currants-fresh cranberry elderberry berries grape fig".split()
    ),
}
"""What may only be cooked where a sheet allows raw produce not at all, or only peeled: then what nobody can peel."""
PRODUCE_WORDS = {"cook": "fruit, vegetables and herbs", "peel": "produce that cannot be peeled"}
NEVER_OUT = ("restaurant-meal", "hot-restaurant-meal")
"""What a sheet that forbids eating out forbids."""
WHOLE_KINDS = frozenset("cheese soft-cheese cured-meat seafood smoked-fish cold-cooked-meat takeaway leftovers".split())
"""Foods of the table that stand for a whole kind. Nothing loosens them by name: a looser row names one food."""

QUESTIONS: tuple[Question, ...] = (
    Question(
        "name",
        SHEET,
        "Whose sheet is it?",
        "The hospital's name, like “Harbour Hospital”",
        longest=80,
        needed=True,
        screen="whose",
    ),
    Question(
        "country",
        SHEET,
        "Which country is it for?",
        "Like “UK”. Leave it empty if you do not know",
        longest=40,
        screen="whose",
    ),
    Question(
        "how",
        SHEET,
        "How do you know what it says?",
        "What you were told can make our advice stricter, never looser",
        choices=(("", "I have the sheet in front of me"), (TOLD, "Somebody told me")),
    ),
    Question("dated", SHEET, "Which date is on it?", "Like “April 2019”. Leave it empty if there is none", longest=40),
    Question(
        "starts",
        WHEN,
        "When does the diet start?",
        "In the sheet's own words, like “2 weeks before”, “from when you decide” or “no diet”",
    ),
    Question(
        "ends",
        WHEN,
        "When does the diet end?",
        "In the sheet's own words, like “at least 4 weeks after”. In two parts? Then the end of the first part",
    ),
    Question(
        "second_ends",
        WHEN,
        "When does the second part end?",
        "Like “at least 3 months after”. With more parts, the end of the last one",
        screen="second",
        intro="Some sheets have two parts: a strict one, then a lighter one that begins as the first ends. "
        "Is yours in one part? Then leave these boxes empty. "
        "We keep to the food rules that you enter until the second part ends.",
    ),
    Question(
        "second_name",
        WHEN,
        "What does it call the second part?",
        "Like “good food hygiene”. May be empty",
        longest=40,
        screen="second",
    ),
    Question(
        "second_when",
        WHEN,
        "What must be so before the second part?",
        "Like “your white cells are back”. May be empty",
        screen="second",
    ),
    Question("ends_when", WHEN, "What must be so before you stop?", "Like “a blood test shows it is safe”. May be empty"),
    _food(
        "stilton", CHEESE, "Stilton and other hard blue cheese", "Stilton", "stilton", "cheese-hard-blue",
        "If it says fine, we take that for Stilton only, not for all blue cheese",
    ),
    _food(
        "brie", CHEESE, "Brie and Camembert from pasteurised milk", "pasteurised Brie and Camembert", "brie camembert",
        "cheese-soft-mould", "Raw-milk Brie is another food. No “fine” here counts for it",
        'The label must say "pasteurised".',
    ),
    _food(
        "feta", CHEESE, "Feta and ricotta from a sealed pack", "feta and ricotta", "feta ricotta", "feta ricotta",
        if_fine='Buy a sealed pack. The label must say "pasteurised".',
    ),
    _food(
        "yoghurt", CHEESE, "Bio or probiotic yoghurt and yoghurt drinks", "bio yoghurt", "probiotic-yoghurt-drink",
        "probiotic-yoghurt-drink kefir yoghurt", "Live and plain yoghurt are one food here: “leave it out” counts for both",
        never="cook",
    ),
    _food(
        "soft_serve", CHEESE, "Soft ice cream from a machine", "soft ice cream", "soft-serve", "soft-serve frozen-yoghurt",
        if_fine="Buy it where the machine is cleaned every day, and eat it at once.", never="cook",
    ),
    _food(
        "cold_meat", MEAT, "Cold sliced meat from a sealed pack, such as ham", "cold sliced meat",
        "ham sliced-turkey sliced-chicken", "deli-meat",
        "If it says fine, we take that for ham, turkey and chicken in a sealed pack",
        "Buy a sealed pack, and eat it soon after you open it.",
    ),
    _food(
        "deli", MEAT, "Meat and cheese cut at a deli counter", "food from a deli counter", "deli-counter-ham deli-cheese",
        "deli-counter-ham deli-cheese feta-deli mozzarella-deli ricotta-deli",
    ),
    _food(
        "cured", MEAT, "Salami, Parma ham and other cured meat", "cured meat", "salami chorizo prosciutto parma-ham",
        "cured-meats",
        "If it says fine, we take that for salami, chorizo and Parma ham",
    ),
    _food(
        "salmon", MEAT, "Smoked salmon", "smoked salmon", "smoked-salmon", "fish-cold-smoked",
        "If it says fine, we take that for smoked salmon only", "Eat it straight from a new packet, before its use-by date.",
    ),
    _food(
        "shellfish", MEAT, "Cooked prawns and other cooked shellfish", "cooked prawns", "cooked-prawns", "shellfish-cooked",
        "Raw shellfish must be cooked, whatever a sheet says",
    ),
    Question(
        "washing",
        PRODUCE,
        "Raw fruit, vegetables and salad",
        choices=(
            ("", "The sheet does not say"),
            ("wash", "Wash them"),
            ("wash-peel-wash", "Wash, peel, then wash again"),
            ("peel", "Only what I can peel"),
            ("cook", "Only cooked, never raw"),
        ),
    ),
    _food("bagged", PRODUCE, "Salad in a bag", "salad in a bag", "bagged-salad", "salad-bagged"),
    _food("cut_fruit", PRODUCE, "Fruit that is sold ready-cut", "ready-cut fruit", "cut-fruit fruit-salad", "produce-cut"),
    _food(
        "melon", PRODUCE, "Whole melon that you cut yourself", "melon", "melon watermelon honeydew", "melons",
        if_fine="Scrub the skin, cut it yourself, and eat it at once.", never="cook",
    ),
    _food(
        "leftovers", READY, "Leftovers", "leftovers", "leftovers", _LEFTOVERS,
        if_fine="Chill them within 1 hour, and eat them within 24 hours.",
    ),
    _food(
        "takeaways", READY, "Takeaways", "takeaways", "hot-takeaway", _TAKEAWAYS,
        "If it says fine, we take that for hot takeaways cooked to order", "Eat it at once, while it is steaming hot.",
    ),
    Question(
        "eating_out",
        READY,
        "Eating out",
        choices=(
            ("", "The sheet does not say"),
            ("hot", "Only food that is steaming hot"),
            ("ask", "Only where I can ask how it is made"),
            ("avoid", "Do not eat out"),
        ),
    ),
    NumberQuestion("leftover_hours", GENERAL, "How many hours do leftovers keep?", "0 is never", most=96, unit="hour"),
    NumberQuestion("reheats", GENERAL, "How often may food be reheated?", "0 is never", most=5, unit="time"),
    NumberQuestion("opened_hours", GENERAL, "How many hours do opened packs keep?", "A day is 24", most=168, unit="hour"),
    NumberQuestion("fridge", GENERAL, "How cold must the fridge be?", "In °C: the warmest it may be", most=8, unit="°C"),
    Question("others_out", OTHERS, "Other foods that it says to leave out", "One on each line", longest=1500, lines=True),
    Question(
        "others_fine",
        OTHERS,
        "Other foods that it says are fine",
        "One food on each line. Raw milk, rare meat, raw fish and chilled pâté stay off, whatever a sheet says",
        longest=1500,
        lines=True,
    ),
)  # fmt: skip
"""Everything that is asked, in this order."""
BY_KEY = {question.key: question for question in QUESTIONS}
SCREENS = tuple(tuple(asked) for _, asked in groupby(QUESTIONS, lambda question: question.screen or question.key))
"""What is asked at once, most often one thing: 30 questions, so that it is done in ten minutes."""
SECOND_PART = tuple(question.key for question in QUESTIONS if question.screen == "second")


class NotAnAnswer(ValueError):
    """An answer that cannot be read. Its text says what to put instead."""


# ---- Reading an answer ----


def read_answer(question: Question, typed: str) -> str:
    """An answer as it is kept: spaces evened out, the rest as the person wrote it. Raises NotAnAnswer."""
    text = _lines(typed) if question.lines else " ".join(_seen(typed).split())
    if len(text) > question.longest:
        raise NotAnAnswer(f"must be shorter: at most {question.longest} letters.")
    if question.needed and not text:
        raise NotAnAnswer("must have an answer, so that you can tell sheets apart.")
    if question.choices and text not in dict(question.choices):
        raise NotAnAnswer("must be one of the answers in the list.")
    if not question.choices and text and not text[0].isalnum():
        # A cell that begins with a sign is read as a sum by a spreadsheet.
        raise NotAnAnswer("must begin with a letter or a figure.")
    _check_meaning(question, text)
    return text


def _check_meaning(question: Question, text: str) -> None:
    if isinstance(question, NumberQuestion) and text:
        if not re.fullmatch("[0-9]{1,3}", text) or not question.least <= int(text) <= question.most:
            raise NotAnAnswer(f"must be a whole number from {question.least} to {question.most}, or empty.")
    elif question.key == "starts":
        read_start(text)
    elif question.key == "ends":
        read_end(text)
    elif question.key == "dated":
        read_version(text)
    elif question.lines and len(text.splitlines()) > MOST_OTHER_FOODS:
        raise NotAnAnswer(f"must be at most {MOST_OTHER_FOODS} foods.")


def _seen(text: str) -> str:
    """The text without control signs and halves of letters, which nobody typed."""
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in text
        if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn")
    )


def _lines(text: str) -> str:
    lines = [" ".join(_seen(line).split()) for line in re.split(r"[\r\n,;]+", text)]
    return "\n".join(line for line in lines if line)


_NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), map(str, range(1, 13)), strict=True)
)
_TEAM_SAYS = re.compile(
    "(when|until) (my|the|your) (ms )?(team|doctor|nurse|consultant|neurologist) (says?|tells? (me|you)).*"
)
_TREATMENT = "(treatment|lemtrada|alemtuzumab|infusion|course|(starting|finishing|(you|i) (start|finish))( treatment)?)"
_SAME = (
    (r"[.“”\"]", ""),
    (r"^(it|the sheet) (does not|doesn't|doesnt) say$|^not stated$|^does not say$|^$", str(NOT_GIVEN)),
    (r"\b(a minimum of|minimum of|minimum|not less than|no less than|at the least|min)\b", "at least"),
    (r"^(about|around|for|until|up to|starting|start|stop|ends?) ", ""),
    (r"\b(a|one) fortnight\b", "2 weeks"),
    (r"\b(a|an) (?=day|week|month)", "1 "),
    (r"\b(" + "|".join(_NUMBERS) + r")\b", lambda found: _NUMBERS[found[0]]),
    (r"\b(from )?(when|once|as soon as|the day) (you|i) (decide|decided|have decided)\b.*", "from decision"),
    (r"\b(from )?(the )?decision$", "from decision"),
    (r"\b(leaving|you leave|i leave|coming out of) hospital\b|\bhospital discharge\b", "discharge"),
    (r"\b(my|your|the|each|every|any) ", ""),
    (r"\b(infusion day|infusions|dose|doses|day of treatment|treatment day|drip)\b", "infusion"),
    (r"\b(\d+)(-| )?(wks?|weeks?)\b", r"\1 weeks"),
    (r"\b(\d+)(-| )?(months?|mths?)\b", r"\1 months"),
    (rf"\bbefore {_TREATMENT}$", "before first infusion"),
    (r"\b(before|prior)$", "before first infusion"),
    (rf"\bafter {_TREATMENT}$", "after last infusion"),
    (r"\b(after|afterwards)$", "after last infusion"),
)  # fmt: skip
"""How leaflets put it, and what `read_bound` reads. In order; a number keeps its unit."""
_RANGE = re.compile(r"\d+ ?(-|–|to|or) ?\d+")
_BOUND_HELP = (
    "must be in words like “2 weeks before”, “at least 4 weeks after”, “from when you decide” or “it does not say”."
)


def _bound(words: str) -> Bound:
    text = " ".join(words.casefold().replace("’", "'").split()).strip(" .")
    if _TEAM_SAYS.fullmatch(text):
        return WHEN_TEAM_SAYS
    for pattern, meant in _SAME:
        text = re.sub(pattern, meant, text)
    if _RANGE.search(text):
        raise NotAnAnswer("must have one number. Where the sheet gives two, write the one that makes the diet longer.")
    try:
        return read_bound(" ".join(text.split()))
    except NotABound:
        raise NotAnAnswer(_BOUND_HELP) from None


def read_start(words: str) -> Bound | None:
    """When the diet starts, from the leaflet's own words; None where it asks for no diet. Raises NotAnAnswer."""
    if words.casefold().strip(" .") in (NO_DIET, "no diet at all"):
        return None
    return _bound(words)


def read_end(words: str) -> Bound:
    """When the diet ends, from the leaflet's own words. Raises NotAnAnswer, also for an end that is before something."""
    bound = _bound(words)
    if bound.anchor not in (None, Anchor.TEAM) and (bound.count or 0) <= 0:
        raise NotAnAnswer(
            "must be after something, like “4 weeks after the last infusion”. If it does not say, leave it empty."
        )
    return bound


ANY_DAYS = [date(2023, 3, 1) + timedelta(days=number) for number in range(4 * 365 + 1)]
"""Days of every month, in leap years and others: what holds from each of them holds from any day."""


def check_second_part(answers: Mapping[str, str]) -> None:
    """May a sheet with these answers have the second part that they tell of? Raises NotAnAnswer for `second_ends`.

    The second part begins as the first ends, so that it leaves no day free, and never ends before it.
    """
    if not any(answers.get(key) for key in SECOND_PART):
        return
    if read_start(answers.get("starts", SAYS_NOTHING)) is None:
        raise NotAnAnswer("must be empty, like the boxes beside it, because this sheet asks for no diet.")
    first, second = (read_end(answers.get(key, SAYS_NOTHING)) for key in ("ends", "second_ends"))
    if first.anchor is second.anchor and first.count and not all(_ends_no_earlier(second, first, day) for day in ANY_DAYS):
        raise NotAnAnswer("must not be before the end of the first part. Where there is one part only, leave it empty.")


def _ends_no_earlier(second: Bound, first: Bound, anchor: date) -> bool:
    days = {first.anchor: anchor} if first.anchor else {}
    one, other = last_day(first, days), last_day(second, days)
    return one is None or other is None or other >= one


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATED = re.compile(r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? )?(?:(?P<month>[a-z]{3})[a-z]* )?(?P<year>20[0-9]{2})")
_NUMERIC = re.compile(r"(?P<year>20[0-9]{2})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


def read_version(words: str) -> str:
    """The date on a sheet as data files write it: 2019, 2019-04, 2019-01-21 or undated. Raises NotAnAnswer."""
    text = words.casefold().strip(" .")
    if text in ("", "undated", "none", "no date"):
        return "undated"
    found = _NUMERIC.fullmatch(text) or _DATED.fullmatch(text)
    month = (found["month"] or "") if found else ""
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdigit() else 0
    if found is None or bool(month) != bool(number) or (found["day"] and not month):
        raise NotAnAnswer("must be like “2019”, “April 2019” or “21 January 2019”.")
    try:
        day = date(int(found["year"]), number or 1, int(found["day"] or 1))
    except ValueError:
        raise NotAnAnswer("must be a real date, like “21 January 2019”.") from None
    return day.isoformat()[: 10 if found["day"] else 7 if month else 4]


# ---- Saying it ----


def rule_in_words(key: str, value: str) -> str:
    """A general rule as a sentence: "leftovers may be kept for 24 hours."."""
    question = BY_KEY[key]
    if not isinstance(question, NumberQuestion):
        return f"{question.asks.lower()}: {_lower(dict(question.choices)[value])}."
    number = _counted(value, question.unit)
    return {
        "leftover_hours": f"leftovers may be kept for {number}.",
        "reheats": f"food may be reheated {number}.",
        "opened_hours": f"an opened pack may be kept for {number}.",
        "fridge": f"the fridge must be at {number} or colder.",
    }[key]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def answer_in_words(question: Question, text: str) -> str:
    """An answer as a person reads it, like "Only when steaming hot" or "24 hours"."""
    if not text:
        return "The sheet does not say"
    if question.choices:
        return dict(question.choices)[text]
    if isinstance(question, NumberQuestion):
        return _counted(text, question.unit)
    return ", ".join(text.splitlines())


def _counted(number: str, unit: str) -> str:
    """A number with its unit: "24 hours", "1 time", "5 °C"."""
    return f"{number} {unit}" + ("s" if unit != "°C" and number != "1" else "")

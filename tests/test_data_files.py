"""Is every row of every fact file fit to be shown to a tired person, and does the table cover what it must?

The reading of the files refuses what is plainly wrong. Here stands what only a reader would notice. One test goes through
all rows of a file, because thousands of tests take minutes, and names every row that is at fault.
"""

import csv
import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from foods.food import Food, Source, Verdict
from foods.names import BREAK
from foods.rules import judge
from foods.sheets import GENERAL_RULES
from foods.table import read_table
from planner.protocol import read_protocols

DATA = Path(__file__).parent.parent / "data"
TABLE, MISTAKES = read_table(DATA)

LONGEST_SENTENCE = 20
"""Words. What the NHS manual asks for; a prompt to shorten, not a proof that people understand."""

NEVER_SAY = re.compile(
    r"\b(invalid|pregnancy diet|contraindicat\w*|consum(?:e|ed|es|ing|ption)|adequately|utili[sz]e\w*)\b", re.I
)
NEVER_SAY_OF_FOOD = re.compile(r"\bsafe\b", re.I)
"""Nobody can promise that a food is safe: say that it is fine, and on what condition."""

CLASSES = """
deli-meat cured-meats pates hot-dogs red-meat offal-game poultry pies-pastries eggs egg-dish-raw cheese-soft-mould
cheese-soft-blue cheese-hard-blue cheese-washed-rind cheese-fresh cheese-hard cheese-processed cheese-deli-grated
raw-dairy milk-cream yoghurt-kefir ice-cream plant-dairy fish-raw fish-cold-smoked fish-hot-smoked fish-cooked
fish-tinned roe surimi shellfish-raw shellfish-cooked sprouts salad-bagged produce-raw produce-cut melons
stone-fruit frozen-veg frozen-fruits mushroom-kinds deli-salad dips herbs dried-fruits nuts tofu-soy juice sandwich
takeaways ready-meals leftover-food rice-pasta stuffing-gravy canned fermented honey-choc bakery sauces drinks-ice
sous-vide
""".split()
"""The kinds of food that somebody's advice on Listeria speaks about."""

FLOORS = {
    ("raw-dairy", "avoid"): "avoid",
    ("red-meat", "avoid"): "avoid",
    ("fish-raw", "avoid"): "avoid",
    ("shellfish-raw", "avoid"): "avoid",
    ("pates", "avoid"): "avoid",
    ("red-meat", "cook"): "cook",
    ("shellfish-raw", "cook"): "cook",
    ("sprouts", "cook"): "cook",
}
"""(class, verdict) -> the floor that every such food has: no hospital's sheet makes raw milk or rare meat fine."""

OUTBREAKS = [
    ("shop coleslaw", "avoid", "deli-salad"),
    ("queso fresco", "cook", "cheese-fresh"),
    ("Belgian pâté", "avoid", "pates"),
    ("jellied pork tongue", "avoid", "pates"),
    ("soft cheese", "cook", "cheese-soft-mould"),
    ("camembert", "cook", "cheese-soft-mould"),
    ("deli meats", "cook", "deli-meat"),
    ("cold cuts", "cook", "deli-meat"),
    ("Quargel", "cook", "cheese-washed-rind"),
    ("ready chopped celery", "avoid", "produce-cut"),
    ("cantaloupe", "avoid", "melons"),
    ("rockmelon", "avoid", "melons"),
    ("rullepølse", "cook", "deli-meat"),
    ("frozen vegetables", "cook", "frozen-veg"),
    ("frozen sweetcorn", "cook", "frozen-veg"),
    ("mung bean sprouts", "cook", "sprouts"),
    ("caramel apples", "avoid", "stone-fruit"),
    ("tub of ice cream", "ok", "ice-cream"),
    ("soft serve ice cream", "avoid", "ice-cream"),
    ("machine milkshake", "avoid", "ice-cream"),
    ("hummus", "ok", "dips"),
    ("bagged salad", "avoid", "salad-bagged"),
    ("raw milk soft cheese", "avoid", "raw-dairy"),
    ("polony", "cook", "hot-dogs"),
    ("frankfurters", "cook", "hot-dogs"),
    ("wurst", "cook", "deli-meat"),
    ("carne mechada", "cook", "deli-meat"),
    ("hospital sandwich", "avoid", "sandwich"),
    ("pre-packed sandwich", "avoid", "sandwich"),
    ("peeled hard boiled eggs", "cook", "eggs"),
    ("enoki", "cook", "mushroom-kinds"),
    ("golden needle mushrooms", "cook", "mushroom-kinds"),
    ("cooked beef tongue", "cook", "deli-meat"),
    ("chilled fish cakes", "cook", "fish-cooked"),
    ("vegan soft cheese", "cook", "plant-dairy"),
    ("smoked salmon", "cook", "fish-cold-smoked"),
    ("lox", "cook", "fish-cold-smoked"),
    ("Baronet cheese", "cook", "cheese-washed-rind"),
    ("peaches", "ok", "stone-fruit"),
    ("nectarines", "ok", "stone-fruit"),
    ("cotija", "cook", "cheese-fresh"),
    ("almond milk", "ok", "plant-dairy"),
    ("garlic sausage", "cook", "deli-meat"),
    ("chocolate mousse", "avoid", "egg-dish-raw"),
    ("chilled pasta meal", "cook", "ready-meals"),
    ("ready meal", "cook", "ready-meals"),
    ("butter", "ok", "milk-cream"),
    ("hot smoked salmon", "cook", "fish-hot-smoked"),
    ("smoked mackerel", "cook", "fish-hot-smoked"),
    ("kippers", "cook", "fish-hot-smoked"),
    ("sandwich filler", "avoid", "deli-salad"),
]
"""What people caught listeriosis from, as they would type it -> the verdict on it as sold, and its class."""


def cells(name: str) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of a file, each with the number of the line it ends on."""
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, row) for row in reader]


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence]


def wording(column: str, text: str) -> Iterator[str]:
    """What is wrong with a sentence that people read, if anything."""
    for sentence in sentences(text):
        if len(sentence.split()) > LONGEST_SENTENCE:
            yield f"{column}: shorten to {LONGEST_SENTENCE} words, it has {len(sentence.split())}: {sentence}"
    if text and not re.search(r"[.!?]$", text):
        yield f"{column}: end the sentence with a full stop: {text}"
    if text and text[0].islower():
        yield f"{column}: begin the sentence with a capital: {text}"
    for found in [*NEVER_SAY.finditer(text), *NEVER_SAY_OF_FOOD.finditer(text)]:
        yield f"{column}: say it without {found.group()!r}: {text}"


def at_fault(faults: Mapping[str, Iterable[str]]) -> list[str]:
    """What is wrong, one line a fault, each with the row it is in; `faults` goes from a row's name to its faults."""
    return [f"{row}: {fault}" for row, found in faults.items() for fault in found]


def test_the_files_hold_no_mistake() -> None:
    assert not MISTAKES, "\n".join(map(str, MISTAKES))


def test_there_are_foods_enough() -> None:
    assert len(TABLE.foods) >= 250


@pytest.mark.parametrize("slug", CLASSES)
def test_every_class_that_advice_speaks_about_has_a_food(slug: str) -> None:
    assert any(food.food_class.slug == slug for food in TABLE.foods.values())


@pytest.mark.parametrize(("name", "verdict", "slug"), OUTBREAKS, ids=[name for name, *_ in OUTBREAKS])
def test_every_food_that_made_people_ill_is_known(name: str, verdict: str, slug: str) -> None:
    finding = judge(TABLE, name)
    assert finding.decides, f"nobody knows {name}"
    assert (finding.verdict.word, finding.decides.food.food_class.slug) == (verdict, slug)


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("raw milk", Verdict.AVOID),
        ("steak tartare", Verdict.AVOID),
        ("rare steak", Verdict.AVOID),
        ("sushi", Verdict.AVOID),
        ("raw oysters", Verdict.AVOID),
        ("pâté", Verdict.AVOID),
        ("chicken", Verdict.COOK),
        ("chicken liver", Verdict.COOK),
        ("mince", Verdict.COOK),
        ("salmon fillet", Verdict.COOK),
        ("mussels", Verdict.COOK),
        ("raw prawns", Verdict.COOK),
        ("bean sprouts", Verdict.COOK),
    ],
)
def test_no_hospitals_sheet_can_loosen_what_heat_has_not_reached(name: str, floor: Verdict) -> None:
    decides = judge(TABLE, name).decides
    assert decides is not None and decides.food.floor is floor


def faults_of(food: Food) -> Iterator[str]:
    yield from wording("why", food.why)
    yield from wording("do_this", food.do_this)
    yield from wrong_names(food)
    if not food.sources or not all(source.authority for source in food.sources):
        yield "source: name who says so"
    if food.review_by <= food.checked_on:
        yield "review_by: must be later than checked_on"
    if food.keeps_hours is not None and not 1 <= food.keeps_hours <= 24 * 31:
        yield f"keeps_hours: {food.keeps_hours} hours cannot be meant"
    for other in TABLE.instead_of(food):
        if other.verdict is not Verdict.OK:
            yield f"instead: {other.slug} is {other.verdict.word}; name foods that are fine"
    if food.slug in food.instead or len(set(food.instead)) != len(food.instead):
        yield f"instead: name three other foods, each once: {food.instead}"
    floor = FLOORS.get((food.food_class.slug, food.verdict.word))
    if floor and (food.floor is None or food.floor.word != floor):
        yield f"floor: nothing may loosen this food below {floor}"
    if bool(food.family) and len(TABLE.forms(food)) < 2:
        yield f"family: {food.family} has one form only, so leave family, form and picked_by empty"


def wrong_names(food: Food) -> Iterator[str]:
    for name in food.names:
        if BREAK in TABLE.names.vocabulary.fold(name):
            yield f"name: {name!r} must be words without commas, brackets or slashes"
            continue
        finding = judge(TABLE, name)
        if [one.food.slug for one in finding.about] != [food.slug] or finding.unexplained:
            yield f"name: {name!r} is read as {[one.food.slug for one in finding.about]} {finding.unexplained}"


def test_every_food_is_fit_to_be_shown() -> None:
    rows = {
        f"{food.slug} in foods.csv, or its class {food.food_class.slug}": faults_of(food) for food in TABLE.foods.values()
    }
    assert not at_fault(rows), "\n".join(at_fault(rows))


def faults_of_class(row: Mapping[str, str], used: Collection[tuple[str, str]]) -> Iterator[str]:
    yield from (*wording("why", row["why"]), *wording("do_this", row["do_this"]))
    if not row["source"]:
        yield "source: name who says so"
    if not row["review_by"] > row["checked_on"]:
        yield "review_by: must be later than checked_on"
    if (row["class"], row["verdict"]) not in used:
        yield f"no food has this class with the verdict {row['verdict']}: remove the row"


def test_every_class_row_is_fit_to_be_shown() -> None:
    used = {(food.food_class.slug, food.verdict.word) for food in TABLE.foods.values()}
    faults = at_fault({f"classes.csv, row {number}": faults_of_class(row, used) for number, row in cells("classes")})
    assert not faults, "\n".join(faults)


def faults_of_source(source: Source) -> Iterator[str]:
    if not (source.authority and source.title):
        yield "name the authority and the title"
    if source.read_how not in ("full", "excerpt", "second-hand"):
        yield "read_how: must be full, excerpt or second-hand"
    if source.read_how == "second-hand" and source.address:
        yield "give no address for a page that was read second-hand"
    if re.search(r"//https?[.:/]|web\.archive|scribd|docslib", source.address):
        yield "give the authority's own address"
    if source.kind == "patient report" and source.address:
        yield "a patient is named by country and year, without an address"
    if source.kind == "patient report" and not re.fullmatch(
        r"a patient in (the UK|London|the US|\w+), \d{4}", source.authority
    ):
        yield f"a patient is named by country and year, not {source.authority!r}"


def test_every_source_says_who_and_how_it_was_read() -> None:
    faults = at_fault({slug: faults_of_source(source) for slug, source in TABLE.sources.items()})
    assert not faults, "\n".join(faults)


def faults_of_sheet_row(row: Mapping[str, str]) -> Iterator[str]:
    yield from (*wording("why", row["why"]), *wording("do_this", row["do_this"]))
    if row["about"] not in {*TABLE.foods, *TABLE.classes, *GENERAL_RULES}:
        yield "about: must be a food, a class or a general rule"


def test_every_sheet_row_is_fit_to_be_shown() -> None:
    faults = at_fault({f"sheets.csv, row {number}": faults_of_sheet_row(row) for number, row in cells("sheets")})
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("slug", TABLE.sheets)
def test_a_sheet_belongs_to_a_protocol(slug: str) -> None:
    assert slug in read_protocols(DATA / "protocols.csv", set(TABLE.sources))[0]


@pytest.mark.parametrize(
    ("row", "number"),
    [pytest.param(row, number, id=f"{row['protocol']}, row {number}") for number, row in cells("protocols")],
)
def test_a_protocol_row_is_fit_to_be_shown(row: Mapping[str, str], number: int) -> None:
    assert row["review_by"] > row["checked_on"]
    assert not NEVER_SAY.search(" ".join(row.values()))
    assert all(len(sentence.split()) <= LONGEST_SENTENCE for sentence in sentences(row["ends_when"])), row["ends_when"]


PLAIN_WORDS = {row["word"] for _, row in cells("words") if row["kind"] == "plain"}
NEVER_PLAIN = """
moon style flavour flavoured flavouring imitation mock fake faux vegan substitute alternative analogue not never
raw rare pink runny unpasteurised smoked cured tinned rotten mouldy expired cheese meat fish milk egg
""".split()
"""Words that make another food of the food beside them, or are food themselves, so they always need explaining."""


@pytest.mark.parametrize("word", NEVER_PLAIN)
def test_a_word_that_changes_a_food_is_never_plain(word: str) -> None:
    assert word not in PLAIN_WORDS


def faults_of_word(row: Mapping[str, str]) -> Iterator[str]:
    folded = TABLE.names.vocabulary.fold(row["word"])
    if not folded:
        yield f"{row['word']!r} holds no word"
    if row["kind"] == "plain" and folded in TABLE.names.vocabulary.states:
        yield f"{row['word']!r} is a state as well"


def test_every_word_does_something() -> None:
    faults = at_fault({f"words.csv, row {number}": faults_of_word(row) for number, row in cells("words")})
    assert not faults, "\n".join(faults)


def test_no_word_stands_twice() -> None:
    counts = Counter((row["kind"] == "spelling", row["word"].casefold(), row["means"]) for _, row in cells("words"))
    assert not [word for word, count in counts.items() if count > 1]


NEVER_BETTER = ("raw", "underdone", "unpasteurised", "pink", "shucked", "unwashed", "sprouted")


def faults_of_state_rule(row: Mapping[str, str]) -> Iterator[str]:
    becomes = TABLE.foods.get(row["becomes"])
    if row["state"] in NEVER_BETTER and (row["becomes"] == "cooked" or becomes and becomes.verdict is Verdict.OK):
        yield f"{row['state']!r} never makes a food fine"


def test_no_state_rule_makes_raw_food_fine() -> None:
    faults = at_fault({f"states.csv, row {number}": faults_of_state_rule(row) for number, row in cells("states")})
    assert not faults, "\n".join(faults)


@pytest.mark.freshness
def test_no_food_is_due_for_checking() -> None:
    due = [food.slug for food in TABLE.foods.values() if food.review_by < datetime.date.today()]
    assert not due, f"past review_by, so read the source again and put in today's date: {due}"

"""Is the verdict on a phrase the cautious one, whatever stands beside the food and whatever the sheets say?"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from foods.food import Finding, Verdict
from foods.rules import COOKED_DO, UNKNOWN_DO, judge, judge_food
from foods.sheets import Sheet
from foods.table import FoodTable
from tests.foods.builders import Row, food, food_class, make_table, sheet_row, state_rule, word

CLASSES = (
    food_class("fish", "cook", why="Fresh fish carries germs.", do_this="Cook it through."),
    food_class("fish", "ok", name="", why="The tin was heated.", do_this="Eat it the day you open it."),
    food_class("fish", "avoid", name="", why="Raw fish carries germs.", do_this="Leave it."),
    food_class("meat", "cook", floor="cook"),
    food_class("meat", "avoid", name="", floor="avoid", why="Pink meat carries germs.", do_this="Leave it."),
    food_class("cheese", "cook", why="Listeria grows in it.", keeps_hours="48"),
    food_class("cheese", "ok", name="", label_says="pasteurised"),
    food_class("dairy", "avoid", floor="avoid", why="Raw milk carries germs.", do_this="Leave it."),
    food_class("salad", "avoid", if_cooked="ok"),
)
FOODS = (
    food("trout", "cook", "fish", family="trout", form="fresh", picked_by="fresh"),
    food("shelf-trout", "ok", "fish", also_called="canned trout", family="trout", form="tinned", picked_by="tinned;canned"),
    food("smoked-fish", "cook", "fish"),
    food("raw-fish", "avoid", "fish", name="sushi"),
    food("steak", "cook", "meat"),
    food("burger", "cook", "meat"),
    food("rare-meat", "avoid", "meat", name="bloody meat"),
    food("brie", "cook", "cheese"),
    food("cheddar", "ok", "cheese"),
    food("raw-milk", "avoid", "dairy", name="raw milk food"),
    food("bag-of-leaves", "avoid", "salad"),
    food("toast", do_this="Toast it well.", keeps_hours="24"),
)
WORDS = (
    *(word(text) for text in ("ripe", "sliced", "of", "cold", "day", "hour", "two")),
    *(
        word(state, "state", state)
        for state in ("tinned", "canned", "fresh", "smoked", "unpasteurised", "marinated", "cooked", "homemade")
    ),
    *(word(text, "state", "underdone") for text in ("rare", "medium rare", "pink")),
    *(word(text, "state", "hot") for text in ("well done", "steaming hot", "cooked through")),
    word("not", "negation"),
    *(word(text, "since") for text in ("opened", "ago")),
)
STATES = (
    state_rule("hot", "*", "cooked"),
    state_rule("cooked", "*", "same"),
    state_rule("underdone", "meat", "rare-meat"),
    state_rule("underdone", "fish", "raw-fish"),
    state_rule("underdone", "toast", "same"),
    state_rule("smoked", "fish", "smoked-fish"),
    state_rule("unpasteurised", "cheese", "raw-milk"),
    state_rule("unpasteurised", "", "raw-milk"),
    state_rule("homemade", "cheese", "raw-milk"),
    state_rule("homemade", "*", "same"),
)


def small_table(folder: Path, sheets: Iterable[Row] = ()) -> FoodTable:
    return make_table(folder, foods=FOODS, classes=CLASSES, words=WORDS, states=STATES, sheets=sheets)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> FoodTable:
    return small_table(tmp_path_factory.mktemp("data"))


def slugs(finding: Finding) -> list[str]:
    return [one.food.slug for one in finding.about]


@pytest.mark.parametrize(
    ("phrase", "verdict", "found"),
    [
        pytest.param("brie", "cook", ["brie"], id="one food"),
        pytest.param("100g ripe brie, sliced", "cook", ["brie"], id="plain words and an amount"),
        pytest.param("toast", "ok", ["toast"], id="a food that is fine"),
        pytest.param("cheddar on toast", "ok", ["cheddar", "toast"], id="two that are fine"),
        pytest.param("toast and brie", "cook", ["toast", "brie"], id="the worse of two"),
        pytest.param("brie and sushi with toast", "avoid", ["brie", "raw-fish", "toast"], id="the worst of three"),
        pytest.param("cheddar or brie", "cook", ["cheddar", "brie"], id="or takes the worst"),
        pytest.param("brie or cheddar", "cook", ["brie", "cheddar"], id="or takes the worst in either order"),
        pytest.param("cheddar/brie", "cook", ["cheddar", "brie"], id="a stroke is an or"),
    ],
)
def test_the_worst_food_in_a_phrase_decides(table: FoodTable, phrase: str, verdict: str, found: list[str]) -> None:
    finding = judge(table, phrase)
    assert finding.verdict.word == verdict
    assert slugs(finding) == found


@pytest.mark.parametrize(
    ("phrase", "verdict", "found"),
    [
        pytest.param("trout", "cook", ["trout"], id="the bare name is the cautious form"),
        pytest.param("tinned trout", "ok", ["shelf-trout"], id="tinned picks a form"),
        pytest.param("trout, tinned", "ok", ["shelf-trout"], id="tinned picks a form after a comma"),
        pytest.param("fresh trout", "cook", ["trout"], id="fresh picks a form"),
        pytest.param("smoked trout", "cook", ["smoked-fish"], id="a rule for the class"),
        pytest.param("smoked tinned trout", "cook", ["smoked-fish"], id="the worse of two states"),
        pytest.param("rare steak", "avoid", ["rare-meat"], id="rare makes worse"),
        pytest.param("steak medium rare", "avoid", ["rare-meat"], id="medium rare after the food"),
        pytest.param("well done steak", "ok", ["steak"], id="well done makes fine"),
        pytest.param("steak, well done", "ok", ["steak"], id="well done after a comma"),
        pytest.param("well done rare steak", "avoid", ["rare-meat"], id="rare wins over well done"),
        pytest.param("pink toast", "ok", ["toast"], id="a state that changes nothing for this food"),
        pytest.param("cooked brie", "cook", ["brie"], id="cooked once is not hot now"),
        pytest.param("steaming hot brie", "ok", ["brie"], id="hot right through"),
        pytest.param("steaming hot sushi", "avoid", ["raw-fish"], id="heat does not mend every food"),
        pytest.param("steaming hot bag of leaves", "avoid", ["bag-of-leaves"], id="only a recipe mends this one"),
        pytest.param("unpasteurised brie", "avoid", ["raw-milk"], id="unpasteurised makes worse"),
    ],
)
def test_a_state_picks_the_form_it_makes(table: FoodTable, phrase: str, verdict: str, found: list[str]) -> None:
    finding = judge(table, phrase)
    assert finding.verdict.word == verdict
    assert slugs(finding) == found


@pytest.mark.parametrize(
    ("phrase", "verdict", "found"),
    [
        pytest.param("fresh or tinned trout", "cook", ["trout"], id="two states before the food"),
        pytest.param("tinned or fresh trout", "cook", ["trout"], id="in the other order"),
        pytest.param("trout fresh or tinned", "cook", ["trout"], id="after the food"),
        pytest.param("trout, fresh or tinned", "cook", ["trout"], id="after a comma"),
        pytest.param("trout, fresh/tinned", "cook", ["trout"], id="with a slash"),
        pytest.param("ripe or tinned trout", "cook", ["trout"], id="a plain word on one side"),
        pytest.param("trout, tinned or smoked", "cook", ["smoked-fish"], id="the worse of two states"),
        pytest.param("steak, rare or well done", "avoid", ["rare-meat"], id="a state that makes it worse counts"),
        pytest.param("tinned or tinned trout", "ok", ["shelf-trout"], id="the same on both sides"),
        pytest.param("trout, tinned or tinned", "ok", ["shelf-trout"], id="the same on both sides after the food"),
        pytest.param("1 or 2 tinned trout", "ok", ["shelf-trout"], id="amounts on one side"),
        pytest.param("500g/1lb tinned trout", "ok", ["shelf-trout"], id="amounts with a slash"),
        pytest.param("tinned trout or tinned trout", "ok", ["shelf-trout"] * 2, id="each side names its food"),
        pytest.param("steak, cooked or sliced, well done", "ok", ["steak"], id="heat outside the two sides"),
        pytest.param("not tinned trout", "cook", ["trout"], id="a state taken back"),
        pytest.param("trout, not tinned", "cook", ["trout"], id="a state taken back after the food"),
        pytest.param("trout, not of tinned", "cook", ["trout"], id="a state taken back over one plain word"),
        pytest.param("not canned trout", "unknown", ["shelf-trout"], id="a name that says its form taken back"),
        pytest.param("not ripe tinned trout", "cook", ["trout"], id="a negation near a state is doubt"),
        pytest.param("steak not rare", "avoid", ["rare-meat"], id="a state that makes it worse is never taken back"),
    ],
)
def test_a_state_that_may_not_hold_betters_nothing(table: FoodTable, phrase: str, verdict: str, found: list[str]) -> None:
    finding = judge(table, phrase)
    assert finding.verdict.word == verdict
    assert slugs(finding) == found


@pytest.mark.parametrize(
    ("phrase", "sheets", "verdict", "do_this"),
    [
        pytest.param("opened toast", [], "unknown", "opened or cooked more than 24 hours ago", id="the hours of the food"),
        pytest.param(
            "toast opened 5 days ago",
            [],
            "unknown",
            "opened or cooked more than 24 hours ago",
            id="longer ago than it keeps",
        ),
        pytest.param(
            "opened toast",
            ["hill"],
            "unknown",
            "opened or cooked more than 12 hours ago",
            id="the hours of a stricter sheet",
        ),
        pytest.param(
            "opened toast",
            ["harbour"],
            "unknown",
            "opened or cooked more than 24 hours ago",
            id="a looser sheet changes nothing",
        ),
        pytest.param("opened brie", [], "unknown", "If it is fresher: Treat it as cheese food.", id="and what to do then"),
        pytest.param("opened bread", [], "unknown", "Leave it until your MS team says yes.", id="a food without hours"),
        pytest.param("opened zork", [], "unknown", "Leave it until your MS team says yes.", id="no food"),
        pytest.param("opened sushi", [], "avoid", "Leave it.", id="a danger stays one"),
        pytest.param("toast 5 days", [], "unknown", "more than 24 hours ago", id="older than it keeps"),
        pytest.param("toast, two days", [], "unknown", "more than 24 hours ago", id="a number in words"),
        pytest.param("day 30 toast 3 days", [], "unknown", "more than 24 hours ago", id="the longest of several times"),
        pytest.param("toast 24 hours", [], "ok", "Toast it well.", id="as old as it keeps"),
        pytest.param(
            "toast 1 day", ["hill"], "unknown", "more than 12 hours ago", id="older than a stricter sheet lets it keep"
        ),
        pytest.param("bread 5 days", [], "ok", "", id="old, and it keeps"),
        pytest.param(
            "toast 5 days ripe zork", [], "unknown", "Leave it until your MS team says yes.", id="old, and unknown"
        ),
        pytest.param("sushi 5 days", [], "avoid", "Leave it.", id="old, and a danger anyway"),
        pytest.param("brie 9999999999999999999 days", [], "cook", "", id="a number that is none"),
    ],
)
def test_what_was_opened_or_is_too_old_is_unknown_with_the_hours_that_decide(
    opened: FoodTable, phrase: str, sheets: list[str], verdict: str, do_this: str
) -> None:
    finding = judge(opened, phrase, [opened.sheets[sheet] for sheet in sheets])
    assert finding.verdict.word == verdict
    assert do_this in finding.do_this


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> FoodTable:
    said = [sheet_row("opened_hours", "48"), sheet_row("opened_hours", "12", "hill", "hill-sheet")]
    return small_table(tmp_path_factory.mktemp("data"), said)


@pytest.mark.parametrize(
    ("phrase", "verdicts"),
    [
        pytest.param("steaming hot toast, brie", ["ok", "cook"], id="hot stays on its side of a comma"),
        pytest.param("brie with steaming hot toast", ["cook", "ok"], id="hot stays on its side of with"),
        pytest.param("brie steaming hot toast", ["cook", "ok"], id="hot is about the next food"),
        pytest.param("brie steak well done", ["cook", "ok"], id="well done is about the last food"),
        pytest.param("tinned trout steak", ["ok", "cook"], id="tinned is about the next food"),
        pytest.param("rare burger steak", ["avoid", "avoid"], id="rare is about every food beside it"),
        pytest.param("unpasteurised cheddar brie", ["avoid", "avoid"], id="unpasteurised is about every food beside it"),
        pytest.param("cheddar, unpasteurised", ["avoid"], id="unpasteurised after a comma"),
    ],
)
def test_better_counts_for_the_nearest_food_and_worse_for_all(table: FoodTable, phrase: str, verdicts: list[str]) -> None:
    assert [one.verdict.word for one in judge(table, phrase).about] == verdicts


@pytest.mark.parametrize(
    ("phrase", "unexplained"),
    [
        pytest.param("frumious bandersnatch", ("frumious", "bandersnatch"), id="nothing known"),
        pytest.param("moon toast", ("moon",), id="one unexplained word beside a fine food"),
        pytest.param("moon brie", ("moon",), id="one unexplained word beside a food to cook"),
        pytest.param("toast and blorp", ("blorp",), id="an unexplained food beside a fine one"),
        pytest.param("tinned toast", ("tinned",), id="a state that says nothing about this food"),
        pytest.param("marinated cheddar", ("marinated",), id="a state with no rule at all"),
        pytest.param("smoked", ("smoked",), id="a state alone"),
        pytest.param("ripe", (), id="a plain word alone"),
        pytest.param("", (), id="nothing at all"),
        pytest.param(" ,;/ ", (), id="signs alone"),
        pytest.param("100", (), id="a number alone"),
    ],
)
def test_what_cannot_be_explained_is_unknown(table: FoodTable, phrase: str, unexplained: tuple[str, ...]) -> None:
    finding = judge(table, phrase)
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.unexplained == unexplained
    assert finding.base is Verdict.UNKNOWN
    assert finding.do_this == UNKNOWN_DO


def test_an_unknown_phrase_names_what_we_know_and_what_we_do_not(table: FoodTable) -> None:
    assert judge(table, "moon brie").why == "We know brie, but not what “moon” makes of it."


def test_a_known_avoid_wins_over_an_unknown_word_and_is_named(table: FoodTable) -> None:
    finding = judge(table, "moon sushi")
    assert finding.verdict is Verdict.AVOID
    assert finding.decides is not None and finding.decides.food.slug == "raw-fish"
    assert finding.unexplained == ("moon",)
    assert (finding.why, finding.do_this) == ("Raw fish carries germs.", "Leave it.")


@pytest.mark.parametrize("phrase", ["unpasteurised", "Unpasteurised, ripe", "unpasteurised blorp", "blorp (unpasteurised)"])
def test_unpasteurised_alone_is_raw_milk(table: FoodTable, phrase: str) -> None:
    finding = judge(table, phrase)
    assert finding.verdict is Verdict.AVOID
    assert slugs(finding) == ["raw-milk"]


def test_the_deciding_food_gives_the_reason(table: FoodTable) -> None:
    finding = judge(table, "toast and trout")
    assert (finding.why, finding.do_this) == ("Fresh fish carries germs.", "Cook it through.")
    assert [source.authority for source in finding.sources] == ["Office for Fish"]


def test_every_condition_of_a_fine_phrase_is_kept(table: FoodTable) -> None:
    finding = judge(table, "tinned trout with cheddar on toast")
    assert finding.verdict is Verdict.OK
    assert finding.do_this == "Eat it the day you open it. Treat it as cheese food. Toast it well."
    assert finding.label_says == "pasteurised"


def test_the_words_asked_are_kept_as_they_were_typed(table: FoodTable) -> None:
    assert judge(table, "  Ripe BRIE ").asked == "  Ripe BRIE "


@pytest.mark.parametrize(
    ("phrase", "verdict"),
    [
        ("trout", "ok"),
        ("steak", "ok"),
        ("bag of leaves", "ok"),
        ("toast", "ok"),
        ("sushi", "avoid"),
        ("rare steak", "avoid"),
        ("unpasteurised", "avoid"),
        ("moon brie", "unknown"),
        ("trout and sushi", "avoid"),
    ],
)
def test_cooked_right_through(table: FoodTable, phrase: str, verdict: str) -> None:
    assert judge(table, phrase, cooked=True).verdict.word == verdict
    assert judge(table, phrase).if_cooked.word == verdict


def test_food_made_fine_by_heat_says_to_eat_it_hot(table: FoodTable) -> None:
    assert judge(table, "well done steak").do_this == COOKED_DO
    assert judge(table, "trout", cooked=True).do_this == COOKED_DO


@pytest.mark.parametrize(
    ("rows", "food", "verdict", "base"),
    [
        pytest.param([], "trout", "cook", "cook", id="no sheet"),
        pytest.param([("cheese", "avoid")], "trout", "cook", "cook", id="a silent sheet is the table"),
        pytest.param([("fish", "avoid")], "trout", "avoid", "cook", id="a class row tightens"),
        pytest.param([("fish", "cook")], "raw-fish", "avoid", "avoid", id="a class row never loosens"),
        pytest.param([("larder", "cook")], "toast", "cook", "ok", id="a class row tightens what was fine"),
        pytest.param([("brie", "ok")], "brie", "ok", "cook", id="a food row may loosen"),
        pytest.param([("brie", "avoid")], "brie", "avoid", "cook", id="a food row may tighten"),
        pytest.param([("cheese", "avoid"), ("brie", "ok")], "brie", "ok", "cook", id="a food row wins over its class"),
        pytest.param([("cheese", "avoid"), ("brie", "ok")], "cheddar", "avoid", "ok", id="its class row holds for others"),
        pytest.param([("steak", "avoid")], "steak", "avoid", "cook", id="a food row above the floor"),
        pytest.param([("raw-fish", "cook")], "raw-fish", "cook", "avoid", id="loosened where there is no floor"),
    ],
)
def test_what_the_hospitals_sheet_says_wins(
    tmp_path: Path, rows: list[tuple[str, str]], food: str, verdict: str, base: str
) -> None:
    table = small_table(tmp_path, [sheet_row(about, word) for about, word in rows])
    sheets = tuple(table.sheets.values())
    finding = judge_food(table, table.foods[food], sheets)
    assert (finding.verdict.word, finding.base.word) == (verdict, base)
    assert judge(table, table.foods[food].name, sheets).verdict.word == verdict


def test_the_sheets_own_reason_is_given_with_its_source(tmp_path: Path) -> None:
    table = small_table(tmp_path, [sheet_row("brie", "avoid", why="Our patients fell ill.", do_this="Leave it here.")])
    finding = judge(table, "brie", [table.sheets["harbour"]])
    assert (finding.why, finding.do_this) == ("Our patients fell ill.", "Leave it here.")
    assert [source.authority for source in finding.sources] == ["Harbour Hospital", "Office for Fish"]


def test_a_patients_report_may_tighten(tmp_path: Path) -> None:
    table = small_table(tmp_path, [sheet_row("brie", "avoid", source="patient")])
    assert judge(table, "brie", [table.sheets["harbour"]]).verdict is Verdict.AVOID


TWO_SHEETS = [
    pytest.param([("brie", "ok")], [("brie", "ok")], "brie", "cook", id="both looser: the table holds"),
    pytest.param([("brie", "ok")], [], "brie", "cook", id="one looser, one silent: the table holds"),
    pytest.param([("brie", "ok")], [("brie", "avoid")], "brie", "avoid", id="one looser, one stricter"),
    pytest.param([("fish", "avoid")], [("trout", "ok")], "trout", "avoid", id="class against food"),
    pytest.param([("toast", "cook")], [("toast", "ok")], "toast", "cook", id="one stricter than the table"),
]


@pytest.mark.parametrize(("mine", "other", "food", "verdict"), TWO_SHEETS)
def test_two_sheets_are_never_looser_than_either_or_the_table(
    tmp_path: Path, mine: list[tuple[str, str]], other: list[tuple[str, str]], food: str, verdict: str
) -> None:
    rows = [sheet_row(about, word) for about, word in mine]
    rows += [sheet_row(about, word, protocol="hill", source="hill-sheet") for about, word in other]
    rows += [sheet_row("shelf-trout", "ok", protocol="hill", source="hill-sheet")]
    table = small_table(tmp_path, rows)
    sheets = (table.sheets["harbour"], table.sheets["hill"])
    assert judge(table, food, sheets).verdict.word == verdict
    assert judge(table, food, sheets[::-1]).verdict.word == verdict


@pytest.mark.parametrize(("about", "food"), [("trout", "trout"), ("fish", "trout"), ("toast", "toast")])
def test_avoid_on_a_sheet_means_not_even_cooked(tmp_path: Path, about: str, food: str) -> None:
    table = small_table(tmp_path, [sheet_row(about, "avoid")])
    sheets: tuple[Sheet, ...] = (table.sheets["harbour"],)
    finding = judge_food(table, table.foods[food], sheets)
    assert finding.if_cooked is Verdict.AVOID
    assert judge(table, table.foods[food].name, sheets, cooked=True).verdict is Verdict.AVOID
    assert judge(table, f"steaming hot {table.foods[food].name}", sheets).verdict is Verdict.AVOID


def test_a_sheet_that_repeats_the_tables_avoid_leaves_what_heat_makes_of_it(tmp_path: Path) -> None:
    table = small_table(tmp_path, [sheet_row("bag-of-leaves", "avoid")])
    finding = judge_food(table, table.foods["bag-of-leaves"], [table.sheets["harbour"]])
    assert (finding.verdict, finding.if_cooked) == (Verdict.AVOID, Verdict.OK)


@pytest.mark.parametrize("verdict", ["ok", "cook"])
def test_a_sheet_that_allows_a_food_does_not_forbid_it_cooked(tmp_path: Path, verdict: str) -> None:
    table = small_table(tmp_path, [sheet_row("raw-fish", verdict)])
    assert judge(table, "sushi", [table.sheets["harbour"]], cooked=True).verdict is Verdict.OK


def test_what_other_hospitals_say_stays_visible(tmp_path: Path) -> None:
    hill = {"protocol": "hill", "source": "hill-sheet"}
    table = small_table(tmp_path, [sheet_row("brie", "ok"), sheet_row("brie", "avoid", **hill)])
    mine = judge_food(table, table.foods["brie"], [table.sheets["harbour"]])
    assert [says.protocol for says in mine.says] == ["harbour"]
    assert [says.protocol for says in mine.differs] == ["hill"]
    nobody = judge_food(table, table.foods["brie"])
    assert not nobody.says
    assert [says.protocol for says in nobody.differs] == ["harbour", "hill"]


def test_a_sheet_that_agrees_does_not_differ(tmp_path: Path) -> None:
    table = small_table(tmp_path, [sheet_row("brie", "cook")])
    assert not judge_food(table, table.foods["brie"]).differs


@pytest.mark.parametrize(
    ("phrase", "verdict"),
    [
        pytest.param("homemade cheddar", Verdict.AVOID, id="the cheese itself is home-made"),
        pytest.param("homemade cheddar toast", Verdict.OK, id="the dish is home-made, not the cheese in it"),
        pytest.param("cheddar toast, homemade", Verdict.OK, id="said after the dish"),
        pytest.param("toast, homemade cheddar", Verdict.AVOID, id="the cheese beside the dish"),
    ],
)
def test_home_made_is_said_of_the_whole_dish(table: FoodTable, phrase: str, verdict: Verdict) -> None:
    assert judge(table, phrase).verdict is verdict

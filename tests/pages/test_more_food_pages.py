"""Do the pages beside the check follow the same table and sheet, keep what they promise, and keep nothing else?"""

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from foods.card import CARD_FOODS
from foods.food import Verdict
from foods.rules import judge, judge_food
from households import database as database_module
from households.store import Database
from tests.house_checks import complaints, words

GetPage = Callable[..., BeautifulSoup]

STRICT_SHEET = "german-ms-page"
NO_TAKEAWAYS = "uk-patient-2018"


def read(response: TestResponse) -> BeautifulSoup:
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    assert not complaints(page)
    return page


def lines(page: Tag) -> dict[str, str]:
    """Each food that is named in a list, with the words of its verdict."""
    named = ((item.select_one(".app-food__name"), item.select_one(".app-verdict-line__words")) for item in page.select("li"))
    return {words(name).lower(): words(said) for name, said in named if name and said}


def part(page: BeautifulSoup, heading: str) -> Tag:
    found = next((h for h in page.select("main h2, main h3") if words(h) == heading), None)
    assert found and found.parent, f"the page has no part {heading!r}"
    return found.parent


# ---- The answer, and what stands beside it ----


@pytest.mark.parametrize("asked", ["sushi", "frumious bandersnatch"])
def test_what_must_not_be_eaten_leads_to_what_to_do_once_it_was(get_page: GetPage, asked: str) -> None:
    link = next(link for link in get_page(f"/foods?q={asked}").select("main a") if words(link) == "I have already eaten it")
    assert asked in words(get_page(link["href"]).main)


@pytest.mark.parametrize("asked", ["cheddar", "brie"])
def test_what_may_be_eaten_does_not(get_page: GetPage, asked: str) -> None:
    assert "I have already eaten it" not in words(get_page(f"/foods?q={asked}").main)


def test_the_answer_says_how_hot_how_long_and_when_it_was_checked(get_page: GetPage) -> None:
    said = words(get_page("/foods?q=brie").main)
    assert "70 °C in the middle for 2 minutes" in said and "Finish it within 48 hours" in said
    assert "checked on 21 November 2026" in said and "Read second-hand, through a copy" in said


def test_every_answer_page_is_light(app: Flask, client: FlaskClient) -> None:
    """At most 15 kB before it is packed, whatever the sheet: the heaviest foods under the strictest setting."""
    client.set_cookie("strict", "on")
    for name in ("egg", "goat's cheese", "brie", "smoked salmon", "ham", "raw milk brie"):
        page = client.get("/foods", query_string={"q": name}).get_data()
        assert len(page) <= 15_360, f"{name}: {len(page)} bytes"


def test_each_page_says_once_when_to_ring_and_what_it_does_not_replace(get_page: GetPage) -> None:
    for address in ("/", "/foods?q=brie", "/foods/brie", "/card", "/eating-out"):
        footer = words(get_page(address).select_one("footer"))
        assert footer.count("A fever, bad headache, stiff neck or confusion") == 1
        assert "This helps you follow your hospital's sheet. It does not replace it." in footer


@pytest.mark.parametrize(
    "address", ["/foods/classes", "/label", "/eating-out", "/card", "/questions", "/already-eaten", "/kitchen", "/strict"]
)
def test_check_leads_to_every_page_beside_it(get_page: GetPage, address: str) -> None:
    assert address in {link["href"] for link in get_page("/").select("main a")}


# ---- All foods ----


def test_every_kind_of_food_has_a_page_and_every_food_is_on_one(app: Flask, client: FlaskClient, get_page: GetPage) -> None:
    table = app.extensions["facts"].table
    hub = get_page("/foods/classes")
    kinds = [link["href"] for link in hub.select("main .app-list a")]
    assert len(kinds) == len({food.food_class.slug for food in table.foods.values()})
    named = [name for address in kinds[::9] for name in lines(read(client.get(address)))]
    in_them = {food.name.lower() for food in table.foods.values() if f"/foods/classes/{food.food_class.slug}" in kinds[::9]}
    assert in_them <= set(named)


def test_every_food_stands_under_its_letter(app: Flask, get_page: GetPage) -> None:
    letters = [link["href"] for link in get_page("/foods/classes").select("main .app-chip")]
    assert "/foods/a-to-z/e" in letters
    assert "éclair" in lines(get_page("/foods/a-to-z/e"))
    assert all(name[0] == "y" for name in lines(get_page("/foods/a-to-z/y")))


@pytest.mark.parametrize("address", ["/foods/a-to-z/%C3%A9", "/foods/a-to-z/be", "/foods/classes/moon", "/foods/a-to-z/%00"])
def test_a_letter_or_kind_that_does_not_exist_says_what_to_do(get_page: GetPage, address: str) -> None:
    assert words(get_page(address, status=404).h1) == "We cannot find that page"


def test_a_kind_of_food_follows_my_sheet_and_tells_what_the_others_say(client: FlaskClient, get_page: GetPage) -> None:
    address = "/foods/classes/cheese-soft-mould"
    assert lines(get_page(address))["camembert"].startswith("Only if cooked")
    client.set_cookie("hospital", STRICT_SHEET)
    page = get_page(address)
    assert lines(part(page, "Do not eat these"))["camembert"] == "Do not eat this"
    assert "(your hospital)" in words(part(page, "What hospitals say about it"))


# ---- The card ----


def test_the_card_names_only_foods_that_the_table_knows(app: Flask) -> None:
    table = app.extensions["facts"].table
    assert [name for name in CARD_FOODS if judge(table, name).verdict is Verdict.UNKNOWN] == []


def test_the_card_follows_my_sheet_and_names_it_from_the_cookie_alone(client: FlaskClient, get_page: GetPage) -> None:
    before = get_page("/card?hospital=german-ms-page")
    assert "Only hot Brie" in words(before.main) and "fokus-ms.de" not in words(before.main)
    client.set_cookie("hospital", STRICT_SHEET)
    after = get_page("/card")
    assert "No Brie" in words(after.main) and "fokus-ms.de" in words(after.main)


def test_no_condition_falls_off_on_the_card(get_page: GetPage) -> None:
    fine = words(part(get_page("/card"), "You can eat this, if …"))
    assert 'mozzarella: the label must say "pasteurised"' in fine


# ---- Eating out ----


def test_every_food_for_eating_out_stands_where_my_sheet_puts_it(app: Flask, client: FlaskClient) -> None:
    table = app.extensions["facts"].table
    for cookie, sheets in (("", ()), (STRICT_SHEET, (table.sheets[STRICT_SHEET],))):
        client.set_cookie("hospital", cookie)
        page = read(client.get("/eating-out"))
        for place in app.extensions["facts"].places.values():
            shown = lines(page.select_one(f"#{place.slug}") or page)
            for name in place.foods:
                verdict = judge(table, name, sheets).verdict
                starts = {Verdict.OK: "You can eat this", Verdict.COOK: "Only if cooked", Verdict.AVOID: "Do not eat this"}
                assert shown[name.lower()].startswith(starts[verdict]), f"{name} at {place.name}"


def test_what_my_sheet_says_about_eating_out_comes_first(client: FlaskClient, get_page: GetPage) -> None:
    client.set_cookie("hospital", NO_TAKEAWAYS)
    page = get_page("/eating-out")
    assert "This patient's hospital said no takeaways" in words(page.select_one(".app-notice"))
    headings = {words(h3) for h3 in page.select("h3")}
    assert headings.isdisjoint({"Fine to choose", "Only if it reaches you steaming hot"})
    assert {"Fine in itself: ask your MS team first", "Only steaming hot: ask your MS team first"} <= headings


# ---- The kitchen, and what was eaten ----


def test_the_kitchen_shows_what_my_sheet_says(client: FlaskClient, get_page: GetPage) -> None:
    assert "The Barts pack says" not in words(get_page("/kitchen").main)
    client.set_cookie("hospital", "barts-pack")
    page = get_page("/kitchen")
    assert "The Barts pack says" in words(part(page, "Cooling and leftovers"))
    assert "wash them again" in words(part(page, "Washing fruit and vegetables"))
    picture = page.select_one("svg.app-thermometer")
    assert picture and "2 minutes at 70" in picture["aria-label"]


def test_what_was_eaten_is_named_and_nothing_else_is_advised(get_page: GetPage) -> None:
    page = get_page("/already-eaten?q=<b>oysters</b>")
    assert "<b>oysters</b>" in words(page.select_one(".app-notes dd")) and not page.select("main dd b")
    assert [words(h2) for h2 in page.select("main h2")] == [
        "When to ring", "How long to watch", "What to write down", "Who says so",
    ]  # fmt: skip
    said = words(page.main).lower()
    assert not any(word in said for word in ("antibiotic", "vomit", "fasting", "paracetamol"))


@pytest.mark.parametrize("query", ["", "?q=", "?q=" + "x" * 10_000, "?q=%ff%00"])
def test_whatever_was_eaten_the_page_opens(get_page: GetPage, query: str) -> None:
    assert "ring your treating team" in words(get_page("/already-eaten" + query).main).lower()


# ---- Labels ----


def label(get_page: GetPage, text: str, status: int = 200) -> BeautifulSoup:
    return get_page("/label", method="post", data={"words": text}, status=status)


def test_a_label_with_raw_milk_says_so(get_page: GetPage) -> None:
    page = label(get_page, "FROMAGE AU LAIT\nCRU")
    assert words(page.select_one(".app-verdict__headline")) == "Do not eat this as it is"
    assert "raw, or not pasteurised" in words(page.main)


@pytest.mark.parametrize(
    "text",
    ["Milk, salt", "pasteurised milk", "<script>alert(1)</script>", "'; DROP TABLE foods", "\u202ekliM", "حليب", "42"],
)
def test_no_label_makes_a_food_fine(get_page: GetPage, text: str) -> None:
    page = label(get_page, text)
    assert words(page.select_one(".app-verdict__headline")) == "We cannot tell from the label alone"
    assert "You can eat this" not in words(page.main) and not page.select("main script")


def test_silence_about_milk_is_not_stated(get_page: GetPage) -> None:
    assert "not stated" in words(label(get_page, "Milk, salt").select_one(".app-pairs"))


@pytest.mark.parametrize("text", ["", "  \n", "\x00", "raw milk " * 2_000], ids=["nothing", "spaces", "a byte", "too long"])
def test_a_label_that_cannot_be_read_says_what_to_do(get_page: GetPage, text: str) -> None:
    page = label(get_page, text, status=400)
    assert page.select_one("#words-error") and words(page.title).startswith("Error: ")


# ---- Questions for the nurse ----


def test_questions_are_kept_on_the_device_and_travel_to_their_own_page_alone(client: FlaskClient) -> None:
    answer = client.post("/questions", data={"question": "May I eat “brie”?"})
    cookie = answer.headers["Set-Cookie"]
    assert "Path=/questions" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert answer.headers["Cache-Control"] == "no-store"
    client.post("/questions", data={"question": "And feta?"})
    page = read(client.get("/questions"))
    assert [words(one) for one in page.select(".app-asked__question")] == ["May I eat “brie”?", "And feta?"]
    page = read(client.post("/questions", data={"do": "remove-1"}))
    assert [words(one) for one in page.select(".app-asked__question")] == ["And feta?"]
    assert read(client.post("/questions", data={"do": "clear"})).select(".app-asked__question") == []
    assert client.get_cookie("questions", path="/questions") is None


@pytest.mark.parametrize("asked", ["blorp", "brie"], ids=["unknown", "advice differs"])
def test_an_answer_in_doubt_offers_to_keep_a_question(client: FlaskClient, asked: str) -> None:
    form = read(client.get(f"/foods?q={asked}")).select_one("form[action='/questions']")
    assert form is not None
    sent = {box["name"]: box["value"] for box in form.select("input")}
    assert asked in words(read(client.post("/questions", data=sent)).main)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        pytest.param({"question": ""}, 400, id="nothing"),
        pytest.param({"question": "x" * 10_000}, 400, id="ten thousand letters"),
        pytest.param({"question": "<b>x</b>"}, 200, id="markup"),
        pytest.param({"do": "remove-x"}, 200, id="a number that is none"),
        pytest.param({"do": "remove-٣"}, 200, id="a figure of another script"),
        pytest.param({"do": "fly"}, 400, id="something else"),
    ],
)
def test_whatever_is_sent_the_list_answers(client: FlaskClient, data: dict[str, str], status: int) -> None:
    answer = client.post("/questions", data=data)
    assert answer.status_code == status
    assert not read(answer).select("main b")


# ---- The strict setting ----


def test_the_strict_setting_takes_the_strictest_sheet_and_says_so_on_every_answer(client: FlaskClient) -> None:
    assert "Only if cooked" in words(read(client.get("/foods?q=brie")).select_one(".app-verdict"))
    assert "It is on on this device" in words(read(client.post("/strict", data={"strict": "on"})).main)
    for address in ("/foods?q=brie", "/foods/brie"):
        page = read(client.get(address))
        assert words(page.select_one(".app-verdict__headline")) == "Do not eat this"
        assert "The strict setting is on" in words(page.main)
    client.post("/strict", data={"strict": "off"})
    assert client.get_cookie("strict") is None


def test_the_strict_setting_is_never_looser_than_the_table_or_any_sheet(app: Flask) -> None:
    table = app.extensions["facts"].table
    everyone = tuple(table.sheets.values())
    for food in table.foods.values():
        strict = judge_food(table, food, everyone).verdict
        alone = [judge_food(table, food, sheets).verdict for sheets in ((), *((sheet,) for sheet in everyone))]
        assert strict >= max(alone), food.name


def test_a_device_with_no_signal_is_told_every_sheet(app: Flask, client: FlaskClient) -> None:
    client.set_cookie("strict", "on")
    body = read(client.get("/")).body
    assert body and body["data-sheets"].split() == list(app.extensions["facts"].table.sheets)
    assert body["data-strict"] == "on"


@pytest.mark.parametrize("address", ["/strict", "/questions", "/foods/report"])
def test_another_site_changes_nothing_here(client: FlaskClient, address: str) -> None:
    answer = client.post(address, data={"strict": "on", "question": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "address", ["/", "/foods?q=brie", "/foods/brie", "/foods/classes", "/card", "/eating-out", "/kitchen"]
)
def test_no_link_and_no_form_carries_the_hospital(client: FlaskClient, address: str) -> None:
    client.set_cookie("hospital", STRICT_SHEET)
    page = read(client.get(address))
    sent = [
        tag.get(name, "")
        for tag in page.select("main [href], main [action], main [value]")
        for name in ("href", "action", "value")
    ]
    assert sent and not any(STRICT_SHEET in one for one in sent)


# ---- Reports of missing foods, and a database that fails ----


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "piping-hot.db"


@pytest.fixture
def keeper(app: Flask, file: Path) -> Iterator[Flask]:
    """The app with a database of its own for one test."""
    shared, own = app.extensions["database"], Database(f"sqlite:///{file}")
    app.extensions["database"] = own
    yield app
    own.engine.dispose()
    app.extensions["database"] = shared


def told(keeper: Flask) -> str:
    return str(keeper.test_cli_runner().invoke(args=["foods", "reports"]).output)


def test_a_missing_food_is_sent_from_the_answer_and_read_at_the_terminal(keeper: Flask) -> None:
    client = keeper.test_client()
    assert told(keeper) == "Nobody has told us of a missing food.\n"
    form = read(client.get("/foods?q=moon cheese puffs")).select_one("form[action='/foods/report']")
    assert form is not None
    sent = {box["name"]: box["value"] for box in form.select("input")}
    for _ in range(2):
        answer = client.post("/foods/report", data=sent)
        assert "and nothing about you" in words(read(answer).main) and "Set-Cookie" not in answer.headers
    today = datetime.date.today().isoformat()
    assert told(keeper) == f"2 × moon cheese puffs (first on {today}, last on {today})\n"
    as_json = keeper.test_cli_runner().invoke(args=["foods", "reports", "--json"]).output
    assert as_json == f'{{"name": "moon cheese puffs", "times": 2, "first_on": "{today}", "last_on": "{today}"}}\n'


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        pytest.param("", 400, "Enter the name of the food.", id="nothing"),
        pytest.param("x" * 10_000, 400, "80 letters at most", id="ten thousand letters"),
        pytest.param("sue@example.com blorp", 400, "the name of the food alone", id="an address"),
        pytest.param("blorp 07700 900123", 400, "the name of the food alone", id="a telephone number"),
        pytest.param("see https://blorp.example", 400, "the name of the food alone", id="a link"),
        pytest.param("?!?", 400, "in letters", id="signs"),
        pytest.param("brie", 200, "We know this food already.", id="a food we know"),
    ],
)
def test_what_is_no_missing_food_is_not_kept(keeper: Flask, name: str, status: int, sentence: str) -> None:
    answer = keeper.test_client().post("/foods/report", data={"name": name})
    assert answer.status_code == status and sentence in words(read(answer).main)
    assert told(keeper) == "Nobody has told us of a missing food.\n"


def spoil(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no database, but long enough to be taken for the head of one" * 20)


def stand_in_the_way(file: Path) -> None:
    file.parent.write_text("a file where the folder should be")


def put_a_folder_in_its_place(file: Path) -> None:
    file.mkdir(parents=True)


@pytest.mark.parametrize("break_it", [spoil, stand_in_the_way, put_a_folder_in_its_place])
def test_checks_are_answered_whatever_happens_to_the_database(
    keeper: Flask, file: Path, break_it: Callable[[Path], None]
) -> None:
    break_it(file)
    client = keeper.test_client()
    answer = client.post("/foods/report", data={"name": "blorp"})
    assert answer.status_code == 503
    assert "We cannot keep anything at the moment" in words(read(answer).main)
    for address in ("/", "/foods?q=brie", "/foods?q=blorp", "/foods/brie", "/questions", "/card"):
        assert client.get(address).status_code == 200
    failed = keeper.test_cli_runner().invoke(args=["foods", "reports"])
    assert failed.exit_code == 1 and "The database cannot be read" in failed.output


def test_the_app_starts_without_a_database_it_can_reach(tmp_path: Path) -> None:
    started = create_app({"DATABASE_URL": f"sqlite:////proc/no/such/{tmp_path.name}.db"})
    assert started.test_client().get("/foods?q=brie").status_code == 200


def test_a_locked_database_says_to_try_later(keeper: Flask, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY", 0.05)
    keeper.extensions["database"] = Database(f"sqlite:///{file}")
    client = keeper.test_client()
    client.post("/foods/report", data={"name": "zoog"})
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")
    assert client.post("/foods/report", data={"name": "blorp"}).status_code == 503
    assert client.get("/foods?q=blorp").status_code == 200
    keeper.extensions["database"].engine.dispose()
    busy.close()

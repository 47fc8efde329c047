"""Do the pages of “Can I eat this?” say what a person needs to read, whatever they typed?"""

import itertools
from collections.abc import Callable
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.house_checks import seen_words, words

GetPage = Callable[..., BeautifulSoup]

UNKNOWN_HEADLINE = "We do not know this food. Leave it until your MS team says yes"


def asked(get_page: GetPage, phrase: str, status: int = 200) -> BeautifulSoup:
    return get_page(f"/foods?q={quote(phrase)}", status=status)


def verdict(page: BeautifulSoup) -> dict[str, str]:
    """The verdict at the top of a page: its kind and each of its sentences, as they are seen."""
    block = page.select_one("main .app-verdict")
    assert block is not None, "give the page a verdict"
    kinds = [name.removeprefix("app-verdict--") for name in block["class"] if name.startswith("app-verdict--")]
    parts = ("headline", "why", "do", "label")
    said = {part: found for part in parts if (found := block.select_one(f".app-verdict__{part}"))}
    return {"kind": " ".join(kinds), **{part: seen_words(found) for part, found in said.items()}}


def headings(page: BeautifulSoup) -> list[str]:
    return [words(heading) for heading in page.select("main h2")]


def linked(page: BeautifulSoup, heading: str) -> list[str]:
    """The names that are linked under a heading."""
    found = next((h2 for h2 in page.select("main h2") if words(h2) == heading), None)
    assert found is not None and found.parent is not None, f"the page has no part {heading!r}"
    return [words(link) for link in found.parent.select("a")]


def test_home_asks_one_question_and_offers_what_people_ask_about(get_page: GetPage) -> None:
    page = get_page("/")
    assert words(page.h1) == "Can I eat …?"
    assert page.select_one("input[name=q]")["autofocus"] == ""
    assert len(page.select(".app-tiles__link")) >= 9


def test_every_tile_on_the_home_page_leads_to_a_food_we_know(get_page: GetPage) -> None:
    for tile in get_page("/").select(".app-tiles__link"):
        assert verdict(get_page(tile["href"]))["kind"] != "unknown", f"{words(tile)} leads to nothing known"


def test_a_food_that_is_fine_says_on_what_condition(get_page: GetPage) -> None:
    page = asked(get_page, "cream cracker")
    assert words(page.h1) == "Can I eat “cream cracker”?"
    said = verdict(page)
    assert said["kind"] == "ok"
    assert said["headline"].startswith("You can eat this")
    assert "Eat instead" not in headings(page)


def test_a_condition_never_falls_off_a_food_that_is_fine(get_page: GetPage) -> None:
    assert verdict(asked(get_page, "mozzarella"))["headline"].startswith("You can eat this if the label says ")


def test_a_food_to_cook_says_so_and_what_to_do(get_page: GetPage) -> None:
    page = asked(get_page, "brie")
    said = verdict(page)
    assert said["kind"] == "cook"
    assert said["headline"] == "Only if cooked until steaming hot all the way through"
    assert said["why"].endswith(".")
    assert said["do"].startswith("What to do: ") and said["do"].endswith(".")
    assert len(linked(page, "Eat instead")) == 3
    assert "Who says so" in headings(page)


def test_a_food_to_leave_says_so(get_page: GetPage) -> None:
    page = asked(get_page, "sushi")
    said = verdict(page)
    assert (said["kind"], said["headline"]) == ("avoid", "Do not eat this")
    assert len(linked(page, "Eat instead")) == 3


def test_a_food_we_do_not_know_says_so_and_what_to_do_now(get_page: GetPage) -> None:
    page = asked(get_page, "frumious bandersnatch")
    assert verdict(page) == {
        "kind": "unknown",
        "headline": UNKNOWN_HEADLINE,
        "why": "We cannot tell what it is, so we cannot say that it is fine.",
        "do": "What to do: Leave it until your MS team says yes.",
    }
    assert "What to do now" in headings(page)


def test_a_misspelt_name_is_offered_and_not_answered_for(get_page: GetPage) -> None:
    page = asked(get_page, "camambert")
    assert verdict(page)["headline"] == UNKNOWN_HEADLINE
    assert "camembert" in linked(page, "Did you mean?")


def test_several_foods_in_one_phrase_are_each_shown(get_page: GetPage) -> None:
    page = asked(get_page, "toast and brie")
    assert verdict(page)["kind"] == "cook"
    assert linked(page, "What we found in it") == ["toast", "brie"]


def test_a_known_danger_in_an_unknown_phrase_is_named(get_page: GetPage) -> None:
    page = asked(get_page, "blorp sushi")
    assert verdict(page)["headline"] == "Do not eat this"
    assert "Everything we know about sushi" in page.get_text()


def test_the_forms_of_a_name_can_be_chosen(get_page: GetPage) -> None:
    page = asked(get_page, "goat's cheese")
    assert verdict(page)["kind"] == "cook"
    assert len(linked(page, "Which one is it?")) >= 2


def test_the_page_of_a_food_says_all_we_know(get_page: GetPage) -> None:
    page = get_page("/foods/brie")
    assert words(page.h1) == "Brie"
    assert verdict(page)["headline"] == "Only if cooked until steaming hot all the way through"
    assert "In the kitchen" in headings(page) and "Who says so" in headings(page)
    assert "70 °C in the middle for 2 minutes" in words(page.main)
    assert "Facts checked on 21 November 2026." in words(page.main)


def test_a_food_page_that_does_not_exist_says_what_to_do(get_page: GetPage) -> None:
    page = get_page("/foods/no-such-food", status=404)
    assert words(page.h1) == "We cannot find that page"
    assert "If in doubt, do not eat it. Ask your MS team." in words(page.main)


@pytest.mark.parametrize("address", ["/foods", "/foods?q=", "/foods?q=%20%20", "/foods?q=%00", "/foods?colour=red"])
def test_an_empty_box_says_what_to_enter(get_page: GetPage, address: str) -> None:
    page = get_page(address, status=400)
    assert words(page.select_one("#q-error")) == "Enter the name of a food, like brie."
    assert words(page.title).startswith("Error: ")
    assert page.select_one("#q")["aria-describedby"] == "q-error"


@pytest.mark.parametrize("phrase", ["x" * 10_000, "brie " * 2_000, "🧀" * 500], ids=["letters", "words", "pictures"])
def test_far_too_much_says_to_ask_for_one_food(get_page: GetPage, phrase: str) -> None:
    page = asked(get_page, phrase, status=400)
    said = words(page.select_one("#q-error"))
    assert said == "Enter one food at a time, in a few words, like “smoked salmon bagel”."


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("😀", id="a picture"),
        pytest.param("<script>alert(1)</script>", id="a script"),
        pytest.param("<b onclick=alert(1)>moss</b>", id="markup"),
        pytest.param("'; DROP TABLE foods; --", id="SQL"),
        pytest.param("{{ 7 * 7 }} {% raw %}", id="a template"),
        pytest.param("../../etc/passwd", id="a path"),
        pytest.param("\u202eeirb", id="letters turned round"),
        pytest.param("?!", id="signs alone"),
        pytest.param("a\u0300" * 90, id="piled-up accents"),
        pytest.param("42", id="a number"),
        pytest.param("奶酪", id="another alphabet"),
    ],
)
def test_whatever_is_typed_gets_a_sentence_that_says_what_to_do(get_page: GetPage, phrase: str) -> None:
    page = asked(get_page, phrase)
    said = verdict(page)
    assert (said["kind"], said["headline"]) == ("unknown", UNKNOWN_HEADLINE)
    assert "Traceback" not in page.get_text() and "49" not in words(page.h1)
    assert not page.select("main script, main b")
    assert page.select_one("input[name=q]") is not None


def test_bytes_that_are_no_letters_are_answered_too(get_page: GetPage) -> None:
    assert verdict(get_page("/foods?q=%ff%fe%80"))["kind"] == "unknown"


def test_every_page_of_a_food_opens(app: Flask, get_page: GetPage) -> None:
    foods = list(app.extensions["facts"].table.foods)
    for slug in foods[:: len(foods) // 25]:
        get_page(f"/foods/{slug}")


def test_my_hospitals_sheet_rules_every_verdict_on_the_page(client: FlaskClient, get_page: GetPage) -> None:
    client.set_cookie("hospital", "german-ms-page")
    page = get_page("/foods?q=brie")
    assert words(page.select_one(".app-verdict__headline")) == "Do not eat this"
    foods = page.select(".app-food")
    forms = {words(food.select_one("a")): words(food.select_one(".app-verdict-line__words")) for food in foods}
    assert {said for name, said in forms.items() if "brie" in name} == {"Do not eat this"}
    assert all(said.startswith("You can eat this") for name, said in forms.items() if "brie" not in name)
    assert "The general table says" in words(page.main)


PHRASES = (
    "brie", "raw oysters", '<b>brie</b> & "ham"', "grandad's moon cheese / puffs", "brie", "oats", "é%20{{ 7*7 }}",
    "frumious bandersnatch", "blubbery snark", "frumious brie", "snarky brie", "brei", "<i>" + "x" * 180 + "</i>",
)  # fmt: skip


def test_what_is_drawn_once_holds_nobody_s_words(app: Flask) -> None:
    """Whoever asks first, each page holds its own phrase and no other's, and says the same as a page drawn for it alone."""
    together = [app.test_client().get("/foods", query_string={"q": phrase}).get_data(as_text=True) for phrase in PHRASES]
    for phrase, page in zip(PHRASES, together, strict=True):
        app.extensions["frames"].clear()
        app.extensions["drawn"].clear()
        assert app.test_client().get("/foods", query_string={"q": phrase}).get_data(as_text=True) == page
        assert "\0" not in page
        heading = BeautifulSoup(page, "html.parser").h1.get_text()
        assert heading == f"Can I eat “{phrase}”?"
    kept = "".join(map(str, [*app.extensions["frames"].values(), *itertools.chain(*app.extensions["drawn"].values())]))
    assert not any(word in kept for word in ("grandad", "7*7", "frumious", "bandersnatch", "snark", "brei", "xxx"))

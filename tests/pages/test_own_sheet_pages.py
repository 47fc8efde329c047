"""Can a person enter the sheet of a hospital that is not here, lose nothing, keep it as a file, and use it at once?"""

import io
import json
import logging
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from planner.leaflet import QUESTIONS, SCREENS
from planner.own_sheet import OwnSheet
from tests.conftest import GetPage
from tests.house_checks import complaints, words

PAGE = "/dates/own-sheet"
WHOLE = {
    "name": "Harbour Hospital",
    "country": "UK",
    "starts": "2 weeks before",
    "ends": "at least 4 weeks after",
    "second_ends": "at least 3 months after",
    "second_name": "good food hygiene",
    "stilton": "ok",
    "cold_meat": "avoid",
    "leftover_hours": "24",
}


def post(get_page: GetPage, status: int = 200, **sent: str) -> BeautifulSoup:
    return get_page(PAGE, method="post", status=status, data=sent)


def hidden(page: BeautifulSoup) -> dict[str, str]:
    return {box["name"]: box["value"] for box in page.select("form input[type=hidden]")}


def shown(page: BeautifulSoup) -> dict[str, str]:
    """What the page's boxes and chosen answers hold."""
    boxes = {box["name"]: box.get("value", "") for box in page.select("input:not([type=radio])") if box.get("name")}
    chosen = {box["name"]: box["value"] for box in page.select("input[type=radio][checked]")}
    written = {box["name"]: box.get_text().strip() for box in page.select("textarea[name]")}
    return {**boxes, **chosen, **written}


def file_of(page: BeautifulSoup) -> OwnSheet:
    return OwnSheet.from_json(page.select_one("input[name=own_sheet]")["value"])


def pairs(page: BeautifulSoup) -> dict[str, str]:
    return {words(dt): words(dt.find_next("dd")) for dt in page.select(".app-pairs dt")}


# ---- One question after the other ----


def test_it_starts_with_what_it_asks_and_a_way_to_open_a_file(get_page: GetPage) -> None:
    page = get_page(PAGE)
    assert f"There are {len(SCREENS)} questions." in words(page.main)
    assert all(form["method"] == "post" for form in page.select("main form"))
    assert page.find(id="draft").has_attr("hidden")


def screen_of(key: str) -> int:
    return next(at for at, asked in enumerate(SCREENS) if key in [question.key for question in asked])


def test_every_question_can_be_answered_one_at_a_time_and_nothing_is_lost(get_page: GetPage) -> None:
    page = post(get_page, do="ask")
    for number, asked in enumerate(SCREENS, start=1):
        assert words(page.h1) == f"Question {number} of {len(SCREENS)}"
        assert all(question.asks in words(page.main) for question in asked)
        keys = {question.key for question in asked}
        assert {box["name"] for box in page.select("main input:not([type=hidden]), main textarea")} == keys
        page = post(get_page, do="next", **{**hidden(page), **{key: WHOLE.get(key, "") for key in keys}})
    assert words(page.h1) == "My hospital's sheet"
    assert dict(file_of(page).answers) == WHOLE


def test_back_keeps_even_what_cannot_be_read(get_page: GetPage) -> None:
    at = screen_of("ends")
    page = post(get_page, do="back", at=str(at), name="Harbour", ends="some day")
    assert words(page.h1) == f"Question {at} of {len(SCREENS)}"
    assert hidden(page)["ends"] == "some day"


def test_a_second_part_that_does_not_fit_says_so_beside_its_box_and_keeps_all_that_was_typed(get_page: GetPage) -> None:
    typed = {"second_ends": "2 weeks after", "second_name": "light", "second_when": ""}
    page = post(
        get_page, status=400, do="next", at=str(screen_of("second_ends")), name="Harbour", ends="4 weeks after", **typed
    )
    [error] = page.select(".app-field__error")
    assert words(error).startswith("“When does the second part end?” must not be before the end of the first part.")
    assert {key: shown(page)[key] for key in typed} == typed


def test_an_answer_that_cannot_be_read_is_said_at_the_top_and_beside_the_box(get_page: GetPage) -> None:
    at = screen_of("ends")
    page = post(get_page, status=400, do="next", at=str(at), name="Harbour", ends="2 weeks before")
    [top], [beside] = page.select(".app-error-summary a"), page.select(".app-field__error")
    assert words(top) == words(beside)
    assert words(top).startswith("“When does the diet end?” must be after something")
    assert page.find(id=top["href"].removeprefix("#"))
    assert shown(page)["ends"] == "2 weeks before" and hidden(page)["name"] == "Harbour"


def test_what_is_not_followed_is_said_beside_the_question_before_it_goes_on(get_page: GetPage) -> None:
    at = screen_of("others_fine")
    page = post(get_page, do="next", at=str(at), name="Harbour", others_fine="raw milk")
    assert words(page.h1) == f"Question {at + 1} of {len(SCREENS)}"
    assert "No sheet can loosen this: for raw milk we keep “Do not eat this”." in words(page.select_one(".app-notice"))
    page = post(get_page, do="next", **{**hidden(page), "others_fine": "raw milk"})
    assert words(page.h1) == "My hospital's sheet"
    assert "No sheet can loosen this: for raw milk" in words(page.main)
    assert file_of(page).answer("others_fine") == "raw milk"


@pytest.mark.parametrize("at", ["-7", "999", "x", ""], ids=["before", "beyond", "no number", "empty"])
def test_a_question_that_does_not_exist_is_the_nearest_one(get_page: GetPage, at: str) -> None:
    assert words(post(get_page, do="ask", at=at).h1).startswith("Question ")


# ---- All on one page ----


def test_all_questions_on_one_page_keep_what_was_typed(get_page: GetPage) -> None:
    page = post(get_page, do="all", **{**WHOLE, "ends": "some day"})
    assert {name: text for name, text in shown(page).items() if text} == {**WHOLE, "ends": "some day"}
    assert [words(h2) for h2 in page.select("main h2")][:2] == ["The sheet", "When the diet starts and ends"]


def test_what_is_not_followed_stands_beside_its_question_there_too(get_page: GetPage) -> None:
    page = post(get_page, do="all", **{**WHOLE, "others_fine": "raw milk", "brie": "nonsense"})
    [said] = page.select(".app-doubt")
    assert words(said).startswith("No sheet can loosen this: for raw milk")
    assert said.find_previous("textarea")["name"] == "others_fine"


def test_finishing_with_mistakes_shows_them_all_and_loses_nothing(get_page: GetPage) -> None:
    sent = {**WHOLE, "name": "", "ends": "some day", "reheats": "often"}
    page = post(get_page, status=400, do="finish", **sent)
    assert len(page.select(".app-error-summary a")) == len(page.select(".app-field__error")) == 3
    assert {name: text for name, text in shown(page).items() if text} == {key: text for key, text in sent.items() if text}
    assert words(page.title).startswith("Error: ")


# ---- The whole sheet ----


def done(get_page: GetPage, **changes: str) -> BeautifulSoup:
    return post(get_page, do="finish", **{**WHOLE, **changes})


def test_the_whole_sheet_says_what_it_says_and_what_it_does_not(get_page: GetPage) -> None:
    page = done(get_page)
    said = pairs(page)
    assert said["First day of the diet"] == "2 weeks before the first infusion"
    assert said["Last day of the first part"] == "At least 4 weeks after the last infusion"
    assert said["Then it goes on with"] == "Good food hygiene"
    assert said["Last day of the diet"] == "At least 3 months after the last infusion"
    one_part = {"ends": "", "second_ends": "", "second_name": ""}
    assert pairs(done(get_page, starts="No diet", **one_part))["First day of the diet"] == "It asks for no diet"
    assert pairs(done(get_page, **one_part))["Last day of the diet"] == "The sheet does not say"
    assert said["Stilton and other hard blue cheese"] == "It says I can eat it as it is"
    assert said["How many hours do leftovers keep?"] == "24 hours"
    assert "Smoked salmon" not in said and "Smoked salmon" in words(page.main)
    assert "Ask your MS team before you stop the diet." in words(page.main)
    assert "Nobody has checked it." in words(page.main)


def test_a_food_is_checked_under_it_at_once(get_page: GetPage) -> None:
    carried = hidden(done(get_page))["own_sheet"]
    page = post(get_page, do="food", own_sheet=carried, q="stilton")
    assert "You can eat this" in words(page.select_one(".app-verdict"))
    answered = page.select_one(".app-verdict").find_parent("section")
    assert words(answered).count("This sheet says that you can eat Stilton.") == 1
    assert "The general advice, without your sheet: Only if cooked until steaming hot" in words(page.main)
    page = post(get_page, do="food", own_sheet=carried, q="ham")
    assert "Do not eat this" in words(page.select_one(".app-verdict"))
    page = post(get_page, do="food", own_sheet=carried, q="smoked salmon")
    assert "Your sheet does not say. This is the general advice." in words(page.main)
    page = post(get_page, do="food", own_sheet=carried, q="moon dust")
    assert "We do not know this" in words(page.select_one(".app-verdict"))


def test_no_food_asked_is_said_beside_the_box(get_page: GetPage) -> None:
    page = post(get_page, status=400, do="food", own_sheet=hidden(done(get_page))["own_sheet"], q=" ")
    assert [words(error) for error in page.select(".app-field__error")] == ["Enter the name of a food, like brie."]


def test_the_dates_under_it(get_page: GetPage) -> None:
    boxes = {"first_infusion": "2 6 2025", "last_infusion": "6 6 2025"}
    sent = {f"{name}-{box}": text for name, day in boxes.items() for box, text in zip(BOXES, day.split(), strict=True)}
    page = post(get_page, do="dates", own_sheet=hidden(done(get_page))["own_sheet"], **sent)
    said = words(page.main)
    assert "Monday 19 May 2025 (2 weeks before the first infusion)." in said
    assert "Friday 4 July 2025 (at least 4 weeks after the last infusion)." in said
    assert "Ask your MS team before you stop." in said
    page = post(
        get_page, status=400, do="dates", own_sheet=hidden(page)["own_sheet"], **{**sent, "last_infusion-month": "5"}
    )
    assert [words(error) for error in page.select(".app-field__error")] == [
        "The last infusion cannot be before the first infusion on Monday 2 June 2025. Check both days."
    ]
    assert shown(page)["last_infusion-month"] == "5"


@pytest.mark.parametrize(
    ("ends", "asked"),
    [
        ("at least 4 weeks after", {"first_infusion", "last_infusion"}),
        ("3 months after leaving hospital", {"first_infusion", "last_infusion", "discharge"}),
        ("100 days after my transplant", {"first_infusion", "last_infusion", "transplant"}),
    ],
)
def test_it_asks_for_the_days_that_the_sheet_counts_from(get_page: GetPage, ends: str, asked: set[str]) -> None:
    page = done(get_page, ends=ends, second_ends="", second_name="")
    assert {name.removesuffix("-day") for name in shown(page) if name.endswith("-day")} == asked
    boxes = {f"transplant-{box}": text for box, text in zip(BOXES, ("1", "6", "2025"), strict=True)}
    said = words(post(get_page, do="dates", own_sheet=hidden(page)["own_sheet"], **boxes).main)
    assert ("Tuesday 9 September 2025 (100 days after the transplant)." in said) is ("transplant" in asked)


BOXES = ("day", "month", "year")


# ---- The file ----


def test_the_file_comes_back_as_the_same_sheet(client: FlaskClient, get_page: GetPage) -> None:
    page = done(get_page)
    answer = client.post(PAGE, data={"do": "download", "own_sheet": hidden(page)["own_sheet"]})
    assert answer.headers["Content-Disposition"] == "attachment; filename=my-hospital-sheet.json"
    assert json.loads(answer.text)["answers"] == WHOLE
    again = get_page(PAGE, method="post", data={"do": "load", "file": (io.BytesIO(answer.data), "my sheet.json")})
    assert file_of(again) == file_of(page)
    change = post(get_page, do="change", own_sheet=hidden(again)["own_sheet"])
    assert {name: text for name, text in shown(change).items() if text} == WHOLE


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        pytest.param(b"", "", "Choose the file of a sheet that you saved here.", id="no file"),
        pytest.param(b"\x89PNG", "a.png", "This file could not be read as a sheet.", id="a picture"),
        pytest.param(b"x" * 200_000, "a.json", "This file is far too large for a sheet.", id="huge"),
        pytest.param(
            b'{"kind": "piping-hot-own-sheet", "version": 99}',
            "a.json",
            "This file comes from a newer Piping Hot.",
            id="newer",
        ),
        pytest.param(
            b'{"kind": "piping-hot-own-sheet", "version": 1, "seen_on": "2026-01-01", "answers": {"<script>": "x"}}',
            "a.json",
            "This file answers 1 questions that we do not ask.",
            id="hostile",
        ),
    ],
)
def test_a_file_that_is_no_sheet_gets_a_sentence(get_page: GetPage, content: bytes, name: str, sentence: str) -> None:
    page = get_page(PAGE, method="post", status=400, data={"do": "load", "file": (io.BytesIO(content), name)})
    assert [words(error).startswith(sentence) for error in page.select(".app-field__error")] == [True]
    assert words(page.h1) == "My hospital is not here"


def test_a_carried_sheet_that_was_tampered_with_gets_a_sentence(get_page: GetPage) -> None:
    page = post(get_page, status=400, do="food", own_sheet="{", q="brie")
    assert words(page.select_one(".app-field__error")).startswith("This file could not be read as a sheet.")


def test_what_a_person_typed_is_never_markup(get_page: GetPage) -> None:
    page = done(get_page, name="A <script>alert(1)</script> & Sons", others_out="figs <b>x</b>")
    assert "A <script>alert(1)</script> & Sons" in words(page.main)
    assert not page.select("main script, main b")


def test_nothing_of_it_stands_in_an_address_a_cookie_or_a_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = client.post(PAGE, data={"do": "finish", **WHOLE})
        carried = BeautifulSoup(page.text, "html.parser").select_one("input[name=own_sheet]")["value"]
        answers = [
            page,
            *(client.post(PAGE, data={"do": do, "own_sheet": carried, "q": "ham"}) for do in ("food", "download")),
        ]
    for answer in answers:
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers and "Location" not in answer.headers
        assert "Harbour" not in str(answer.headers)
    addresses = [
        link[at] for at in ("href", "action", "src") for link in BeautifulSoup(page.text, "html.parser").select(f"[{at}]")
    ]
    written = caplog.text + "".join(capfd.readouterr()) + " ".join(addresses)
    assert "Harbour" not in written and "weeks" not in written


def test_the_dates_page_leads_here(get_page: GetPage) -> None:
    assert get_page("/dates").select_one(f'a[href="{PAGE}"]')
    assert not complaints(get_page(PAGE))


ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", "told", "ok", "2 weeks before", "²", "٣", "1" * 400, "\x00", "\ud800", "a\r\nb", "-1", "no diet"]),
)


@given(
    do=st.sampled_from(["ask", "next", "back", "all", "finish", "food", "dates", "download", "change", "x"]),
    at=ODD,
    answers=st.dictionaries(st.sampled_from([question.key for question in QUESTIONS]), ODD),
    own_sheet=st.one_of(st.none(), ODD),
)
def test_nothing_that_can_be_sent_breaks_the_page(
    app: Flask, do: str, at: str, answers: dict[str, str], own_sheet: str | None
) -> None:
    sent = {"do": do, "at": at, **answers, **({} if own_sheet is None else {"own_sheet": own_sheet})}
    body = urlencode(sent, errors="replace").encode()
    answer = app.test_client().post(PAGE, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 400)

"""Do the week and the list offer their paper, and does a list carry the rules of the person's own sheet?"""

import pytest
from flask.testing import FlaskClient

from planner.shop_rules import GENERAL, LABEL
from tests.conftest import GetPage
from tests.house_checks import words

WEEK = "/week/2026-11-30?servings=2&minutes=45&seed=1"
LIST = "/week/2026-11-30/list?servings=2&minutes=45&seed=1"


@pytest.mark.parametrize("where", [WEEK, LIST])
def test_every_other_paper_is_a_link_to_the_same_page(get_page: GetPage, where: str) -> None:
    page = get_page(where)
    offered = {words(link): link["href"] for link in page.select(".app-papers a")}
    assert offered == {name: f"{where}&paper={slug}" for name, slug in {"A5": "a5", "A6": "a6", "Letter": "letter"}.items()}
    assert not page.select("link[href*=paper]")


@pytest.mark.parametrize("where", [WEEK, LIST])
@pytest.mark.parametrize("paper", ["a5", "a6", "letter"])
def test_a_paper_brings_its_stylesheet(get_page: GetPage, client: FlaskClient, where: str, paper: str) -> None:
    (sheet,) = get_page(f"{where}&paper={paper}").select("link[href*=paper]")
    with client.get(sheet["href"]) as answer:
        assert "@page" in answer.text


@pytest.mark.parametrize("paper", ["", "A5", "a7", "<script>", "a5&paper=a6"])
def test_a_paper_that_nobody_has_is_a4_and_twice_is_the_first(get_page: GetPage, paper: str) -> None:
    (chosen,) = get_page(f"{LIST}&paper={paper}").select(".app-papers strong")
    assert words(chosen) == ("A5" if paper.startswith("a5") else "A4")


def rules(get_page: GetPage) -> list[str]:
    return [words(one) for one in get_page(LIST).select(".app-shop-rules li")]


def test_the_rules_are_those_of_the_sheet_that_was_chosen_and_its_hospital_is_not_named(
    get_page: GetPage, client: FlaskClient
) -> None:
    assert rules(get_page) == [*GENERAL]
    client.set_cookie("hospital", "barts-pack")
    of_the_sheet = ["Buy no sliced cooked meat such as ham.", "Buy no smoked salmon.", "Buy no pâté."]
    assert rules(get_page) == [*of_the_sheet, LABEL]
    assert "barts" not in words(get_page(LIST).main).lower()

"""Does what is printed of a week fit its paper, with nothing cut and every word kept, in black and white?"""

import itertools
import re
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from flask import Flask

from planner.kept_weeks import WholeWishes
from planner.shopping import AISLE_NAMES, Aisle, Line, ShoppingList
from planner.week import Wishes
from recipes.recipe import LibraryRecipe

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MM = 72 / 25.4
SIZES = {"a4": (210, 297), "a5": (148, 210), "a6": (105, 148), "letter": (216, 279)}
RARER = [pytest.param(paper, marks=pytest.mark.long) for paper in ("a5", "letter")]
LIST, WEEK = "/week/2026-11-30/list", "/week/2026-11-30"
LEAST_PT = 14
MINUTES = (45, 30, 60, 20)


def printed(page: "Page", address: str, folder: Path) -> Path:
    """The PDF that Chromium makes of an address, on the paper that the page asks for."""
    page.goto(address)
    pdf = folder / "printed.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    page.emulate_media(media="print")
    return pdf


def sides(pdf: Path) -> list[str]:
    """The words of each side, in the order of the page."""
    told = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(side.split()) for side in told.split("\f") if side.strip()]


def size(pdf: Path) -> tuple[int, int]:
    """Width and height in whole millimetres."""
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    found = re.search(r"Page size: +([\d.]+) x ([\d.]+)", told)
    assert found
    return round(float(found[1]) / MM), round(float(found[2]) / MM)


def lines_on_paper(page: "Page", selector: str) -> list[str]:
    """What a person should read in each of these, as laid out for print."""
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def outside(pdf: Path) -> list[str]:
    """The words that run off the paper, or so near its edge that a printer may cut them (4 mm)."""
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    found, width, height = [], 0.0, 0.0
    for line in told.splitlines():
        numbers = [float(one) for one in re.findall(r'"([\d.-]+)"', line)]
        if "<page" in line:
            width, height = numbers
        elif "<word" in line:
            left, top, right, bottom = numbers
            if min(left, top, width - right, height - bottom) < 4 * MM:
                found.append(line)
    return found


def squeezed(text: str) -> str:
    """Without spaces: a PDF breaks a line where it likes, and draws each sign between words where it likes."""
    return re.sub(r"[\s·]", "", text)


def complaints(page: "Page", pdf: Path, each: str) -> list[str]:
    """Words lost, words cut, and things split across two sides. `each` selects what must stay whole."""
    whole, text = [squeezed(side) for side in sides(pdf)], "".join(map(squeezed, sides(pdf)))
    expected = Counter(squeezed("".join(lines_on_paper(page, "main"))))
    lost = expected - Counter(text)
    split = [line for line in lines_on_paper(page, each) if not any(squeezed(line) in side for side in whole)]
    return [*(f"lost: {dict(lost)}" for _ in [1] if lost), *(f"split or cut: {one}" for one in split), *outside(pdf)]


@pytest.mark.parametrize("paper", ["a4", "a6", *RARER])
def test_a_list_fits_its_paper_and_keeps_every_line_whole(page: "Page", tmp_path: Path, paper: str) -> None:
    pdf = printed(page, f"{LIST}?servings=2&minutes=30&seed=3&paper={paper}", tmp_path)
    assert size(pdf) == SIZES[paper]
    assert complaints(page, pdf, ".app-line") == []
    assert len(sides(pdf)) == 1 or paper != "a4"


@pytest.mark.parametrize("paper", ["a4", pytest.param("a6", marks=pytest.mark.long), *RARER])
def test_a_week_fits_its_paper_and_keeps_every_meal_whole(page: "Page", tmp_path: Path, paper: str) -> None:
    pdf = printed(page, f"{WEEK}?servings=2&minutes=30&seed=3&paper={paper}", tmp_path)
    across = paper in ("a4", "letter")
    assert size(pdf) == (SIZES[paper][::-1] if across else SIZES[paper])
    assert complaints(page, pdf, ".app-meal__name, .app-meal__facts") == []
    assert len(sides(pdf)) == 1 or not across


LONG_NAME = (
    "Slowly baked chickpeas and aubergines in tomato with a crust of breadcrumb, thyme and lemon, as my aunt made it at home"
)


@pytest.mark.parametrize("paper", ["a4", pytest.param("letter", marks=pytest.mark.long)])
def test_a_week_with_long_names_is_one_side(
    page: "Page", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: str
) -> None:
    """Every fifth recipe has a name of 119 letters."""

    def named(recipes: dict[str, LibraryRecipe], kept: object) -> dict[str, LibraryRecipe]:
        long = (slug for slug in recipes if crc32(slug.encode()) % 5 == 0)
        return recipes | {slug: replace(recipes[slug], name=LONG_NAME) for slug in long}

    monkeypatch.setattr("planner.one_week_views.with_own", named)
    pdf = printed(page, f"{WEEK}?servings=2&minutes=30&seed=3&paper={paper}", tmp_path)
    assert page.get_by_text(LONG_NAME).count() >= 2
    assert complaints(page, pdf, ".app-meal__name, .app-meal__facts") == []
    assert len(sides(pdf)) == 1


@pytest.mark.long
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_week_with_its_day_marks_is_one_side(
    page: "Page", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: str
) -> None:
    def marked(asked: Wishes, *more: object) -> WholeWishes:
        marks = dict.fromkeys(asked.days, ("Diet day 12 of 47.", "Infusion day 1 of 5."))
        return WholeWishes(replace(asked, infusions=frozenset(asked.days[1:6])), marks=marks)

    monkeypatch.setattr("planner.one_week_views.whole_wishes", marked)
    for seed in range(1, 7):
        pdf = printed(page, f"{WEEK}?servings=2&seed={seed}&marks=on&paper={paper}", tmp_path)
        assert "".join(sides(pdf)).count("Infusion day 1 of 5.") == 7
        assert complaints(page, pdf, ".app-meal__name, .app-meal__facts") == []
        assert len(sides(pdf)) == 1


def one_sides(page: "Page", folder: Path, kind: str, seeds: range, paper: str = "a4") -> list[int]:
    ways = zip(seeds, itertools.cycle(MINUTES), strict=False)
    addresses = (f"{kind}?servings=2&minutes={minutes}&seed={seed}&paper={paper}" for seed, minutes in ways)
    return [len(sides(printed(page, address, folder))) for address in addresses]


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "paper", "least"), [(LIST, "a4", 15), (LIST, "letter", 15), (WEEK, "a4", 16), (WEEK, "letter", 16)]
)
def test_sixteen_usual_weeks_are_one_side_each(page: "Page", tmp_path: Path, kind: str, paper: str, least: int) -> None:
    assert one_sides(page, tmp_path, kind, range(1, 17), paper).count(1) >= least


@pytest.mark.parametrize("paper", ["a6", pytest.param("a4", marks=pytest.mark.long), *RARER])
def test_no_food_is_printed_smaller_than_14_pt(page: "Page", paper: str) -> None:
    page.goto(f"{LIST}?seed=3&paper={paper}")
    page.emulate_media(media="print")
    sizes = page.locator(".app-line__food").evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    assert len(sizes) > 20 and min(sizes) >= LEAST_PT * 96 / 72 - 0.01


@pytest.mark.long
def test_paper_says_when_it_was_printed_and_how_old_its_facts_are(page: "Page", app: Flask, tmp_path: Path) -> None:
    today, checked = date.today(), app.extensions["facts"].table.checked_on
    for address in (LIST, WEEK):
        (text,) = sides(printed(page, f"{address}?seed=3", tmp_path))
        assert f"Facts checked on {checked.day} {checked:%B %Y}." in text
        assert f"Printed on {today.day} {today:%B %Y}." in text


@pytest.mark.long
@pytest.mark.parametrize("where", [LIST, WEEK])
def test_paper_is_black_on_white(page: "Page", tmp_path: Path, where: str) -> None:
    """No pixel has a colour, and every mark stands beside words, so that a black and white printer loses nothing."""
    pdf = printed(page, f"{where}?seed=3", tmp_path)
    for mark in page.locator("main svg:visible").all():
        words = mark.locator("xpath=..").inner_text()
        assert re.search(r"[a-z]{3}", words), "a mark without words"
    picture = subprocess.run(["pdftoppm", "-r", "40", pdf], capture_output=True, check=True).stdout
    pixels = picture[-3 * (len(picture) // 3) :] if not len(picture) % 3 else picture[len(picture) % 3 :]
    assert max(abs(red - blue) for red, blue in zip(pixels[60::3], pixels[62::3], strict=True)) <= 2


@pytest.mark.long
def test_paper_says_whole_not_cut_and_what_to_do_without_a_label_under_any_sheet(page: "Page", address: str) -> None:
    for sheet in ("", "barts-pack", "us-label"):
        page.context.add_cookies([{"name": "hospital", "value": sheet, "url": address}])
        page.goto(f"{LIST}?seed=3")
        page.emulate_media(media="print")
        assert "whole, not cut" in page.locator(".app-aisle__name").first.inner_text()
        assert "If a label does not say what it must, leave it there." in page.locator(".app-shop-rules").inner_text()


def test_every_line_has_an_empty_square(page: "Page") -> None:
    page.goto(f"{LIST}?seed=3")
    page.locator(".app-line__square").first.check()
    page.emulate_media(media="print")
    assert page.locator(".app-line__square:visible").count() == page.locator(".app-line").count()
    assert page.evaluate("getComputedStyle(document.querySelector('.app-line__square'), '::before').display") == "none"


# ---- Edges ----

LONGEST = Line(
    food="gluten-free, lactose-free supercalifragilisticexpialidociously-flavoured wholemeal sourdough crispbreads " * 2,
    amount="1",
    aisle="chilled",
    label_says="pasteurised or UHT",
    days=(date(2026, 12, 6),),
    buy="12 packs of 1 kg",
    buy_on=date(2026, 12, 3),
    freeze=True,
)


@pytest.mark.long
@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("many", [1, 40])
def test_very_long_names_are_cut_on_no_paper(
    page: "Page", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: str, many: int
) -> None:
    lines = tuple(replace(LONGEST, food=f"{number} {LONGEST.food.strip()}") for number in range(many))
    found = ShoppingList((Aisle(AISLE_NAMES["chilled"], lines),), lines[:many:4])
    monkeypatch.setattr("planner.list_views.shopping_list", lambda *asked: found)
    pdf = printed(page, f"{LIST}?seed=3&paper={paper}", tmp_path)
    assert [one for one in complaints(page, pdf, ".app-line") if "lost" not in one] == []


EDGES = {
    "a list with one line": ShoppingList((Aisle("Fish", (replace(LONGEST, food="cod"),)),), ()),
    "a week that needs nothing": ShoppingList((), ()),
}


@pytest.mark.long
@pytest.mark.parametrize("found", EDGES.values(), ids=EDGES)
def test_little_takes_one_side(page: "Page", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: ShoppingList) -> None:
    monkeypatch.setattr("planner.list_views.shopping_list", lambda *asked: found)
    pdf = printed(page, f"{LIST}?seed=3", tmp_path)
    assert complaints(page, pdf, ".app-line") == [] and len(sides(pdf)) == 1


ALL_OUT = "&".join(
    f"without={one}" for one in ("celery", "eggs", "fish", "gluten", "milk", "nuts", "sesame", "soya", "sulphites")
)


@pytest.mark.long
@pytest.mark.parametrize("asked", ["servings=12&seed=3", f"servings=2&{ALL_OUT}"], ids=["for twelve", "without allergens"])
def test_nothing_is_cut_of(page: "Page", tmp_path: Path, asked: str) -> None:
    assert complaints(page, printed(page, f"{LIST}?{asked}", tmp_path), ".app-line") == []
    assert complaints(page, printed(page, f"{WEEK}?{asked}", tmp_path), ".app-meal__name") == []

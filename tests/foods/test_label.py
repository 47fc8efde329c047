"""Does the label reader find every word of danger, believe only a plain denial, and never call silence pasteurised?"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from foods.food import Verdict
from foods.label import CLUES, Milk, read_label

RAW, THERMISED, PASTEURISED, NOT_STATED = Milk.RAW, Milk.THERMISED, Milk.PASTEURISED, Milk.NOT_STATED

MILKS = [
    pytest.param("Raw cow's milk, salt, rennet", RAW, id="raw with an animal between"),
    pytest.param("RAW MILK CHEESE", RAW, id="capitals"),
    pytest.param("Ingredients: raw whole goat’s milk", RAW, id="a curly apostrophe"),
    pytest.param("milk (raw), salt", RAW, id="raw in brackets"),
    pytest.param("milk, raw, salt", RAW, id="raw after a comma"),
    pytest.param("lait de vache (cru, entier)", RAW, id="cru in brackets"),
    pytest.param("raw\nmilk", RAW, id="broken over a line"),
    pytest.param("raw-\nmilk", RAW, id="a hyphen at the end of the line"),
    pytest.param("unpas-\nteurised milk", RAW, id="a word cut in two"),
    pytest.param("unpasteurized cream", RAW, id="US spelling"),
    pytest.param("UN-PASTEURISED", RAW, id="with a hyphen"),
    pytest.param("This milk has not been pasteurised.", RAW, id="said at length"),
    pytest.param("isn’t pasteurised", RAW, id="n't"),
    pytest.param("This cheese may not be pasteurised", RAW, id="may not be"),
    pytest.param("made without pasteurisation", RAW, id="without pasteurisation"),
    pytest.param("partly pasteurised milk", RAW, id="partly"),
    pytest.param("milk that is not heat-treated", RAW, id="not heat-treated"),
    pytest.param("Fromage au lait cru de vache", RAW, id="lait cru"),
    pytest.param("LAIT DE BREBIS CRU", RAW, id="lait de brebis cru"),
    pytest.param("lait non pasteurisé", RAW, id="non pasteurisé"),
    pytest.param("aus Rohmilch hergestellt", RAW, id="Rohmilch"),
    pytest.param("Rohmilchkäse", RAW, id="Rohmilchkäse"),
    pytest.param("nicht pasteurisiert", RAW, id="nicht pasteurisiert"),
    pytest.param("latte crudo, sale, caglio", RAW, id="latte crudo"),
    pytest.param("latte di pecora crudo", RAW, id="latte di pecora crudo"),
    pytest.param("leche cruda de oveja", RAW, id="leche cruda"),
    pytest.param("leche de oveja cruda", RAW, id="leche de oveja cruda"),
    pytest.param("leite de ovelha cru", RAW, id="leite cru"),
    pytest.param("rauwe melk", RAW, id="rauwe melk"),
    pytest.param("ongepasteuriseerd", RAW, id="ongepasteuriseerd"),
    pytest.param("opastöriserad mjölk", RAW, id="opastöriserad"),
    pytest.param("mleko surowe", RAW, id="mleko surowe"),
    pytest.param("ｒａｗ ｍｉｌｋ", RAW, id="wide letters"),
    pytest.param("raw\u200b milk", RAW, id="a sign of no width"),
    pytest.param("pasteurised cow's milk, unpasteurised goat's milk", RAW, id="both: the worse counts"),
    pytest.param("not only raw milk but the finest raw milk", RAW, id="not only"),
    pytest.param("no added sugar. Raw milk.", RAW, id="a no in another sentence"),
    pytest.param("no raw milk, but unpasteurised cream", RAW, id="one denied, one not"),
    pytest.param("made from unpasturised milk", RAW, id="a slip in the word that warns"),
    pytest.param("milk, not pastuerized", RAW, id="another slip"),
    pytest.param("pasturised milk", NOT_STATED, id="a slip never says pasteurised"),
    pytest.param("thermised milk", THERMISED, id="thermised"),
    pytest.param("lait thermisé", THERMISED, id="lait thermisé"),
    pytest.param("thermisierte Milch", THERMISED, id="thermisierte Milch"),
    pytest.param("latte termizzato", THERMISED, id="latte termizzato"),
    pytest.param("Pasteurised milk, salt", PASTEURISED, id="pasteurised"),
    pytest.param("lait pasteurisé de vache", PASTEURISED, id="lait pasteurisé"),
    pytest.param("PASTEURISIERTE MILCH", PASTEURISED, id="pasteurisierte Milch"),
    pytest.param("latte pastorizzato", PASTEURISED, id="latte pastorizzato"),
    pytest.param("leche pasteurizada de vaca", PASTEURISED, id="leche pasteurizada"),
    pytest.param("gepasteuriseerde melk", PASTEURISED, id="gepasteuriseerde melk"),
    pytest.param("mleko pasteryzowane", PASTEURISED, id="mleko pasteryzowane"),
    pytest.param("Milk, salt, rennet", NOT_STATED, id="milk alone"),
    pytest.param("", NOT_STATED, id="nothing"),
    pytest.param("Pasteurisation: none", NOT_STATED, id="the word for doing it is no promise"),
    pytest.param("Not made with raw milk.", NOT_STATED, id="a denial is not pasteurised"),
    pytest.param("contains no raw milk", NOT_STATED, id="contains no"),
    pytest.param("free from raw milk", NOT_STATED, id="free from"),
    pytest.param("does not contain raw milk", NOT_STATED, id="does not contain"),
    pytest.param("milk, pasteurised free range egg", NOT_STATED, id="only the egg is pasteurised"),
    pytest.param("strawberry milk", NOT_STATED, id="straw-berry"),
    pytest.param("Grand cru chocolate with milk", NOT_STATED, id="grand cru"),
    pytest.param("raw cane sugar, cocoa butter oil", NOT_STATED, id="raw sugar"),
]


@pytest.mark.parametrize(("text", "milk"), MILKS)
def test_what_a_label_says_about_milk(text: str, milk: Milk) -> None:
    reading = read_label(text)
    assert reading.milk is milk
    assert (reading.verdict is Verdict.AVOID) == (milk in (RAW, THERMISED))


OTHERS = [
    pytest.param("Keep refrigerated below 5°C", {"keep it chilled"}, id="keep refrigerated"),
    pytest.param("READY TO EAT. Keep chilled.", {"ready to eat", "keep it chilled"}, id="ready to eat"),
    pytest.param("Ready-to-eat", {"ready to eat"}, id="with hyphens"),
    pytest.param("This product is not ready to eat", {"cook it"}, id="not ready to eat"),
    pytest.param("Cook thoroughly before eating. Use by: see front", {"cook it", "use by"}, id="cook and use by"),
    pytest.param("Once opened, eat within 3 days", {"once opened"}, id="once opened"),
    pytest.param("Contains raw egg", {"raw egg"}, id="raw egg"),
    pytest.param("Raw salmon, rice", {"raw fish or meat"}, id="raw fish"),
    pytest.param("Raw almonds", {"raw"}, id="something raw"),
    pytest.param("Oak-smoked salmon", {"smoked or cured"}, id="smoked"),
    pytest.param("UHT milk", {"heat-treated"}, id="UHT"),
    pytest.param("wheat flour, salt", set(), id="nothing that tells"),
]


@pytest.mark.parametrize(("text", "names"), OTHERS)
def test_other_words_that_tell_something(text: str, names: set[str]) -> None:
    assert {one.clue.name for one in read_label(text).found} == names


def test_words_alone_never_make_a_food_fine() -> None:
    """However reassuring the label, the reading is a danger or "cannot tell"."""
    every_word = " ".join(str(param.values[0]) for param in (*MILKS, *OTHERS))
    for text in [*(str(param.values[0]) for param in (*MILKS, *OTHERS)), every_word, "100% safe, approved, pasteurised"]:
        assert read_label(text).verdict in (Verdict.AVOID, Verdict.UNKNOWN), text


def test_what_a_label_denies_is_told() -> None:
    assert read_label("Not made with raw milk.").denied == ("raw milk",)


@pytest.mark.parametrize("filler", ["x", "raw ", "lait ", "not ", "( ", "pasteuris", "milk \n", "\u202e"])
def test_ten_thousand_letters_are_read_at_once(filler: str) -> None:
    text = (filler * 10_000)[:10_000] + " raw milk"
    assert read_label(text).milk is RAW


def test_every_clue_is_explained_in_a_short_sentence() -> None:
    for clue in CLUES:
        assert clue.means.endswith(".") and all(len(said.split()) <= 20 for said in clue.means.split(". ")), clue.name


@given(before=some.text(max_size=60), after=some.text(max_size=60))
def test_raw_milk_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    assert read_label(f"{before}. Lait cru. {after}").milk is RAW


@given(text=some.text(max_size=200))
def test_whatever_is_pasted_is_read_and_never_fine(text: str) -> None:
    assert read_label(text).verdict in (Verdict.AVOID, Verdict.UNKNOWN)

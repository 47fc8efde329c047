"""Are known foods found in a phrase, and is every word that nobody can explain admitted?"""

from collections.abc import Mapping

import pytest

from foods.names import BREAK, Kind, NameIndex, Vocabulary, fold, is_amount, is_one_slip

SPELLINGS = {"yogurt": "yoghurt", "mold": "mould", "unpasteurized": "unpasteurised", "houmous": "hummus"}
NAMES = {
    "bread": "bread",
    "soup": "soup",
    "moon cheese": "moon-cheese",
    "cheese": "cheese",
    "cheese bread": "cheese-bread",
    "salted fish": "salted-fish",
    "fish": "fish",
}
STATES = {("smoked",): ("smoked",), ("well", "done"): ("hot",), ("done",): ("cooked",)}
PLAIN = frozenset({("ripe",), ("sliced",), ("salted",), ("a",), ("of",), ("all", "done")})


def vocabulary(spellings: Mapping[str, str] = SPELLINGS) -> Vocabulary:
    return Vocabulary(spellings, PLAIN, STATES)


def index(names: Mapping[str, str] = NAMES) -> NameIndex:
    words = vocabulary()
    return NameIndex(words, {words.fold(name): slug for name, slug in names.items()})


def read(phrase: str) -> list[tuple[str, str]]:
    """The phrase as ("name", "moon-cheese"), ("plain", "ripe") ..."""
    return [(piece.kind.value, piece.means[0] if piece.kind is Kind.NAME else piece.text) for piece in index().read(phrase)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("BRIE", "brie", id="capitals"),
        pytest.param("pâté", "pate", id="accents"),
        pytest.param("pa\u0302te\u0301", "pate", id="accents as letters of their own"),
        pytest.param("Gruyère", "gruyere", id="grave accent"),
        pytest.param("jalapeño", "jalapeno", id="tilde"),
        pytest.param("Weißwurst", "weisswurst", id="sharp s"),
        pytest.param("smørrebrød", "smorrebrod", id="Danish letters"),
        pytest.param("hors d’œuvre", "hor doeuvre", id="joined letters"),
        pytest.param("goat's cheese", "goat cheese", id="apostrophe"),
        pytest.param("goat’s cheese", "goat cheese", id="curly apostrophe"),
        pytest.param("goats' cheese", "goat cheese", id="apostrophe after the s"),
        pytest.param("goats cheese", "goat cheese", id="apostrophe left out"),
        pytest.param("ready-to-eat", "ready to eat", id="hyphens"),
        pytest.param("  soft   cheese\t", "soft cheese", id="spaces"),
        pytest.param("fish & chips", "fish and chip", id="ampersand"),
        pytest.param("brie!?", "brie", id="marks at the end"),
        pytest.param("", "", id="nothing"),
        pytest.param("½ tin", "1 2 tin", id="a half as one sign"),
        pytest.param("1/2 tin", "1 , 2 tin", id="a half with a slash"),
        pytest.param("500g / 1lb ham", "500g , 1lb ham", id="a slash between amounts"),
        pytest.param("fresh/frozen", "fresh / frozen", id="a slash between words"),
        pytest.param("ｂｒｉｅ", "brie", id="wide letters"),
    ],
)
def test_letters_are_folded_in_names_and_phrases_alike(text: str, words: str) -> None:
    assert " ".join(fold(text, {})) == words


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("eggs", "egg"),
        ("berries", "berry"),
        ("tomatoes", "tomato"),
        ("radishes", "radish"),
        ("peaches", "peach"),
        ("loaves", "loaf"),
        ("bay leaves", "bay leaf"),
        ("olives", "olive"),
        ("cheeses", "cheese"),
        ("sausages", "sausage"),
        ("pies", "pie"),
        ("cookies", "cookie"),
        ("mousses", "mousse"),
        ("chillies", "chilli"),
        ("boxes", "box"),
        ("geese", "goose"),
        ("quiches", "quiche"),
        ("onion bhajis", "onion bhaji"),
        ("blinis", "blini"),
    ],
)
def test_several_are_folded_to_one(several: str, one: str) -> None:
    assert fold(several, {}) == fold(one, {}) == tuple(one.split())


@pytest.mark.parametrize(
    "word", ["hummus", "asparagus", "couscous", "bass", "haggis", "swiss", "watercress", "octopus", "citrus", "gas"]
)
def test_words_that_end_in_s_and_mean_one_are_kept(word: str) -> None:
    assert fold(word, {}) == (word,)


def test_molasses_reads_the_same_whoever_types_it() -> None:
    assert fold("Molasses", {}) == fold("molasses", {})
    assert len(fold("molasses", {})) == 1


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("Greek yogurt", "Greek yoghurt"),
        ("moldy bread", "moldy bread"),
        ("mold", "mould"),
        ("molds", "moulds"),
        ("unpasteurized", "unpasteurised"),
        ("Houmous", "hummus"),
    ],
)
def test_other_spellings_are_folded(american: str, british: str) -> None:
    assert fold(american, SPELLINGS) == fold(british, SPELLINGS)


@pytest.mark.parametrize("sign", [",", ";", ":", "(", ")", "[", "+", "|", "•", "–", "—", "\n"])
def test_signs_that_part_foods_become_a_break(sign: str) -> None:
    assert fold(f"soup{sign}bread", {}) == ("soup", BREAK, "bread")


@pytest.mark.parametrize(
    ("phrase", "pieces"),
    [
        ("cheese", [("name", "cheese")]),
        ("moon cheese", [("name", "moon-cheese")]),
        ("Moon-Cheeses", [("name", "moon-cheese")]),
        ("ripe cheese, sliced", [("plain", "ripe"), ("name", "cheese"), ("break", ","), ("plain", "sliced")]),
        ("moon cheese bread", [("name", "moon-cheese"), ("name", "bread")]),
        ("100g cheese", [("plain", "100g"), ("name", "cheese")]),
        ("2 cheeses", [("plain", "2"), ("name", "cheese")]),
        ("cheese and bread", [("name", "cheese"), ("plain", "and"), ("name", "bread")]),
    ],
)
def test_the_longest_names_are_found_and_other_words_are_explained(phrase: str, pieces: list[tuple[str, str]]) -> None:
    assert read(phrase) == pieces


def test_a_longer_name_wins_over_a_plain_word_and_a_shorter_name() -> None:
    assert read("salted fish soup") == [("name", "salted-fish"), ("name", "soup")]


def test_a_plain_phrase_wins_over_the_state_in_it() -> None:
    assert read("fish all done") == [("name", "fish"), ("plain", "all done")]
    assert read("all fish") == [("unexplained", "all"), ("name", "fish")]


def test_a_longer_state_wins_over_a_shorter_one() -> None:
    assert read("fish well done") == [("name", "fish"), ("state", "well done")]


@pytest.mark.parametrize("sign", [",", "/", "(", ";", "–", "\n"])
def test_no_name_reaches_across_a_break(sign: str) -> None:
    assert ("name", "moon-cheese") not in read(f"moon{sign} cheese")
    assert ("unexplained", "moon") in read(f"moon{sign} cheese")


@pytest.mark.parametrize(
    ("phrase", "unexplained"),
    [
        ("frumious bandersnatch", ["frumious", "bandersnatch"]),
        ("purple cheese", ["purple"]),
        ("cheesey", ["cheesey"]),
        ("chesse", ["chesse"]),
        ("cheesebread", ["cheesebread"]),
        ("bread fromage", ["fromage"]),
        ("奶酪", ["奶酪"]),
        ("сыр", ["сыр"]),
    ],
)
def test_words_that_nobody_can_explain_are_admitted(phrase: str, unexplained: list[str]) -> None:
    assert [text for kind, text in read(phrase) if kind == "unexplained"] == unexplained


@pytest.mark.parametrize("word", ["2fish", "4cheese", "100gcheese", "1blob"])
def test_a_number_does_not_explain_the_word_that_is_glued_to_it(word: str) -> None:
    assert ("plain", word) not in read(f"bread {word}")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param("chese", "cheese", id="a letter left out"),
        pytest.param("cheeese", "cheese", id="a letter doubled"),
        pytest.param("cheesa", "cheese", id="another letter"),
        pytest.param("breda", "bread", id="two letters that changed places"),
        pytest.param("moon chese", "moon-cheese", id="a slip in one word of two"),
        pytest.param("salted fsh", "salted-fish", id="a slip in a word of three letters"),
        pytest.param("cheesebread", "cheese-bread", id="a space left out"),
        pytest.param("so up", "soup", id="a space too many"),
        pytest.param("moon", "moon-cheese", id="a word that is no name by itself"),
    ],
)
def test_near_names_are_offered_and_never_answered_for(typed: str, offered: str) -> None:
    assert offered in index().near(typed)
    assert any(kind == "unexplained" for kind, _ in read(typed))


def test_the_food_that_explains_more_of_the_phrase_is_offered_first() -> None:
    assert index().near("moon chese")[0] == "moon-cheese"


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("brie", "brie", True), ("brie", "bries", True), ("brie", "bri", True), ("brie", "brae", True),
        ("brie", "bire", True), ("rbie", "brie", True), ("brie", "brei", True), ("a", "b", True), ("", "a", True),
        ("brie", "breis", False), ("brie", "brine", True), ("brie", "eirb", False), ("brie", "breeze", False),
        ("ab", "", False),
    ],
)  # fmt: skip
def test_a_slip_is_one_letter(one: str, other: str, is_slip: bool) -> None:
    assert is_one_slip(one, other) is is_slip
    assert is_one_slip(other, one) is is_slip


@pytest.mark.parametrize("typed", ["", ",", "xyzzy", "12", "😀"])
def test_nothing_is_offered_for_what_looks_like_no_food(typed: str) -> None:
    assert index().near(typed) == []


def test_no_more_are_offered_than_asked_for_and_none_twice() -> None:
    names = index({f"cheese {letter}": f"cheese-{letter}" for letter in "bcdefghijk"})
    offered = names.near("cheese x", most=3)
    assert len(offered) == 3
    assert len(set(offered)) == 3


@pytest.mark.parametrize(
    ("word", "expected"), [("2", True), ("500g", True), ("lb", True), ("g", True), ("ham", False), ("2ham", False)]
)
def test_an_amount_is_a_number_or_its_unit(word: str, expected: bool) -> None:
    assert is_amount(word) is expected

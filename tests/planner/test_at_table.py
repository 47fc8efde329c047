"""Is nothing that somebody avoids ever planned, whatever words they say it in, and is a word that nobody knows said?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.rules import judge
from foods.table import read_table
from planner.at_table import NOBODY_ON_DIET, at_table, avoided_in, foods_named
from planner.avoided_words import ALLERGEN_WORDS, ANOTHER_FOOD, DIET_WORDS, GROUPS
from planner.best_week import choices_of
from planner.keeping import KeptEater
from planner.kitchen import kitchen_of
from planner.week import MEALS_OF_A_DAY, SATISFIES, Eater, Slot, Wishes
from recipes.library import read_library
from recipes.recipe import ALLERGENS, LibraryRecipe
from tests.planner.kitchens import MONDAY

DATA = Path(__file__).parents[2] / "data"
TABLE = read_table(DATA)[0]
RECIPES = {recipe.slug: recipe for recipe in read_library(DATA / "recipes", TABLE)[0].recipes.values()}


ALLERGEN_CASES = {
    "nuts, which may mean peanuts": ("nuts", {"nuts", "peanuts"}),
    "a kind of nut": ("almonds", {"nuts"}),
    "dairy": ("dairy", {"milk"}),
    "what is free of it": ("gluten-free, lactose free", {"gluten", "milk"}),
    "shellfish": ("shellfish", {"crustaceans", "molluscs"}),
    "shellfish in two words": ("shell fish", {"crustaceans", "molluscs"}),
    "a name of the illness": ("coeliac", {"gluten"}),
    "a whole sentence": ("I'm severely allergic to sesame and eggs!", {"sesame", "eggs"}),
    "an allergy to a food that holds one": ("allergic to cheese", {"milk"}),
    "American spelling": ("sulfites", {"sulphites"}),
    "nothing": ("", set()),
    "a food that only sounds like one": ("nutmeg, eggplant, soy sauce", set()),
    "one letter too many": ("glutten", {"gluten"}),
    "two letters that changed places": ("diary", {"milk"}),
    "one letter missing": ("shelfish", {"crustaceans", "molluscs"}),
    "another last letter": ("nutz", {"nuts", "peanuts"}),
}


@pytest.mark.parametrize(("text", "allergens"), ALLERGEN_CASES.values(), ids=ALLERGEN_CASES)
def test_which_allergens_words_mean(text: str, allergens: set[str]) -> None:
    assert avoided_in(text, TABLE, RECIPES).allergens == allergens


DIET_CASES = {
    "vegetarian": ("vegetarian", "vegetarian"),
    "a short word for it": ("Veggie", "vegetarian"),
    "a slip": ("vegitarian", "vegetarian"),
    "the stricter of two": ("pescatarian; vegan", "vegan"),
    "no meat": ("no meat", "pescatarian"),
    "meat-free": ("meat-free", "pescatarian"),
    "a food with the word in its name": ("vegetarian sausages", ""),
    "one that we cannot keep": ("halal", ""),
}


@pytest.mark.parametrize(("text", "diet"), DIET_CASES.values(), ids=DIET_CASES)
def test_which_diet_words_mean(text: str, diet: str) -> None:
    assert avoided_in(text, TABLE, RECIPES).diet == diet


SAID = {
    "a word that nobody knows": (
        "frumious bandersnatch",
        "We do not know “frumious bandersnatch”, so we cannot keep it out for sure.",
    ),
    "a slip in a food": (
        "mushroms",
        "We do not know “mushroms”, so we cannot keep it out for sure. Did you mean mushrooms?",
    ),
    "a slip in an allergen": ("Glutten", "We read “Glutten” as gluten, and keep to that. Check that this is right."),
    "a way of eating that we cannot keep": (
        "kosher",
        "We cannot tell whether a meal is right for “kosher”. Choose those meals yourself.",
    ),
    "words about no food": (
        "spicy food",
        "We cannot tell whether a meal is right for “spicy food”. Choose those meals yourself.",
    ),
    "an exception": ("no fish except tuna", "We cannot read an exception. So we keep out everything that is named."),
    "nuts, which may mean peanuts": (
        "no nuts, mixed nuts",
        "Nuts: we leave out peanuts too. Write “tree nuts” if peanuts are fine for you.",
    ),
    "no meat, which leaves fish": (
        "no meat",
        "No meat: we may still plan fish. Write “vegetarian” if fish must go too.",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), SAID.values(), ids=SAID)
def test_what_the_page_must_say(text: str, sentence: str) -> None:
    assert avoided_in(text, TABLE, RECIPES).says == [sentence]


@pytest.mark.parametrize(
    "text", ["almonds, no pork", "mushrooms and onions", "Doesn't eat raw tomatoes.", "no meat or fish"]
)
def test_words_that_are_understood_need_no_word(text: str) -> None:
    found = avoided_in(text, TABLE, RECIPES)
    assert (found.says, found.unread) == ([], [])


def a_recipe(*lines: str, **changes: object) -> LibraryRecipe:
    from recipes.lines import read_line

    facts = {"slug": "dinner", "meals": ("dinner",), **changes}
    return LibraryRecipe("Dinner", tuple(read_line(line) for line in lines), (), 2, **facts)  # type: ignore[arg-type]


LEFT_OUT = {
    "the food itself": ("mushrooms", "200 g mushrooms"),
    "another form of it": ("mushrooms", "20 g dried mushrooms"),
    "a kind of it": ("mushrooms", "1 punnet enoki"),
    "a soup of it": ("mushrooms", "1 tin cream of mushroom soup"),
    "a cheese by its name": ("cheese", "50 g cheddar"),
    "bacon for no pork": ("no pork", "4 rashers bacon"),
    "steak for no beef": ("beef", "2 steaks"),
    "bell peppers": ("peppers", "1 red pepper"),
    "one with a state on it": ("tomato", "1 tin chopped tomatoes"),
    "a word that nobody knows, on the line": ("zlorp", "100 g zlorp paste"),
    "beans of any sort": ("beans", "1 tin kidney beans"),
}


@pytest.mark.parametrize(("text", "line"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_it_is_left_out(text: str, line: str) -> None:
    assert not can_be_planned(text, line)


LEFT_IN = {
    "butter beans, for no butter": ("butter", "1 tin butter beans"),
    "black pepper, for no peppers": ("peppers", "1/2 tsp ground black pepper"),
    "nutmeg, for no nuts": ("nuts", "1/4 tsp nutmeg"),
    "oat milk, for no dairy": ("dairy", "200 ml oat milk"),
    "sweet potato, for no potatoes": ("potatoes", "1 sweet potato"),
}


@pytest.mark.parametrize(("text", "line"), LEFT_IN.values(), ids=LEFT_IN)
def test_another_food_is_left_in(text: str, line: str) -> None:
    assert can_be_planned(text, line)


def can_be_planned(text: str, line: str) -> bool:
    """May a recipe of this one line stand on the table of somebody who avoids this?"""
    recipe = a_recipe(line)
    (eater,) = at_table([KeptEater("Sam", True, text)], TABLE, {"dinner": recipe}).eaters
    one = kitchen_of(TABLE, [recipe], ()).candidates["dinner"]
    disliked = eater.dislikes & {one.recipe, one.main_food, *one.foods}
    return not disliked and not eater.allergens & (one.allergens or frozenset())


KITCHEN = kitchen_of(TABLE, RECIPES.values(), ())
AVOIDED = sorted(
    {
        *(one.main_food for one in RECIPES.values()),
        *(food.name for food in TABLE.foods.values() if "," not in food.name),
        *(word for words in (*ALLERGEN_WORDS.values(), *DIET_WORDS.values()) for word in words),
        *GROUPS,
    }
)


@given(st.lists(st.sampled_from(AVOIDED), min_size=1, max_size=3))
def test_no_meal_that_could_be_planned_holds_what_is_avoided(words: list[str]) -> None:
    table = at_table([KeptEater("Sam", True, ", ".join(words))], TABLE, RECIPES)
    (eater,) = table.eaters
    choices = choices_of(KITCHEN, Wishes(MONDAY, minutes=90, eaters=table.eaters), keep_all=True)
    meant = {word: foods_of(word) for word in words if is_a_food(word)}
    for slug in {one.recipe for meal in MEALS_OF_A_DAY for one in choices.fits(Slot(MONDAY, meal))}:
        for word, foods in meant.items():
            assert not foods & FOODS_OF[slug], (slug, word)
            assert folded(word) in ANOTHER_FOOD or f" {folded(word)} " not in SAYS[slug], (slug, word)
        assert not eater.allergens & {*RECIPES[slug].allergens}
        assert not eater.diet or SATISFIES[eater.diet] & {*RECIPES[slug].diets}


def folded(text: str) -> str:
    return " ".join(TABLE.names.vocabulary.fold(text))


def foods_of(text: str) -> set[str]:
    """The foods of a text, as the check reads it."""
    return {one.food.slug for one in judge(TABLE, text).about}


LINES_OF = {slug: [line.text for line in one.ingredients if not line.is_heading] for slug, one in RECIPES.items()}
FOODS_OF = {slug: {food for line in lines for food in foods_of(line)} for slug, lines in LINES_OF.items()}
SAYS = {slug: " | ".join(f" {folded(line)} " for line in lines) for slug, lines in LINES_OF.items()}


def is_a_food(word: str) -> bool:
    """Is it no allergen, diet or group? Those are judged by what the recipes state."""
    lists = (*ALLERGEN_WORDS.values(), *DIET_WORDS.values(), (*GROUPS, "pepper"))
    folded = {TABLE.names.vocabulary.fold(one) for words in lists for one in words}
    return TABLE.names.vocabulary.fold(word) not in folded


def test_every_food_of_a_group_is_one_that_the_table_knows() -> None:
    known = {*TABLE.foods, *TABLE.classes, *TABLE.families}
    assert [one for group in GROUPS.values() for one in group if one not in known] == []


def test_every_allergen_and_diet_has_words() -> None:
    assert {*ALLERGEN_WORDS} == {*ALLERGENS}
    assert {*DIET_WORDS} == {*SATISFIES} - {""}


# ---- Who is at the table ----


def test_each_eater_keeps_their_own_and_what_nobody_wants_this_week() -> None:
    kept = [KeptEater("Ann", True, "vegetarian"), KeptEater("Bo", False, "sesame, kohlrabi")]
    found = at_table(kept, TABLE, RECIPES, without="mustard")
    assert [(one.on_diet, one.diet, sorted(one.allergens)) for one in found.eaters] == [
        (True, "vegetarian", ["mustard"]),
        (False, "", ["mustard", "sesame"]),
    ]


def test_a_household_that_keeps_nobody_is_one_person_on_the_diet() -> None:
    assert at_table([], TABLE, RECIPES).eaters == (Eater(on_diet=True),)


def test_where_nobody_is_marked_as_keeping_the_diet_everybody_counts_as_keeping_it() -> None:
    found = at_table([KeptEater("Ann"), KeptEater("Bo")], TABLE, RECIPES)
    assert all(one.on_diet for one in found.eaters)
    assert found.says == (("", NOBODY_ON_DIET),)


def test_a_word_that_nobody_knows_is_said_with_whose_it_is() -> None:
    found = at_table([KeptEater("Ann", True, "zlorp")], TABLE, RECIPES)
    assert found.unread == ("zlorp",)
    assert found.says == (("Ann", "We do not know “zlorp”, so we cannot keep it out for sure."),)


def test_a_word_that_nobody_knows_leaves_out_the_recipes_that_say_it() -> None:
    found = at_table([KeptEater("Ann", True, "zlorp")], TABLE, {"dinner": a_recipe("100 g zlorp paste")})
    assert found.says[0][1].endswith("We left out one recipe with that word in it.")


def test_foods_to_use_up_are_read_one_by_one_as_they_were_typed() -> None:
    found = foods_named("half a cabbage, Carrots and eggs; milk, zlorps", TABLE, RECIPES)
    assert list(found.foods) == ["half a cabbage", "Carrots", "eggs", "milk"]
    assert found.foods["Carrots"] == {"carrot"}
    assert "egg" in found.foods["eggs"]
    assert found.unread == ("zlorps",)

"""Is a recipe that we ship read in every detail, and is every mistake in every file reported at once?"""

from pathlib import Path

import pytest

from foods.datafile import Mistake
from foods.table import read_table
from recipes.contents import PLAINLY
from recipes.library import KEYS, Library, read_library
from recipes.lines import read_line
from recipes.recipe import LibraryRecipe

TABLE, _ = read_table(Path(__file__).parents[2] / "data")

LINES = {
    "name": '"Leek and barley pot"',
    "description": '"One pan and an hour."',
    "recipeYield": "4",
    "meals": '["lunch", "dinner"]',
    "main_food": '"barley"',
    "kind": '"stew"',
    "active_minutes": "10",
    "standing_minutes": "8",
    "total_minutes": "60",
    "effort": "2",
    "packs": '"flask"',
    "freezes": "true",
    "served_hot": "true",
    "keeps_hours": "24",
    "diets": '["vegetarian", "vegan"]',
    "allergens": '["celery", "gluten"]',
    "equipment": '["hob", "large saucepan"]',
    "queasy": "false",
    "cook_ahead": "true",
    "not_under": '["strict"]',
    "paused": "false",
    "others_only": '["brie, sliced"]',
    "recipeIngredient": '["For the pot:", "2 leeks, sliced", "200 g barley"]',
    "recipeInstructions": '["Boil the barley.", "Add the leeks. Simmer for 20 minutes."]',
}
OPTIONAL = {"packs", "keeps_hours", "not_under", "paused", "others_only"}


def write(folder: Path, slug: str = "leek-pot", without: str = "", **changed: str) -> Path:
    """A recipe file: the leek pot, with some of its lines changed or one left out."""
    lines = {key: value for key, value in (LINES | changed).items() if key != without}
    path = folder / f"{slug}.toml"
    path.write_text("".join(f"{key} = {value}\n" for key, value in lines.items()), "utf-8")
    return path


def mistakes_in(folder: Path) -> list[Mistake]:
    return read_library(folder, TABLE)[1]


def test_a_recipe_is_read_in_every_detail(tmp_path: Path) -> None:
    write(tmp_path)
    library, mistakes = read_library(tmp_path, TABLE)
    assert mistakes == []
    assert library.recipes == {
        "leek-pot": LibraryRecipe(
            slug="leek-pot",
            name="Leek and barley pot",
            description="One pan and an hour.",
            servings=4,
            ingredients=(read_line("For the pot:"), read_line("2 leeks, sliced"), read_line("200 g barley")),
            steps=("Boil the barley.", "Add the leeks. Simmer for 20 minutes."),
            meals=("lunch", "dinner"),
            main_food="barley",
            kind="stew",
            active_minutes=10,
            standing_minutes=8,
            total_minutes=60,
            effort=2,
            packs="flask",
            freezes=True,
            served_hot=True,
            keeps_hours=24,
            diets=("vegetarian", "vegan"),
            allergens=("celery", "gluten"),
            equipment=("hob", "large saucepan"),
            cook_ahead=True,
            not_under=("strict",),
            others_only=("brie, sliced",),
        )
    }


def test_every_key_is_in_the_example() -> None:
    assert list(LINES) == list(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_is_left_out_is_a_mistake_unless_it_may_be(tmp_path: Path, key: str) -> None:
    write(tmp_path, without=key)
    expected = [] if key in OPTIONAL else [Mistake("leek-pot.toml", 0, key, "nothing", KEYS[key].allowed)]
    assert mistakes_in(tmp_path) == expected


def test_a_dish_that_does_not_travel_nor_keep(tmp_path: Path) -> None:
    write(tmp_path, "no-packs", without="packs")
    write(tmp_path, "no-hours", without="keeps_hours", name='"Leek and barley soup"')
    recipes = read_library(tmp_path, TABLE)[0].recipes
    assert recipes["no-packs"].packs == ""
    assert recipes["no-hours"].keeps_hours is None


WRONG = {
    "name: empty": ("name", '" "'),
    "name: a number": ("name", "4"),
    "description: a list": ("description", "[]"),
    "recipeYield: nobody": ("recipeYield", "0"),
    "recipeYield: words": ("recipeYield", '"4"'),
    "recipeYield: a crowd": ("recipeYield", "25"),
    "meals: none": ("meals", "[]"),
    "meals: unknown": ("meals", '["tea"]'),
    "meals: twice": ("meals", '["lunch", "lunch"]'),
    "meals: not a list": ("meals", '"lunch"'),
    "main_food: capitals": ("main_food", '"Barley"'),
    "main_food: empty": ("main_food", '""'),
    "kind: with a comma": ("kind", '"stew, soup"'),
    "active_minutes: half": ("active_minutes", "7.5"),
    "active_minutes: less than none": ("active_minutes", "-1"),
    "standing_minutes: true": ("standing_minutes", "true"),
    "total_minutes: none": ("total_minutes", "0"),
    "effort: too small": ("effort", "0"),
    "effort: too great": ("effort", "6"),
    "packs: unknown": ("packs", '"box"'),
    "freezes: words": ("freezes", '"yes"'),
    "served_hot: a number": ("served_hot", "1"),
    "keeps_hours: none": ("keeps_hours", "0"),
    "keeps_hours: too long": ("keeps_hours", "73"),
    "diets: unknown": ("diets", '["keto"]'),
    "diets: a number": ("diets", "[1]"),
    "allergens: unknown": ("allergens", '["wheat"]'),
    "equipment: a thing of no list": ("equipment", '["large saucepan with a lid"]'),
    "queasy: words": ("queasy", '"no"'),
    "cook_ahead: words": ("cook_ahead", '"no"'),
    "not_under: a hospital": ("not_under", '["barts-pack"]'),
    "not_under: nothing": ("not_under", "[]"),
    "paused: words": ("paused", '"no"'),
    "others_only: words": ("others_only", '"brie"'),
    "recipeIngredient: none": ("recipeIngredient", "[]"),
    "recipeIngredient: an empty line": ("recipeIngredient", '["2 leeks", ""]'),
    "recipeIngredient: a text": ("recipeIngredient", '"2 leeks"'),
    "recipeInstructions: none": ("recipeInstructions", "[]"),
    "recipeInstructions: a table": ("recipeInstructions", '[{text = "Boil."}]'),
}


@pytest.mark.parametrize(("key", "value"), WRONG.values(), ids=WRONG)
def test_what_may_not_stand_there_is_a_mistake(tmp_path: Path, key: str, value: str) -> None:
    write(tmp_path, **{key: value})
    (mistake,) = mistakes_in(tmp_path)
    row = list(LINES).index(key) + 1
    assert (mistake.file, mistake.row, mistake.column, mistake.allowed) == ("leek-pot.toml", row, key, KEYS[key].allowed)


ALL_RIGHT = {
    "no diet": ("diets", "[]"),
    "no equipment": ("equipment", "[]"),
    "two words": ("kind", '"tray bake"'),
    "a hyphen": ("kind", '"stir-fry"'),
    "nothing to do": ("standing_minutes", "0"),
}


@pytest.mark.parametrize(("key", "value"), ALL_RIGHT.values(), ids=ALL_RIGHT)
def test_what_may_stand_there_is_no_mistake(tmp_path: Path, key: str, value: str) -> None:
    write(tmp_path, **{key: value})
    assert mistakes_in(tmp_path) == []


TOGETHER = {
    "standing longer than active": ({"standing_minutes": "11"}, "active_minutes", "11, 10, 60"),
    "active longer than in all": ({"total_minutes": "9"}, "active_minutes", "8, 10, 9"),
    "vegan, yet not vegetarian": ({"diets": '["vegan"]'}, "diets", "['vegan']"),
    "made of what no one knows": ({"main_food": '"moon barley"'}, "main_food", "moon barley"),
    "only headings": ({"recipeIngredient": '["For the pot:"]'}, "recipeIngredient", "['For the pot:']"),
    "a flask of something cold": ({"served_hot": "false"}, "packs", "flask"),
    "cooked ahead, yet not frozen": ({"freezes": "false"}, "cook_ahead", "True"),
}


@pytest.mark.parametrize(("changed", "key", "found"), TOGETHER.values(), ids=TOGETHER)
def test_what_does_not_go_together_is_a_mistake(tmp_path: Path, changed: dict[str, str], key: str, found: str) -> None:
    write(tmp_path, **changed)
    (mistake,) = mistakes_in(tmp_path)
    assert (mistake.row, mistake.column, mistake.found) == (list(LINES).index(key) + 1, key, found)


INGREDIENTS = {
    "meat": ("1 chicken breast", '["pescatarian"]', "[]", "diets: a recipe with chicken is not pescatarian"),
    "fish": ("2 cod fillets", '["vegetarian"]', '["fish"]', "diets: a recipe with cod is not vegetarian"),
    "beef stock": ("1 beef stock cube", '["vegetarian"]', '["celery", "gluten"]', "not vegetarian"),
    "jelly": ("1 pack jelly", '["vegetarian"]', "[]", "a recipe with jelly is not vegetarian"),
    "parmesan": ("50 g parmesan", '["vegetarian"]', '["milk"]', "a recipe with parmesan is not vegetarian"),
    "butter in vegan food": ("50 g butter", '["vegetarian", "vegan"]', '["milk"]', "a recipe with butter is not vegan"),
    "cheese": ("50 g cheddar", "[]", "[]", "must name milk, which is in '50 g cheddar'"),
    "pasta": ("200 g dried pasta", "[]", "[]", "must name gluten"),
    "egg": ("2 eggs, beaten", "[]", "[]", "must name eggs"),
    "prawns": ("200 g raw prawns", "[]", "[]", "must name crustaceans"),
    "tinned fish": ("1 tin (145 g) tuna", "[]", "[]", "must name fish"),
    "soy sauce": ("1 tbsp soy sauce", "[]", '["gluten"]', "must name soya"),
    "tahini": ("1 tbsp tahini", "[]", "[]", "must name sesame"),
    "sesame oil": ("1 tsp sesame oil", "[]", "[]", "must name sesame"),
    "stock cube": ("1 vegetable stock cube", "[]", '["gluten"]', "must name celery"),
    "nuts": ("25 g flaked almonds", "[]", "[]", "must name nuts"),
    "peanut butter": ("2 tbsp peanut butter", "[]", "[]", "must name peanuts"),
    "apricots": ("50 g dried apricots", "[]", "[]", "must name sulphites"),
    "mustard": ("1 tsp mustard", "[]", "[]", "must name mustard"),
}


@pytest.mark.parametrize(("line", "diets", "allergens", "said"), INGREDIENTS.values(), ids=INGREDIENTS)
def test_what_the_foods_say_otherwise_is_a_mistake(tmp_path: Path, line: str, diets: str, allergens: str, said: str) -> None:
    write(tmp_path, recipeIngredient=f'["{line}"]', diets=diets, allergens=allergens)
    (mistake,) = mistakes_in(tmp_path)
    assert said in f"{mistake.column}: {mistake.allowed}"


@pytest.mark.parametrize(
    "line",
    ["1 x 400 ml tin coconut milk", "1 x 400 g tin butter beans", "200 g rice noodles", "1 butternut squash", "1 onion"],
)
def test_what_only_sounds_like_an_allergen_is_no_mistake(tmp_path: Path, line: str) -> None:
    write(tmp_path, recipeIngredient=f'["{line}"]', allergens="[]")
    assert mistakes_in(tmp_path) == []


@pytest.mark.parametrize(
    "line", ["50 g cheddar", "2 eggs", "200 g frozen peas", "100 g long grain rice", "1 chicken breast", "2 tbsp moon dust"]
)
def test_what_spoils_in_a_bag_is_never_for_the_shelf(tmp_path: Path, line: str) -> None:
    write(
        tmp_path,
        recipeIngredient=f'["{line}"]',
        diets="[]",
        allergens='["eggs", "milk"]',
        packs='"shelf"',
        served_hot="false",
    )
    (mistake,) = mistakes_in(tmp_path)
    assert (mistake.column, mistake.found) == ("packs", "shelf") and repr(line) in mistake.allowed


@pytest.mark.parametrize(
    "line", ["1 tin (145 g) tuna", "1 x 400 g tin chickpeas", "1 banana", "2 oatcakes", "1 tbsp peanut butter"]
)
def test_what_keeps_in_a_bag_may_be_for_the_shelf(tmp_path: Path, line: str) -> None:
    allergens = '["fish", "gluten", "peanuts"]'
    write(tmp_path, recipeIngredient=f'["{line}"]', diets="[]", allergens=allergens, packs='"shelf"', served_hot="false")
    assert mistakes_in(tmp_path) == []


def test_every_food_that_holds_an_allergen_is_in_the_table() -> None:
    named = set().union(*PLAINLY.values())
    assert named <= {*TABLE.foods, *TABLE.classes}


def test_an_unknown_key_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, calories="1")
    (mistake,) = mistakes_in(tmp_path)
    assert (mistake.row, mistake.column, mistake.found) == (len(LINES) + 1, "calories", "calories")
    assert mistake.allowed.startswith("unknown key; the keys are name, description")


@pytest.mark.parametrize("phrase", ["cheddar", "moon dust", "moon brie"])
def test_only_what_is_not_fine_as_it_is_is_for_the_others_alone(tmp_path: Path, phrase: str) -> None:
    write(tmp_path, others_only=f'["brie", "{phrase}"]')
    (mistake,) = mistakes_in(tmp_path)
    assert (mistake.column, mistake.found) == ("others_only", phrase)


@pytest.mark.parametrize("slug", ["Leek-pot", "leek_pot", "leek pot", "-leek", "leek--pot", "käse"])
def test_a_file_is_named_in_small_letters_and_hyphens(tmp_path: Path, slug: str) -> None:
    path = write(tmp_path, slug)
    (mistake,) = mistakes_in(tmp_path)
    assert (mistake.file, mistake.found) == (path.name, path.name)
    assert mistake.allowed == "name the file in lower-case letters with hyphens, such as lentil-soup.toml"


def test_a_name_stands_once(tmp_path: Path) -> None:
    write(tmp_path, "leek-pot")
    write(tmp_path, "old-leek-pot", name='"Leek And Barley Pot"')
    library, mistakes = read_library(tmp_path, TABLE)
    assert list(library.recipes) == ["leek-pot"]
    assert [str(mistake) for mistake in mistakes] == [
        "old-leek-pot.toml, row 1, column name: found 'Leek And Barley Pot'; leek-pot.toml has this name already"
    ]


def test_a_file_that_is_no_toml_says_where(tmp_path: Path) -> None:
    (tmp_path / "leek-pot.toml").write_text('name = "Leek pot"\nmeals = ["lunch"\nkind = "stew"\n')
    (mistake,) = mistakes_in(tmp_path)
    assert (mistake.file, mistake.row) == ("leek-pot.toml", 3)
    assert mistake.allowed == "this file must be TOML; check the quotation marks, commas and brackets here"


def test_a_file_in_another_encoding_says_where(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"One pan", b"One pur\xe9e"))
    assert mistakes_in(tmp_path) == [
        Mistake("leek-pot.toml", 2, "", "a letter in another encoding", "this file must be UTF-8")
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert read_library(tmp_path / "recipes", TABLE) == (
        Library.empty(),
        [Mistake("recipes", 0, "", "nothing", "this folder must be there")],
    )


def test_every_mistake_in_every_file_is_reported_at_once(tmp_path: Path) -> None:
    write(tmp_path, "a-good-pot")
    write(tmp_path, "bad-pot", without="kind", name='""', effort="9", colour='"green"')
    write(tmp_path, "worse-pot", name='"Worse pot"', meals='["tea"]')
    (tmp_path / "notes.txt").write_text("not a recipe")
    library, mistakes = read_library(tmp_path, TABLE)
    assert list(library.recipes) == ["a-good-pot"]
    assert [(mistake.file, mistake.column) for mistake in mistakes] == [
        ("bad-pot.toml", "colour"),
        ("bad-pot.toml", "name"),
        ("bad-pot.toml", "kind"),
        ("bad-pot.toml", "effort"),
        ("worse-pot.toml", "meals"),
    ]

"""Is every food followed to the mouth, and never called cooked when it is not plainly so?"""

from dataclasses import replace

import pytest

from foods.names import Vocabulary
from recipes.heat import Kind
from recipes.method import Eaten, Followed, Part, follow

WORDS = Vocabulary({}, frozenset(), {})

FOODS = {
    "cheese": Part((("goat", "cheese"),), (("goat",), ("cheese",)), (("cheese",),), Kind.CHEESE),
    "cheddar": Part((("cheddar", "cheese"),), (("cheddar",), ("cheese",)), (), Kind.CHEESE),
    "egg": Part((("egg",),), (), (("yolk",), ("egg", "white")), Kind.EGG),
    "yolk": Part((("egg", "yolk"),), (("egg",), ("yolk",)), (("egg",), ("yolk",)), Kind.EGG),
    "beef": Part((("beef",),), (), (("meat",), ("steak",), ("roast",)), Kind.WHOLE_CUT),
    "mince": Part((("beef", "mince"),), (("beef",),), (("mince",), ("meat",)), Kind.MINCE),
    "chicken": Part((("chicken",),), (), (("meat",),), Kind.POULTRY),
    "salmon": Part((("smoked", "salmon"),), (("salmon",),), (("fish",),), Kind.FISH),
    "prawns": Part((("prawn",),), (), (("seafood",),), Kind.SHELLFISH),
    "ham": Part((("ham",),), (), (("meat",),), Kind.SAUSAGE),
    "peas": Part((("pea",),), (), (("vegetable",),), Kind.VEGETABLE),
    "pasta": Part((("pasta",),)),
    "potato": Part((("potato",),)),
    "onion": Part((("onion",),)),
    "bread": Part((("bread",),)),
    "tomato": Part((("tomato",),)),
    "oil": Part((("oil",),), carries=False),
    "garnish": Part((("goat", "cheese"),), (("goat",),), (("cheese",),), Kind.CHEESE, for_serving=True),
}


def followed(foods: str, *steps: str, dish: str = "") -> dict[str, Followed]:
    """How each of these foods is eaten after these steps."""
    names = foods.split()
    answers = follow(steps, [FOODS[name] for name in names], WORDS, dish)
    return dict(zip(names, answers, strict=True))


def eaten(food: str, foods: str, *steps: str, dish: str = "") -> Eaten:
    return followed(foods, *steps, dish=dish)[food].eaten


COOKED, RAW, COLD, UNDERDONE, CANNOT_TELL = Eaten.COOKED, Eaten.RAW, Eaten.COLD, Eaten.UNDERDONE, Eaten.CANNOT_TELL

CASES = {
    "added after the heat": ("cheese", "pasta cheese", RAW, "Boil the pasta for 10 minutes. Toss with the goat's cheese."),
    "a garnish": ("salmon", "potato salmon", RAW, "Bake the potato for an hour. Garnish with smoked salmon."),
    "off the heat": (
        "cheese", "tomato cheese", RAW,
        "Simmer the tomatoes for 10 minutes. Off the heat, stir in the goat's cheese until bubbling stops.",
    ),
    "on the heat": (
        "cheese", "tomato cheese", COOKED,
        "Simmer the tomatoes. Stir in the goat's cheese and simmer for 3 minutes.",
    ),
    "a heat that names nothing heats what is in the dish": (
        "cheese", "pasta cheese", COOKED,
        "Mix the pasta and goat's cheese in a dish. Bake until bubbling.",
    ),
    "a reserved portion": (
        "cheese", "pasta cheese", RAW,
        "Bake the pasta with half the goat's cheese until bubbling. Top with the remaining goat's cheese.",
    ),
    "the rest, without a name": (
        "cheese", "pasta cheese", RAW,
        "Mix the pasta with half of the goat's cheese and bake until bubbling. Scatter over the rest.",
    ),
    "a little kept back": (
        "prawns", "tomato prawns", CANNOT_TELL,
        "Simmer the tomatoes, stir in the prawns, keeping a few back to garnish, and simmer for 5 minutes.",
    ),
    "two mixtures, one heated": (
        "ham", "ham potato", RAW,
        "Put the ham in a bowl. In another bowl, mix the potatoes. Bake the potatoes for 40 minutes.",
    ),
    "a mixture known by its label": (
        "egg", "egg onion", COOKED,
        "For the batter, whisk the egg. Fry the onion. Pour in the batter and bake for 30 minutes.",
    ),
    "a labelled mixture left out of the heat": (
        "yolk", "yolk potato", RAW,
        "For the dressing, whisk the egg yolk. Roast the potatoes until golden. Pour over the dressing.",
    ),
    "poured over and baked": (
        "salmon", "salmon egg", COOKED,
        "Scatter the salmon in a tin. Whisk the egg and pour over. Bake for 30 minutes.",
    ),
    "acid is no heat": (
        "prawns", "prawns tomato", RAW,
        "Marinate the prawns in lime until pink and opaque. Boil the tomatoes.",
    ),
    "never mentioned": ("ham", "pasta ham", CANNOT_TELL, "Boil the pasta for 10 minutes. Serve."),
    "no heat at all": ("ham", "bread ham", RAW, "Fill the bread with ham."),
    "no steps": ("chicken", "chicken", RAW),
    "chilled after cooking": ("chicken", "chicken", COLD, "Roast the chicken until the juices run clear. Chill overnight."),
    "chilled before cooking": ("chicken", "chicken", COOKED, "Chill the chicken. Roast it until the juices run clear."),
    "doneness in a sentence of its own": (
        "beef", "beef", UNDERDONE,
        "Roast the beef for 2 hours. The middle should read 52°C.",
    ),
    "well done in a sentence of its own": ("beef", "beef", COOKED, "Roast the beef. The middle should read 75°C."),
    "another food's temperature": (
        "beef", "beef potato", COOKED,
        "Roast the beef for 2 hours until well done. Cool the potatoes to 45°C.",
    ),
    "the water bath of a sentence before": (
        "beef", "onion beef", UNDERDONE,
        "Fry the onion. Preheat a water bath to 54°C. Cook the beef for 2 hours.",
    ),
    "minutes add up": ("prawns", "prawns", COOKED, "Fry the prawns for 2 minutes. Turn and fry for 2 minutes more."),
    "a slow oven": ("salmon", "salmon", CANNOT_TELL, "Heat the oven to 90°C. Bake the salmon for 18 minutes."),
    "a later, better heat": (
        "beef", "beef", COOKED,
        "Sear the beef until browned. Simmer it for 2 hours until falling apart.",
    ),
    "hot liquid poured over": (
        "beef", "onion beef", RAW,
        "Boil the onion. Put the beef in bowls and pour over the boiling stock.",
    ),
    "heat that is left": (
        "egg", "pasta egg", RAW,
        "Boil the pasta. Toss with the egg; the residual heat will cook the egg until set.",
    ),
    "stirred on the hob until set": (
        "egg", "egg oil", COOKED,
        "Heat the oil over a medium heat. Add the egg and stir until fully set.",
    ),
    "everything": (
        "peas", "onion peas", COOKED,
        "Fry the onion. Add all the remaining ingredients and simmer for 20 minutes.",
    ),
    "everything, but this is for the table": (
        "garnish", "onion garnish", CANNOT_TELL,
        "Fry the onion. Add all the remaining ingredients and simmer for 20 minutes.",
    ),
    "everything, but taken up later": (
        "cheese", "onion cheese", RAW,
        "Add all the ingredients and simmer for 20 minutes. Top with goat's cheese.",
    ),
    "named only as cheese, then by name": (
        "cheese", "pasta cheddar cheese", RAW,
        "Sprinkle the pasta with the cheese and bake until golden. Crumble over the goat's cheese.",
    ),
    "its namesake's heat": ("yolk", "egg yolk", CANNOT_TELL, "Whisk the eggs in a tin and bake until set. Serve."),
    "another thing is baked": (
        "prawns", "prawns", CANNOT_TELL,
        "Mix the prawns in a bowl. Bake the wedges until golden and cooked.",
    ),
    "the dish is baked": ("prawns", "prawns pasta", COOKED, "Mix the prawns and pasta. Bake the lasagne for 30 minutes."),
    "a choice": (
        "ham", "bread ham", CANNOT_TELL,
        "Fill the bread with ham. If you like, bake for 10 minutes until bubbling.",
    ),
    "leftovers": ("ham", "bread ham", RAW, "Fill the bread with ham. Reheat leftovers until piping hot."),
    "not to boil": (
        "cheese", "tomato cheese", RAW,
        "Warm the tomatoes. Off the heat stir in the goat's cheese; do not let it boil.",
    ),
    "oil in a pan between": (
        "beef", "beef oil onion", COOKED,
        "Season the beef. Heat the oil in a pan, then fry until well done.",
    ),
    "a loose word for the food": ("mince", "onion mince", COOKED, "Fry the onion. Add the mince and brown it."),
    "taken out of the pan": (
        "beef", "beef onion", UNDERDONE,
        "Fry the beef for 2 minutes each side. Transfer to a plate. Add the onion and simmer for 20 minutes.",
    ),
    "taken out and put back": (
        "beef", "beef onion", COOKED,
        "Fry the beef for 2 minutes. Transfer to a plate. Soften the onion. Return the beef and simmer for 2 hours.",
    ),
    "everything put back": (
        "ham", "ham onion", COOKED,
        "Warm the ham in a pan. Set aside. Fry the onion. Put everything back in the pan and simmer for 10 minutes.",
    ),
    "added to the dish": (
        "egg", "potato egg", COOKED,
        "Arrange the potatoes in a dish. Whisk the egg and pour into the dish. Bake for 30 minutes.",
    ),
    "added in the same breath": (
        "egg", "ham egg", COOKED,
        "Fry the ham until crisp. Whisk the egg, add the ham and pour into a tin. Bake for 30 minutes.",
    ),
    "noodles not listed": ("ham", "onion ham", CANNOT_TELL, "Mix the ham and onion. Boil noodles for 6 minutes."),
    "glazed with egg": ("ham", "ham egg", COOKED, "Mix the ham in a bowl. Shape, glaze with egg and bake for 15 minutes."),
    "in slow cooker": ("chicken", "chicken", COOKED, "Put chicken in slow cooker on high for 4 hours. Serve."),
    "a press is a thing": ("ham", "bread ham", COOKED, "Fill the bread with ham. Toast in a panini press for 6 minutes."),
    "the gas is off": (
        "ham", "onion ham", RAW,
        "Fry the onion for 10 minutes. Switch off the gas. Add the ham and stir for 6 minutes.",
    ),
    "stirred on the heat for its minutes": (
        "ham", "onion ham", COOKED,
        "Fry the onion for 10 minutes. Add the ham and stir for 6 minutes.",
    ),
    "fish that no step calls by its name": (
        "prawns", "salmon prawns", RAW,
        "Bake the fish for 20 minutes. Top with the prawns.",
    ),
    "offered cold": ("ham", "bread ham", CANNOT_TELL, "Fill the bread with ham. Serve cold, or bake for 10 minutes."),
    "supposed, not done": ("ham", "bread ham", CANNOT_TELL, "Fill the bread with ham. If you fancy it warm, bake it."),
    "baked until another thing is crisp": (
        "prawns", "prawns bread", CANNOT_TELL,
        "Mix the prawns in a dish. Bake for 10 minutes until the bread is crisp.",
    ),
    "seared for a minute": ("beef", "beef", UNDERDONE, "Sear the beef for a minute each side. Serve."),
    "nobody roasts a roast by that word": (
        "beef", "beef potato", RAW,
        "Slice the beef. Roast for 40 minutes the potatoes.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_how_a_food_is_eaten(case: str) -> None:
    food, foods, answer, *steps = CASES[case]
    assert eaten(food, foods, *steps) is answer


def test_the_second_of_two_lines_with_one_name_is_fresh() -> None:
    steps = ["Whisk the eggs with the flour and bake until set.", "Separate the eggs, whisk the eggs and pile on top."]
    first, second = follow(steps, [FOODS["egg"], FOODS["egg"]], WORDS)
    assert (first.eaten, second.eaten) == (COOKED, RAW)


def test_a_heat_without_a_name_means_the_only_meat() -> None:
    joint = replace(FOODS["beef"], must_cook=True)
    for degrees, answer in ((52, UNDERDONE), (75, COOKED)):
        step = f"Roast for 2 hours. The middle should read {degrees}°C."
        assert follow([step], [joint, FOODS["oil"]], WORDS)[0].eaten is answer


def test_eggs_counted_out_later_are_fresh() -> None:
    two_of_four = replace(FOODS["egg"], count=4)
    steps = ["Beat 2 eggs and bake until set.", "Whisk 2 eggs with the sugar."]
    assert follow(steps, [two_of_four], WORDS)[0].eaten is RAW
    assert follow(steps, [replace(two_of_four, count=2)], WORDS)[0].eaten is COOKED


def test_a_dish_that_is_called_rare_is_not_cooked_through() -> None:
    assert eaten("beef", "beef", "Roast the beef for 40 minutes.", dish="Rare roast beef") is UNDERDONE


def test_in_a_water_bath_the_water_is_as_hot_as_it_gets() -> None:
    steps = ["Preheat the sous vide water to {}°C.", "Cook the chicken for 3 hours, then sear until golden."]
    assert [eaten("chicken", "chicken", steps[0].format(degrees), steps[1]) for degrees in (58, 65)] == [UNDERDONE, COOKED]


def test_the_answer_quotes_the_step_that_decides() -> None:
    answers = followed("pasta ham", "Boil the pasta for 10 minutes.", "Drain. Toss with the ham and serve.")
    assert answers["pasta"] == Followed(COOKED, 1, "Boil the pasta for 10 minutes.")
    assert answers["ham"] == Followed(RAW, 2, "Toss with the ham and serve.")


def test_what_is_never_mentioned_rests_on_no_step() -> None:
    assert followed("pasta ham", "Boil the pasta.")["ham"] == Followed(CANNOT_TELL, 0, "")


def test_the_name_of_the_dish_may_stand_for_what_is_in_it() -> None:
    steps = ["Mix the prawns and pasta.", "Bake the jackpot for 30 minutes."]
    assert eaten("prawns", "prawns pasta", *steps) is CANNOT_TELL
    assert eaten("prawns", "prawns pasta", *steps, dish="Prawn jackpot") is COOKED

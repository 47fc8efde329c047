"""How does a recipe read for more people, in cups and ounces, or in °F?

Fractions are exact, and only what converts exactly enough is converted. A weight never becomes a volume: that needs a
density, which we do not have. No verdict is asked of the result; it always rests on the recipe as written.
"""

import functools
import re
from dataclasses import dataclass, replace
from fractions import Fraction

from recipes.lines import PACKS, PIECES
from recipes.recipe import Ingredient, Recipe

MOST_PEOPLE = 24
"""A home kitchen heats no more at once."""
US_CUP_ML = Fraction(23658824, 100000)
"""Millilitres, 236.58824: the United States customary cup."""
OUNCE_G = Fraction(28349523125, 1000000000)
OUNCES_IN_A_POUND = 16
"""Grams, 28.349523125: the avoirdupois ounce."""
NEAR_ENOUGH = Fraction(3, 100)
"""A converted amount is shown when it differs by no more than this share."""

_SIGNS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_NUMBER = r"(?:\d+ \d+/\d+|\d+/\d+|\d+\.\d+|\d+)"
_LEADING = re.compile(rf"^(?P<low>{_NUMBER})(?:(?P<to> to |-|–)(?P<high>{_NUMBER}))?(?P<rest>.*)$", re.S)
_MEASURES = r"(?:kg|g|ml|litres?|tbsp|tsp)"
_LATER = re.compile(
    rf"(?<![\w(/.])(?<!x )(?P<low>{_NUMBER})(?= {_MEASURES}\b(?! (?:[\w-]+ )?(?:tin|bowl|dish|jug|pan|box)\b))"
)
_BRACKETED = re.compile(r"(\([^)]*\))")
_METRIC = re.compile(
    rf"(?<![\w(/.])(?<!x )(?P<number>{_NUMBER}) (?P<unit>g|ml)\b(?! (?:[\w-]+ )?(?:tin|bowl|dish|jug|pan|box|each)\b)"
)
_CELSIUS = re.compile(r"(?P<low>\d+)(?:(?P<to> to |-|–)(?P<high>\d+))? ?°C")
_SHOWN = (1, 2, 3, 4, 8)
"""Denominators that a measuring spoon or a knife can follow."""


@dataclass(frozen=True)
class Reading:
    """How to show a recipe: for how many people (None as written), in US `cups` and ounces, and in °F (`fahrenheit`)."""

    people: int | None = None
    cups: bool = False
    fahrenheit: bool = False

    def times(self, recipe: Recipe) -> Fraction:
        """How many times the recipe as written this is; 1 where it does not say how many it serves."""
        return Fraction(self.people, recipe.servings) if self.people and recipe.servings else Fraction(1)


def as_read(recipe: Recipe, reading: Reading) -> Recipe:
    """The recipe's lines and steps as they are to be shown. Minutes and temperatures are never scaled."""
    times = reading.times(recipe)
    lines = tuple(replace(line, text=_line(line, times, reading)) for line in recipe.ingredients)
    return replace(recipe, ingredients=lines, steps=tuple(_step(step, times, reading) for step in recipe.steps))


def _line(line: Ingredient, times: Fraction, reading: Reading) -> str:
    text = line.text if line.is_heading else scaled_line(line, times)
    return in_cups(text) if reading.cups else text


def _step(step: str, times: Fraction, reading: Reading) -> str:
    scaled = _scaled_later(step, times)
    shown = in_cups(scaled) if reading.cups else scaled
    return in_fahrenheit(shown) if reading.fahrenheit else shown


def scaled_line(line: Ingredient, times: Fraction) -> str:
    """An ingredient line so many times: "1 1/2 tsp salt" twice is "3 tsp salt". What one pack holds stays."""
    text = _plain(line.text)
    found = _LEADING.match(text)
    if times == 1 or not found:
        return line.text
    low, high = _value(found["low"]) * times, _value(found["high"]) * times if found["high"] else None
    rest = _scaled_later(found["rest"], times)
    unit = _leading_unit(rest)
    amount = _say(low, unit) + (f"{found['to']}{_say(high, unit)}" if high else "")
    return f"{amount}{_in_number(line, rest, high or low)}"


def _plain(text: str) -> str:
    for sign, plain in _SIGNS.items():
        text = re.sub(rf"(?<=\d) ?{sign}", f" {plain}", text).replace(sign, plain)
    return text


def _scaled_later(text: str, times: Fraction) -> str:
    """Further amounts, but for those in brackets, which say what one piece or pack holds: "mixed with 2 tbsp water"."""
    if times == 1:
        return text
    return "".join(
        part if part.startswith("(") else _LATER.sub(functools.partial(_scaled, times), part)
        for part in _BRACKETED.split(_plain(text))
    )


def _scaled(times: Fraction, found: re.Match[str]) -> str:
    return _say(_value(found["low"]) * times, _leading_unit(found.string[found.end() :]))


def _leading_unit(rest: str) -> str:
    found = re.match(rf" ({_MEASURES})\b", rest)
    return found[1] if found else ""


def _value(text: str) -> Fraction:
    whole, _, part = text.rpartition(" ")
    return Fraction(whole or 0) + Fraction(part)


def _say(value: Fraction, unit: str) -> str:
    """A number as a cook measures it. What no spoon or scale shows is rounded, and says "about"."""
    if unit in ("kg", "litre", "litres") and (value * 10).denominator == 1:
        return f"{float(value):g}"
    if unit in ("g", "ml"):
        return str(value) if value.denominator == 1 else f"about {max(1, round(value))}"
    if value.denominator in _SHOWN:
        return _mixed(value)
    return f"about {_mixed(max(Fraction(1, 4), Fraction(round(value * 4), 4)))}"


def _mixed(value: Fraction) -> str:
    whole, part = divmod(value, 1)
    return " ".join(str(one) for one in (whole, part) if one) or "0"


# ---- One and many ----

_UNIT_WORDS = {words.split()[0]: words.split()[1] for words in (*PACKS.values(), *PIECES.values())} | {"pouch": "pouches"}
_ONE_OF = {many: one for one, many in _UNIT_WORDS.items()}
_UNCHANGED = frozenset({"garlic", "ginger", "celery", "fish", "salmon", "cod", "haddock", "broccoli", "parsley"})


def _in_number(line: Ingredient, rest: str, value: Fraction) -> str:
    """The rest of the line in the singular up to one, and in the plural above: "2 onions, washed"."""
    found = re.match(r"^ (?P<words>[^,(]*?)(?P<after> ?[,(].*)?$", rest, re.S)
    if not found or _leading_unit(rest) or rest.startswith(" x "):
        return rest
    words = found["words"].split(" ")
    place = 0 if words[0] in _UNIT_WORDS or words[0] in _ONE_OF else len(words) - 1
    words[place] = _many(words[place]) if value > 1 else _one(words[place])
    return f" {' '.join(words)}{found['after'] or ''}"


def _many(word: str) -> str:
    if word in _UNIT_WORDS:
        return _UNIT_WORDS[word]
    if word in _UNCHANGED or word.endswith("s") or not word.isalpha():
        return word
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    if word.endswith("leaf"):
        return f"{word[:-1]}ves"
    return f"{word}es" if word.endswith(("tato", "mato", "ch", "sh", "x")) else f"{word}s"


def _one(word: str) -> str:
    if word in _ONE_OF:
        return _ONE_OF[word]
    if word in _UNCHANGED or not word.endswith("s") or word.endswith(("ss", "us", "peas", "oats", "lentils")):
        return word
    for many, one in (("ies", "y"), ("eaves", "eaf"), ("toes", "to"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(many):
            return word[: -len(many)] + one
    return word[:-1]


# ---- Cups, ounces and °F ----


def in_cups(text: str) -> str:
    """Millilitres as US cups and grams as ounces, where a cup measure or a scale can show them; else as they were."""
    return _METRIC.sub(_as_us, text)


def _as_us(found: re.Match[str]) -> str:
    value = _value(found["number"])
    unit_size, smallest, name = (
        (US_CUP_ML, Fraction(1, 4), "cup") if found["unit"] == "ml" else (OUNCE_G, Fraction(1, 2), "oz")
    )
    exact = value / unit_size
    shown = Fraction(round(exact / smallest)) * smallest
    if not shown or abs(shown - exact) > exact * NEAR_ENOUGH:
        return found[0]
    if name == "oz" and shown >= 2 * OUNCES_IN_A_POUND:
        pounds, ounces = divmod(shown, OUNCES_IN_A_POUND)
        return f"{pounds} lb" + (f" {_mixed(ounces)} oz" if ounces else "")
    return f"{_mixed(shown)} {name}{'s' if name == 'cup' and shown > 1 else ''}"


def in_fahrenheit(text: str) -> str:
    """Every °C as °F: food and fridges to the degree, rounded to the safe side; ovens to the nearest 5."""
    return _CELSIUS.sub(_as_fahrenheit, text)


def _as_fahrenheit(found: re.Match[str]) -> str:
    high = f"{found['to']}{_fahrenheit(int(found['high']))}" if found["high"] else ""
    return f"{_fahrenheit(int(found['low']))}{high} °F"


def _fahrenheit(celsius: int) -> int:
    exact = Fraction(celsius * 9, 5) + 32
    if celsius > 100:
        return round(exact / 5) * 5
    return int(exact) if celsius <= 8 else -int(-exact // 1)

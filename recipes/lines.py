"""What does one line of an ingredient list say? "2 x 400g tins chopped tomatoes" -> 2, tin, "tinned chopped tomatoes".

The amount is cut out and every other word stays in `food`, because any of them may decide the verdict. Words that say
how a food is sold (tin, jar, bag, slice) stay there too, even where they are the unit. Nothing is refused: a line
without an amount, or in another language, is all food.

Packs are counted: "2 x 400g tins" is 2 tins, so that it adds up with "1 tin". What one pack holds stays in the text,
and `pack_size` reads it for whoever shops. Where nothing is a pack, "2 x 175g chicken breasts" is 350 g.
Of two units for one amount ("500g/1lb 2oz", "1 cup (120 ml)", "1 tbsp plus 1 tsp") the first is kept.

`judge_line` gives the verdict on a line as bought. A line may name a maker ("Hunt's® tomatoes"), which a phrase typed on a
phone may not: there every word counts.
"""

import functools
import html
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from foods.food import Finding, Verdict
from foods.names import Kind, is_one_slip
from foods.rules import judge
from foods.sheets import Sheet
from foods.table import FoodTable
from recipes.recipe import Ingredient

MEASURES = {
    "g": "g gram grams gramme grammes gm gms gr grs",
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
    "mg": "mg milligram milligrams",
    "ml": "ml mls millilitre millilitres milliliter milliliters cc",
    "cl": "cl centilitre centilitres centiliter centiliters",
    "dl": "dl decilitre decilitres deciliter deciliters",
    "l": "l ltr litre litres liter liters",
    "tsp": "t tsp tsps teaspoon teaspoons teaspoonful teaspoonfuls",
    "dsp": "dsp dessertspoon dessertspoons",
    "tbsp": "T tb tbs tbsp tbsps tblsp tbl tablespoon tablespoons tablespoonful tablespoonfuls",
    "cup": "c cup cups cupful cupfuls",
    "pint": "pint pints pt pts",
    "quart": "quart quarts qt qts",
    "fl oz": "fl_oz floz fl_ozs fl._oz fluid_ounce fluid_ounces",
    "oz": "oz ozs ounce ounces",
    "lb": "lb lbs pound pounds",
}
"""Our name of a measure -> how people write it (_ is a space). A measure says nothing about the food."""

PIECES = {
    "clove": "clove cloves",
    "bunch": "bunch bunches",
    "handful": "handful handfuls",
    "pinch": "pinch pinches",
    "dash": "dash dashes",
    "splash": "splash splashes",
    "drizzle": "drizzle drizzles",
    "knob": "knob knobs",
    "sprig": "sprig sprigs",
    "stick": "stick sticks",
    "sheet": "sheet sheets",
    "head": "head heads",
}
"""Our name of a rough measure -> how people write it."""

PACKS = {
    "tin": "tin tins can cans",
    "jar": "jar jars",
    "bottle": "bottle bottles",
    "pack": "pack packs packet packets package packages pkg pkgs pkt pkts sachet sachets envelope envelopes",
    "bag": "bag bags",
    "box": "box boxes",
    "carton": "carton cartons",
    "tub": "tub tubs container containers punnet punnets",
    "slice": "slice slices rasher rashers",
}
"""Our name of a pack or a cut -> how people write it. These words stay in `food`: they say how a food is sold."""

COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "a dozen": 12, "one dozen": 12, "1 dozen": 12, "2 dozen": 24,
    "half a dozen": 6, "a couple of": 2, "half": 0.5, "half a": 0.5, "half an": 0.5,
}  # fmt: skip

LONGEST_LINE = 2_000
"""Letters. A longer text is no ingredient line; it is all kept, as food, so that no word of it escapes the verdict."""


def _spellings(*tables: dict[str, str]) -> dict[str, str]:
    return {way.replace("_", " "): unit for table in tables for unit, ways in table.items() for way in ways.split()}


def _any_of(words: dict[str, str]) -> str:
    """A pattern for a whole word of these; the longest first, so that "g" never answers for "grams"."""
    return "(?:" + "|".join(re.escape(way) for way in sorted(words, key=len, reverse=True)) + r")\b(?!['’])\.?"


_UNITS = _spellings(MEASURES, PIECES, PACKS)
_UNIT_WORD, _MEASURE_WORD, _PACK_WORD = _any_of(_UNITS), _any_of(_spellings(MEASURES)), _any_of(_spellings(PACKS))

_FRACTIONS = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅕": "1/5",
    "⅖": "2/5",
    "⅗": "3/5",
    "⅘": "4/5",
}
_FRACTIONS |= {
    "⅙": "1/6",
    "⅚": "5/6",
    "⅐": "1/7",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
    "⅑": "1/9",
    "⅒": "1/10",
}
_PLAIN_SIGNS = str.maketrans({sign: f" {plain}" for sign, plain in _FRACTIONS.items()})
_PLAIN_SIGNS |= str.maketrans({"⁄": "/", "∕": "/", "×": "x", "″": '"', "”": '"', "“": '"'})
_BULLET = re.compile(r"[-–—•*·▢☐□◦‣✓+ ]+")

# A number is never a part of another, nor begins with a needless 0 ("00 flour"), nor is a share ("2% milk").
_SLASHED = r"\d{1,4}/[1-9]\d{0,3}"
_NUMBER = (
    rf"(?!0\d)(?:\d{{1,4}}(?: | and | ?& ?|-){_SLASHED}|{_SLASHED}|[1-9]\d{{0,2}}(?:,\d{{3}})+"
    r"|\d{0,6}[.,]\d{1,4}|\d{1,6})(?!\d| ?%|[/.,]\d| ?-?spice\b)"
)
_TO = r"(?: ?[-–—‐‑−] ?(?:to )?| to | or )"
_WORD_NUMBER = (
    r"(?:half a dozen|(?:a|one|1) dozen|2 dozen|a couple of|half an?|half(?!-| and\b| &| fat\b)"
    r"|an?(?= (?!little|few|bit|lot|touch))"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?!-| spice| bean| cheese| grain| seed))(?= )"
)
_COUNT = rf"(?:{_WORD_NUMBER}|{_NUMBER})"
_COUNTS = rf"(?P<low>{_COUNT})(?:{_TO}(?P<high>{_COUNT}))?"
_ABOUT = r"(?:(?:about|approx(?:imately|\.)?|around|roughly|circa|at least|up to|~) ?)?"
_ADJECTIVES = (
    r"(?:(?:heaped|heaping|level|rounded|scant|generous|good|large|small|medium|big|fat|thick|thin|thinly|whole|full|short"
    r"|lightly|loosely|tightly|packed) ){0,2}"
)
_ONE_MEASURE = rf"{_NUMBER}(?:{_TO}{_NUMBER})?[ -]?{_MEASURE_WORD}"
_MEASURES = (
    rf"{_ABOUT}{_ONE_MEASURE}(?:(?: ?[/;,|=] ?| or | ){_ONE_MEASURE}){{0,3}}"
    r"(?: (?:each|total|in total|in all|altogether)\b)?"
)
_LENGTH = r'(?:"|[ -]?(?:inch(?:es)?|cm|mm|centimet(?:re|er)s?)\b|-?in\b)'
_ONE_SIZE = rf"(?:{_NUMBER}|one|two)(?:(?:{_TO}| ?x ?){_NUMBER})?{_LENGTH}"
_SIZE = rf"{_ONE_SIZE}(?:(?: ?/ ?| ?x ?){_ONE_SIZE}){{0,2}}(?:[ -](?:thick|long|wide|deep|square|round|in diameter)\b)?"

# Looked for before the costly patterns: most lines hold none of what those would find.
_HAS_LENGTH = re.compile(r'\d(?:"| ?-?(?:in|cm|mm|centimet))|inch', re.I)
_SIZES = re.compile(rf"(?<![\w/.])(?:\({_SIZE}\)|{_SIZE})", re.I)
_PACKED = re.compile(
    rf"{_ABOUT}{_COUNTS}"
    rf"(?P<each> ?x ?{_MEASURES}| ?\({_MEASURES}\)| (?!{_SLASHED}){_MEASURES}| {_MEASURES}(?= {_PACK_WORD}))"
    rf"(?: {_ADJECTIVES}(?P<unit>{_any_of(_spellings(PIECES, PACKS))}))?",
    re.I,
)
_MEASURED = re.compile(rf"{_ABOUT}{_COUNTS}(?:[ -]?{_ADJECTIVES}(?P<unit>{_UNIT_WORD})(?!-\w)|(?: x(?= ))?(?![\w-]))", re.I)
_WORD_AFTER_NUMBER = re.compile(rf"{_ABOUT}{_COUNTS} ?(?P<word>[a-z]{{5,14}})(?= )", re.I)
_LONG_UNITS = ("teaspoons", "teaspoon", "tablespoons", "tablespoon", "dessertspoon", "ounces", "pounds")
"""Units that no food's name is a slip away from."""
_ALSO = re.compile(rf" ?(?:[/|=+-]|plus|or|to|)? ?{_MEASURES}", re.I)
_OUNCES = re.compile(rf" ({_NUMBER}) ?(?:oz|ounces?)\b", re.I)
_PACK_NEXT = re.compile(rf" {_ADJECTIVES}(?P<unit>{_PACK_WORD})", re.I)
_VAGUE = re.compile(
    rf"{_ADJECTIVES}(?P<unit>(?:pinch|handful|dash|splash|drizzle|knob|bunch|sprig|tin|jar)(?= )"
    rf"|(?:{_UNIT_WORD})(?= of ))",
    re.I,
)
_PART_OF = re.compile(
    rf"(?P<part>(?:[a-z'’-]{{1,20}} ){{1,5}}(?:of|from) ){_COUNTS} (?:(?P<unit>{_UNIT_WORD}) (?:of )?)?", re.I
)
_LATER = re.compile(rf"(?<![\w/.,]){_ABOUT}(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?[ -]?(?P<unit>{_UNIT_WORD})", re.I)
_LAST = re.compile(rf"(?: x ?|[ :(])(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?\)?$")
_FIRST_MEASURE = re.compile(rf"(?P<low>{_NUMBER})(?:{_TO}{_NUMBER})?[ -]?(?P<unit>{_MEASURE_WORD})", re.I)
_PACK_SIZE = re.compile(rf"(?<![\w/.,])(?:\({_MEASURES}\)|{_MEASURES} {_ADJECTIVES}{_PACK_WORD})", re.I)
_OTHER_MEASURES = re.compile(rf"(?<![\w/.,])(?:\({_MEASURES}\)|{_MEASURES})", re.I)
_HYPHENED = re.compile(r"\d-[a-z]", re.I)
_DIGIT = re.compile(r"\d")
_EDGES = " ,;:-–—*/+."
_OF = re.compile(r" ?of(?: the)? ", re.I)
_PIECE_LAST = re.compile(r"(?P<food>garlic|thyme|rosemary|parsley|mint|celery) (?P<unit>cloves?|sprigs?|sticks?)\b", re.I)
_OPTIONAL = re.compile(r"\boptional(?:ly)?\b|\bif (?:desired|liked|you like|wished)\b", re.I)
_FOR_THE = re.compile(
    r"(?:for (?:the )?|the )(?:[\w'’-]{1,20} ){0,3}(?:sauce|dressing|marinade|filling|topping|garnish|glaze|icing"
    r"|frosting|base|crust|pastry|dough|batter|crumble|gravy|stuffing|salsa|rub|sponge|slaw)",
    re.I,
)
_FOR_A_DISH = re.compile(r"for the [\w'’-]{3,20}", re.I)
"""A part of the meal and nothing else: "For the chicken"."""
_LAST_STEP = re.compile(
    r"(?:to|for) (?:finish(?:ing)?|serv(?:e|ing)|assembl(?:e|y|ing)|decorat(?:e|ing|ion)|garnish(?:ing)?|plat(?:e|ing)"
    r"|top(?:ping)?|coat(?:ing)?|dust(?:ing)?|dress(?:ing)?)|(?:optional )?(?:toppings?|garnish(?:es)?|extras|fillings?)",
    re.I,
)
_EQUIPMENT = re.compile(r"(?:special |optional )?equipment\b.*|you(?:['’]ll| will) (?:also )?need:?", re.I)
_CUT_ONLY = re.compile(
    rf"(?:into |cut into )?{_SIZE} ?(?:pieces|chunks|cubes|dice|slices|strips|lengths|rounds|batons)", re.I
)
"""What is left of a line that a page broke in two: "3cm pieces"."""
_EMPTY_BRACKETS = re.compile(r" ?\([ ,;.]*\)")
_STRAY_SIGNS = re.compile(r"(?<=\() ?[,;] ?| ?[,;] ?(?=\))|[,;:] ?(?=[,;])| (?=[,;:)])")
_AFTER_WORD = re.compile(r"\b(or|and|plus|with|of|into|about), ", re.I)


def read_line(text: str) -> Ingredient:
    """One line of an ingredient list, as read. Never raises; what cannot be read is all `food`."""
    line = _plain(text)
    if len(line) > LONGEST_LINE:
        return Ingredient(text, food=line)
    if _is_heading(line):
        return Ingredient(text, is_heading=True)
    amount, amount_to, unit, food = _read(_without_sizes(line))
    return Ingredient(text, amount, amount_to, unit, food, is_optional=bool(_OPTIONAL.search(line)))


def judge_line(table: FoodTable, line: Ingredient, sheets: Sequence[Sheet] = ()) -> Finding:
    """The verdict on a line as bought, under the sheets that apply. A heading names no food, so it is unknown.

    The name of a maker needs no explaining. A word that nobody knows is one where a ® or ™ follows it, where it is an
    example of what the line names ("tomatoes (such as Zyx)"), or where it is somebody's ("Zyx's"), in capitals. Of shelf
    goods it is one as well where it stands in capitals between the amount and a name in small letters ("1 tbsp Zyx
    pesto"), and what stands in brackets behind them ("flour (Zyx)") is a note. What is left must still name the same food.
    """
    text = _HALF_NAMED.sub(_whole_name, _without_brackets(table, line.food or line.text))
    finding = replace(judge(table, "" if line.is_heading else text, sheets), asked=line.food or line.text)
    if not finding.unexplained or not finding.about:
        return finding
    without = judge(table, _without_makers(table, text, finding, line.amount is not None), sheets)
    return replace(without, asked=finding.asked) if _named(without) == _named(finding) else finding


def _without_brackets(table: FoodTable, text: str) -> str:
    """The text with "(sushi) rice" as "sushi rice": brackets round the first word of a name cut no name in two."""

    def joined(found: re.Match[str]) -> str:
        pieces = table.names.read(f"{found[1]} {found[2]}")
        return f"{found[1]} {found[2]}" if len(pieces) == 1 and pieces[0].kind is Kind.NAME else found[0]

    return _BRACKETED_FIRST.sub(joined, text)


def _whole_name(found: re.Match[str]) -> str:
    """What a list calls "8 rolls" or "375 g shortcrust", where nothing else stands on the line."""
    return f"bread {found[0]}" if found["roll"] else f"{found[0]} pastry"


def _named(finding: Finding) -> list[str]:
    return [one.food.slug for one in finding.about]


def _without_makers(table: FoodTable, text: str, finding: Finding, after_amount: bool) -> str:
    """The text without the words that are makers' names, and without notes in brackets on shelf goods."""
    marks = [_MARKED, _EXAMPLE]
    if all(one.verdict is not Verdict.OK or one.food.food_class.slug in _NEVER_FROM_A_FARM for one in finding.about):
        marks.append(_SOMEBODYS)
    all_fine = all(one.verdict is Verdict.OK for one in finding.about)
    classes = {one.food.food_class.slug for one in finding.about}
    if all_fine and classes <= _FROM_THE_SHELF:
        marks.append(_NOTE)
    if all_fine and classes <= _FROM_THE_SHELF - _NAMES_OF_DISHES and after_amount:
        marks.append(_UNMARKED)
    for mark in marks:
        text = mark.sub(functools.partial(_only_known, table), text)
    return text


def _only_known(table: FoodTable, found: re.Match[str]) -> str:
    """The words of a maker's name that mean something for all that, so that no food is hidden in it."""
    words = re.split(r"[\s-]+", found["maker"])
    start, end = found.start("maker") - found.start(), found.end("maker") - found.start()
    kept = " ".join(word for word in words if not _nobody_knows(table, word))
    return found[0][:start] + kept + found[0][end:]


def _nobody_knows(table: FoodTable, word: str) -> bool:
    """Is it no word of any name, nor of how long ago? One that stands in a longer name may be part of it, misspelt."""
    pieces = table.names.read(word)
    if not table.names.vocabulary.since.isdisjoint(one.text for one in pieces):
        return False
    return all(one.kind is Kind.UNEXPLAINED and (len(one.text) < 2 or not table.names.holds(one.text)) for one in pieces)


def pack_size(text: str) -> tuple[Fraction, str] | None:
    """How much one pack holds, where a line counts packs: "2 x 400g tins" -> (400, "g"). None where it does not say."""
    if read_line(text).unit not in PACKS:
        return None
    line = _without_sizes(_plain(text))
    if packed := _PACKED.match(line):
        return _first_measure(packed["each"])
    found = _PACK_SIZE.search(line)
    return _first_measure(found[0]) if found else None


_MAKER = r"[A-Z][\w'’&.-]{0,20}(?: (?:[A-Z&][\w'’&.-]{0,20})){0,5}"
_MARKED = re.compile(rf"(?P<maker>{_MAKER}) ?[®™]")
_EXAMPLE = re.compile(
    r"(?i:\b(?:such as|like|e\.g\.,?|for example|(?:we|i) (?:use|used|like)|preferably)) "
    rf"(?P<maker>{_MAKER})[®™]?"
    r"(?= ?[),;.]| (?i:brand)\b|$)"
)
_SOMEBODYS = re.compile(r"(?P<maker>[A-Z][a-z]{2,15}['’]s)(?= [A-Za-z])")
_NOTE = re.compile(
    r"(?<=[a-z] )\((?P<maker>(?!(?i:or|and|with|plus|in|on|for|to|not|no|from|such as|like|eg|e\.g\.)\b)"
    r"(?:(?! (?i:or|and|with|plus|in|on|for|not) )[^(),;/&+]){2,40})\)"
)
"""A note in brackets that names nothing beside or instead of the food: no comma, no "or", no "with"."""
_UNMARKED = re.compile(r"^(?P<maker>(?:[A-Z][\w'’&.-]{1,20} ){1,3})(?=(?:[\w-]+ )?[a-z])")
"""Capitals right after the amount, with a name in small letters after them."""
_HALF_NAMED = re.compile(
    r"^(?P<roll>rolls?)(?=$|, (?:split|halved|toasted|to serve)$)|^(?:ready[- ]rolled )?shortcrust$", re.I
)
"""A whole line that is half a name. On a phone "roll" may be sushi; bought by the number it is bread."""
_BRACKETED_FIRST = re.compile(r"\((\w+)\) (\w+)")
_FROM_THE_SHELF = frozenset({"staple", "sauces", "canned", "herbs", "nuts", "dried-fruits", "honey-choc", "plain-drink"})
"""Classes of what is dry, sealed or sour, so that no maker's name and no note makes it another food."""
_NAMES_OF_DISHES = frozenset({"staple"})
"""Classes whose foods end the names of dishes: "Zyx rice" may be one that we do not know."""
_NEVER_FROM_A_FARM = frozenset(
    {"staple", "sauces", "canned", "herbs", "nuts", "dried-fruits", "honey-choc", "bakery", "rice-pasta", "plain-drink"}
)
"""Classes that have no raw form which "Somebody's" might mean, as it does in "Neighbour's milk"."""

_Read = tuple[Fraction | None, Fraction | None, str, str]


def _read(line: str) -> _Read:
    """Amount, amount to, unit and food of a line, by the first way of writing that fits."""
    if found := _PACKED.match(line):
        return _read_packed(line, found)
    if found := _MEASURED.match(line):
        spelt = line if found["unit"] else _with_unit_spelt(line)
        return _read_measured(line, found) if spelt == line else _read(spelt)
    if found := _VAGUE.match(line):
        return Fraction(1), None, *_unit_and_food(found["unit"], line[found.end() :], line)
    if found := _PART_OF.match(line):
        unit, food = _unit_and_food(found["unit"], line[found.end() :], line)
        return *_amounts(found), unit, found["part"] + food
    return _read_later(line)


def _with_unit_spelt(line: str) -> str:
    """The line with a slip in the unit put right: "2 teasoons vanilla". A unit says nothing about the food."""
    found = _WORD_AFTER_NUMBER.match(line)
    word = found["word"].lower() if found else ""
    if not found or word in _UNITS:
        return line
    # Not where only the first letter differs: "2 rounds" are not "2 pounds".
    meant = [unit for unit in _LONG_UNITS if is_one_slip(word, unit) and (unit[0] == word[0] or word[1:] == unit)]
    return f"{line[: found.start('word')]}{meant[0]}{line[found.end('word') :]}" if meant else line


def _read_packed(line: str, found: re.Match[str]) -> _Read:
    """ "1 (14 oz) can coconut milk", "2 x 175g chicken breasts": a number of things and how much each holds."""
    amount, amount_to = _amounts(found)
    unit, food = _unit_and_food(found["unit"], line[found.end() :], line)
    size = _first_measure(found["each"])
    if size and found["each"].lstrip().lower().startswith("x") and not found["unit"]:
        return amount * size[0], amount_to and amount_to * size[0], size[1], food
    return amount, amount_to, unit, food


def _read_measured(line: str, found: re.Match[str]) -> _Read:
    """ "500g/1lb 2oz beef", "3-4 garlic cloves", "400g tin tomatoes": an amount, perhaps of a unit."""
    amount, amount_to = _amounts(found)
    rest, word = line[found.end() :], found["unit"]
    unit = _unit(word)
    if unit == "lb" and not amount_to and (ounces := _OUNCES.match(rest)):
        amount, word, rest = amount * 16 + _value(ounces[1]), "oz", rest[ounces.end() :]
    if unit in MEASURES and (also := _ALSO.match(rest)):
        rest = rest[also.end() :]
    if unit in MEASURES and (pack := _PACK_NEXT.match(rest)):
        return Fraction(1), None, *_unit_and_food(pack["unit"], rest[pack.end() :], line)
    if not word and (piece := _PIECE_LAST.search(rest)) and len(rest[: piece.start()].split()) < 2:
        word, rest = piece["unit"], rest[: piece.end("food")] + rest[piece.end() :]
    return amount, amount_to, *_unit_and_food(word, rest, line)


def _read_later(line: str) -> _Read:
    """ "unpasteurised milk 1 pint", "mustard: 2tbsp", "eggs 3": the amount stands after the food, or nowhere."""
    if found := _LATER.search(line):
        unit = _unit(found["unit"])
        kept = _sold(unit, found["unit"]) if unit in PACKS or unit in PIECES else ""
        return *_amounts(found), unit, _food(f"{line[: found.start()]} {kept}, {line[found.end() :]}")
    if found := _LAST.search(line):
        return *_amounts(found), "", _food(line[: found.start()])
    return None, None, "", _food(line)


def _unit_and_food(word: str | None, rest: str, line: str) -> tuple[str, str]:
    """Our name of the unit, and the food: with the unit's own word where that says how the food is sold.

    In "3 cloves, crushed" the word that looks like a unit is the food.
    """
    unit = _unit(word)
    food = _food(_OF.sub("", rest, count=1) if _OF.match(rest) else rest)
    if not word:
        return "", food or _food(line)
    if not food or rest.lstrip()[:1] in ",;":
        return "", _food(f"{word} {rest}".replace(" ,", ","))
    return unit, f"{_sold(unit, word)} {food}" if unit in PACKS else food


def _sold(unit: str, word: str) -> str:
    """A pack's word as it says how the food is sold. "can" alone is also a verb and "tin" a thing to bake in."""
    return "tinned" if unit == "tin" else word


def _food(text: str) -> str:
    """The text without any amount that is left in it, and without the signs that stood around it."""
    if _DIGIT.search(text):
        text = _OTHER_MEASURES.sub(_break, text)
    if " ," in text or "  " in text or "(" in text:
        text = _EMPTY_BRACKETS.sub("", " ".join(text.split()))
        text = _AFTER_WORD.sub(r"\1 ", _STRAY_SIGNS.sub("", text))
    return text.strip(_EDGES)


def _break(found: re.Match[str]) -> str:
    """What an amount leaves behind: a comma, so that no food's name grows together across it; not in "a 2-lb melon"."""
    return " " if found[0][0] == "(" or _HYPHENED.search(found[0]) else " , "


def _plain(text: str) -> str:
    """The line with plain fractions and signs, single spaces and no bullet before it."""
    line = html.unescape(text) if "&" in text else text
    line = " ".join((line if line.isascii() else line.translate(_PLAIN_SIGNS)).split())
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _without_sizes(line: str) -> str:
    """The line without lengths: "cut into 1/2-inch dice" -> "cut into dice"."""
    return " ".join(_SIZES.sub(_count_before_size, line).split()) if _HAS_LENGTH.search(line) else line


def _count_before_size(found: re.Match[str]) -> str:
    """At the start of a line "4 1/2-inch slices" are four slices of half an inch."""
    count, space, fraction = found[0].partition(" ")
    return f"{count} " if not found.start() and space and count.isdigit() and "/" in fraction[:5] else " "


def _is_heading(line: str) -> bool:
    if line[:1].isdigit():
        return bool(_CUT_ONLY.fullmatch(line))
    if line.endswith(":") and not _DIGIT.search(line):
        return True
    return any(pattern.fullmatch(line) for pattern in (_FOR_THE, _FOR_A_DISH, _LAST_STEP, _EQUIPMENT, _CUT_ONLY))


def _first_measure(text: str) -> tuple[Fraction, str] | None:
    found = _FIRST_MEASURE.search(text)
    return (_value(found["low"]), _unit(found["unit"])) if found else None


def _amounts(found: re.Match[str]) -> tuple[Fraction, Fraction | None]:
    low = _value(found["low"])
    if not found["high"]:
        return low, None
    high = _value(found["high"])
    return min(low, high), max(low, high)


def _unit(word: str | None) -> str:
    """Our name of a unit. T is a tablespoon and t a teaspoon; no other capital letter matters."""
    plain = (word or "").rstrip(".")
    return _UNITS.get(plain) or _UNITS.get(plain.lower(), "")


@functools.lru_cache(maxsize=4096)
def _value(text: str) -> Fraction:
    """A number as people write it: "1 1/2", "1-1/2", "0,5", "1,000", "half a"."""
    if (words := text.lower()) in COUNTS:
        return Fraction(COUNTS[words])
    if "/" in text:
        parts = [int(part) for part in re.findall(r"\d+", text)]
        return Fraction(parts[-2], parts[-1]) + (parts[0] if len(parts) == 3 else 0)
    thousands = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", text)
    return Fraction(text.replace(",", "") if thousands else text.replace(",", "."))

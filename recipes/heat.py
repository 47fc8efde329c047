"""Is this heat enough for this food? The cook-well rule, and what a recipe's own words promise.

A core temperature of 70 °C counts by itself. Below that only a stated pair counts, and pairs are never interpolated. With
no temperature, a recipe's words ("until no longer pink") or its minutes in an oven, a pot or a pan are held against what
that kind of food needs. Where neither is enough the answer is MAYBE, never THROUGH.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum

from foods.food import Food

CORE_IS_ENOUGH = 70.0
"""°C in the middle, no time needed: what a cook reads off a probe has been that hot for a while."""

PAIRS = ((60.0, 45.0), (65.0, 10.0), (70.0, 2.0), (75.0, 0.5), (80.0, 0.1))
"""°C in the middle, and for how many minutes. Food Standards Agency."""


class Way(Enum):
    """How heat reaches the food."""

    OVEN = "oven"
    WET = "wet"
    PAN = "pan"
    WARM = "warm"


class Done(IntEnum):
    """How far a heat has cooked a food. Ordered: a later, better heat makes good an earlier one."""

    NOT = 0
    MAYBE = 1
    UNDER = 2
    THROUGH = 3


class Kind(Enum):
    """What sort of thing must be cooked: each has its own signs of being done."""

    EGG = "egg"
    WHOLE_CUT = "whole cut"
    STRIPS = "meat in thin strips"
    MINCE = "mince"
    PATTY = "burger, meatball or meat loaf"
    POULTRY = "poultry"
    SAUSAGE = "sausage, bacon, or meat sold cooked"
    FISH = "fish"
    SHELLFISH = "shellfish"
    CHEESE = "cheese"
    VEGETABLE = "vegetable"
    OTHER = "other"


_KIND_OF_CLASS = {
    "eggs": Kind.EGG, "egg-dish-raw": Kind.EGG, "red-meat": Kind.WHOLE_CUT, "offal-game": Kind.WHOLE_CUT,
    "sous-vide": Kind.WHOLE_CUT, "poultry": Kind.POULTRY, "deli-meat": Kind.SAUSAGE, "cured-meats": Kind.SAUSAGE,
    "hot-dogs": Kind.SAUSAGE, "fish-cooked": Kind.FISH, "fish-raw": Kind.FISH, "fish-cold-smoked": Kind.FISH,
    "fish-hot-smoked": Kind.FISH, "roe": Kind.FISH, "shellfish-cooked": Kind.SHELLFISH, "shellfish-raw": Kind.SHELLFISH,
    "surimi": Kind.SHELLFISH, "cheese-soft-mould": Kind.CHEESE, "cheese-soft-blue": Kind.CHEESE,
    "cheese-hard-blue": Kind.CHEESE, "cheese-washed-rind": Kind.CHEESE, "cheese-fresh": Kind.CHEESE,
    "cheese-hard": Kind.CHEESE, "cheese-deli-grated": Kind.CHEESE, "raw-dairy": Kind.CHEESE, "plant-dairy": Kind.CHEESE,
    "frozen-veg": Kind.VEGETABLE, "frozen-fruits": Kind.VEGETABLE, "sprouts": Kind.VEGETABLE,
    "salad-bagged": Kind.VEGETABLE, "mushroom-kinds": Kind.VEGETABLE, "produce-cut": Kind.VEGETABLE,
}  # fmt: skip
_BIRD = re.compile(r"\b(?:chicken|turkey) (?:liver|heart|gizzard|giblet)|giblets")
_FAT = re.compile(r"\b(?:fat|suet|dripping|lard|tallow|schmaltz)\b")
_SHAPED = re.compile(
    r"\b(?:patt(?:y|ies)|burgers?|meatballs?|koftas?|kofte|kebabs?|skewers?|loaf|meat ?loaf|cutlets?|balls)\b"
)
_SOLD_COOKED = re.compile(
    r"(?<!part[- ])(?<!half[- ])(?<!lightly )(?<!partially )(?<!partly )(?<!not )(?<!be )\bcooked\b(?!-)"
    r"|\brotisserie\b|\bleft[- ]?over\b"
)
"""Meat that was cooked before needs what sliced meat needs: to be hot right through."""
_MINCED = re.compile(r"\b(mince|minced|ground|burger|meatball|patty)")
_THIN = re.compile(
    r"\b(?:thin(?:ly)? (?:sliced|cut|shaved)|sliced thinly|(?:thin|fine|in|into) (?:\w+ )?strips|shaved"
    r"|stir[- ]fry (?:beef|pork|lamb|strips)|(?:diced|cut|chopped) (?:\w+ )?small|finely (?:diced|chopped)|small dice)"
)
_CUT_THIN = re.compile(
    r"\b(?:slice|cut) (?:the )?(?P<what>[\w ,'-]{3,60}?) (?:very )?"
    r"(?:thinly\b|in(?:to)? (?:\S+ )?(?:thin |fine )?(?:strips|slivers)\b|into (?:1/[48]|[¼⅛])-inch-thick slices)"
)
_SAUSAGES = re.compile(
    r"\b(hot dog|frankfurter|frank|wiener|bacon|sausage|lardon|pancetta|chorizo|gammon|ham|pudding|guanciale"
    r"|bratwurst|chipolata)"
)


def kind_of(food: Food | None, words: str, method: str = "") -> Kind:
    """What sort of thing an ingredient is: from its class, the recipe's words for it, and what the method shapes it into."""
    if food is None:
        return Kind.OTHER
    kind = Kind.OTHER if _FAT.search(food.name.lower()) else _KIND_OF_CLASS.get(food.food_class.slug, Kind.OTHER)
    if _BIRD.search(food.name.lower()) and kind is Kind.WHOLE_CUT:
        kind = Kind.POULTRY
    named = f"{food.name} {words}".lower()
    if kind in (Kind.WHOLE_CUT, Kind.POULTRY) and _SOLD_COOKED.search(named) and not _UNDER.search(named):
        return Kind.SAUSAGE
    if kind in (Kind.WHOLE_CUT, Kind.POULTRY) and _MINCED.search(named):
        return Kind.PATTY if _SHAPED.search(f"{named} {method}".lower()) else Kind.MINCE
    if kind is Kind.WHOLE_CUT and _SAUSAGES.search(named):
        return Kind.SAUSAGE
    if kind is Kind.WHOLE_CUT and (_THIN.search(named) or _is_cut_thin(named, method.lower())):
        return Kind.STRIPS
    return kind


def _is_cut_thin(named: str, method: str) -> bool:
    """Does the method cut this into thin strips before it is cooked?"""
    words = set(re.findall(r"[a-z]{3,}", named))
    return any(words & set(found["what"].split()) for found in _CUT_THIN.finditer(method))


_BROWNED = re.compile(r"brown|golden|tender|soft|heated through")
_UNTIMED = 3


def minutes_at_least(kind: Kind, way: Way, text: str) -> float | None:
    """The minutes that a heating without a time takes at the least, where its words say: browning thin strips of meat."""
    return _UNTIMED if kind is Kind.STRIPS and way is Way.PAN and _BROWNED.search(text) else None


@dataclass(frozen=True)
class Heat:
    """One heating as a recipe describes it: the way, the minutes (None where it does not say) and its words.

    `earlier` are the minutes of the heatings before it, by their ways.
    """

    way: Way
    minutes: float | None
    text: str
    earlier: Mapping[Way, float] = field(default_factory=dict)


_NEEDED = {
    Kind.EGG: {Way.OVEN: 8, Way.WET: 8},
    Kind.WHOLE_CUT: {Way.OVEN: 100, Way.WET: 20},
    Kind.STRIPS: {Way.OVEN: 20, Way.WET: 10, Way.PAN: 6},
    Kind.MINCE: {Way.OVEN: 15, Way.WET: 10, Way.PAN: 6},
    Kind.PATTY: {Way.OVEN: 18, Way.WET: 15},
    Kind.POULTRY: {Way.OVEN: 20, Way.WET: 10, Way.PAN: 10},
    Kind.SAUSAGE: {Way.OVEN: 8, Way.WET: 5, Way.PAN: 4},
    Kind.FISH: {Way.OVEN: 10, Way.WET: 6, Way.PAN: 8},
    Kind.SHELLFISH: {Way.OVEN: 8, Way.WET: 3, Way.PAN: 4},
    Kind.CHEESE: {Way.OVEN: 10, Way.WET: 2, Way.PAN: 4},
    Kind.VEGETABLE: {Way.OVEN: 8, Way.WET: 2, Way.PAN: 2},
    Kind.OTHER: {Way.OVEN: 12, Way.WET: 8, Way.PAN: 8},
}
"""Minutes that are enough by themselves, where a recipe gives no other sign. A pan never finishes an egg or a whole cut."""

_THIN_ENOUGH = frozenset({Kind.STRIPS, Kind.FISH, Kind.SHELLFISH, Kind.MINCE, Kind.SAUSAGE, Kind.CHEESE, Kind.VEGETABLE})
"""Seared in a pan and then finished in an oven or a sauce, both together cook these. Thick meat and eggs not."""

_TOO_SHORT = {Kind.WHOLE_CUT: 4, Kind.POULTRY: 4, Kind.PATTY: 4, Kind.FISH: 2, Kind.SHELLFISH: 1.5}
"""Minutes after which the middle is still raw, whatever the heat."""
_SOFT_EGG = 7
"""Minutes in boiling water that leave the yolk of a whole egg soft."""
_WHOLE_EGG = re.compile(
    r"\bpoach|\bcoddle|\b(?:boil|simmer|cook|lower)\b(?! the water)[^.;]*\beggs?\b(?! (?:mix|and|noodle))"
)
_RAW_MEAT = frozenset({Kind.EGG, Kind.WHOLE_CUT, Kind.STRIPS, Kind.MINCE, Kind.PATTY, Kind.POULTRY})
_LEFT_PINK = frozenset({Kind.WHOLE_CUT, Kind.STRIPS, Kind.PATTY, Kind.POULTRY, Kind.FISH, Kind.SHELLFISH})
"""What cooks to somebody's liking may be cooked too little. The rest has had its minutes, and is only browner."""
_HEATED = re.compile(
    r"(?:according to|following|as per|directed on) (?:the )?(?:pack|box)"
    r"|(?:hot|heated) (?:all the way )?through|heat through|steaming|piping hot|until hot\b"
)
"""Enough for what was sold cooked; "heated through" says too little of raw meat."""
_ANY_THROUGH = re.compile(
    r"cook(?:ed|s)? (?:all the way |right |completely )?through|fully cooked|completely cooked|(?:no longer|not|no) pink"
    r"|no trace of pink|lost its pink|pink(?:ness)? (?:is|has) gone|isn'?t pink|juices? (?:\w+ ){0,3}clear"
    r"|well[- ]done|piping hot|steaming hot"
    r"|toothpick|skewer (?:inserted )?\w* ?comes out"
)
_SIGNS = {
    Kind.EGG: re.compile(
        r"yolks? (?:\w+ ){0,3}(?:set|firm|hard|cooked)|(?:whites? and yolks?|eggs?) (?:\w+ ){0,3}(?:set|firm"
        r"|cooked|scrambled)"
        r"|until (?:\w+ )?set|set in the|is set|are set"
        r"|scrambl|over[- ]hard|hard[- ]boil|golden|brown|bubbl|thicken|coats? (?:the|a)\b|puffed|crisp|springs? back|firm"
    ),
    Kind.WHOLE_CUT: re.compile(
        r"fork[- ]tender|falling apart|falls? apart|shred|very tender|until tender|until (?:\w+ )*meat is tender"
    ),
    Kind.STRIPS: re.compile(
        r"fork[- ]tender|falling apart|falls? apart|shred|very tender|finish(?:ed)? cooking"
        r"|until (?:\w+ ){0,3}(?:meat|beef|pork|lamb|strips|venison) (?:is|are) (?:cooked|done)"
    ),
    Kind.MINCE: re.compile(r"brown|crumbl|cooked|crisp"),
    Kind.PATTY: re.compile(r"falling apart"),
    Kind.POULTRY: re.compile(
        r"shred|falling apart|falls? apart|fork[- ]tender|until (?:chicken|turkey|meat|it) is (?:cooked|done|tender)"
    ),
    Kind.SAUSAGE: re.compile(r"brown|crisp|golden|cooked|render|charred|sizzl|boil|(?:[5-9]|1\d) min[^.;]*bubbl"),
    Kind.FISH: re.compile(r"flak|opaque|no longer trans(?:lucent|parent)"),
    Kind.SHELLFISH: re.compile(r"opaque|no longer trans(?:lucent|parent)|pink|opened?\b|curl|firm|cooked"),
    Kind.CHEESE: re.compile(r"bubbl|boil|golden|browned|simmer"),
    Kind.VEGETABLE: re.compile(r"boil|tender|wilt|hot|soft|cooked|brown|crisp|golden|collapse|bubbl"),
    Kind.OTHER: re.compile(r"bubbl|golden|brown|tender|soft|crisp"),
}
_EGG_IN_PART = re.compile(
    r"edges?|under(?:side|neath)|bottom|outside|just set|softly set|slightly|very low|simmering water|double boiler"
    r"|\b(?:fry|cook) (?:the |an? |your |\d+ )*eggs?\b(?! (?:mix|and))"
)
"""On the hob these say that an egg is set outside, or warm: a fried egg's crisp edge, a sauce that thickens slightly."""
_UNDER = re.compile(
    r"\brare\b|medium[- ](?:rare|well)|medium doneness|for medium\b(?![- ](?:low|high|heat|hot|flame|speed))"
    r"|minutes to medium\b(?![- ](?:low|high|heat|hot|flame|speed))"
    r"|\brunny\b|soft[- ]boil|soft[- ]poach|softly scrambled|jammy|sunny[- ]side|over[- ]easy"
    r"|yolks? (?:\w+ ){0,4}(?:soft|runny|liquid|loose|creamy|jammy)|whites? (?:\w+ ){0,3}(?:set|cooked|opaque|firm)"
    r"|eggs? over[- ]medium\b(?![- ](?:low|high|heat))|still (?:a little |slightly )?(?:pink"
    r"|wobbly and raw|translucent|raw|loose)"
    r"|pink (?:in|inside|at)|(?:slightly|a little) (?:underdone|undercooked|pink)|blushing|\brosy\b|for pink"
    r"|\b(?:stays?|keep(?:s|ing)?|remains?|leave|left) (?:it |them )?(?:\w+ )?(?:pink|rare)\b|yolks? (?:\w+ ){0,3}runs?\b"
    r"|barely (?:cooked|set|warm)|just warm|translucent in the|(?:red|raw|blue) (?:inside|within|in the)"
    r"|\b(?:is|are|for|very) blue\b"
    r"|\b(?:yolks?|eggs?|top|middles?|cent(?:re|er)s?|insides?|flesh|meat)\b"
    r"(?: (?!not\b|no\b|never\b|without\b|longer\b)\w+){0,7}"
    r" (?:molten|liquid|runny|oozing|oozy|raw|rare|wet|uncooked|underdone|undercooked)\b"
    r"|\bstill (?:\w+ ){0,2}(?:wet|runny|creamy|liquid|foamy|frothy|underdone|undercooked|oozing|very soft)\b"
    r"|\b(?:slightly|a (?:bit|little)) raw\b"
)
_CHEESE_IN_PAN = re.compile(r"bubbl|boil|simmer")
"""In a pan it is the bread round the cheese that is golden."""
_FULLY_SET = re.compile(
    r"yolks? (?:\w+ ){0,4}(?:set|firm|hard)|they are (?:\w+ )?firm|no liquid|no runny|fully (?:set|cooked)"
    r"|set (?:and firm|firm|right through)"
)
_MUST_BE = re.compile(
    r"\b(?:they|it|eggs?|yolks?|omelettes?|everything) (?:must|should|needs? to|ha(?:s|ve) to) be\b"
    r"|\byolks? (?:will|should) be\b"
)
_NOT_UNDER = re.compile(
    r"(?:no longer|not|no|isn'?t|never|nothing (?:stays|is|remains|looks)) (?:\w+ ){0,2}(?:pink|runny|rare|translucent)"
    r"|yolks? (?:\w+ ){0,4}(?:set|firm|hard)"
)
_AS_YOU_LIKE = re.compile(
    r"as you like|how you like|you like (?:it|them|your)|you prefer (?:it|them|your)|desired (?:doneness|degree|temp)"
    r"|preferred doneness|doneness you|your preference|to taste preference|(?<!softened to your )liking|as long as they like"
)
_SKIN_DEEP = re.compile(r"torch|lighter\b")
"""Browns what it touches and no more."""
_DEGREES = re.compile(
    r"(\d{2,3}(?:\.\d)?)\s*(?:(?:-|–|to)\s*\d{2,3}(?:\.\d)?\s*)?(?:(?:°|º|degrees?)\s*(f|c|fahrenheit|celsius)?|(f|c)\b)"
    r"|(?:reads?|registers?|reach(?:es)?|temp(?:erature)? (?:is|of)|core temp(?:erature)?|hits) (?:about |at least )?"
    r"(\d{2,3})\b(?! ?(?:min|h|sec))"
)
_CORE_CUE = re.compile(
    r"internal|thermometer|probe|register|reads?\b|thickest|core|centre of|center of|meat temp|temperature of the"
)
_OF_A_LIQUID = re.compile(r"\b(?:water|oil|milk|syrup|yeast|dough|caramel)\b")
_LIQUID = re.compile(
    r"\b(?:heat|preheat|bring|warm|melt|keep|hold|poach|set|fill)\b[^.;]*\b(?:water|milk|stock|broth|oil|butter|fat|wine|liquid|bath)\b"
)
_OVEN_CUE = re.compile(
    r"(?:\bat|\boven|preheat\w*|\bfan|\bset|\bheat)(?: (?:to|the|an?|your|about|oven|temperature|of|only))*[ (]*$"
)
_BATH = re.compile(r"sous[- ]?vide|water bath|water oven|circulator|\bwater (?:that is )?(?:kept|held|maintained) at")
_HELD = re.compile(
    r"\b(?:hold|held|keep|kept|maintain\w*|stays?|remains?)\b"
    r"|(?:core|inside|middle|cent(?:re|er)|temperature|thermometer|probe)\b[^.;,]{0,40}"
    r"\d{2,3} ?(?:°|º|degrees?)? ?[cf]?\w{0,9} for \d"
)
"""A core temperature and how long: "keep it at 65 °C", "an internal temperature of 60 °C for 45 minutes"."""
_BATH_MINUTES = 60
"""How long the middle of a food takes to be as hot as the bath."""
_NEAR = 60
"""Letters before a number that say whether it is the oven's."""
_SLOW_OVEN = 120
"""°C. In an oven cooler than this a time says little."""


def speaks_of_doneness(text: str) -> bool:
    """Does a sentence that heats nothing say how far something is to be cooked?

    "The middle should read 130 °F." "They must be set and firm, with no liquid left."
    """
    if _OF_A_LIQUID.search(text) and not _CORE_CUE.search(text) and not is_water_bath(text):
        return False
    if _MUST_BE.search(text) and _FULLY_SET.search(text):
        return True
    return core_temperature(text) is not None or _says_underdone(text)


@functools.lru_cache(maxsize=64)
def _says_underdone(text: str) -> bool:
    """Kept for the few texts last asked about, which each food of a mixture asks again."""
    return bool(_UNDER.search(text) and not _NOT_UNDER.search(text))


def liquid_temperature(text: str) -> float | None:
    """The temperature in °C that a liquid is brought to, where what is poached in it could stay underdone."""
    if not _LIQUID.search(text):
        return None
    found = [degrees for degrees, of_oven in _temperatures(text) if 45 <= degrees < CORE_IS_ENOUGH and not of_oven]
    return min(found, default=None)


def is_water_bath(text: str) -> bool:
    """Is it cooked sous vide, in water that is kept at a core's temperature?"""
    return bool(_BATH.search(text))


def how_done(kind: Kind, heat: Heat) -> Done:
    """How far one heating cooks one kind of food."""
    core = core_temperature(heat.text)
    if core is not None:
        return Done.THROUGH if core_is_enough(core, _minutes_held(heat)) else Done.UNDER
    if kind is not Kind.VEGETABLE and _says_underdone(heat.text):
        return Done.UNDER
    as_you_like = _AS_YOU_LIKE.search(heat.text) and not (kind not in _LEFT_PINK and _share_of_time(kind, heat) >= 1)
    if as_you_like or _SKIN_DEEP.search(heat.text):
        return Done.MAYBE
    if heat.way is Way.WARM:
        return Done.THROUGH if re.search(r"piping|steaming|bubbl|boil", heat.text) else Done.MAYBE
    hot = kind not in _RAW_MEAT and _HEATED.search(heat.text)
    if hot or _ANY_THROUGH.search(heat.text) or _shows_signs(kind, heat):
        return Done.THROUGH
    return Done.UNDER if _is_soft_egg(kind, heat) else Done.THROUGH if _share_of_time(kind, heat) >= 1 else Done.MAYBE


def _is_soft_egg(kind: Kind, heat: Heat) -> bool:
    """ "Poach the eggs for 3 minutes": a whole egg in water for too short a time."""
    short = heat.way is Way.WET and heat.minutes is not None and heat.minutes < _SOFT_EGG
    return kind is Kind.EGG and short and bool(_WHOLE_EGG.search(heat.text)) and "pressure" not in heat.text


def is_too_short(kind: Kind, minutes: Mapping[Way, float]) -> bool:
    """Were all the heats of a food together so short that it is plainly underdone inside: a steak, a minute a side?"""
    return 0 < sum(minutes.values()) <= _TOO_SHORT.get(kind, 0)


def is_called_underdone(dish: str) -> bool:
    """Does a dish's own name say it: "rare roast beef", "soft-boiled eggs"?"""
    return bool(_UNDER.search(dish.lower()))


def _minutes_held(heat: Heat) -> float | None:
    """How long a food is held at its core temperature, where that is said. The time that it takes to get there is none."""
    if heat.minutes is None:
        return None
    if is_water_bath(heat.text):
        return heat.minutes - _BATH_MINUTES
    return heat.minutes if _HELD.search(heat.text) else None


def _share_of_time(kind: Kind, heat: Heat) -> float:
    """How much of the time that it needs a food has had: by this heat, and for a thin one by those before it."""
    needed = _NEEDED[kind]
    if heat.minutes is None or heat.way not in needed:
        return 0
    earlier = heat.earlier if kind in _THIN_ENOUGH else {}
    return heat.minutes / needed[heat.way] + sum(minutes / needed[way] for way, minutes in earlier.items() if way in needed)


def _shows_signs(kind: Kind, heat: Heat) -> bool:
    if kind is Kind.WHOLE_CUT and heat.way is Way.PAN:
        return False
    if kind is Kind.CHEESE and heat.way is Way.PAN:
        return bool(_CHEESE_IN_PAN.search(heat.text))
    if kind is Kind.EGG and heat.way is not Way.OVEN and _EGG_IN_PART.search(heat.text):
        return bool(_FULLY_SET.search(heat.text))
    return bool(_SIGNS[kind].search(heat.text))


@functools.lru_cache(maxsize=64)
def core_temperature(text: str) -> float | None:
    """The lowest core temperature in °C that a text asks for; None where it speaks of none. An oven's is not a core's."""
    cued = bool(_CORE_CUE.search(text))
    found = [(degrees, cued or not of_oven) for degrees, of_oven in _temperatures(text)]
    cores = [degrees for degrees, is_core in found if 40 <= degrees <= 100 and (is_core or degrees < CORE_IS_ENOUGH)]
    return min(cores) if cores else None


def is_slow_oven(text: str) -> bool | None:
    """Is the oven that a text speaks of too cool for a time to say much? None where it gives no oven's temperature."""
    ovens = [degrees for degrees, of_oven in _temperatures(text) if of_oven and degrees >= 40]
    return max(ovens) < _SLOW_OVEN if ovens else None


def _temperatures(text: str) -> Iterator[tuple[float, bool]]:
    """Each temperature in a text in °C, and whether it is the oven's. Without a scale 100 and more are °F."""
    for found in _DEGREES.finditer(text):
        number = float(found[1] or found[4])
        scale = found[2] or found[3] or ("f" if number >= 100 else "c")
        degrees = (number - 32) * 5 / 9 if scale.startswith("f") else number
        yield degrees, bool(_OVEN_CUE.search(text[max(0, found.start() - _NEAR) : found.start()]))


def core_is_enough(core: float, minutes: float | None) -> bool:
    """Does a stated core temperature (°C), held for so many minutes, cook through? 63 or 65 °C alone does not."""
    if core >= CORE_IS_ENOUGH - 0.05:
        return True
    return minutes is not None and any(core >= degrees and minutes >= needed for degrees, needed in PAIRS)

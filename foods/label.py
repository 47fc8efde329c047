"""What do the words of a label say? Finds raw milk and its like in ten languages; what is not there is "not stated".

The answer is never "fine": a word on a label speaks of one ingredient, not of how the food reached the shop.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from foods.food import Verdict


class Milk(Enum):
    """What a label says about the milk in a food."""

    RAW = "raw"
    THERMISED = "thermised"
    PASTEURISED = "pasteurised"
    NOT_STATED = "not stated"


@dataclass(frozen=True)
class Clue:
    """Words that tell something about a food, whatever it is. `means` is one sentence for the person who reads the label."""

    name: str
    verdict: Verdict
    means: str
    pattern: str


_NOT = r"(?:not|non|never|neither|no|without|nicht|ohne|sans|senza|sin|sem|niet|ikke|ej|inte|(?:is|was|has|are) ?n t)"
_PASTEURISED = r"(?:ge)?past(?:eu|o)ri[sz]\w*|pastorizzat\w*|opasteuriserad|pastöriserad"
_ABOUT_PASTEURISED = rf"{_PASTEURISED}|past[aeiou]{{1,3}}r{{1,2}}i[sz]\w*"
"""As a tired hand types it too, "pasturised"; taken only where it warns."""
_RAW_MILK = (
    r"\b(?:raw|uncooked) (?:[\w]+ ){0,4}?(?:milk|cream|butter|cheese|dairy)s?\b"
    r"|\b(?:milk|cheese|cream) (?:\( raw\b|, raw\b(?! \w))"
    r"|\blaits? (?:(?!pasteur)\w+ |[(,] ){0,4}?crus?\b|\bcrus? lait\b|\brohmilch\w*|\brohrahm\w*"
    r"|\blatte (?:\w+ |[(,] ){0,3}?crud[oa]\b|\bleche (?:\w+ |[(,] ){0,3}?cruda\b|\bleite (?:\w+ |[(,] ){0,3}?cru\b"
    r"|\brauwe (?:\w+ ){0,2}?melk\b|\brauwmelks\w*|\bramj[oe]lk\b|\bramelk\b|\brå ?mælk\b|\brå ?melk\b|\bsurowe\w* mlek\w*"
    r"|\bmlek\w* surow\w*"
)
_UNPASTEURISED = (
    rf"\b(?:un|ej|o|on|semi|part|partly|partially|half) ?(?:{_ABOUT_PASTEURISED})\b"
    rf"|\b{_NOT} (?:(?:been|be|yet|fully|always|all|only|being|with|from) )*(?:{_ABOUT_PASTEURISED})\b"
    rf"|\b{_NOT} (?:been |be )?heat ?treated\b|\bniepasteryzowan\w*"
)

CLUES = (
    Clue("raw milk", Verdict.AVOID, "It is made with raw milk, which can carry Listeria.", _RAW_MILK),
    Clue("unpasteurised", Verdict.AVOID, "It has not been pasteurised, so it counts as raw.", _UNPASTEURISED),
    Clue(
        "thermised",
        Verdict.AVOID,
        "The milk was warmed, but not enough. It counts as raw milk.",
        r"\bthermi[sz]\w*|\btermi[sz]\w*",
    ),
    Clue(
        "raw egg",
        Verdict.AVOID,
        "Raw egg can carry Salmonella. Leave it unless the label says the egg is pasteurised.",
        r"\braw (?:\w+ )?eggs?\b|\bœufs? crus?\b|\boeufs? crus?\b|\brohe?s? eier?\b|\buov[ao] crud[oe]\b",
    ),
    Clue(
        "raw fish or meat",
        Verdict.AVOID,
        "It is raw. Only heat all the way through makes raw fish and meat fine.",
        r"\braw (?:\w+ )?(?:fish|salmon|tuna|oysters?|meat|beef|ham|pork|chicken|prawns?|shellfish)\b"
        r"|\b(?:jambon|poisson|viande) crue?\b|\brohschinken\b|\brohwurst\b|\bprosciutto crudo\b",
    ),
    Clue(
        "cook it",
        Verdict.COOK,
        "The maker means it to be cooked. Cook it until it is steaming hot all the way through.",
        r"\bcook (?:thoroughly|before|through|fully)\b|\b(?:must|should|to) be cooked\b|\bnot ready to eat\b"
        r"|\bheat before eating\b"
        r"|\buncooked\b|\bcook from (?:frozen|raw)\b",
    ),
    Clue(
        "smoked or cured",
        Verdict.COOK,
        "Smoking and curing do not kill Listeria. Check the food by its name.",
        r"\bcold smoked\b|\bsmoked\b|\bcured\b|\bfum[eé]e?s?\b|\bgerauchert\w*|\baffumicat[oa]\b|\bahumad[oa]\b",
    ),
    Clue(
        "raw",
        Verdict.UNKNOWN,
        "Something in it is raw. Ask what, before you eat it.",
        r"\braw\b",
    ),
    Clue(
        "pasteurised egg",
        Verdict.UNKNOWN,
        "Its egg is pasteurised. That says nothing about milk.",
        rf"\b(?:{_PASTEURISED})(?: (?:free|range|liquid|whole|dried|hen s|hens))* eggs?\b"
        rf"|\beggs?(?: \w+)? \(? ?(?:{_PASTEURISED})\b",
    ),
    Clue(
        "pasteurised",
        Verdict.UNKNOWN,
        "It says pasteurised. Check that this is the milk, then check the food by its name.",
        rf"\b(?!pasteuri[sz](?:ation|ing))(?:{_PASTEURISED})\b|\bpasteryzowan\w*",
    ),
    Clue(
        "heat-treated",
        Verdict.UNKNOWN,
        "It was heated in its pack, which kills Listeria until the pack is opened.",
        r"\buht\b|\bsterili[sz]ed\b|\bultra ?heat ?treated\b|\bhaltbare milch\b",
    ),
    Clue(
        "keep it chilled",
        Verdict.UNKNOWN,
        "It lives in the fridge. Listeria grows there too, only slower.",
        r"\bkeep (?:me )?(?:refrigerated|chilled|cold|in (?:a|the) fridge)\b"
        r"|\bstore (?:\w+ )?(?:in (?:a|the) (?:fridge|refrigerator)|chilled|refrigerated)\b"
        r"|\brefrigerate\b|\ba conserver au (?:frais|refrigerateur)\b|\bgekuhlt\b|\bin frigorifero\b|\bconservar en frio\b",
    ),
    Clue(
        "ready to eat",
        Verdict.UNKNOWN,
        "The maker means it to be eaten as it is. That is made for healthy people.",
        r"\bready ?to ?eat\b|\bfully cooked\b|\bpret a (?:manger|consommer)\b"
        r"|\bverzehrfertig\w*|\bpronto da mangiare\b|\blisto para comer\b",
    ),
    Clue(
        "once opened",
        Verdict.UNKNOWN,
        "For you an opened pack keeps 48 hours at most. The pack or your sheet may say less.",
        r"\b(?:once|when|after) open(?:ed|ing)\b|\bapres ouverture\b|\bnach dem offnen\b",
    ),
    Clue(
        "use by",
        Verdict.UNKNOWN,
        "Never eat it after its use-by date, whatever it smells like.",
        r"\buse ?by\b|\ba consommer jusqu\w* ?au\b|\bzu verbrauchen bis\b|\bda consumare entro\b|\bfecha de caducidad\b",
    ),
)
"""Worst first. Words that one clue has claimed are not read again by a later one, so "raw milk" is not "raw" as well."""

DENIED = re.compile(
    r"\b(?:not|never) made (?:with|from|using)(?: any)? $|\bmade without(?: any| using)? $"
    r"|\b(?:contains?|uses?|with|has|have) no $"
    r"|\b(?:does|do) ?n[o ]t contain(?: any)? $|\bfree (?:from|of) $|\bno $|\bwithout(?: any)? $"
    r"|\bsans $|\bohne $|\bsenza $|\bsin $"
)
"""What stands right before words that a label takes back: "not made with raw milk". Anything looser does not count."""


@dataclass(frozen=True)
class Found:
    """A clue, and the words of the label in which it was found."""

    clue: Clue
    words: str


@dataclass(frozen=True)
class LabelReading:
    """What a label says. `denied` are words of danger that it says are not in the food."""

    found: tuple[Found, ...]
    denied: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """`AVOID` where the label names a danger, else `UNKNOWN`: words alone make nothing fine."""
        return Verdict.AVOID if any(one.clue.verdict is Verdict.AVOID for one in self.found) else Verdict.UNKNOWN

    @property
    def milk(self) -> Milk:
        """What the label says about milk. The absence of a word is "not stated", never "pasteurised"."""
        names = {one.clue.name for one in self.found}
        if names & {"raw milk", "unpasteurised"}:
            return Milk.RAW
        if "thermised" in names:
            return Milk.THERMISED
        return Milk.PASTEURISED if "pasteurised" in names else Milk.NOT_STATED


def read_label(text: str) -> LabelReading:
    """Which words of a label tell something about its danger, however they are written or broken over lines."""
    found: dict[tuple[str, str], Found] = {}
    denied: dict[str, None] = {}
    for folded in dict.fromkeys((_folded(text), _folded(_LINE_HYPHEN.sub("", text)))):
        _read(folded, found, denied)
    order = [clue.name for clue in CLUES]
    return LabelReading(tuple(sorted(found.values(), key=lambda one: order.index(one.clue.name))), tuple(denied))


_LINE_HYPHEN = re.compile(r"[-\u2010\u00ad]\s*\n\s*")


def _folded(text: str) -> str:
    """In small letters without accents. Commas, brackets and ends of sentences stand apart; other signs are spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    signs = re.sub(r"[^\w.;!?(,]", " ", letters).replace("_", " ")
    return " ".join(re.sub(r"[.;!?]", " . ", signs).replace("(", " ( ").replace(",", " , ").split())


def _read(folded: str, found: dict[tuple[str, str], Found], denied: dict[str, None]) -> None:
    left = folded
    for clue in CLUES:
        for match in re.finditer(clue.pattern, left):
            words = match.group().replace("( ", "").replace(" ,", ",").strip()
            if clue.verdict is Verdict.AVOID and DENIED.search(left[: match.start()]):
                denied.setdefault(words)
            else:
                found.setdefault((clue.name, words), Found(clue, words))
            left = left[: match.start()] + "." * len(match.group()) + left[match.end() :]

"""What is done in a recipe's steps, one verb after another?

A step is cut at its verbs ("Cook the pasta | and toss with the cheese"), so that what is added after the heat is not taken
to be heated. Each piece is an Act, which answers questions about its own words: how the heat comes, for how long, into what.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recipes.heat import Way, is_slow_oven

_GO_ON = r"(?:continue|keep(?: on)?|finish|carry on|go on|resume) (?:to )?"
_OVEN = rf"bake|roast|gratin(?:ate|ée)?|{_GO_ON}(?:bak|roast)ing"
_WET = (
    r"simmer|(?:(?:hard|soft)[- ])?boil|parboil|braise|stew|poach|confit|steam|pressure[- ]cook|slow[- ]cook|casserole"
    r"|blanch|bubble|bring(?=[^.;]{0,120}\b(?:boil|simmer|bubble)\b)"
    rf"|{_GO_ON}(?:simmer|boil|brais|stew|poach|steam|bubbl)ing"
)
_PAN = (
    r"(?:deep|pan|stir|shallow|air)?[- ]?fry|sauté|saute|sear|brown(?! sugar| rice| butter| lentil| bread"
    r"| onion)|cook|scramble"
    r"|grill|broil|griddle|barbecue|crisp|char|microwave|toast(?! points)|smoke|caramelize|caramelise|sweat|render|reheat"
    r"|re-heat|heat through"
    rf"|{_GO_ON}(?:cook|fry|sauté|saute|sear|brown|grill|broil|barbecu|microwav|toast|smok)ing"
)
_WARM = r"warm|melt|wilt|torch|blowtorch|flambé"
_OTHER = (
    r"add|stir|mix|combine|whisk|beat|fold|toss|blend|pour|place|put|layer|spread|brush|dip|coat|dredge"
    r"|roll|stuff|fill|spoon|soften"
    r"|arrange|transfer|return|pop|press|knead|cream(?= (?:the |together|butter|margarine|until))|process|pulse|pur[eé]e"
    r"|mash|crumble|sprinkle|top|scatter|drizzle|garnish"
    r"|serve|dollop|divide|crack|break|marinate|rub|season|wrap|thread|assemble|dot|finish|dress|tuck|nestle|lay|ladle|shape"
    r"|form|crush|sift|rest|let|cover|remove|drain|reserve|set aside|cut|slice|chop|dice|shred|flake|peel|cool|chill"
    r"|refrigerate|freeze|preheat|heat|prepare|make|line|grease|turn|flip|leave|take|slide|scoop|smear|mound|pile|decorate"
    r"|accompany|enjoy|eat|soak|rinse|thaw|defrost|separate|strain|swirl|work|incorporate|whip|insert|skewer|distribute"
    r"|glaze|grate|trim|wash|pat|halve|quarter|ready|meanwhile|while|tip|scrape|sieve"
)
_VESSELS = r"(?! (?:pans?|dish|dishes|tins?|trays?|sheets?|racks?|time|sauce|seasoning|rub)\b)"
_VERBS = re.compile(
    rf"(?<![\w'-])(?:(?:(?P<oven>{_OVEN})|(?P<wet>{_WET})|(?P<pan>{_PAN})){_VESSELS}"
    rf"|(?P<warm>{_WARM})|(?P<other>{_OTHER}))(?![\w-])"
)
_NEVER = re.compile(
    r"\b(?:do not|don['’]?t|never|without|avoid|not|no need to|rather than)"
    r"(?: (?:let(?:ting)?|allow(?:ing)?|it|them|to|the|sauce|mixture|soup|pan))*"
    r"(?: (?:boil|bubbl|simmer|cook|brown|heat|bak|fry|scrambl|grill|roast|toast|sear|poach|steam)\w*"
    r"(?:,? or(?: otherwise)?|,)?)+"
)
"""A heat that is not to be: "don't let it boil"."""
_WILL = re.compile(r"(?<!you) will(?: \w+ly| then| just| also| all| continue to)* $")
"""The heat of the pasta "will cook the egg": said of what is left to itself."""
_ACID = re.compile(r"\b(?:juices?|acid|acidity|vinegar|marinade|citrus|cure)(?: will| to| slowly| gently| actually)* $")
"""Acid that "cooks" a fish heats nothing."""
_STORAGE = re.compile(
    r"\bleftovers\b|\bany leftover|to store\b|\bstore (?:it |them )?in\b|\bkeeps? (?:well |for )|next day"
    r"|make ahead|made ahead"
    r"|(?:up to|for) (?:\w+ )days"
)
"""What to do with what is left says nothing of how the dish is eaten first."""
_MAY = re.compile(
    r"^\W*(?:alternatively|or else|if you(?:['’]d| would)? (?:like|want|wish|prefer|rather|fancy|choose)"
    r"|if (?:liked|desired|preferred|you(?:['’]re| are) (?:feeling|after))|should you (?:want|wish|prefer|like)"
    r"|optional(?:ly)?|you (?:can|could|may|might)|feel free|for a (?:hot|warm|cooked|toasted) version)\b"
    r"|\bif (?:you(?:['’]d| would)? (?:like|want|wish|prefer|fancy|rather)|liked|desired|preferred|wished)\W*$"
    r"|\bif you(?:['’]d| would)? (?:prefer|rather|fancy|want|like) (?:\w+ ){0,3}(?:hot|warm|melted|toasted)\b"
    r"|\boptional(?:ly)?\b|^\W*sometimes\b|\b(?:next time|another time|some (?:cooks|people|families))\b"
    r"|\b(?:in (?:the )?(?:winter|summer)|on (?:a )?cold(?:er)? (?:day|evening|night)s?)\b"
)
_IF = re.compile(r"^\W*(?:or |but |and )?if\b[^,.;:]{0,80},")
"""What is only supposed ("if you fancy it warm, bake it") is not done by that."""
_OBJECT = re.compile(
    r"^\W*(?:\w+ly )?(?P<the>(?:the|your|both|all|some|each|these|those)\b(?: the)?)?"
    r"(?P<words>(?: ?(?!(?:for|in|until|till|on|at|over|with|and|or|to"
    r"|under|into|from|about|per|as|again|more|another|once|through|up|a|an|uncovered|covered|by|according|if|so|that|while"
    r"|when|before|after|by|off|then|well|not|without|side|between|both|all|high|low)\b)[a-z'’-]{3,}){1,4})"
)
_UNTIL = re.compile(r"\b(?:until|till|so that)\b")
_IN_A_MEDIUM = re.compile(
    r"(?: \w+ly)? (?:in|with) (?:[\w/.½¼¾-]+ ){0,5}(?:butter|oil|ghee|lard|dripping|fat|margarine|wine|stock|broth|juices)\b"
)
_SHARES_ITS_OBJECT = re.compile(
    r"[\w-]+ and (?:mash|peel|chop|slice|shred|flake|crush|pur[eé]e|dice|drain"
    r"|crumble|stir|break up) (?!and|it|them|in|over)"
)
"""The first verb of "boil and mash the potatoes" means the potatoes as well."""
_IN_WHICH = re.compile(r"\b(?:in|with|on) which [^,.;]*")
_CLAUSES = re.compile(r"((?<=[.;!?])\s+|[;\n]|,?\s+(?<!now and )(?:and\s+)?then\s+(?!,))")

# Words that are a deed in one place and a thing in another.
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|to|your|serve|season|divide|ladle|reduce|lower|raise|increase|adjust|prepare|light|oil|clean|gas|charcoal|outdoor|indoor|electric|medium|high|low|of|med|medium-high|medium-low|on|off|from|pot|tri-tip|rib"
    r"|chuck|beef|pork|lamb|wooden|slotted|metal|large|balloon|pastry|perforated|garlic|tortilla|potato|panini|sandwich"
    r"|each|this|in|french|for|slow|pressure|hot|over|under|into|one|more|some|cold|is|are|be|been)[ -]|\bper )$"
)
_MANNER_BEFORE = re.compile(
    r"\b(?:(?:until|till|is|are)(?: \w+){0,3}|golden|nicely|deep|dark|evenly|(?:with|using) (?:a|the|your)(?: \w+)?) $"
)
_MANNERS = frozenset({"brown", "crisp", "char", "torch", "blowtorch"})
"""These may say how, or with what: "until golden brown", "with a kitchen blowtorch"."""
_COME_TO_PASS = frozenset(
    "turn form break pop flake shred peel freeze separate rest slide leave crumble soften melt wilt brown crisp char"
    " coat".split()
)
"""What a food may do by itself: "until the shells turn pink", "until soft peaks form"."""
_UNTIL_THEY = re.compile(r"\b(?:until|till|when|once|as|so that|if) (?:(?!\band\b)[^,.;:])*? $")
_THEY = re.compile(r"\b(?:they|it|which) (?:\w+ly )?$")
_PACKET = re.compile(
    r"\b(?:cakes?|baking|biscuit|soup|dip|dressing|stuffing|seasoning|spice|pancake|pudding|bread|gravy|taco|brownie|muffin"
    r"|sauce|trail|salad|onion|jelly|custard|batter|nut|seed|pickling|bisquick|cornbread|vegetable|flour) $"
)
"""Before "mix" these make it a thing: "the biscuit mix", "half of the flour mix"."""
_VERB_AFTER_TO = re.compile(r"(?:continue|begin|start|allow|enough|need|needs|ready|time|leave|left|finish) to $")
_LISTED = re.compile(r"\b(?:or|and|with|of|on|keep|keeping|stay|still|serve|served) $")
_OFTEN_LISTED = frozenset({"toast", "smoke", "steam", "warm", "crisp", "char", "griddle", "grill", "barbecue", "microwave"})
_GOES_ON = re.compile(r" (?:for|until|till|the|in|over|on|at|gently|it|them|through)\b")
_OFTEN_NOUNS = frozenset(
    "heat top rest roll dress cream cover dip crumble chop cut slice separate ready process pop mash spoon whisk brush press"
    " layer glaze".split()
)

_TITLE = re.compile(r"(?:\S+ ){0,7}\S+:")
"""A heading among the steps ("Cook the beef:") does nothing by itself."""

_NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "twelve": 12, "several": 3, "a few": 2, "a couple of": 2, "another": 1,
}  # fmt: skip
_SMALL_NUMBERS = "an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_MINUTES = re.compile(
    r"(\d+(?:\.\d+)?|\d*\s?[½¼¾]|\d+\s\d/\d|a couple of|a few|an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|several|another)"
    r"(?:\s*(?:-|–|—|to|or)\s*\d+(?:\.\d+)?)?\s*(?:more |additional |full |whole )?-?(minutes?|mins?"
    r"|hours?|hrs?|seconds?|secs?)\b"
)
_EACH_SIDE = re.compile(
    r"(?:per|each|a|on (?:each|both|the (?:other|second))|both|other|first) sides?|sides? each|turn(?:ing)? once|flip"
)
_IN_LIQUID = re.compile(
    r"\bin (?:the |a |another |other |one |boiling |simmering |salted )*(?:water|pot|broth|stock|sauce"
    r"|slow cooker|crock ?pot)"
)
_SLOW_MINUTES = 45
"""Whatever "cooks" as long as this is not being fried."""

_IT = re.compile(
    r"\b(?:it|them|they|everything|all|mixture|batter|dough|bowl|blender|processor|sides?|inside|around|alongside|cavity"
    r"|on top|the tops?)\b"
)
_MIXTURE = re.compile(r"\b(?:mixture|batter|dough|filling|everything|contents)\b")
_POT = re.compile(r"\b(?:pan|skillet|pot|dish|saucepan|wok|cooker|oven|tray|sheet|tin|casserole)\b")
_VESSELS_BAKED_IN = "dish|tin|case|crust|shell|casserole|ramekin|flan|tart|tray|slow cooker|crock ?pot"
_VESSEL = re.compile(rf"\b(?:in|into|to|over|across|on|onto|of) (?:[\w'’-]+ ){{0,5}}?({_VESSELS_BAKED_IN})(?:e?s)?\b")
_SAME_VESSEL = re.compile(
    rf"\b(?:in|into|to|over) (?:the|your|each|that) (?:same )?(?:[\w'’-]+ ){{0,3}}?({_VESSELS_BAKED_IN})(?:e?s)?\b"
)
_MOVED_ITSELF = re.compile(
    r"^\W*(?:(?:it|them|this|these|everything|all|(?:the )?(?:\w+ ){0,2}mix(?:ture)?) )?(?:in|into|to|over)\b"
)
_NEW_BOWL = re.compile(
    r"\b(?:separate|another|second|different|clean|small|medium|large|mixing|shallow|big) (?:\w+ )?"
    r"(?:bowl|pan|pot|saucepan|skillet|jug|jar|dish|plate)|\b(?:blender|food processor|mixer|stand mixer)\b"
    r"|\b(?:in|on) (?:a|an|one) (?:[\w-]+ ){0,3}(?:bowl|jug|jar|saucepan|pan|pot|skillet|dish|wok"
    r"|tin|tray|sheet|rack|casserole)"
)
_PUT_TO_HEAT = re.compile(
    r"\b(?:in|into|to|under|on|onto) (?:(?:the|a|an|your|hot|preheated) (?:[\w-]+ ){0,3}?)?"
    r"(?:(?P<oven>oven|bread machine|bread maker)"
    r"|(?P<wet>slow cooker|crock[- ]?pot|steamer|pressure cooker|instant pot|rice cooker)"
    r"|(?P<pan>grill|broiler|barbecue|bbq|air[- ]fryer|microwave|griddle|waffle iron|waffle maker|panini press))\b"
)
"""Appliances by the way that they heat: "put it in the oven for an hour" is heat without a verb of heat."""
_PRESSURE = re.compile(r"\b(?:on|at|under|to) (?:high |low |full )?pressure\b|\b(?:high|low) pressure\b")
_SET_TO = re.compile(r"\bset\b[^.;]{0,60}\b\d{3} ?(?:°|º|degrees|[cf]\b)")
_NOT_TO_COOK = re.compile(r"\b(?:off|cold|cool|cooling|warm|prove|proof|rise|rest|light on|preheat\w* the)\b(?! up)")
_HOT_BY_THEN = re.compile(
    r"\buntil (?:[\w,]+ ){0,5}(?:hot|bubbl\w+|steaming|boil\w*|simmer\w*|heated through)\b"
    r"|\bto (?:a |the )?(?:boil|simmer)\b"
)
_HEAT_ON = re.compile(r"heat (?:gently |again )?until (?:(?:it|everything) is )?(?:piping|steaming)\b")
"""No oil or pan is heated until it is "piping hot"."""
_LABELS = (
    "dressing", "vinaigrette", "sauce", "marinade", "glaze", "batter", "filling", "topping", "frosting", "icing", "custard",
    "meringue", "crust", "base", "salsa", "slaw", "mayo", "mayonnaise", "aioli", "dip", "gravy", "cream", "ganache", "salad",
    "relish", "pesto", "crumble", "stuffing", "dough", "syrup", "mash",
)  # fmt: skip
_COMPONENT = re.compile(
    rf"(?:\b(?:for|make|prepare) (?:the|your|a) (?:[\w-]+ ){{0,3}}(?:{'|'.join(_LABELS)})\b|^(?:{'|'.join(_LABELS)}):)"
)
_EMPTY_POT = re.compile(
    r"\b(?:water|oil|oven|grill|griddle|broiler|barbecue|bbq|smoker|fryer|pan|skillet|pot|saucepan|butter|ghee)\b"
)
_WATER_ALONE = re.compile(
    r"^(?:bring|boil|simmer) (?:(?:a|an|the|some|of|few|cups?|pot|pan|saucepan|kettle|full|large|medium"
    r"|small|big|lightly|well"
    r"|generously|salted|cold|enough|quarts?|lit(?:re|er)s?|inch(?:es)?|\d+|\S+-\S+) )*(?:water|kettle)\b"
)
_ALL_LEFT = re.compile(
    r"\b(?:all|remaining|rest of|other|last \w+|both) (?:of )?(?:the )?(?:\w+ ){0,3}ingredients|\beverything\b"
    r"|\b(?:the|whole) lot\b"
    r"|\bingredients (?:in|into|together|for)\b|\btogether (?:the )?ingredients\b"
)
_MIXED = frozenset("mix combine blend beat whisk stir process blitz whizz pulse".split())
_JUST_MIXED = re.compile(r"^\W*(?:(?:well|together|thoroughly|briefly)\b\W*)*(?:(?:until|till|to a|for|and)\b.*)?\W*$")
_ASSEMBLED = re.compile(
    r"\b(?:build|assemble|make(?: up)?) (?:the |your )?(?:sandwich|panini|toastie|toasted sandwich|quesadilla)"
)
_FIRST_SO_MANY = re.compile(r"\bfirst (\w+) ingredients")
_NEXT_SO_MANY = re.compile(r"\bnext (\w+) ingredients")
_ANOTHER_PORTION = re.compile(
    r"\b(?:raw|uncooked|remaining|reserved|saved|set-aside|held-back|kept-back|spare|extra|more|additional"
    r"|leftover|other|others|second half|second portion"
    r"|(?:rest|remains|remainder|left|last|second half|balance) of)\s+"
    r"(?:of\s+)?(?:the\s+)?(?:\w+\s+){0,2}$|\b(?:last|final)\s+(?:(?:\d+|one|two|three|four)\s+)?$"
)
_NEAR = 60
"""Letters. What stands farther before a word does not say whether it is a deed, and a long text is still read quickly."""
_FEW_WORDS = 5
_CLEARED = re.compile(r"\b(?:clean|remove|wipe|discard|wash|throw|bin)\b")
_A_PART = re.compile(
    r"\b(?:half|most|some|two[- ]thirds|three[- ]quarters|a third|a quarter|part|(?:one|two|three|four|\d+) of|a few"
    r"|a little|a bit)\s+(?:of\s+)?(?:the\s+"
    r"|your\s+)?(?:\w+\s+){0,2}$"
)
_THE_REST = re.compile(
    r"\b(?:the rest\b(?! of)|the remainder|what(?:['’]s| is| was) left|what remains"
    r"|the others?\b(?! sides?)|(?:the )?(?:other|second|final|last) (?:half|third|portion|batch)"
    r"|(?:the )?remaining (?:half|third|quarter))"
)
_ONE_HALF = re.compile(r"\b(?:first|one) (?:half|third)\b(?! of the \w+ ?(?:side|hour))")
_OTHER_HALF = re.compile(r"\b(?:other|second|final|last|remaining) (?:half|third|portion)\b")
_LIKEWISE = re.compile(r"\b(?:repeat|same|likewise)\b")
_MARINADE_LEFT = re.compile(
    r"\b(?:reserved|remaining|left[- ]?over|saved|kept|excess|the|set-aside|their|its) (?:raw )?marinade\b"
)
_MARINADE_PARTED = re.compile(
    r"\b(?:half|third|quarter|some|rest|remainder|cups?|tbsps?|tablespoons?|few|little|ml)\b[^.;]*"
    r"(?:\breserv|\bset aside|\bkeep|\bsav|\bhold|\bmarin|\bover\b|\binto\b)"
    r"|(?:\breserv|\bset aside|\bkeep|\bsav|\bhold|\bmarin)\w*[^.;]*"
    r"\b(?:half|third|quarter|some|rest|remainder|cups?|tbsps?|tablespoons?|few|little|ml)\b"
)
_POURED_OVER = frozenset("drizzle spoon pour serve toss dress top finish sprinkle ladle tip".split())
_LEFT_RAW = re.compile(
    r"\b(?:remaining|rest of the|leftover|left[- ]over|spare) (?:raw )?(?:dough|batter|mixture|filling|meringue)\b"
)
_KEPT_BACK = re.compile(
    r"\b(?:keep|reserv|sav|hold|set(?:ting)? aside|leav)(?:e|ing)?\b (?:back )?(?:(?:a|the) )?"
    r"(?:some|half|few|little|handful|bit|third|quarter|rest|remainder)\b(?: of)?"
)
_STANDING = re.compile(r"\b(?:stand|sit|rest)\b[^.;]*\bhot\b|\bhot water for\b")
_STANDS = re.compile(r"\b(?:stand|sit)\b(?!.*\b(?:ice|cold)\b)")
_HARD_BY_THEN = 10
"""Minutes in a covered pan of water that has just boiled: an egg is hard by then."""
_OFF_HEAT = re.compile(
    r"\b(?:from|off) (?:the |of )?(?:heat|burner|stove|hob|flame|gas|ring|element)"
    r"|\b(?:heat|gas|hob|stove|ring|burner|power) off\b"
    r"|\b(?:turn|switch|shut) (?:it |them |everything )?off\b|\b(?:kill|cut) the (?:heat|gas|flame|power)|take the pan off"
    r"|\b(?:pan|pot|wok|skillet) (?:aside|to one side)"
)
_TAKEN_OUT = re.compile(
    r"\b(?:transfer|remove|lift|take|move|put|place|scoop|set|drain|spoon|slide|tip)\b[^.;]*?"
    r"\b(?:on|to|onto)(?: to)?(?: an?| the| some| another)?(?: [\w-]+){0,3}?"
    r" (?:plate|platter|board|rack|kitchen paper|paper towel|kitchen towel)s?\b"
    r"|\b(?:remove|lift|take)\b[^.;]*\b(?:from|out of) the (?:[\w-]+ )?"
    r"(?:pan|skillet|pot|wok|grill|griddle|barbecue|oil|casserole)\b"
    r"|\b(?:lift|take|scoop) (?:it |them |the [\w ]{1,20})?out\b"
    r"(?! of the (?:oven|fridge|freezer|pack|bag|marinade))"
    r"|\bset (?:it |them |the [\w ]{1,20})?aside\b|\bkeep (?:it |them )?warm\b"
    r"|\b(?:keep|set|put|leave)\b[^.;]{0,20} (?:to|on) one side\b(?! of the)|\bto rest\b"
    r"|^\W*rest\b(?! of\b)|\bdivide\b[^.;]*\bplates\b"
)
_LOWERED = re.compile(r"(?<!medium[- ])\blow(?:est)?\b|\bkeep (?:it |them )?warm")
_ON_HEAT = re.compile(
    r"\bover (?:a |very )?(?:\w+[- ])?(?:\w+ )?heat\b|heat (?:back )?(?:up|to)|to (?:the|a) (?:\w+ )?(?:heat|boil|simmer)\b"
    r"|over simmering"
)
_STIRRED_HOT = re.compile(
    r"bubbl|boil|simmer|steam|thicken|until (?:\w+ )?hot\b|heated through"
    r"|scrambl|eggs? (?:are|is) (?:\w+ )?(?:set|cooked)|until (?:\w+ )?(?:set|firm)\b"
)
_AT_LAST = re.compile(r"\b(?:for|in|during) the (?:last|final)\b[^,.;]*\bmin|\bmin\w* (?:before|from) the end\b")
_CHILLED = re.compile(
    r"\b(?:refrigerat|chill(?:ed)?\b|fridge|serve (?:it )?cold|cold from|cool completely|completely cool|room temperature)"
)
_LABELLED = re.compile(r"\b(" + "|".join(_LABELS) + r")(?:s|es)?\b")

_INTO = frozenset(
    "add stir fold return pour top sprinkle scatter crumble drizzle garnish dollop finish dot nestle"
    " tuck serve whisk beat mix "
    "toss layer spread fill stuff brush season crack break incorporate swirl decorate cover glaze".split()
)
_INTO_IF_IN = frozenset("sift sieve grate work rub tip scrape pop slide spoon pile ladle pipe".split())
"""One sifts flour into a bowl of its own, and sifts it in, or over, to what is there."""
_TOGETHER = _INTO | frozenset(
    "combine tip scrape blend place put transfer divide arrange dip coat dredge roll wrap spoon process marinate".split()
)
_INTO_WHAT_IS_THERE = frozenset("pour transfer place put spoon add return tip scrape lay arrange divide".split())
_NEVER_HEATS = frozenset("preheat remove take serve eat line grease cool chill refrigerate freeze rest make while".split())
_MADE_READY = frozenset("heat preheat prepare line grease".split())
_TAKEN_UP = frozenset(
    "toss season add place put coat dip arrange crack break crumble sprinkle top scatter brush pour stir"
    " whisk beat fold finish "
    "garnish decorate dot dollop drizzle".split()
)
_PUT_OVER = re.compile(
    r"\bover(?: the top)?\W*(?:and )?$|^\W*in\W*(?:and )?$|\b(?:with|over) (?:the|this|your) (?:\w+ )?mixture\b"
)
_WET_AND_DRY = re.compile(r"\b(?:wet|dry|liquid) (?:ingredients?|mix(?:ture)?|ones)\b|\b(?:two|both) mixtures\b")
_MOVES = frozenset(
    "tip scrape spoon pour put place divide transfer pile ladle scoop dollop press roll slide fold stir".split()
)
_TO_EACH = re.compile(r" into | on(?:to| to)? (?:the (?:middle|cent(?:re|er)|edge|end|top) of )?each ")
_OF_WHAT_IS_HERE = re.compile(
    r"\ba little\W*$"
    rf"|\b(?:it|them|this|mixture|contents|half|some|(?:tea|table)?spoon(?:ful)?s?|dollops?|{'|'.join(_LABELS)})\b"
)
_PUTS_FILLING = _MOVES | {"lay", "dot", "arrange", "spread"}
_FILLING = re.compile(r"\bfilling\b|\b(?:spoonfuls?|teaspoons?|tablespoons?|dollops?|mounds?)\b(?! of (?!the|it|this))")
_BASE_FIRST = frozenset({"season", "brush", "rub", "stuff", "coat", "dress", "glaze"})
_BASE_BEFORE_WITH = frozenset("top sprinkle drizzle spread fill cover scatter layer toss garnish dot".split())
_LATE = frozenset("serve scatter top sprinkle crumble garnish drizzle dollop decorate finish dot".split())
_OF_THEIR_OWN = frozenset("whisk beat mix toss".split())
_IN_OR_ON = re.compile(r"^\W*(?:\w+ly )?(?:in|into|with|over|on|through)\b(?! (?:an?|another|one|two|batches)\b)")
_WITH = re.compile(r"^\W*(?:\w+ly )?with\b")
_TO_A_PLACE = re.compile(r"\b(?:to|into|onto|over|on)\b")
_OVER_IT = re.compile(r"^\W*(?:\w+ly )?(?:over|onto|on top of)\b")
_TO_WHAT_IS_THERE = re.compile(
    r"^\W*(?:\w+ly |well |together )?(?:in|into|through|with|to|up|over|on|back)\b"
    r"|\b(?:into|in with|through|in the (?:pan|pot|bowl))\b"
)
"""One whisks eggs in a bowl of their own, and whisks them in to what is there."""
_DIPPED = re.compile(r".*\b(?:dip|coat|dredge|roll|press|wrap) (?:it |them |each )?(?:first )?(?:in|into|with)\b")
_COUNTED_OUT = frozenset("make separate mix combine blend put".split())
_AT_THE_TABLE = frozenset("serve eat enjoy leave chill".split())
_OR = re.compile(r"\bor(?: else)?\W*$")
_OVER = frozenset("remove transfer drain serve divide".split()) | {"set aside"}


@dataclass(frozen=True)
class Act:
    """One verb of a step with the words up to the next verb, in lower case. `way` is None where it heats nothing."""

    verb: str
    way: Way | None
    text: str
    step: int
    sentence: str
    after_then: bool = False
    or_else: bool = False

    @functools.cached_property
    def minutes(self) -> float | None:
        """The shortest time it asks for, all its heatings added up; a time "each side" counts twice."""
        times = _MINUTES.findall(self.text)
        total = sum(_number(count) * {"h": 60, "m": 1, "s": 1 / 60}[unit[0]] for count, unit in times)
        twice = len(times) == 1 and _EACH_SIDE.search(self.text)
        return total * (2 if twice else 1) or None

    def heated_by(self, way: Way) -> "Act":
        """The same words, as a heating."""
        return replace(self, way=way)

    @functools.cached_property
    def really(self) -> Way:
        """How the heat comes: "cook on low for 7 hours" and "cook in the boiling water" are no frying."""
        if self.way is not Way.PAN:
            return self.way or Way.WARM
        if is_slow_oven(self.text) is not None or "in the oven" in self.text:
            return Way.OVEN
        slow = self.minutes is not None and self.minutes >= _SLOW_MINUTES
        return Way.WET if slow or _IN_LIQUID.search(self.text) or _PRESSURE.search(self.text) else Way.PAN

    @property
    def is_water_alone(self) -> bool:
        """ "Bring a large pot of water to the boil": nothing is in it yet. "Bring the water to the boil" has."""
        return bool(_WATER_ALONE.search(self.text)) and not re.match(r"bring (?:the )?water", self.text)

    @functools.cached_property
    def objects(self) -> str:
        """Its words without the verb, which names no food: nobody roasts a roast, or chops a chop, by that word."""
        text = _IN_WHICH.sub("", self.text)
        return re.sub(rf"\b{re.escape(self.verb)}\b", "", text, count=1) if self.verb else text

    @functools.cached_property
    def _after_verb(self) -> str:
        return self.text.partition(self.verb)[2] if self.verb else ""

    @property
    def object(self) -> str:
        """The thing that its verb is done to: "wedges" in "bake the wedges"; empty for "bake until set"."""
        found = _OBJECT.search(self._after_verb)
        return found["words"] if found and (found["the"] or found["words"].endswith("s")) else ""

    @property
    def lowers_the_heat(self) -> bool:
        """ "Turn the heat to low": what boiled does so no more. Medium-low still simmers."""
        return bool(_LOWERED.search(self.text))

    @property
    def thing(self) -> str:
        """What stands right after its verb: "soup" in "heat the soup", "oil" in "heat oil"."""
        found = _OBJECT.search(self._after_verb)
        return found["words"] if found else ""

    @functools.cached_property
    def before_until(self) -> str:
        """Its words without the sign it waits for: "bake | until the pastry is golden" names no pastry to bake."""
        return _UNTIL.split(self.objects, maxsplit=1)[0]

    @functools.cached_property
    def sign(self) -> str:
        """What it waits for: "the bread is crisp" in "bake until the bread is crisp"."""
        return self.objects[len(self.before_until) :].partition(",")[0]

    @property
    def is_in_a_medium(self) -> bool:
        """ "Fry in 50 g butter" is done to what is in hand; the butter is only what it is done in."""
        return bool(_IN_A_MEDIUM.match(self._after_verb))

    @property
    def is_a_choice(self) -> bool:
        """ "If you like, grill it", "serve cold, or bake it": it may never be done."""
        return self.or_else or bool(_MAY.search(self.text))

    @property
    def keeps_back(self) -> tuple[str, str]:
        """The words before and after "keeping a few back", where a portion is held back from what is done next."""
        found = _KEPT_BACK.search(self.text)
        return (self.text[: found.start()], self.text[found.end() :]) if found else ("", "")

    @property
    def adds_the_rest(self) -> bool:
        """ "Scatter over the rest": of what was used in part. "Repeat with the rest" does to it what was done before."""
        return bool(_THE_REST.search(self.text)) and not _LIKEWISE.search(self.text)

    @property
    def takes_one_half(self) -> bool:
        """ "Shape the first half into burgers": the other half is still to come."""
        return self._halves and bool(_ONE_HALF.search(self.text))

    @property
    def takes_the_other_half(self) -> bool:
        """ "Stir the capers into the second half", which has had none of the heat."""
        halves = self.verb and self.way is None and self._halves and _OTHER_HALF.search(self.text)
        return bool(halves) and not _LIKEWISE.search(self.text)

    @property
    def _halves(self) -> bool:
        return "half" in self.text or "third" in self.text

    @property
    def parts_the_marinade(self) -> bool:
        """ "Set aside half", "pour a cupful over the chicken": a marinade of which some meets no raw food."""
        return bool(_MARINADE_PARTED.search(self.text))

    @property
    def pours_the_marinade(self) -> bool:
        """ "Drizzle over the reserved marinade": raw, if the raw meat has lain in it."""
        return self.way is None and self.verb in _POURED_OVER and bool(_MARINADE_LEFT.search(self.text))

    @property
    def says_bird(self) -> bool:
        """Does it say "the bird", which is no other food than the one on the list?"""
        return "bird" in self.text

    @property
    def boils_the_marinade(self) -> bool:
        """ "Tip the marinade into the pan and boil it"; not "lift it from the marinade and roast it"."""
        wet = self.way is Way.WET and "marinade" in self.sentence.lower()
        return self.way is not None and "marinade" in self._after_verb or wet

    @property
    def eats_what_is_left(self) -> bool:
        """ "Eat the remaining dough": as it was before the heat."""
        return self.verb in ("eat", "enjoy") and bool(_LEFT_RAW.search(self.text))

    def takes_a_part(self, names: Sequence[str]) -> bool:
        """ "Half of the cheese": the rest may go in later."""
        words = re.finditer(r"\b(?:" + "|".join(map(re.escape, names)) + ")", self.text)
        return any(_A_PART.search(self.text[max(0, found.start() - _NEAR) : found.start()]) for found in words)

    @property
    def makes_ready(self) -> bool:
        """ "Heat the oil", "grease a tin": a pot, not yet a food."""
        return self.verb in _MADE_READY

    @property
    def empty_pot(self) -> bool:
        """Does it speak of a pan, oven or the fat in it?"""
        return bool(_EMPTY_POT.search(self.text))

    @functools.cached_property
    def is_here(self) -> bool:
        """Does it point at what is in hand: it, the mixture, the pan?"""
        return self.says_it or self.says_pot

    @functools.cached_property
    def says_it(self) -> bool:
        """Does it say it, them, the mixture, the bowl?"""
        return bool(_IT.search(self.text))

    @property
    def says_mixture(self) -> bool:
        """Does it say that it means a whole mixture?"""
        return bool(_MIXTURE.search(self.text))

    @functools.cached_property
    def says_pot(self) -> bool:
        """Does it speak of a pan, a tray, a dish?"""
        return bool(_POT.search(self.text))

    @property
    def vessel(self) -> str:
        """The dish, tin or pastry case that something is put in; empty where it names none."""
        found = _VESSEL.search(self.text)
        return found[1] if found else ""

    @functools.cached_property
    def same_vessel(self) -> str:
        """The dish that it puts more into: "add to the dish", "pour into the tin"."""
        found = _SAME_VESSEL.search(self.text) if self.fills_what_is_there else None
        return found[1] if found else ""

    @property
    def moves_what_is_in_hand(self) -> bool:
        """ "Add to the dish", "pour the mixture into the tin": no food is named before the vessel."""
        return bool(_MOVED_ITSELF.match(self.objects))

    @property
    def moves_what_is_here(self) -> bool:
        """ "Spoon the filling into the cases": what is in hand comes to what is named."""
        moved, *into = _TO_EACH.split(self._after_verb, maxsplit=1)
        return self.verb in _MOVES and bool(into and _OF_WHAT_IS_HERE.search(moved))

    @property
    def puts_filling(self) -> bool:
        """ "Lay the filling down the middle", "dot teaspoons along it": of what waits, on what is in hand."""
        return self.verb in _PUTS_FILLING and bool(_FILLING.search(self.text))

    @property
    def base(self) -> str:
        """The words for what something is put on or in: "the bread" in "brush the bread with oil"."""
        base, with_it, _ = self._after_verb.partition(" with ")
        return base if self.verb in _BASE_FIRST or with_it and self.verb in _BASE_BEFORE_WITH else ""

    @property
    def new_bowl(self) -> bool:
        """Does it begin in another bowl, or another part of the dish: "for the dressing, whisk ..."?"""
        return bool(self.verb and _NEW_BOWL.search(self.text) or _COMPONENT.search(self.text))

    @functools.cached_property
    def adds(self) -> bool:
        """Does its verb add to what is in hand?"""
        if self.verb in _OF_THEIR_OWN and not _TO_WHAT_IS_THERE.search(self.objects):
            return False
        if self.verb in _INTO_IF_IN and _IN_OR_ON.match(self.objects):
            return True
        return self.goes_on or self.verb in _INTO or self.text.lstrip().startswith("into ") or bool(_DIPPED.match(self.text))

    @property
    def adds_to_what_is_there(self) -> bool:
        """ "Fold in the crab", "top with the cheese": beside what is named, it means what is in hand."""
        return self.goes_on or self.adds and bool(_IN_OR_ON.match(self.objects))

    @property
    def goes_over(self) -> bool:
        """ "Pour over the ham": what is in hand comes to what is named."""
        return self.adds and bool(_OVER_IT.match(self.objects))

    @property
    def goes_on(self) -> bool:
        """ "Stir in the cheese, then | the leeks": without a verb of its own it goes on with the one before."""
        return self.after_then and not self.verb and ":" not in self.text and len(self.text.split()) <= _FEW_WORDS

    @property
    def brings_together(self) -> bool:
        """Does its verb put mixtures together?"""
        return self.goes_on or self.verb in _TOGETHER

    @property
    def fills_what_is_there(self) -> bool:
        """ "Pour into a large bowl" moves what is in hand; it begins nothing."""
        return self.verb in _INTO_WHAT_IS_THERE

    @property
    def puts_over(self) -> bool:
        """ "Pour over", "pour in", "spread with the mixture": what is in hand meets what waits."""
        return self.adds and self.verb != "fold" and bool(_PUT_OVER.search(self.objects))

    @property
    def goes_with(self) -> bool:
        """ "Mash with butter": done to what is in hand."""
        return bool(_WITH.match(self.objects))

    @property
    def is_timed_on_the_heat(self) -> bool:
        """ "Add the stock bit by bit, stirring, about 20 minutes": heat, if the pan is on it."""
        return self.verb in ("add", "stir", "toss", "turn") and self.minutes is not None and not _STANDS.search(self.text)

    @property
    def adds_here(self) -> bool:
        """ "Add the ham": to what the same sentence has in hand, where it names no other place."""
        return self.verb == "add" and not _TO_A_PLACE.search(self.objects)

    @property
    def joins_wet_and_dry(self) -> bool:
        """ "Stir the wet ingredients into the dry": what is in hand meets what waits."""
        return self.brings_together and bool(_WET_AND_DRY.search(self.text))

    @property
    def takes_up(self) -> bool:
        """Does its verb take a food in hand by itself?"""
        return self.verb in _TAKEN_UP

    @property
    def is_late(self) -> bool:
        """Is it what is done at the table: serve, scatter, garnish?"""
        return self.verb in _LATE

    @functools.cached_property
    def label(self) -> str:
        """What it calls a mixture: dressing, filling, sauce; empty where it names none."""
        found = _LABELLED.search(self.objects)
        made = "mash" if self.verb == "mash" else ""
        return found.group(1) if found else made

    @property
    def all_left(self) -> bool:
        """ "Mix the remaining ingredients", "add everything"."""
        return bool(_ALL_LEFT.search(self.text if self.way is None else self.before_until))

    @property
    def mixes_all(self) -> bool:
        """ "Whizz until smooth", "build the sandwiches": where nothing is in hand yet, all that the list holds."""
        return self.verb in _MIXED and bool(_JUST_MIXED.match(self.objects)) or bool(_ASSEMBLED.search(self.text))

    @property
    def means_all_left(self) -> bool:
        """All that is left, and not a counted few of the list?"""
        return (self.all_left or self.mixes_all) and not self.first_so_many and not self.next_so_many

    @property
    def first_so_many(self) -> int:
        """5 for "the first 5 ingredients"; 0 where it does not count."""
        return _count(_FIRST_SO_MANY.search(self.text))

    @property
    def next_so_many(self) -> int:
        """3 for "the next 3 ingredients"; 0 where it does not count."""
        return _count(_NEXT_SO_MANY.search(self.text))

    @property
    def takes_off(self) -> bool:
        """Is the pan off the heat now?"""
        return bool(_OFF_HEAT.search(self.text)) or self.verb in _OVER

    @property
    def takes_out(self) -> bool:
        """ "Transfer to a plate", "set aside": out of the pan, so that what is done in it next is not done to this."""
        return self.way is None and bool(_TAKEN_OUT.search(self.text))

    @property
    def puts_back(self) -> bool:
        """ "Return the chicken", "put the meatballs back in"."""
        return self.verb in ("return", "add") or self.brings_together and " back" in self.text

    @property
    def puts_all_back(self) -> bool:
        """ "Return to the pan", "put everything back": whatever was taken out."""
        return self.verb == "return" or self.all_left and " back" in self.text

    @property
    def puts_on(self) -> bool:
        """Is the pan over a heat now?"""
        return bool(_ON_HEAT.search(self.text))

    @property
    def is_stirred_hot(self) -> bool:
        """ "Stir until it thickens and bubbles": heat, if the pan is on it."""
        return self.verb in ("stir", "whisk", "toss") and bool(_STIRRED_HOT.search(self.text))

    @property
    def joins_the_last_minutes(self) -> bool:
        """ "Add the peas for the last 4 minutes": of the heat that goes on."""
        return self.adds and self.minutes is not None and bool(_AT_LAST.search(self.text))

    @property
    def melts(self) -> bool:
        """ "Stir to melt the cheese": heat, if the pan boils."""
        return self.verb in ("stir", "whisk") and "melt" in self.text

    @property
    def boils(self) -> bool:
        """Does the pot boil or simmer now, over the heat?"""
        return self.way is Way.WET and not self.takes_off and not self.lowers_the_heat

    @property
    def stands_in_hot_water(self) -> bool:
        """Eggs left in hot water go on cooking: the one heat that needs no fire under it."""
        long = self.minutes is not None and self.minutes >= _HARD_BY_THEN and bool(_STANDS.search(self.text))
        return bool(_STANDING.search(self.text)) or long and "cover" in self.sentence.lower()

    @property
    def chills(self) -> bool:
        """Does it end in the fridge, or cold?"""
        return bool(_CHILLED.search(self.text))

    def count_of(self, names: Sequence[str]) -> int:
        """How many of a food it takes: 2 for "beat 2 of the eggs"; 0 where it does not count them."""
        words = "|".join(map(re.escape, names))
        return _count(
            re.search(rf"\b(\d{{1,2}}|{_SMALL_NUMBERS}) (?:of the |more |large |whole |fresh )*(?:{words})", self.text)
        )

    @property
    def counts_out(self) -> bool:
        """Does its verb take a counted food for a use of its own: "whisk 2 eggs", "make a mayonnaise with 2 eggs"?"""
        return self.takes_up or self.verb in _COUNTED_OUT

    def adds_another_portion(self, names: Sequence[str]) -> bool:
        """ "the remaining cheese", "more parsley": a portion that has had none of the heat so far."""
        if _CLEARED.search(self.text):
            return False
        words = re.finditer(r"\b(?:" + "|".join(map(re.escape, names)) + ")", self.text)
        return any(_ANOTHER_PORTION.search(self.text[max(0, found.start() - _NEAR) : found.start()]) for found in words)


def acts(steps: Sequence[str]) -> Iterator[Act]:
    """Everything done in these steps, in order. A sentence without a verb we know is an act that does nothing."""
    stored, offered = False, False
    for number, step in enumerate(steps, 1):
        of_storage = False
        pieces = _CLAUSES.split("\n".join(" ".join(line.split()) for line in step.splitlines()))
        for clause, cut in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
            of_storage = of_storage or bool(_STORAGE.search(clause.lower()))
            stored = stored or of_storage
            for act in map(_with_unspoken_heat, _acts_of(clause, number)):
                reheats = stored and act.verb in ("reheat", "re-heat")
                way = None if of_storage or reheats else act.way
                yield replace(act, way=way, after_then="then" in cut, or_else=offered)
                offered = act.verb in _AT_THE_TABLE and bool(_OR.search(act.text))


def _acts_of(clause: str, number: int) -> Iterator[Act]:
    lower, sentence = _NEVER.sub(_blank, clause.lower()), clause.strip()
    if _TITLE.fullmatch(sentence):
        yield Act("", None, lower, number, sentence)
        return
    supposed = _IF.match(lower)
    done_from = supposed.end() if supposed else 0
    verbs = [found for found in _VERBS.finditer(lower) if found.start() >= done_from and not _is_noun(lower, found)]
    if not verbs and sentence:
        yield Act("", None, lower, number, sentence)
    ends = [found.start() for found in verbs[1:]] + [len(lower)]
    start = 0
    for found, end in zip(verbs, ends, strict=False):
        way = None if found.lastgroup == "other" else Way(found.lastgroup)
        shared = _SHARES_ITS_OBJECT.match(lower, found.start())
        until = ends[ends.index(end) + 1] if shared and end != len(lower) else end
        yield Act(found.group(), way, lower[start:until], number, sentence)
        start = end


def _with_unspoken_heat(act: Act) -> Act:
    """ "Put in the oven for an hour", "heat the soup until bubbling": heated without a verb of heat."""
    if act.way is not None or act.verb in _NEVER_HEATS:
        return act
    put = _PUT_TO_HEAT.search(act.text)
    if put and (act.minutes or "until" in act.text) and not _NOT_TO_COOK.search(act.text):
        return replace(act, way=Way(put.lastgroup))
    if act.minutes and _PRESSURE.search(act.text):
        return replace(act, way=Way.WET)
    if act.minutes and _SET_TO.search(act.text) and is_slow_oven(act.text) is not True:
        return replace(act, way=Way.OVEN)
    heats_a_food = act.thing and not _EMPTY_POT.search(act.thing) and _HOT_BY_THEN.search(act.text)
    if act.verb == "heat" and (heats_a_food or _HEAT_ON.match(act.text)):
        return replace(act, way=Way.PAN)
    return act


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is_noun(text: str, found: re.Match[str]) -> bool:
    """ "the grill", "medium heat", "to a boil", "crackers or toast": the word is there, the deed is not."""
    word, before = found.group(), text[max(0, found.start() - _NEAR) : found.start()]
    goes_on = before.endswith("and ") and _GOES_ON.match(text, found.end())
    beside = word == "mash" and before.endswith("with ")
    listed = beside or word in _OFTEN_LISTED and _LISTED.search(before) and not goes_on
    manner = word in _MANNERS and _MANNER_BEFORE.search(before)
    by_itself = word in _COME_TO_PASS and (_UNTIL_THEY.search(before) or _THEY.search(before))
    if listed or manner or by_itself or word == "mix" and _PACKET.search(before):
        return True
    if found.lastgroup != "other" and (_WILL.search(before) or _ACID.search(before)):
        return True
    if word not in _OFTEN_NOUNS and found.lastgroup == "other":
        return False
    is_verb = _VERB_AFTER_TO.search(before) or before.endswith(("slow ", "pressure "))
    return bool(_NOUN_BEFORE.search(before)) and not is_verb


def _count(found: re.Match[str] | None) -> int:
    word = found[1] if found else ""
    return int(word) if word.isdigit() else _NUMBER_WORDS.get(word, 0)


def _number(text: str) -> float:
    text = text.strip()
    if text in _NUMBER_WORDS:
        return _NUMBER_WORDS[text]
    for sign, part in (("½", 0.5), ("¼", 0.25), ("¾", 0.75)):
        if text.endswith(sign):
            return float(text[:-1].strip() or 0) + part
    whole, _, fraction = text.partition(" ")
    top, _, bottom = fraction.partition("/")
    return float(whole) + (float(top) / max(float(bottom), 1) if bottom else 0)

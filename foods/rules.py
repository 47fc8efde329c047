"""May this person eat what this phrase names? The verdict, with its reasons.

Doubt is a warning: one unexplained word makes a phrase unknown, the worst food in it decides, and a state that makes a food
worse ("rare", "unpasteurised") counts for every food beside it while one that makes it better ("tinned", "well done")
counts for the nearest only.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from foods.food import Finding, Food, FoodFinding, SheetSays, Verdict
from foods.names import ALTERNATIVE, APART, Kind, Piece, Vocabulary, is_amount
from foods.sheets import Sheet
from foods.table import COOKED, EVERYTHING, NOTHING, SAME, FoodTable

COLD = "cold"
"""The state that no heat before it makes good: "cold well-done burger"."""
CUT, BAGGED = "cut", "bagged"
"""The states of what a shop has cut, and of what it has put in a bag."""
HOMEMADE = "homemade"
"""The state of the whole dish, not of what is in it: a home-made cheese sandwich needs no home-made cheese."""
LEFTOVER = "leftover"
"""The state that never betters a food: yesterday's oysters are oysters."""
DISHES = frozenset({"cooked-dish", "eggs", "leftover-food", "pies-pastries", "ready-meals", "sandwich", "takeaways"})
"""Classes of food that is made of other foods, which its name may tell: "ham omelette"."""
OF_THE_DISH = frozenset({"cooked", "homemade", "hot", "served-warm"})
"""States that are said of the whole dish: in "cooked chicken pie" the pie is cooked."""
ANY_KIND = frozenset({"cheese"})
"""Foods of the table that stand for a whole kind: in the name of a dish they may be any of it."""
COOKED_WHY = "Heat all the way through kills the germs that matter here."
COOKED_DO = "Eat it while it is steaming hot all the way through."
OPENED_WHY = "We know {food}, but not how long it has been open."
TOO_OLD_WHY = "We know {food}. It does not keep that long once it is opened or cooked."
OPENED_LEAVE = "Leave it if it was opened or cooked more than {hours} hours ago, or if you cannot tell."
OPENED_ELSE = "If it is fresher, keep it chilled and eat it in that time."
OPENED_COOK = "If it is fresher: {do_this}"
HOURS_IN = {"hour": 1, "day": 24}
COUNTS = {word: count for count, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
COUNTS |= {"couple": 2, "few": 3, "several": 3}
"""The numbers that stand before a stretch of time: "hummus, five days"."""
UNKNOWN_WHY = "We cannot tell what it is, so we cannot say that it is fine."
UNKNOWN_DO = "Leave it until your MS team says yes."


def judge(table: FoodTable, phrase: str, sheets: Sequence[Sheet] = (), cooked: bool = False) -> Finding:
    """The verdict on a phrase such as "100g ripe brie, sliced", under the sheets that apply to this person.

    With no sheet the general table answers. With several the worst answer wins, and none is looser than the table.
    `cooked` says that everything named is cooked right through before it is eaten.
    """
    pieces = table.names.read(phrase)
    cut = _cut(pieces)
    parts = _joined(cut)
    floating = [state for part in cut if not part.of(Kind.NAME) for _, piece in part.of(Kind.STATE) for state in piece.means]
    unexplained = tuple(word for part in parts for word in (*part.unexplained, *_taken_back(table, part)))
    about: list[FoodFinding] = []
    for part in parts:
        found, left_over = _judge_part(table, part, floating, sheets, cooked)
        about += found
        unexplained += left_over
    if not about:
        about = [_food_finding(table, _Outcome(food), "", sheets, cooked) for food in _implied(table, parts)]
    too_old = _too_old(table, pieces, about, sheets)
    depends_on_when = bool(too_old or unexplained) and table.names.vocabulary.since.issuperset(unexplained)
    if about and depends_on_when:
        return _depends_on_when(phrase, about, (*unexplained, *too_old), sheets)
    return _finding(phrase, about, (*unexplained, *too_old))


def judge_food(table: FoodTable, food: Food, sheets: Sequence[Sheet] = (), cooked: bool = False) -> FoodFinding:
    """The verdict on one food of the table, under the sheets that apply to this person."""
    return _food_finding(table, _Outcome(food), food.name, sheets, cooked)


def judge_all(table: FoodTable, foods: Iterable[Food], sheets: Sequence[Sheet] = ()) -> list[FoodFinding]:
    """The verdict on each of several foods, to be shown beside each other."""
    return [judge_food(table, food, sheets) for food in foods]


@dataclass
class _Part:
    """A stretch of the phrase that belongs together: "smoked salmon" in "smoked salmon and cream cheese".

    `after` is what separates it from the stretch before: a comma, "and", "or". Stretches that are joined keep those signs.
    """

    pieces: list[Piece] = field(default_factory=list)
    after: Piece | None = None

    def of(self, kind: Kind) -> list[tuple[int, Piece]]:
        """The pieces of one kind, each with its place."""
        return [(place, piece) for place, piece in enumerate(self.pieces) if piece.kind is kind]

    @property
    def unexplained(self) -> tuple[str, ...]:
        return tuple(piece.text for _, piece in self.of(Kind.UNEXPLAINED))

    def alternatives(self) -> list[range]:
        """The places of each side of an "or" where one side names no food: "crab, fresh or tinned"."""
        ors = {place for place, piece in enumerate(self.pieces) if piece.text in ALTERNATIVE}
        if not ors:
            return []
        ends = [place for place, piece in enumerate(self.pieces) if piece.text in APART]
        starts = [0, *(place + 1 for place in ends)]
        sides = [range(start, end) for start, end in zip(starts, [*ends, len(self.pieces)], strict=True)]
        chosen = [
            side for side in sides if side and (side.start - 1 in ors or side.stop in ors) and self._says_something(side)
        ]
        return chosen if any(all(self.pieces[at].kind is not Kind.NAME for at in side) for side in chosen) else []

    def _says_something(self, side: range) -> bool:
        """Is there more here than an amount: "500g or 1lb"?"""
        return any(not is_amount(word) for at in side for word in self.pieces[at].words)

    def is_taken_back(self, table: FoodTable, place: int) -> bool:
        """Does a negation stand right before the piece at this place, or one plain word before: "no longer frozen"?"""
        negations = table.names.vocabulary.negations
        return any(
            self.pieces[at].text in negations
            for at in (place - 1, place - 2)
            if 0 <= at and (at == place - 1 or self.pieces[place - 1].kind is Kind.PLAIN)
        )

    def is_cut_by_a_shop(self, vocabulary: Vocabulary) -> bool:
        """Did a shop cut it: "carrots, shredded (bagged)", "bag of sliced apples"? Not "1 bag apples, sliced".

        Nor "1 package sliced mushrooms", where the package may be no more than a recipe's measure.
        """
        cuts = [at for at, piece in enumerate(self.pieces) if piece.text in vocabulary.cut]
        if not cuts:
            return False
        bags = [at for at, piece in self.of(Kind.STATE) if BAGGED in piece.means]
        shops = bags + [at for at, piece in enumerate(self.pieces) if piece.text in vocabulary.shop]
        last = max((at for at, _ in self.of(Kind.NAME)), default=-1)
        return any(shop > cut or (shop in bags and cut < last) for shop in shops for cut in cuts)

    def said_before(self, place: int) -> list[Piece]:
        """The states and plain words right before the food at this place: "smoked" before "salmon pasta"."""
        start = place
        while start and self.pieces[start - 1].kind in (Kind.STATE, Kind.PLAIN) and self.pieces[start - 1].text not in APART:
            start -= 1
        before = self.pieces[start:place]
        is_of_the_dish = OF_THE_DISH.issuperset(state for piece in before for state in piece.means)
        return [] if is_of_the_dish else before

    def nearest_name(self, place: int) -> int:
        """The place of the food that a state at `place` stands beside: the next one, else the last one."""
        names = [at for at, _ in self.of(Kind.NAME)]
        return next((at for at in names if at > place), names[-1])


@dataclass(frozen=True)
class _Outcome:
    """A food as a state leaves it: a form it picks, another food, or itself cooked right through.

    `is_said` is False where the state changes nothing, so that what another state says stands.
    """

    food: Food
    cooked: bool = False
    is_said: bool = True

    @property
    def verdict(self) -> Verdict:
        return self.food.if_cooked if self.cooked else self.food.verdict


def _cut(pieces: Iterable[Piece]) -> list[_Part]:
    """The phrase cut at commas, "and", "with" ..."""
    parts = [_Part()]
    for piece in pieces:
        if piece.kind is not Kind.NAME and piece.text in APART:
            parts.append(_Part(after=piece))
        else:
            parts[-1].pieces.append(piece)
    return parts


def _joined(parts: Iterable[_Part]) -> list[_Part]:
    """The parts that hold a food, each with what stands after it, or before the first: "salmon, smoked"."""
    joined: list[_Part] = []
    for part in parts:
        if joined and not (part.of(Kind.NAME) and joined[-1].of(Kind.NAME)):
            between = [part.after] if part.after else []
            joined[-1] = _Part(joined[-1].pieces + between + part.pieces, joined[-1].after)
        else:
            joined.append(part)
    return joined


def _judge_part(
    table: FoodTable, part: _Part, floating: Sequence[str], sheets: Sequence[Sheet], cooked: bool
) -> tuple[list[FoodFinding], tuple[str, ...]]:
    """A finding for each food of the part, after those for what is in it, and the states that none accounts for."""
    named, left_over = _judge_names(table, part, floating, sheets, cooked)
    places = [at for at, _ in part.of(Kind.NAME)]
    pairs = zip(places, named, strict=True)
    return [one for at, dish in pairs for one in (*_made_of(table, part, at, dish, sheets, cooked), dish)], left_over


def _judge_names(
    table: FoodTable, part: _Part, floating: Sequence[str], sheets: Sequence[Sheet], cooked: bool
) -> tuple[list[FoodFinding], tuple[str, ...]]:
    """A finding for each food that the part names, and the states that none of them accounts for.

    `floating` are the states of the whole phrase that stand apart from any food ("steak with chips, rare").
    """
    names, states = part.of(Kind.NAME), part.of(Kind.STATE)
    cold = any(COLD in piece.means for _, piece in states)
    accounted: set[int] = set()
    alternatives, by_shop = part.alternatives(), part.is_cut_by_a_shop(table.names.vocabulary)
    findings: list[FoodFinding] = []
    for at, name in names:
        bare = table.foods[name.means[0]]
        own_form = bool(bare.picked_by & table.names.vocabulary.states_in(name.words))
        doubted = _doubted(table, part, bare, alternatives)
        of_dish = {HOMEMADE} if at != names[-1][0] and not table.forms(bare) else set()
        loose = [state for state in floating if state not in of_dish]
        said = [outcome for state in loose if (outcome := _apply(table, bare, state)) and outcome.verdict > bare.verdict]
        for place, piece in states:
            outcomes = [outcome for state in piece.means if (outcome := _apply(table, bare, state))]
            accounted |= {place} if outcomes else set()
            if of_dish.intersection(piece.means):
                continue
            nearest = part.nearest_name(place) == at
            said += [one for one in outcomes if _counts(one, bare, nearest and place not in doubted, own_form, cold)]
        if (
            by_shop
            and not any(one.is_said for one in said)
            and (cut := _apply(table, bare, CUT))
            and cut.verdict > bare.verdict
        ):
            said.append(cut)
        worst = max((one for one in said if one.is_said), key=lambda one: one.verdict, default=_Outcome(bare))
        findings.append(_food_finding(table, worst, name.text, sheets, cooked))
    return findings, tuple(piece.text for place, piece in states if place not in accounted)


def _made_of(
    table: FoodTable, part: _Part, at: int, dish: FoodFinding, sheets: Sequence[Sheet], cooked: bool
) -> Iterator[FoodFinding]:
    """What the name of a dish says is in it, where that is no better than the dish: "smoked salmon | pasta".

    A food that the words before the name make what it is counts as it is sold: nobody knows how it gets into the dish. Any
    other counts where a sheet forbids it even cooked right through.
    """
    name = part.pieces[at]
    if len(name.words) == 1 or table.foods[name.means[0]].food_class.slug not in DISHES:
        return
    before = tuple(word for piece in part.said_before(at) for word in piece.words)
    plainly = {piece.means for piece in table.names.inside(name.words) if piece.kind is Kind.NAME}
    found, _ = _judge_names(table, _Part([*table.names.inside(name.words, before)]), (), sheets, cooked)
    for one in found:
        as_sold = before and (one.food.slug,) not in plainly and one.verdict >= dish.verdict
        forbidden = one.if_cooked > max(one.food.if_cooked, dish.verdict)
        if (as_sold or forbidden) and one.food.slug not in (*ANY_KIND, dish.food.slug):
            yield one


def _doubted(table: FoodTable, part: _Part, bare: Food, alternatives: Sequence[range]) -> set[int]:
    """The places of states that may not better this food, because the phrase takes them back or may mean the other side.

    "Not tinned" is as good as no word. "Fresh or tinned" is no better than the worse of the two.
    """
    states = part.of(Kind.STATE)
    doubted = {place for place, _ in states if part.is_taken_back(table, place)}
    betters = {place for place, piece in states if place not in doubted and _betters(table, bare, piece)}
    if any(betters.isdisjoint(side) for side in alternatives):
        doubted |= {place for place in betters if any(place in side for side in alternatives)}
    return doubted


def _betters(table: FoodTable, bare: Food, state: Piece) -> bool:
    outcomes = [outcome for one in state.means if (outcome := _apply(table, bare, one))]
    return any(outcome.is_said and outcome.verdict < bare.verdict for outcome in outcomes)


def _taken_back(table: FoodTable, part: _Part) -> Iterator[str]:
    """Negations of a whole name, which leave us not knowing what is meant: "not tinned salmon"."""
    for place, piece in part.of(Kind.NAME):
        if part.is_taken_back(table, place) and table.names.vocabulary.states_in(piece.words):
            yield part.pieces[place - 1].text


def _counts(outcome: _Outcome, bare: Food, nearest: bool, own_form: bool, cold: bool) -> bool:
    """Does a state's outcome count for this food? A worse one always; a better one only where nothing speaks against it.

    A name that says its own form ("raw milk cheese") is not bettered by a state beside it ("hard"), except by heat.
    """
    if outcome.verdict >= bare.verdict:
        return True
    return nearest and not (cold if outcome.cooked else own_form)


def _apply(table: FoodTable, food: Food, state: str) -> _Outcome | None:
    """What a state makes of a food; None when the table does not say, so that the word explains nothing."""
    if state in food.picked_by:
        return _Outcome(food)
    forms = [form for form in table.forms(food) if state in form.picked_by]
    if forms:
        return _Outcome(max(forms, key=lambda form: form.verdict))
    for about in (food.slug, food.family or food.slug, food.food_class.slug, EVERYTHING):
        becomes = table.state_rules.get((state, about))
        if becomes == COOKED and food.verdict is Verdict.COOK:
            return _Outcome(food, cooked=True)
        if becomes in (SAME, COOKED):
            return _Outcome(food, is_said=False)
        if becomes:
            other = table.foods[becomes]
            no_better = state == LEFTOVER and other.verdict < food.verdict
            return _Outcome(food, is_said=False) if no_better else _Outcome(other)
    return None


def _implied(table: FoodTable, parts: Iterable[_Part]) -> Iterator[Food]:
    """Foods that a state means by itself: "unpasteurised" with no food we know beside it."""
    for part in parts:
        for _, piece in part.of(Kind.STATE):
            for state in piece.means:
                if becomes := table.state_rules.get((state, NOTHING)):
                    yield table.foods[becomes]


def _food_finding(table: FoodTable, outcome: _Outcome, words: str, sheets: Sequence[Sheet], cooked: bool) -> FoodFinding:
    food, is_cooked = outcome.food, outcome.cooked or cooked
    verdict_as_sold = _under(sheets, food, food.verdict)
    verdict_cooked = _cooked_under(sheets, food)
    verdict = verdict_cooked if is_cooked else verdict_as_sold
    says = tuple(one for sheet in sheets if (one := sheet.says(food)))
    heat_decides = is_cooked and verdict < food.verdict
    deciding = next((one for one in says if one.verdict == verdict != food.verdict), None)
    return FoodFinding(
        food=food,
        words=words,
        verdict=verdict,
        base=food.if_cooked if is_cooked else food.verdict,
        why=COOKED_WHY if heat_decides else deciding.why if deciding else food.why,
        do_this=COOKED_DO if heat_decides else deciding.do_this if deciding and deciding.do_this else food.do_this,
        label_says=food.label_says,
        if_cooked=verdict_cooked,
        says=says,
        differs=_differs(table, food, verdict_as_sold, sheets),
    )


def _under(sheets: Sequence[Sheet], food: Food, base: Verdict) -> Verdict:
    verdicts = [sheet.verdict(food, base) for sheet in sheets]
    if len(verdicts) == 1:
        return verdicts[0]
    return max([base, *verdicts])


def _cooked_under(sheets: Sequence[Sheet], food: Food) -> Verdict:
    """Once cooked right through. A sheet that forbids what the table would cook forbids it cooked as well."""
    as_sold = _under(sheets, food, food.verdict)
    if (as_sold is Verdict.AVOID) == (food.verdict is Verdict.AVOID):
        return food.if_cooked
    return Verdict.AVOID if as_sold is Verdict.AVOID else Verdict.OK


def _differs(table: FoodTable, food: Food, verdict: Verdict, sheets: Sequence[Sheet]) -> tuple[SheetSays, ...]:
    mine = {sheet.protocol for sheet in sheets}
    return tuple(one for one in table.said_of(food) if one.verdict != verdict and one.protocol not in mine)


def _finding(phrase: str, about: Sequence[FoodFinding], unexplained: tuple[str, ...]) -> Finding:
    known = Verdict.worst(one.verdict for one in about)
    verdict = max(known, Verdict.UNKNOWN) if unexplained else known
    if verdict is Verdict.UNKNOWN:
        return Finding(phrase, verdict, _not_known(about, unexplained), UNKNOWN_DO, tuple(about), unexplained)
    worst = max(about, key=lambda one: one.verdict)
    conditions = [one.do_this for one in about] if verdict is Verdict.OK else [worst.do_this]
    do_this = " ".join(dict.fromkeys(conditions))
    return Finding(phrase, verdict, worst.why, do_this, tuple(about), unexplained)


def _depends_on_when(
    phrase: str, about: Sequence[FoodFinding], unexplained: tuple[str, ...], sheets: Sequence[Sheet]
) -> Finding:
    """A food we know, opened at a time that we do not: unknown, with the hours that decide."""
    finding = _finding(phrase, about, unexplained)
    worst = finding.decides
    hours = [keeps for keeps in (worst.food.keeps_hours, *map(opened_hours, sheets)) if keeps] if worst else []
    if not worst or finding.verdict is not Verdict.UNKNOWN or not worst.food.keeps_hours:
        return finding
    fresher = OPENED_ELSE if worst.verdict is Verdict.OK else OPENED_COOK.format(do_this=worst.do_this)
    do_this = f"{OPENED_LEAVE.format(hours=min(hours))} {fresher}"
    why = TOO_OLD_WHY if HOURS_IN.keys() & unexplained else OPENED_WHY
    return replace(finding, why=why.format(food=worst.food.name), do_this=do_this)


def _too_old(
    table: FoodTable, pieces: Sequence[Piece], about: Sequence[FoodFinding], sheets: Sequence[Sheet]
) -> tuple[str, ...]:
    """The unit of a stretch of time in the phrase that is longer than a food keeps once it is opened, or is a leftover."""
    words = tuple(word for piece in pieces for word in piece.words)
    told, unit = _longest_time(words)
    if not told:
        return ()
    is_leftover = LEFTOVER in table.names.vocabulary.states_in(words)
    for one in about:
        eaten_as_is = one.verdict is Verdict.OK or (is_leftover and one.verdict is Verdict.COOK)
        keeps = min([one.food.keeps_hours, *filter(None, map(opened_hours, sheets))]) if one.food.keeps_hours else told
        if eaten_as_is and told > keeps:
            return (unit,)
    return ()


def _longest_time(words: Sequence[str]) -> tuple[int, str]:
    """Hours of the longest stretch of time that the words tell of ("5 days"), and its unit; 0 where they tell of none."""
    return max(
        (
            (HOURS_IN[word] * (int(before) if re.fullmatch("[0-9]{1,4}", before) else COUNTS.get(before, 1)), word)
            for before, word in itertools.pairwise(("", *words))
            if word in HOURS_IN
        ),
        default=(0, ""),
    )


def opened_hours(sheet: Sheet) -> int | None:
    """Hours that a sheet lets an opened pack be kept; None where it does not say."""
    said = sheet.rules.get("opened_hours")
    return int(said.value) if said else None


def _not_known(about: Sequence[FoodFinding], unexplained: tuple[str, ...]) -> str:
    words = " or ".join(f"“{word}”" for word in dict.fromkeys(unexplained))
    if about and words:
        return f"We know {about[0].food.name}, but not what {words} makes of it."
    return UNKNOWN_WHY

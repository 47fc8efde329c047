"""How does each ingredient reach the mouth? Every food is followed through the steps, inside the mixtures it enters.

Foods put together form a mixture; heat reaches the mixtures it names, or the one in hand when it names none. Whatever is not
plainly cooked through is not called so: the answer is then raw, underdone, or cannot tell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from foods.names import BREAK, Vocabulary
from recipes.heat import (
    Done,
    Heat,
    Kind,
    Way,
    how_done,
    is_called_underdone,
    is_slow_oven,
    is_too_short,
    is_water_bath,
    liquid_temperature,
    minutes_at_least,
    speaks_of_doneness,
)
from recipes.steps import Act, acts

_SLOWED = 4
"""A minute in a slow oven does what a quarter of one does in a hot oven."""


_DISHES = frozenset(
    "cake pie tart quiche bake lasagne lasagna casserole stew soup curry chilli chili sauce gravy"
    " filling stuffing mixture batter"
    " dough pastry crust base loaf burger patty meatball ball fritter parcel skewer kebab roll sausage omelette frittata egg"
    " pancake crumble pudding custard meat joint roast steak fish fillet cheese topping meringue biscuit cookie muffin"
    " sandwich toastie pizza stock broth ragu dish tray tin pan pot side batch piece strip cube slice half rest ingredient"
    " content everything lot assembled prepared stuffed vegetable veg breast thigh chop cutlet liver prawn rasher"
    " spoonful ladleful dollop mound".split()
)
"""What a heat may be said to reach without a new thing coming in: dishes, vessels, and what any food is cut into."""


_SERVED_COLD = frozenset("dressing vinaigrette mayo mayonnaise aioli dip salsa slaw relish pesto".split())
"""What goes by these names is heated only where a step says so."""


_MIXES_ON = frozenset("stir mix whisk fold season beat add blend combine toss".split())
"""With these one goes on with what is in the bowl."""
_GENTLE = frozenset({"poach", "confit"})
"""Done in a liquid that is kept well below the boil."""


_DONE_TO_TASTE = frozenset({Kind.EGG, Kind.WHOLE_CUT, Kind.PATTY, Kind.POULTRY, Kind.FISH})
"""What cooks leave pink, rosy or runny on purpose."""


_ALSO_DEEDS = frozenset({"roast", "chop"})
_ANY_FISH = frozenset({"fish", "seafood"})
"""A recipe's word for all its fish: also for the one that no step calls by its name."""


_ON_THE_SIDE = frozenset(
    "rice pasta noodle spaghetti macaroni quinoa couscous potato bread toast bun roll tortilla naan pitta pita cracker soup"
    " vegetable veg".split()
)
"""What a step may cook that its list forgets: "boil noodles" heats them, and not the ham in the bowl."""


_FEW_WORDS = 4
"""So near stands what a food is cooked with: "with the new potatoes"."""


_DRIPS_RAW = _DONE_TO_TASTE - {Kind.EGG} | {Kind.STRIPS, Kind.MINCE, Kind.SHELLFISH}
"""What leaves its raw juices in a marinade."""


_FILLED = frozenset("wrapper pastry dough dumpling wonton gyoza".split())
"""What is cooked with the filling that it was folded round."""


_SHARE_A_WORD = (Kind.CHEESE, Kind.EGG)
"""Of these a list often holds several: "the cheese" may have been another."""


class Eaten(Enum):
    """How a food in a recipe reaches the mouth."""

    RAW = "raw"
    COOKED = "cooked through"
    COLD = "cooked, then cold"
    UNDERDONE = "underdone"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Part:
    """One ingredient as the method may speak of it.

    `names` are its own names, folded. `short_names` are single words of them, which mean it where they are no other food's
    whole name; `loose_names` are wider ones ("meat", "fish", "cheese") that mean it when nothing else is nearer.
    `carries` is False for oil, salt and the like, whose heating says nothing of other foods. `for_serving` says that its
    line keeps it for the table, `count` how many of it there are (0 where it is not counted), `must_cook` that it is not
    fine as bought.
    """

    names: tuple[tuple[str, ...], ...]
    short_names: tuple[tuple[str, ...], ...] = ()
    loose_names: tuple[tuple[str, ...], ...] = ()
    kind: Kind = Kind.OTHER
    carries: bool = True
    for_serving: bool = False
    count: int = 0
    must_cook: bool = False


@dataclass(frozen=True)
class Followed:
    """How one ingredient is eaten, and the step (counted from 1, 0 for none) and words that the answer rests on."""

    eaten: Eaten
    step: int = 0
    quote: str = ""


def follow(steps: Sequence[str], parts: Sequence[Part], vocabulary: Vocabulary, dish: str = "") -> list[Followed]:
    """How each part is eaten after these steps, in the order of `parts`. `dish` is the recipe's name."""
    kitchen = _Kitchen(steps, parts, vocabulary, dish)
    for act in acts(steps):
        kitchen.do(act)
    return [kitchen.answer(place) for place in range(len(parts))]


_Names = dict[str, list[tuple[tuple[str, ...], int]]]
"""Names, each with the place of its food in the list, by their first word."""


@dataclass(eq=False)
class _Mixture:
    """Foods put together, by their places in the list; what the recipe calls them, and are they in a pan, dish or oven?

    `is_out`: taken out of the pan, while something else is done in it.
    """

    foods: set[int] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    in_a_pot: bool = False
    vessel: str = ""
    of_water: bool = False
    is_out: bool = False


@dataclass
class _Trail:
    """What has happened to one food so far.

    `untimed`: some heat of it has no time; `taken`: how many of it the steps have counted out so far.
    `implied`: only "all ingredients" has named it; `guessed`: only a word like "cheese" has. `part_used`: some of it is
    still to come; `kept_back`: some of it has had none of the heat; `raw_juices`: its marinade is poured over, raw.
    """

    placed: bool = False
    implied: bool = False
    done: Done = Done.NOT
    minutes: dict[Way, float] = field(default_factory=dict)
    untimed: bool = False
    taken: int = 0
    step: int = 0
    quote: str = ""
    chilled: bool = False
    guessed: bool = False
    part_used: bool = False
    kept_back: bool = False
    raw_juices: bool = False

    def rest_on(self, act: Act) -> None:
        """Remember the words that the answer rests on."""
        self.step, self.quote = act.step, act.sentence

    def another_portion(self, act: Act) -> None:
        """More of it, which has had none of the heat so far."""
        self.done, self.minutes, self.part_used, self.kept_back = Done.NOT, {}, False, False
        self.rest_on(act)


_TAKES_MORE = frozenset({"put", "whisk"})
"""Deeds that begin with food from the shelf: "put the lemon inside" is not the lemon that was mashed into a dip."""


class _Kitchen:
    """The mixtures on the table and in the pots, as the steps are done one after another."""

    def __init__(self, steps: Sequence[str], parts: Sequence[Part], vocabulary: Vocabulary, dish: str = "") -> None:
        self.parts = parts
        self.vocabulary = vocabulary
        self.names = _by_first_word(
            (name, place) for place, part in enumerate(parts) for name in part.names + part.short_names
        )
        self.loose_names = _by_first_word((name, place) for place, part in enumerate(parts) for name in part.loose_names)
        self.told_apart, self.spoken_by_name = self._names_used(steps)
        self.never_named = self._never_named(steps)
        self.in_a_bath = is_water_bath(" ".join((dish, *steps)).lower())
        self.called_underdone = is_called_underdone(dish)
        self.trails = [_Trail() for _ in parts]
        self.mixtures: list[_Mixture] = []
        self.in_hand = _Mixture()
        self.waiting = _Mixture()
        self.heated: set[int] = set()
        self.heated_by = Way.PAN
        self.asked_for = ""
        self.put_in_hand = ""
        self.slow_oven = False
        self.liquid: float | None = None
        self.said_before: set[str] = set()
        self.spoken_of = set(vocabulary.fold(dish)) | _DISHES
        self.sure: set[int] = set()
        self.on_heat = False
        self.any_heat = False
        self.boiling = False
        self.in_the_boil = False
        self.clean_marinade = not any("marinade" in step.lower() for step in steps)

    def do(self, act: Act) -> None:
        """Let one act change the foods it names, or the mixture in hand."""
        self._set_oven(act)
        self._keep_back(act)
        self.boiling = self.boiling and not act.takes_off and not act.lowers_the_heat
        named, self.sure = self._spot(act.objects)
        named = self._or_the_next_line(act, named)
        self._take_a_fresh_portion(act, named)
        if act.way is None:
            self._put_together(act, named)
            self._halve(act)
            self._go_on_cooking(act)
            self._hear_of_doneness(act, named)
        else:
            self._heat(act, named)
            self._halve(act)
        self._mind_the_marinade(act)
        words = self.vocabulary.fold(act.text)
        self.said_before.update(words)
        self.spoken_of.update(words)
        if act.chills:
            for food in self.in_hand.foods:
                self.trails[food].chilled = True

    def answer(self, place: int) -> Followed:
        """How the food at this place in the list is eaten, now that all steps are done."""
        trail = self.trails[place]
        if trail.done is Done.MAYBE and self._is_plainly_underdone(place):
            eaten = Eaten.UNDERDONE
        elif trail.done is Done.NOT:
            eaten = Eaten.RAW if trail.placed or not self.any_heat else Eaten.CANNOT_TELL
        elif trail.done is Done.THROUGH:
            cooked = Eaten.COLD if trail.chilled else Eaten.COOKED
            eaten = Eaten.CANNOT_TELL if trail.kept_back or trail.raw_juices else cooked
        else:
            eaten = Eaten.UNDERDONE if trail.done is Done.UNDER else Eaten.CANNOT_TELL
        return Followed(eaten, trail.step, trail.quote)

    def _is_plainly_underdone(self, place: int) -> bool:
        """Was its only heat far too short, or does the dish's own name say that it is to be pink?"""
        trail, kind = self.trails[place], self.parts[place].kind
        short = not trail.untimed and is_too_short(kind, trail.minutes)
        return short or self.called_underdone and kind in _DONE_TO_TASTE

    # Which foods an act means

    def _names_used(self, steps: Sequence[str]) -> tuple[set[int], set[int]]:
        """The places of the foods that some step calls by a name that is theirs alone; and by one that is not loose."""
        owners: dict[tuple[str, ...], set[int]] = {}
        for place, part in enumerate(self.parts):
            for name in part.names + part.short_names + part.loose_names:
                owners.setdefault(name, set()).add(place)
        found = [self._runs(self.vocabulary.fold(step), self.names) for step in steps]
        names = {name for runs in found for places in runs.values() for name, _ in places}
        by_name = {place for runs in found for places in runs.values() for _, place in places}
        return {place for name in names if len(owners[name]) == 1 for place in owners[name]}, by_name

    def _never_named(self, steps: Sequence[str]) -> set[int]:
        """The one raw meat or fish of a recipe that no step names in any way: "roast for an hour" can mean nothing else."""
        must = {place for place, part in enumerate(self.parts) if part.must_cook}
        raw = {place for place in must if self.parts[place].kind in _DONE_TO_TASTE}
        words = {word for step in steps for word in self.vocabulary.fold(step)} - _ALSO_DEEDS
        loosely = any(name[0] in words for place in must for name in self.parts[place].loose_names)
        return set() if len(must) > 1 or loosely else raw - self.spoken_by_name

    def _named(self, text: str) -> set[int]:
        return self._spot(text)[0]

    def _spot(self, text: str) -> tuple[set[int], set[int]]:
        """The places of the ingredients that a text names, and of those the ones named by more than a loose name.

        The longest name wins, a loose one only where none is nearer.
        """
        words = self.vocabulary.fold(text)
        named: set[int] = set()
        sure: set[int] = set()
        taken: set[int] = set()
        for (_, _, at), places in sorted(self._runs(words, self.names).items(), reverse=True):
            length = next(len(name) for name, _ in places)
            if taken.isdisjoint(range(at, at + length)):
                meant = self._meant({place for _, place in places})
                named |= meant
                sure |= {place for name, place in places if place in meant and self._is_sure(name, place)}
                taken |= set(range(at, at + length))
        for (_, _, at), places in self._runs(words, self.loose_names).items():
            candidates = {place for _, place in places}
            unspoken = candidates - self.spoken_by_name
            if at not in taken and not candidates & named:
                named |= unspoken or self._placed(candidates) or self._meant(candidates)
            elif words[at] in _ANY_FISH:
                named |= unspoken
        return named, sure

    def _runs(self, words: tuple[str, ...], names: _Names) -> dict[tuple[int, bool, int], list[tuple[tuple[str, ...], int]]]:
        """The names found in a text, by their length, whether they are a food's whole name, and where they stand."""
        found: dict[tuple[int, bool, int], list[tuple[tuple[str, ...], int]]] = {}
        for at, word in enumerate(words):
            for name, place in names.get(word, ()):
                if words[at : at + len(name)] == name:
                    found.setdefault((len(name), name in self.parts[place].names, at), []).append((name, place))
        return found

    def _is_sure(self, name: tuple[str, ...], place: int) -> bool:
        return name not in self.parts[place].loose_names or name in self.parts[place].names

    def _meant(self, candidates: set[int]) -> set[int]:
        """Of several foods that share a word, those that no step calls by a better name: "salmon" is not the smoked one."""
        return candidates - self.told_apart or candidates

    def _or_the_next_line(self, act: Act, named: set[int]) -> set[int]:
        """A list stands in the order of use: the second time that garlic is added, it is the second line with garlic."""
        if not act.takes_up or act.is_here:
            return named
        return {self._unused_twin(place) if self._is_elsewhere(place) else place for place in named}

    def _take_a_fresh_portion(self, act: Act, named: set[int]) -> None:
        """ "Fry the garlic" heats no dressing that has garlic in it: what is fine as bought comes fresh from the shelf."""
        takes_more = act.verb == "add" or act.way in (Way.PAN, Way.WET) or act.way is None and act.verb in _TAKES_MORE
        if act.says_mixture or not takes_more:
            return
        for place in self._placed(named & self._named(act.before_until)):
            for mixture in self._holding({place}) if self._is_from_the_shelf(place) else []:
                bowl = not mixture.in_a_pot and act.label not in mixture.labels
                if bowl and self._raw(mixture.foods) and not self._raw(mixture.foods & named):
                    mixture.foods.discard(place)
                    self.trails[place] = _Trail()

    def _is_from_the_shelf(self, place: int) -> bool:
        """Is it fine as bought, and no pastry that has been filled?"""
        part = self.parts[place]
        return not part.must_cook and not any(_FILLED.intersection(name) for name in part.names)

    def _is_elsewhere(self, place: int) -> bool:
        return self.trails[place].placed and place not in self.in_hand.foods

    def _unused_twin(self, place: int) -> int:
        """The first line with the same food that no step has used yet; this line itself where there is none."""
        words = set(self.parts[place].names + self.parts[place].short_names)
        twins = (
            other
            for other, part in enumerate(self.parts)
            if not self.trails[other].placed and not part.for_serving and words & set(part.names + part.short_names)
        )
        return next(twins, place)

    def _counted(self, act: Act, named: set[int]) -> set[int]:
        """The places meant by "the first 5 ingredients", "the next 3 ingredients" or "everything", beside those named."""
        everything = range(len(self.parts))
        if act.first_so_many:
            return set(everything[: act.first_so_many]) - named
        if act.next_so_many:
            start = 1 + max(named or self._placed(everything), default=-1)
            return set(everything[start : start + act.next_so_many]) - named
        before = {place for place in everything if not self.parts[place].for_serving}
        all_of_it = act.all_left or act.mixes_all and not named and not self._placed(everything)
        return before - self._placed(before) - named if all_of_it else set()

    def _placed(self, places: Iterable[int]) -> set[int]:
        return {place for place in places if self.trails[place].placed}

    def _carriers(self, places: Iterable[int]) -> set[int]:
        return {place for place in places if self.parts[place].carries}

    def _holding(self, places: set[int]) -> list[_Mixture]:
        return [mixture for mixture in self.mixtures if mixture.foods & places]

    def _labelled(self, act: Act) -> list[_Mixture]:
        return [mixture for mixture in self.mixtures if act.label and act.label in mixture.labels]

    # Putting together

    def _put_together(self, act: Act, named: set[int]) -> None:
        if act.takes_up:
            self._take_out(named)
        self._take_fresh(act, named)
        counted = self._counted(act, named)
        together = named | counted
        self._note_portions(act, together)
        placed = self._placed(together)
        if act.puts_all_back and not placed:
            self._put_all_back()
        if self.heated & self.in_hand.foods and act.takes_out:
            self._take_from_the_pan(act, together)
        elif self._names_nothing_new(act, together):
            self._turn_to(act)
            self.in_hand.in_a_pot |= act.says_pot
            self._add_the_rest(act)
        else:
            self._find_the_bowl(act, together, placed)
            self._place_all(act, together - placed, counted)

    def _names_nothing_new(self, act: Act, together: set[int]) -> bool:
        """Is it no food, or one that is only spoken of? A pan made ready, or a dish added to, is a place to put things."""
        a_place = act.makes_ready and not self._carriers(together) or self._in_its_vessel(act)
        return not a_place and (not together or self._only_speaks_of(act, together))

    def _find_the_bowl(self, act: Act, together: set[int], placed: set[int]) -> None:
        """Take in hand what its foods go into: an empty pan, the dish it names, a bowl of their own, or what is there."""
        if act.makes_ready and not self._carriers(together):
            if act.empty_pot:
                self._begin()
                self.on_heat = act.verb == "heat"
        elif there := self._in_its_vessel(act):
            moved = [self.in_hand] if act.moves_what_is_in_hand and self.in_hand.foods else []
            self._take_in_hand(list(dict.fromkeys([there, *moved, *self._holding(self._carriers(placed))])))
        elif not self._carriers(placed) and self._begins_anew(act):
            self._begin()
        else:
            self._gather(act, placed)
        self.in_hand.in_a_pot |= act.says_pot

    def _place_all(self, act: Act, new: set[int], counted: set[int]) -> None:
        """Put foods not seen before into what is in hand, and remember what the recipe calls it."""
        for place in sorted(new):
            self._place(place, act)
            self.trails[place].implied = place in counted and act.means_all_left
            self.trails[place].guessed = place not in self.sure and not act.says_bird
        if act.label:
            self.in_hand.labels.add(act.label)
        self.in_hand.vessel = act.vessel or self.in_hand.vessel

    def _take_from_the_pan(self, act: Act, named: set[int]) -> None:
        """Put what is named, or all that is in hand, on a plate, with what is new. The pan stays in hand."""
        pan = self.in_hand
        taken = self._carriers(named & pan.foods) or set(pan.foods)
        pan.foods -= taken
        self.in_hand = self.waiting = _Mixture(taken, vessel=act.vessel, is_out=True)
        self.mixtures.append(self.waiting)
        self._place_new(act, named)
        self.in_hand = pan

    def _put_all_back(self) -> None:
        """Put whatever was taken out back into the pan."""
        out = [one for one in self.mixtures if one.is_out and one is not self.in_hand]
        if out:
            self._take_in_hand([*out, self.in_hand])
        self.in_hand.is_out = False

    def _only_speaks_of(self, act: Act, together: set[int]) -> bool:
        """ "Make the stuffing", "repeat with the sauce": nothing that is not there already, and nothing done to it?"""
        if together != self._placed(together):
            return False
        return act.verb == "make" or not act.verb and not self._carriers(together)

    def _in_its_vessel(self, act: Act) -> _Mixture | None:
        """What is already in the dish that an act puts more into."""
        wanted = act.same_vessel
        there = [one for one in self.mixtures if wanted and one.vessel == wanted and one.foods and one is not self.in_hand]
        return there[-1] if there else None

    def _begins_anew(self, act: Act) -> bool:
        """Do foods not seen before go into a bowl of their own?"""
        if self._is_set_down(act):
            return True
        if act.moves_what_is_here and not act.new_bowl:
            return False
        other_bowl = act.new_bowl and act.verb not in ("add", "return", "transfer")
        other_pot = act.says_pot and not act.says_it and not self.in_hand.in_a_pot
        other_base = self._named(act.base) - self.in_hand.foods
        return other_bowl or other_pot or bool(other_base) or not (act.adds or act.is_here or act.goes_with)

    def _is_set_down(self, act: Act) -> bool:
        """Is a dip or dressing in hand, that the next foods are not put into?"""
        dip = self.in_hand.labels & _SERVED_COLD and not self.in_hand.in_a_pot
        return bool(dip) and act.label not in self.in_hand.labels and act.verb not in _MIXES_ON

    def _turn_to(self, act: Act) -> None:
        """An act that names no food: it takes up the mixture it names ("pour in the dressing"), or an empty bowl."""
        labelled = self._labelled(act)
        if labelled and labelled[-1] is not self.in_hand:
            both = [labelled[-1], self.in_hand] if act.adds and self.in_hand.foods else [labelled[-1]]
            self._take_in_hand(both)
        elif (
            (act.puts_over or act.joins_wet_and_dry or self._is_filled(act))
            and self.waiting in self.mixtures
            and self.waiting is not self.in_hand
        ):
            self._take_in_hand([self.waiting, self.in_hand])
        elif act.new_bowl and not act.fills_what_is_there:
            self._begin()

    def _is_filled(self, act: Act) -> bool:
        """Does the filling that waits go on the pastry in hand?"""
        return act.puts_filling and bool(self.in_hand.foods) and not self.waiting.labels & _SERVED_COLD

    def _gather(self, act: Act, placed: set[int]) -> None:
        """Bring the mixtures of the foods named together with the one in hand, where the words say so.

        Salt and oil go into everything: two foods seasoned with the same salt are not one mixture.
        """
        mixtures = self._holding(self._carriers(placed))
        if act.brings_together:
            to_the_pan = act.puts_back and self.on_heat
            whole = all(self._comes_along(one, placed) for one in mixtures)
            is_here = act.says_it or act.says_pot and self.in_hand.in_a_pot
            here = act.adds_to_what_is_there or act.adds_here and act.sentence == self.put_in_hand
            meant = is_here or act.goes_over or whole and (to_the_pan or here)
            with_it = [self.in_hand] if meant and self.in_hand.foods and self.in_hand not in mixtures else []
            if len(mixtures + with_it) > 1:
                self._take_in_hand(mixtures + with_it)
                return
        if mixtures:
            self._turn_from_empty(mixtures[-1])
            self.in_hand = mixtures[-1]
            self.in_hand.is_out = self.in_hand.is_out and not act.puts_back

    def _comes_along(self, mixture: _Mixture, named: set[int]) -> bool:
        """May all of a mixture be meant by some of it? Not where raw food is in it: "add the garlic" adds no dressing."""
        return not self._raw(mixture.foods - named - self.in_hand.foods)

    def _raw(self, places: Iterable[int]) -> set[int]:
        """Those that are not fine as bought and have had no heat."""
        return {place for place in places if self.parts[place].must_cook and self.trails[place].done is Done.NOT}

    def _turn_from_empty(self, mixture: _Mixture) -> None:
        """What an empty bowl was to hold ("make the meringue: ...") is what goes into it."""
        if not self.in_hand.foods:
            mixture.labels |= self.in_hand.labels
            self.in_hand.labels = set()

    def _take_in_hand(self, mixtures: Sequence[_Mixture]) -> None:
        """Make one mixture of several."""
        foods: set[int] = set().union(*(mixture.foods for mixture in mixtures))
        labels: set[str] = set().union(*(mixture.labels for mixture in mixtures))
        if sum(bool(mixture.foods) for mixture in mixtures) > 1:
            labels -= _SERVED_COLD
        in_a_pot = any(mixture.in_a_pot for mixture in mixtures)
        self.in_hand = mixtures[0] if len(mixtures) == 1 else _Mixture(foods, labels, in_a_pot)
        self.mixtures = [mixture for mixture in self.mixtures if mixture not in mixtures] + [self.in_hand]

    def _begin(self) -> None:
        """An empty bowl or pot. What was in hand waits: "heat the oil, then sear" means the food before the oil."""
        if self._carriers(self.in_hand.foods):
            self.waiting = self.in_hand
        self.on_heat = self.boiling = False
        self.in_hand = _Mixture()
        self.mixtures.append(self.in_hand)

    def _place(self, place: int, act: Act) -> None:
        self.trails[place].placed = True
        self.trails[place].rest_on(act)
        if self.in_hand not in self.mixtures:
            self.mixtures.append(self.in_hand)
        for mixture in self.mixtures:
            mixture.foods.discard(place)
        self.in_hand.foods.add(place)
        self.put_in_hand = act.sentence

    def _take_out(self, places: Iterable[int]) -> None:
        """A food that "all ingredients" seemed to take in is taken up by itself: it was never in there."""
        implied = [place for place in places if self.trails[place].implied]
        for place in implied:
            self.trails[place] = _Trail()
            for mixture in self.mixtures:
                mixture.foods.discard(place)

    def _take_fresh(self, act: Act, named: set[int]) -> None:
        """A food whose namesake is cooked by now: the second "2 eggs", the goat's cheese after "the cheese"."""
        if not act.takes_up and not act.is_late:
            return
        for place in self._placed(named):
            part, trail = self.parts[place], self.trails[place]
            twins = [other for other in named if self.parts[other].names == part.names and part.names]
            guessed_before = trail.guessed and place in self.sure and (part.kind in _SHARE_A_WORD or act.is_late)
            if trail.done is not Done.NOT and (guessed_before or place == max(twins, default=-1) > min(twins)):
                trail.another_portion(act)

    def _keep_back(self, act: Act) -> None:
        """ "Stir in the crab, keeping a little back to garnish"."""
        before, after = act.keeps_back
        kept = (self._named(after) or self._named(before)) if before or after else set()
        for place in kept:
            self.trails[place].kept_back = self.trails[place].done is not Done.THROUGH

    def _note_portions(self, act: Act, places: Iterable[int]) -> None:
        """A portion kept back and added now has had none of the heat so far."""
        for place in places:
            trail, part = self.trails[place], self.parts[place]
            words = [name[-1] for name in part.names + part.short_names]
            if (
                words
                and trail.done is not Done.NOT
                and (act.adds_another_portion(words) or self._counts_out_more(act, place))
            ):
                trail.another_portion(act)
            trail.taken += act.count_of(words) if words and part.count else 0
            trail.part_used = bool(words) and act.takes_a_part(words)

    def _counts_out_more(self, act: Act, place: int) -> bool:
        """ "Whisk 2 eggs" where two of the four are baked by now."""
        part, trail = self.parts[place], self.trails[place]
        count = act.count_of([name[-1] for name in part.names + part.short_names]) if part.count and act.counts_out else 0
        return bool(count and trail.taken) and trail.taken + count <= part.count

    def _add_the_rest(self, act: Act) -> None:
        """ "Scatter over the rest": of each food that was used in part. "Eat the remaining dough": of all that is in it."""
        for trail in self.trails if act.adds_the_rest else ():
            if trail.part_used:
                trail.another_portion(act)
        for food in self.in_hand.foods if act.eats_what_is_left else ():
            self.trails[food].another_portion(act)

    def _halve(self, act: Act) -> None:
        """ "Shape the first half into burgers", "stir the capers into the second half": halves of what is in hand."""
        for food in self.in_hand.foods if act.takes_one_half else ():
            self.trails[food].part_used = True
        for trail in self.trails if act.takes_the_other_half else ():
            if trail.part_used and trail.done is not Done.NOT:
                trail.another_portion(act)

    def _mind_the_marinade(self, act: Act) -> None:
        """What raw meat has lain in is raw, unless some was set aside before, or it is boiled."""
        if self.clean_marinade:
            return
        raw = {place for place in self._placed(range(len(self.parts))) if self.parts[place].kind in _DRIPS_RAW}
        before_the_meat = "reserv" in act.text and not raw
        self.clean_marinade |= before_the_meat or act.parts_the_marinade or act.boils_the_marinade
        for place in raw if act.pours_the_marinade or act.boils_the_marinade else ():
            self.trails[place].raw_juices = not self.clean_marinade

    # Heat

    def _heat(self, act: Act, named: set[int]) -> None:
        """Let a heat reach what it means. "Until the cheese bubbles" speaks of what is there, and puts nothing in."""
        at_once = self._named(act.before_until) & named
        if not named and not self._carriers(self.in_hand.foods | self.waiting.foods):
            named = at_once = self.never_named
        if self._carriers(self.in_hand.foods):
            named = at_once | self._placed(named)
        named = named | self._counted(act, named)
        carriers = self._carriers(named)
        in_a_medium = act.is_in_a_medium and bool(self._carriers(self.in_hand.foods))
        if not carriers and act.is_water_alone:
            self._begin()
            self.in_hand.in_a_pot = self.in_hand.of_water = self.on_heat = self.boiling = True
            return
        if not carriers and self._is_of_another_pot(act, named, at_once, in_a_medium):
            self._begin()
            self._place_new(act, named)
            return
        self._take_out(at_once)
        self._note_portions(act, named)
        beside_it = self._goes_in_with(act, carriers)
        if carriers and not self._placed(carriers) and not in_a_medium and not beside_it:
            self._begin()
        self._place_new(act, named)
        meant = set() if in_a_medium else carriers
        self.any_heat, self.on_heat = True, act.way is not Way.OVEN
        targets = self._reached(act, meant, at_once)
        if targets:
            self._cook_all(act, targets, at_once if meant else set())

    def _goes_in_with(self, act: Act, named: set[int]) -> bool:
        """ "Roast with the potatoes": what is in hand, and them beside it. Not "roast with oil the carrots"."""
        beside = self._named(" ".join(act.objects.split()[:_FEW_WORDS])) & named if act.goes_with else ()
        return bool(beside) and not self.in_hand.labels & _SERVED_COLD

    def _is_of_another_pot(self, act: Act, named: set[int], at_once: set[int], in_a_medium: bool) -> bool:
        """Does it name only salt, rice and the like, that are not in hand: "boil the rice"?"""
        in_the_oven = act.way is Way.OVEN and self.in_hand.in_a_pot
        here = in_the_oven and not at_once or act.is_here or bool(self._labelled(act)) or named <= self.in_hand.foods
        baked_together = in_the_oven and named <= self.in_hand.foods
        return bool(named) and not here and not in_a_medium or bool(self._named(act.object)) and not baked_together

    def _cook_all(self, act: Act, targets: Sequence[_Mixture], at_once: set[int]) -> None:
        """Let a heat reach every food of these mixtures. The last of them is in hand then."""
        self.in_the_boil = self.boiling and act.verb == "cook" and self.in_hand in targets
        self.in_hand = targets[-1]
        beside = self._beside(act, at_once)
        self.in_hand.in_a_pot = True
        self.heated = set().union(*(mixture.foods for mixture in targets))
        self.heated_by = act.really
        if self.liquid is not None and (act.verb in _GENTLE or self.in_a_bath):
            bath = " in a water bath" if self.in_a_bath else ""
            self.asked_for = f"{self.asked_for} core of {self.liquid}°c{bath}"
        self.boiling = act.boils or self.boiling and act.way is not Way.OVEN
        doubtful = act.is_a_choice or self._is_something_else(act) or self._waits_for_another(act)
        for food in self.heated:
            self._cook(food, act, Done.MAYBE if doubtful or food in beside else Done.THROUGH)
        self.asked_for = ""

    def _beside(self, act: Act, named: set[int]) -> set[int]:
        """Raw foods mixed with what a heat names, in a bowl as far as we know: "bake the pasta" may leave the ham out."""
        here = act.is_here or self._goes_in_with(act, named)
        bowl = named and not self.in_hand.in_a_pot and not here and not self._raw(named)
        return self._raw(self.in_hand.foods) if bowl else set()

    def _reached(self, act: Act, meant: set[int], at_once: set[int]) -> list[_Mixture]:
        """The mixtures that a heat reaches: those it means, or the one in hand. "Fry the garlic" heats no dressing."""
        if not meant:
            at_hand = self._at_hand()
            return self._labelled(act) or ([] if at_hand.is_out and not self._goes_in_whole(act) else [at_hand])
        holding = self._holding(meant)
        for one in holding:
            one.is_out = False
        if act.way is Way.OVEN and self.in_hand.in_a_pot and not at_once:
            holding += [self.in_hand] if self.in_hand not in holding and self.in_hand.foods else []
        cold = [one for one in holding if one.labels & _SERVED_COLD and act.label not in one.labels]
        return [one for one in holding if one not in cold or self._raw(meant & one.foods)]

    def _goes_in_whole(self, act: Act) -> bool:
        """What is on a plate goes into an oven or a microwave as it is; the hob heats something else."""
        return act.way is Way.OVEN or "microwave" in act.text

    def _is_something_else(self, act: Act) -> bool:
        """Does it heat a thing that is not in the list, nor spoken of before: "bake the wedges"?"""
        thing = set(self.vocabulary.fold(act.object))
        if thing and not thing & self.spoken_of and not self._named(act.object):
            return True
        aside = set(self.vocabulary.fold(act.thing)) & _ON_THE_SIDE
        return bool(aside) and not aside & self.said_before and not self._named(act.thing)

    def _waits_for_another(self, act: Act) -> bool:
        """ "Bake until the bread is crisp", when no bread has gone in yet: it may be the bread alone that is baked."""
        named = self._named(act.sign) if act.sign else ()
        return any(not self.trails[place].placed for place in named if not self.parts[place].must_cook)

    def _place_new(self, act: Act, named: set[int]) -> None:
        for place in sorted(named - self._placed(named)):
            self._place(place, act)

    def _at_hand(self) -> _Mixture:
        """The mixture in hand; or the one that waits, when all that is in hand is oil in a pan."""
        cold = self.in_hand.labels & _SERVED_COLD and self._carriers(self.waiting.foods)
        boiled = self.in_hand.of_water and self.in_hand.foods
        return self.in_hand if boiled or self._carriers(self.in_hand.foods) and not cold else self.waiting

    def _go_on_cooking(self, act: Act) -> None:
        """Stirring on the hob until it bubbles is heat; so is an egg's rest in hot water. Off the heat nothing is."""
        self.on_heat = (self.on_heat or act.puts_on) and not act.takes_off
        eggs = any(self.parts[food].kind is Kind.EGG for food in self.in_hand.foods)
        if self.on_heat and act.is_stirred_hot:
            way = Way.PAN
        elif act.joins_the_last_minutes and self.heated & self.in_hand.foods and not act.takes_off:
            way = self.heated_by
        elif self.on_heat and act.is_timed_on_the_heat and self.in_hand.in_a_pot:
            way = Way.PAN
        elif self.boiling and act.melts:
            way = Way.WARM
        elif eggs and act.stands_in_hot_water and (self.heated_by is Way.WET or "hot" in act.text):
            way = Way.WET
        else:
            return
        self.heated = self.heated | self.in_hand.foods
        for food in self.in_hand.foods:
            self._cook(food, act.heated_by(way))

    def _hear_of_doneness(self, act: Act, named: set[int]) -> None:
        """ "The middle should read 130 °F" heats nothing, and says how far the last heat went; before any, the next will."""
        if not speaks_of_doneness(act.text):
            return
        if not self.heated or is_water_bath(act.text):
            self.asked_for = act.text
        for food in self.heated & named if named else self.heated:
            if self._cook(food, act.heated_by(self.heated_by)) is Done.UNDER:
                self.trails[food].done = Done.UNDER
                self.trails[food].rest_on(act)

    def _set_oven(self, act: Act) -> None:
        self.liquid = liquid_temperature(act.text) or (None if act.way is Way.OVEN else self.liquid)
        slow = is_slow_oven(act.text)
        if slow is not None:
            self.slow_oven = slow

    def _cook(self, food: int, act: Act, at_most: Done = Done.THROUGH) -> Done:
        """Let one heating reach one food, and say how far it went."""
        trail, way = self.trails[food], Way.WET if self.in_the_boil and act.way is Way.PAN else act.really
        kind = self.parts[food].kind
        if way is Way.WARM and self.boiling and kind is Kind.CHEESE:
            way, act = Way.WET, replace(act, text=f"{act.text} in the boiling pan")
        minutes = act.minutes if act.minutes is not None else minutes_at_least(kind, way, act.text)
        trail.untimed = trail.untimed or minutes is None
        if minutes is not None:
            slowed = _SLOWED if self.slow_oven and way is Way.OVEN else 1
            trail.minutes[way] = trail.minutes.get(way, 0) + minutes / slowed
        others = {earlier: minutes for earlier, minutes in trail.minutes.items() if earlier is not way}
        heat = Heat(way, trail.minutes.get(way), f"{act.text} {self.asked_for}", others)
        done = min(how_done(kind, heat), at_most)
        if done is Done.UNDER:
            trail.minutes = {}
        if done >= trail.done:
            trail.done = done
            trail.rest_on(act)
        trail.chilled = trail.raw_juices = False
        return done


def _by_first_word(names: Iterable[tuple[tuple[str, ...], int]]) -> _Names:
    found: _Names = {}
    for name, place in dict.fromkeys(names):
        if name and BREAK not in name:
            found.setdefault(name[0], []).append((name, place))
    return found

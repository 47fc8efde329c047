"""Do the ticks of two phones meet without a loss, in whatever order, and the same way in Python and in the browser?"""

import json
import random
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.ticks import MOST_ADDED, MOST_LINES, MOST_TICKS, NotAList, Ticks, is_ticked

ROOT = Path(__file__).parents[2]
PHONE, CARER, KITCHEN = "phone001", "carer001", "kitchen1"
DEVICES, LINES, NAMES = (PHONE, CARER, KITCHEN), ("milk", "eggs/free/range", "rice"), ("added001", "added002")


def ticked_here() -> Ticks:
    return Ticks().tick("milk", PHONE)


MEETINGS = {
    "a tick travels": (ticked_here(), Ticks(), {"milk"}),
    "an untick that saw the tick wins": (ticked_here(), ticked_here().untick("milk"), set()),
    "an untick does not undo a tick that it had not seen": (
        ticked_here(),
        Ticks().tick("milk", CARER).untick("milk"),
        {"milk"},
    ),
    "both ticked, one took back only what it saw": (
        ticked_here().untick("milk"),
        Ticks().tick("milk", CARER),
        {"milk"},
    ),
    "ticked again after it was unticked": (
        ticked_here().untick("milk"),
        ticked_here().untick("milk").tick("milk", PHONE),
        {"milk"},
    ),
    "two lines on two phones": (ticked_here(), Ticks().tick("rice", CARER), {"milk", "rice"}),
    "nothing meets nothing": (Ticks(), Ticks(), set()),
}


@pytest.mark.parametrize(("one", "other", "expected"), MEETINGS.values(), ids=MEETINGS)
def test_what_is_ticked_when_two_phones_meet(one: Ticks, other: Ticks, expected: set[str]) -> None:
    assert one.merge(other).ticked == other.merge(one).ticked == expected


def test_a_line_taken_off_on_one_phone_stays_off_and_its_words_are_gone() -> None:
    added = Ticks().add("added001", "feta")
    met = added.take_off("added001").merge(added)
    assert met.by_hand == {} and "feta" not in json.dumps(met.as_said())
    assert met.add("added001", "feta").by_hand == {}


def test_lines_added_on_two_phones_are_both_there() -> None:
    met = Ticks().add("added001", "feta").merge(Ticks().add("added002", "plums"))
    assert met.by_hand == {"added001": "feta", "added002": "plums"}


# ---- Any life of a list ----

COUNTERS = st.integers(0, 4).flatmap(lambda ticked: st.tuples(st.just(ticked), st.integers(0, ticked)))
LISTS = st.builds(
    Ticks,
    st.dictionaries(st.sampled_from(LINES), st.dictionaries(st.sampled_from(DEVICES), COUNTERS)),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["feta", "plums", None])),
)


def same(one: Ticks, other: Ticks) -> bool:
    """Two lists are the same where every counter and line is; a device that never ticked says nothing."""
    flags = [
        {(line, device): pair for line, flag in each.lines.items() for device, pair in flag.items() if any(pair)}
        for each in (one, other)
    ]
    return flags[0] == flags[1] and one.added == other.added


@given(LISTS, LISTS, LISTS)
def test_merging_does_not_hang_on_order_or_repeats(one: Ticks, two: Ticks, three: Ticks) -> None:
    assert same(one.merge(two), two.merge(one))
    assert same(one.merge(two.merge(three)), one.merge(two).merge(three))
    assert same(one.merge(one), one)
    assert same(one.merge(two).merge(two), one.merge(two))


@given(LISTS, LISTS, st.sampled_from(LINES), st.sampled_from(DEVICES))
def test_a_tick_that_an_untick_had_not_seen_is_never_lost(mine: Ticks, theirs: Ticks, line: str, device: str) -> None:
    """The other phone has seen anything but this one tick, and unticks the line meanwhile."""
    other = next(one for one in DEVICES if one != device)
    before = mine.untick(line).merge(theirs.untick(line))
    ticked, elsewhere = before.tick(line, device), before.tick(line, other).untick(line)
    assert line in ticked.ticked and line not in elsewhere.ticked
    assert line in ticked.merge(elsewhere).ticked


@given(LISTS, st.sampled_from(LINES), st.sampled_from(DEVICES))
def test_a_tick_shows_and_an_untick_shows(known: Ticks, line: str, device: str) -> None:
    assert line in known.tick(line, device).ticked
    assert line not in known.untick(line).ticked
    assert (
        known.untick(line).tick(line, device).as_said()
        == Ticks.of(known.untick(line).tick(line, device).as_said()).as_said()
    )


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["tick", "untick", "meet", "add", "take off"]), st.integers(0, 2), st.integers(0, 2)),
    max_size=30,
)


def lived(operations: list[tuple[str, int, int]]) -> list[Ticks]:
    """Three devices after a life of operations: each holds what it did and what it met."""
    lists = [Ticks(), Ticks(), Ticks()]
    for what, who, which in operations:
        if what == "tick":
            lists[who] = lists[who].tick(LINES[which], DEVICES[who])
        elif what == "untick":
            lists[who] = lists[who].untick(LINES[which])
        elif what == "add":
            lists[who] = lists[who].add(f"added00{who}{which}", f"food {who} {which}")
        elif what == "take off":
            lists[who] = lists[who].take_off(f"added00{which}{which}")
        else:
            lists[which] = lists[which].merge(lists[who])
    return lists


@given(OPERATIONS, st.permutations([0, 1, 2]))
def test_every_device_ends_the_same_whoever_meets_whom(operations: list[tuple[str, int, int]], order: list[int]) -> None:
    lists = lived(operations)
    ends = [lists[0].merge(lists[1]).merge(lists[2])]
    ends += [lists[order[0]].merge(lists[order[1]].merge(lists[order[2]]))]
    assert same(ends[0], ends[1])
    assert ends[0].ticked == ends[1].ticked


# ---- The same in the browser ----

IN_NODE = """import {readFileSync, writeFileSync} from "node:fs";
import {NOTHING, add, changes, merge, takeOff, tick, tickedLines, untick} from "./ticks.mjs";
const DEVICES = %s, LINES = %s;
const lives = JSON.parse(readFileSync("lives.json", "utf8"));
const ends = lives.map((operations) => {
    const lists = [NOTHING, NOTHING, NOTHING];
    for (const [what, who, which] of operations) {
        if (what === "tick") lists[who] = tick(lists[who], LINES[which], DEVICES[who]);
        else if (what === "untick") lists[who] = untick(lists[who], LINES[which]);
        else if (what === "add") lists[who] = add(lists[who], `added00${who}${which}`, `food ${who} ${which}`);
        else if (what === "take off") lists[who] = takeOff(lists[who], `added00${which}${which}`);
        else lists[which] = merge(lists[which], merge(NOTHING, changes(lists[who], lists[which])));
    }
    return lists.map((list) => [list, tickedLines(list).sort()]);
});
writeFileSync("ends.json", JSON.stringify(ends));
"""


def test_the_browser_counts_and_merges_as_python_does(tmp_path: Path) -> None:
    node = shutil.which("node") or pytest.skip("to run the ticks of the browser here too: sudo apt-get install nodejs")
    dice = random.Random(20261125)
    what = ["tick", "tick", "untick", "meet", "add", "take off"]
    lives = [
        [(dice.choice(what), dice.randrange(3), dice.randrange(3)) for _ in range(dice.randrange(40))] for _ in range(500)
    ]
    shutil.copy(ROOT / "static" / "ticks.js", tmp_path / "ticks.mjs")
    (tmp_path / "lives.json").write_text(json.dumps(lives), "utf-8")
    (tmp_path / "live.mjs").write_text(IN_NODE % (json.dumps(DEVICES), json.dumps(LINES)), "utf-8")
    subprocess.run([node, "live.mjs"], cwd=tmp_path, check=True)
    ends: list[list[tuple[Mapping[str, Any], list[str]]]] = json.loads((tmp_path / "ends.json").read_text("utf-8"))
    for operations, in_browser in zip(lives, ends, strict=True):
        for here, (there, ticked) in zip(lived(operations), in_browser, strict=True):
            assert same(here, Ticks.of(there)) and sorted(here.ticked) == ticked, operations


# ---- What a stranger may send ----

FINE = {"ticks": {"milk": {PHONE: [2, 1]}}, "added": {"added001": "feta"}}
HOSTILE = {
    "nothing": None,
    "a list": [],
    "no ticks": {"added": {}},
    "ticks that are a list": {"ticks": [], "added": {}},
    "a line that is a number": {"ticks": {"milk": 3}, "added": {}},
    "a device with a name that is none": {"ticks": {"milk": {"<b>": [1, 0]}}, "added": {}},
    "one counter": {"ticks": {"milk": {PHONE: [1]}}, "added": {}},
    "a counter in words": {"ticks": {"milk": {PHONE: ["1", 0]}}, "added": {}},
    "a counter that is a fraction": {"ticks": {"milk": {PHONE: [1.5, 0]}}, "added": {}},
    "a counter that is true": {"ticks": {"milk": {PHONE: [True, False]}}, "added": {}},
    "a counter below nothing": {"ticks": {"milk": {PHONE: [0, -1]}}, "added": {}},
    "more taken back than ticked": {"ticks": {"milk": {PHONE: [1, 2]}}, "added": {}},
    "a counter too large": {"ticks": {"milk": {PHONE: [MOST_TICKS + 1, 0]}}, "added": {}},
    "a key too long": {"ticks": {"m" * 121: {}}, "added": {}},
    "a key that is empty": {"ticks": {"": {}}, "added": {}},
    "a key with half a letter": {"ticks": {"\ud83d": {}}, "added": {}},
    "a food with a null": {"ticks": {}, "added": {"added001": "fe\x00ta"}},
    "a food that is a number": {"ticks": {}, "added": {"added001": 7}},
    "a food too long": {"ticks": {}, "added": {"added001": "f" * 81}},
    "a name that is none": {"ticks": {}, "added": {"../etc": "feta"}},
    "too many lines": {"ticks": {f"line {number}": {} for number in range(MOST_LINES + 1)}, "added": {}},
    "too many devices": {"ticks": {"milk": {f"device{number:03}": [1, 0] for number in range(61)}}, "added": {}},
    "too many added": {"ticks": {}, "added": {f"added{number:04}": "feta" for number in range(MOST_ADDED + 1)}},
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_list_is_refused_with_a_sentence(sent: object) -> None:
    with pytest.raises(NotAList, match=r"[A-Z].*\."):
        Ticks.of(sent)


def test_what_is_a_list_is_read_as_it_was_said() -> None:
    read = Ticks.of(FINE)
    assert read.as_said() == FINE and is_ticked(read.lines["milk"]) and read.by_hand == {"added001": "feta"}

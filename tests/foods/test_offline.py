"""Does a device without a signal know what the server knows, and give the same answers?"""

import datetime
import gzip
import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from foods.food import Verdict
from foods.names import NameIndex
from foods.offers import offers
from foods.offline import FactsFile, offline_files, whole_file
from foods.rules import judge
from foods.table import FoodTable, read_table
from tests.foods.builders import food, food_class, make_table, sheet_row, state_rule, word

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 21)
TABLE, _ = read_table(ROOT / "data")
FILES = offline_files(TABLE, TODAY)
FACTS = json.loads(FILES.facts.text)
WHOLE = json.loads(whole_file(TABLE, TODAY).text)

LARGEST_FACTS = 60_000
"""Bytes as they travel, of what a device must have before it can answer with no signal."""
LARGEST_RARER = 50_000
"""Bytes as they travel, of the names that can wait."""
LARGEST_FILE = 250_000
"""Bytes of /check.html: what a person can be asked to keep on a phone."""

LARGEST_PAGE = 60_000
"""Bytes of the check page with its style and script, not zipped: what must come before somebody can ask."""

Words = tuple[str, ...]
Case = tuple[str, list[str]]
Answer = Sequence[object]

ANSWER = """(found, beside) => [found.verdict, found.why, found.do_this, found.label_says,
    ...[found.about, beside.forms, beside.near, beside.instead].map((some) =>
        some.map((one) => [one.name, one.verdict, one.differs]))]"""
"""What is compared of an answer, from the script's finding and what it offers beside."""

TIMES = ["5 days", "48 hours", "two days", "12 hours", "leftover 3 days", "3-4 days", "ten day", "99999 hours", "٣ days"]
ODD = (
    "ﬁ ﾊ é É ß ẞ İ ı Σ ΑΣ ½ ² ١ ™ K ｂｒｉｅ ŀ 𝒷 🧀 ा \u0345 \u0334e \u00ad \u200d \u202e constructor __proto__ "
    "<script>alert(1)</script> '; toString 200g 2x400g 12345678901234567890 oysters' ”"
).split(" ")
"""Letters that one language folds and another may not, and what somebody may try."""

SHEETS = [[], *([slug] for slug in TABLE.sheets), ["barts-pack", "us-label"], ["german-ms-page", "barts-2016", "virginia"]]


def phrases(dice: random.Random, how_many: int) -> Iterator[str]:
    """Phrases that mix the words of the table, as they stand and broken, with what nobody knows."""
    vocabulary = TABLE.names.vocabulary
    names = [name for one in TABLE.foods.values() for name in one.names]
    states = [" ".join(words) for words in vocabulary.states]
    plain = [" ".join(words) for words in vocabulary.plain]
    words = sorted({word for name in names for word in vocabulary.fold(name)})
    between = [" ", " ", " ", " ", ", ", " and ", " or ", " with ", "/", " (", "\n", "-", ""]
    for _ in range(how_many):
        several = dice.choices([names, states, plain, words, ODD, TIMES], [40, 20, 15, 15, 10, 5], k=dice.randint(1, 5))
        said = [changed(dice, dice.choice(kind)) for kind in several]
        yield "".join(one + dice.choice(between) for one in said)


def changed(dice: random.Random, text: str) -> str:
    """Mostly the text itself; now and then in capitals, as a plural, or with a slip."""
    at = dice.randint(0, len(text))
    return dice.choice(
        [text] * 16 + [text.upper(), text + "s", text + "es", text[:at] + dice.choice("aeox'’-é") + text[at:]]
    )


def cases(seed: int, how_many: int) -> list[Case]:
    dice = random.Random(seed)
    return [(phrase, dice.choice(SHEETS)) for phrase in phrases(dice, how_many)]


def answer_of_the_server(table: FoodTable, case: Case) -> Answer:
    found = judge(table, case[0], [table.sheets[protocol] for protocol in case[1]])
    beside = offers(table, found, [table.sheets[protocol] for protocol in case[1]])
    foods = [found.about, beside.forms, beside.near, beside.instead]
    said = [[[one.food.name, one.verdict.word, bool(one.differs)] for one in some] for some in foods]
    return [found.verdict.word, found.why, found.do_this, found.label_says, *said]


def compare(table: FoodTable, asked: Sequence[Case], answers: Sequence[Answer]) -> None:
    """Every answer of the device must be the server's; a fine that the server does not say comes first."""
    assert len(answers) == len(asked)
    pairs = [(case, [*here], [*answer_of_the_server(table, case)]) for case, here in zip(asked, answers, strict=True)]
    apart = sorted((pair for pair in pairs if pair[1] != pair[2]), key=lambda pair: pair[1][0] != "ok")
    assert not apart, "\n".join(f"{case}\n  device {here}\n  server {there}" for case, here, there in apart[:5])


def ask_in_node(folder: Path, facts: Mapping[str, object], asked: Sequence[Case]) -> list[Answer]:
    """The answers of static/checker.js, all in one process."""
    node = shutil.which("node") or pytest.skip("to run the offline checker here too: sudo apt-get install nodejs")
    shutil.copy(ROOT / "static" / "checker.js", folder / "checker.mjs")
    (folder / "asked.json").write_text(json.dumps([facts, asked]), "utf-8")
    (folder / "ask.mjs").write_text(
        f"""import {{readFileSync, writeFileSync}} from "node:fs";
        import {{judge, offers}} from "./checker.mjs";
        const [facts, asked] = JSON.parse(readFileSync("asked.json", "utf8"));
        const answers = asked.map(([phrase, protocols]) => {{
            const found = judge(facts, phrase, protocols);
            return ({ANSWER})(found, offers(facts, found, protocols));
        }});
        writeFileSync("answers.json", JSON.stringify(answers));""",
        "utf-8",
    )
    subprocess.run([node, "ask.mjs"], cwd=folder, check=True)
    answers: list[Answer] = json.loads((folder / "answers.json").read_text("utf-8"))
    return answers


def names_in(shown: str, others: Sequence[str]) -> list[tuple[str, ...]]:
    """The folded names of one line of the facts after the name that is shown, read as its description says."""
    used = list(dict.fromkeys(TABLE.names.vocabulary.fold(shown)))
    names = []
    for other in others:
        words = []
        for part in re.findall("[A-Z]|[^A-Z ]+", other):
            words.append(used[ord(part) - ord("A")] if part.isupper() else part)
            used += [part] if words[-1] not in used else []
        names.append(tuple(words))
    return names


def test_every_name_stands_once_in_the_facts_or_among_the_rarer_names() -> None:
    lines = zip(FACTS["names"].split("\n"), json.loads(FILES.rarer_names.text)["names"].split("\n"), strict=True)
    found = []
    for slug, (common, rarer) in zip(TABLE.foods, lines, strict=True):
        shown, *others = common.split(";")
        names = [TABLE.names.vocabulary.fold(shown), *names_in(shown, others), *names_in(shown, rarer.split(";")[1:])]
        found += [(" ".join(name), slug) for name in names]
    expected = {
        (" ".join(TABLE.names.vocabulary.fold(name)), one.slug)
        for one in TABLE.foods.values()
        for name in (one.name, *one.also_called)
    }
    assert sorted(found) == sorted(expected)


def test_a_name_waits_only_if_it_holds_a_word_that_nothing_in_the_facts_explains(tmp_path: Path) -> None:
    names = [(name, one) for one in TABLE.foods.values() for name in one.names]
    answers = ask_in_node(tmp_path, FACTS, [(name, []) for name, _ in names])
    apart = [(name, answer[0]) for (name, one), answer in zip(names, answers, strict=True) if answer[0] != one.verdict.word]
    assert len(apart) > 1_000, "nearly every name is in the facts: is anything left to wait?"
    assert {verdict for _, verdict in apart} <= {"unknown", "avoid"}


def test_the_facts_hold_every_food_and_every_sheet() -> None:
    assert len(FACTS["foods"]) == len(TABLE.foods)
    assert [*FACTS["sheets"]] == [*TABLE.sheets]
    said = [len(sheet["foods"]) + len(sheet["classes"]) for sheet in FACTS["sheets"].values()]
    assert said == [len(sheet.foods) + len(sheet.classes) for sheet in TABLE.sheets.values()]
    assert FACTS["made_on"] == "2026-11-21"


def test_the_version_changes_with_what_the_facts_say_and_not_with_the_day(tmp_path: Path) -> None:
    one = make_table(tmp_path, foods=[food("brie", "cook")])
    assert offline_files(one, TODAY).version == offline_files(one, datetime.date(2027, 1, 1)).version
    other = make_table(tmp_path, foods=[food("brie", "avoid")])
    assert offline_files(one, TODAY).version != offline_files(other, TODAY).version


@pytest.mark.parametrize(
    ("file", "most"), [(FILES.facts, LARGEST_FACTS), (FILES.rarer_names, LARGEST_RARER)], ids=["facts", "rarer names"]
)
def test_the_facts_are_small_enough_for_a_weak_signal(file: FactsFile, most: int) -> None:
    assert len(file.zipped) <= most, "too heavy to fetch on a weak signal"
    assert gzip.decompress(file.zipped).decode() == file.text


def overlapping(name: Words, other: Words) -> Iterator[Words]:
    """Phrases in which two names share their ends: "light cream", "cream cake" -> "light cream cake"."""
    for one, two in ((name, other), (other, name)):
        for shared in range(1, min(len(one), len(two))):
            if one[-shared:] == two[:shared]:
                yield one + two[shared:]


def test_what_a_shop_sells_apart_is_read_alike_without_its_name_where_names_overlap() -> None:
    """The device has not got these names. Alone and among other words the long tests ask for them."""
    fold, foods = TABLE.names.vocabulary.fold, TABLE.foods.values()
    sold = {fold(name) for food in foods for name in food.sold_as}
    names = {words: food.slug for food in foods for name in food.names if (words := fold(name)) not in sold}
    without = NameIndex(TABLE.names.vocabulary, names, {food.slug: int(food.verdict) for food in foods})
    holding: dict[str, set[Words]] = {}
    for other in {*names, *TABLE.names.vocabulary.states, *TABLE.names.vocabulary.plain}:
        for one in other:
            holding.setdefault(one, set()).add(other)
    for name in sold:
        for other in {*holding.get(name[0], ()), *holding.get(name[-1], ())}:
            for phrase in map(" ".join, overlapping(name, other)):
                here, there = ([one.means for one in index.read(phrase) if one.means] for index in (TABLE.names, without))
                assert here == there, f"{phrase!r} is read otherwise: put {' '.join(name)!r} into also_called"


@pytest.mark.long
def test_every_food_of_the_table_is_found_by_its_names_on_the_device(tmp_path: Path) -> None:
    asked: list[Case] = [(name, []) for one in TABLE.foods.values() for name in one.names]
    compare(TABLE, asked, ask_in_node(tmp_path, WHOLE, asked))


def test_the_device_answers_as_the_server_does(tmp_path: Path) -> None:
    asked = cases(seed=1, how_many=1_000)
    compare(TABLE, asked, ask_in_node(tmp_path, WHOLE, asked))


def test_before_the_rarer_names_are_there_nothing_is_fine_that_the_server_does_not_call_fine(tmp_path: Path) -> None:
    asked = cases(seed=20261124, how_many=3_000)
    assert not looser(asked, ask_in_node(tmp_path, FACTS, asked))


@pytest.mark.long
def test_a_hundred_thousand_phrases_are_answered_as_the_server_does_and_never_looser_before_all_is_there(
    tmp_path: Path,
) -> None:
    asked = cases(seed=20261121, how_many=100_000)
    compare(TABLE, asked, ask_in_node(tmp_path, WHOLE, asked))
    assert not looser(asked, ask_in_node(tmp_path, FACTS, asked))


def looser(asked: Sequence[Case], answers: Sequence[Answer]) -> list[tuple[Case, object]]:
    """Where a device says that a food may be eaten, raw or cooked, and the server says something else."""
    return [
        (case, answer[0])
        for case, answer in zip(asked, answers, strict=True)
        if answer[0] in ("ok", "cook") and answer[0] != verdict_of_the_server(case)
    ]


def verdict_of_the_server(case: Case) -> str:
    return judge(TABLE, case[0], [TABLE.sheets[protocol] for protocol in case[1]]).verdict.word


HARBOUR = ["harbour"]
MADE_UP = {
    "a sheet that tightens": ("brie", HARBOUR, "avoid"),
    "a sheet that loosens one food": ("feta", HARBOUR, "ok"),
    "a sheet that would loosen a food below its floor": ("oysters", HARBOUR, "avoid"),
    "a patient's report, which never loosens": ("ham", ["hill"], "cook"),
    "a sheet on a whole class": ("trifle", HARBOUR, "avoid"),
    "two sheets, of which the worse counts": ("feta", ["harbour", "hill"], "avoid"),
    "no sheet": ("feta", [], "cook"),
    "a state that cooks": ("brie baked", [], "ok"),
    "heat before it is cold does not count": ("cold baked brie", [], "cook"),
    "a state that stands apart and makes it worse": ("brie with bread, runny", [], "avoid"),
    "a form that a state picks": ("hard goat", [], "ok"),
    "nothing": ("", [], "unknown"),
    "signs alone": ("?!", [], "unknown"),
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> FoodTable:
    return make_table(
        tmp_path_factory.mktemp("data"),
        classes=[food_class("sweet", "cook", if_cooked="ok")],
        foods=[
            food("brie", "cook"), food("feta", "cook"), food("oyster", "avoid", floor="avoid"), food("ham", "cook"),
            food("trifle", "cook", "sweet"), food("runny-brie", "avoid"),
            food("goat", "cook", family="goat", form="soft"),
            food("hard-goat-cheese", "ok", family="goat", form="hard", picked_by="hard"),
        ],
        words=[word("baked", "state", "cooked"), word("cold", "state", "cold"), word("runny", "state", "soft"),
               word("hard", "state", "hard")],
        states=[state_rule("cooked", "*", "cooked"), state_rule("cold", "*", "same"),
                state_rule("soft", "brie", "runny-brie"), state_rule("soft", "*", "same"), state_rule("hard", "*", "same")],
        sheets=[sheet_row("brie", "avoid"), sheet_row("feta", "ok"), sheet_row("sweet", "avoid"),
                sheet_row("feta", "avoid", "hill", "hill-sheet"), sheet_row("ham", "cook", "hill", "patient")],
    )  # fmt: skip


@pytest.mark.parametrize(("phrase", "protocols", "expected"), MADE_UP.values(), ids=MADE_UP)
def test_the_rules_of_the_table_hold_on_the_device(
    made_up: FoodTable, tmp_path: Path, phrase: str, protocols: list[str], expected: str
) -> None:
    asked = [(phrase, protocols)]
    facts: Any = json.loads(whole_file(made_up, TODAY).text)
    answers = ask_in_node(tmp_path, facts, asked)
    compare(made_up, asked, answers)
    assert answers[0][0] == expected


@pytest.mark.parametrize("which", ["data-facts", "data-rarer"])
def test_the_facts_travel_zipped_and_are_fetched_once(client: FlaskClient, which: str) -> None:
    address = BeautifulSoup(client.get("/").data, "html.parser").body[which]
    answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert (answer.status_code, answer.content_encoding, answer.mimetype) == (200, "gzip", "application/json")
    assert "Accept-Encoding" in answer.vary
    assert answer.cache_control.immutable and answer.cache_control.max_age == 365 * 24 * 60 * 60
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", ["/offline-facts.json", "/offline-names.json", "/offline-facts.json?v=of-last-year"])
def test_an_address_that_is_not_of_these_facts_is_asked_again_each_time(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.cache_control.no_cache and not answer.cache_control.max_age
    assert answer.content_encoding is None and answer.json["version"]


def test_the_check_page_is_light_enough_for_a_weak_signal(client: FlaskClient) -> None:
    page = client.get("/")
    found = BeautifulSoup(page.data, "html.parser").select("link[rel=stylesheet], link[rel=icon], script[src]")
    beside = {tag.get("href") or tag["src"] for tag in found}
    weight = len(page.data) + sum(len(client.get(address, buffered=True).data) for address in beside)
    assert len(beside) >= 3 and weight <= LARGEST_PAGE, f"the check page weighs {weight} bytes"


def test_the_page_tells_the_device_whose_sheet_counts_and_no_address_does(client: FlaskClient) -> None:
    assert BeautifulSoup(client.get("/").data, "html.parser").body["data-sheets"] == ""
    client.set_cookie("hospital", "barts-pack")
    body = BeautifulSoup(client.get("/").data, "html.parser").body
    assert body["data-sheets"] == "barts-pack"
    assert not [tag for tag in body.select("[href], [src]") if "barts" in (tag.get("href") or tag["src"])]
    assert "barts" not in body["data-facts"]


def test_the_worker_may_serve_the_whole_site_and_is_never_an_old_one(client: FlaskClient) -> None:
    answer = client.get("/offline-worker.js", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert answer.cache_control.no_cache


def test_the_app_can_be_put_on_a_home_screen(client: FlaskClient) -> None:
    manifest = client.get("/manifest.webmanifest", buffered=True)
    assert manifest.mimetype == "application/manifest+json"
    said = json.loads(manifest.data)
    assert (said["start_url"], said["display"]) == ("/", "standalone")
    assert {icon["sizes"] for icon in said["icons"]} >= {"192x192", "512x512"}
    assert all(client.get(icon["src"], buffered=True).status_code == 200 for icon in said["icons"])


def test_the_checker_as_one_file_stands_alone(client: FlaskClient) -> None:
    answer = client.get("/check.html")
    assert len(answer.data) <= LARGEST_FILE, f"/check.html is {len(answer.data)} bytes"
    page = BeautifulSoup(answer.data, "html.parser")
    assert not page.select("[src], link, a, img, iframe"), "the file may need nothing beside itself"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "</script" not in (ROOT / "static" / "checker.js").read_text("utf-8")


def test_the_file_without_a_script_lists_every_food_under_its_verdict(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/check.html").data, "html.parser")
    titles = {
        Verdict.AVOID: "Do not eat these",
        Verdict.COOK: "Only if cooked until steaming hot all the way through",
        Verdict.OK: "You can eat these, if you do what stands beside them",
    }
    for verdict, title in titles.items():
        heading = next(h3 for h3 in page.select("h3") if h3.get_text() == title)
        # A list item that is left open holds the next one for this parser, but not for a browser: read the lines.
        lines = [line.strip() for line in heading.find_next("ul").get_text().split("\n") if line.strip()]
        foods = [one for one in TABLE.foods.values() if one.verdict is verdict]
        assert len(lines) == len(foods)
        assert lines == sorted(lines, key=str.casefold) or verdict is Verdict.OK
        for one in foods if verdict is Verdict.OK else ():
            line = next(line for line in lines if re.match(re.escape(one.name) + r"($|:|\.)", line))
            assert one.do_this in line and one.label_says in line, f"the condition of {one.name} fell off"

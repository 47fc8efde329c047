"""Does docs/security.md answer every requirement of ASVS 5.0, levels 1 and 2, and name only tests that are there?"""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
LEVELS_1_AND_2 = """
1.1.2 1.2.9 1.3.11 1.4.3 1.5.2 2.1.3 2.2.3 2.3.4 2.4.1 3.2.2 3.3.4 3.4.6 3.5.5 3.7.2 4.1.3 4.2.1 4.3.2 4.4.4
5.1.1 5.2.3 5.3.2 5.4.3 6.1.3 6.2.12 6.3.4 6.4.4 6.5.5 6.6.3 6.8.4 7.1.3 7.2.4 7.3.2 7.4.5 7.5.2 7.6.2 8.1.2
8.2.3 8.3.1 8.4.1 9.1.3 9.2.4 10.1.2 10.2.2 10.3.4 10.4.11 10.5.5 10.6.2 10.7.3 11.1.2 11.2.3 11.3.3 11.4.4
11.5.1 11.6.1 12.1.3 12.2.2 12.3.4 13.1.1 13.2.5 13.3.2 13.4.5 14.1.2 14.2.4 14.3.3 15.1.3 15.2.3 15.3.7
16.1.1 16.2.5 16.3.4 16.4.3 16.5.3 17.1.1 17.2.4 17.3.2
""".split()
"""The last requirement of each section that is of level 1 or 2. Those of level 3 come after it."""
COUNT = 253
"""70 of level 1 and 183 of level 2, as the standard says of itself."""


def up_to(last: str) -> list[str]:
    section, _, number = last.rpartition(".")
    return [f"{section}.{one}" for one in range(1, int(number) + 1)]


def answered() -> list[str]:
    """Every number on the page, with those between two of them that are joined by "to"."""
    numbers: list[str] = []
    for first, last in re.findall(
        r"(?<![\d.])(\d+\.\d+\.\d+)(?![\d.]\d)(?: to (\d+\.\d+\.\d+)\b)?", PAGE.partition("## V1 ")[2]
    ):
        start = int(first.rpartition(".")[2])
        numbers += up_to(last)[start - 1 :] if last else [first]
    return numbers


def test_every_requirement_is_answered() -> None:
    asked = [number for last in LEVELS_1_AND_2 for number in up_to(last)]
    assert len(asked) == COUNT
    rows = {*answered()}
    assert not {*asked} - rows, f"say in docs/security.md what is done about {sorted({*asked} - rows)}"
    assert not rows - {*asked}, f"these are not of level 1 or 2: {sorted(rows - {*asked})}"


def test_every_test_that_is_named_is_there() -> None:
    sources = {path.name: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    for name in set(re.findall(r"`(?:tests/[a-z/]*)?(test_\w+)(?:\.py)?`", PAGE)):
        assert f"{name}.py" in sources or any(f"def {name}(" in source for source in sources.values()), name

"""Which recipe does a Cooklang file hold? Its steps name the ingredients: "Fry @leeks{2} in a #pan{} for ~{5%minutes}."

The signs are those of the Cooklang specification (cooklang.org/docs/spec), with the extensions that its own readers take.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from recipes.draft import Draft, clean_lines, servings_of


@dataclass
class _Reading:
    """What has been found so far: lines of ingredients in the order they are named, and steps."""

    ingredients: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


def is_cooklang(text: str) -> bool:
    """Does a text name ingredients in Cooklang's way, with an amount in braces?"""
    return bool(re.search(r"@[^@{}\n]{1,80}\{[^{}\n]{0,80}\}", text))


def read_cooklang(text: str, name: str) -> Draft:
    """What a Cooklang text says. `name` is that of its file, which is the recipe's name where the text gives none."""
    reading = _Reading()
    text = _facts(_BLOCK_COMMENT.sub(" ", text.replace("\r\n", "\n")), reading)
    for paragraph in re.split(r"\n[^\S\n]*\n", text):
        _read_paragraph(paragraph, reading)
    facts = reading.facts
    servings = next((facts[key] for key in ("servings", "serves", "yield") if key in facts), "")
    return Draft(
        " ".join(clean_lines(facts.get("title", name))),
        tuple(dict.fromkeys(reading.ingredients)),
        tuple(reading.steps),
        servings_of(servings),
    )


def _facts(text: str, reading: _Reading) -> str:
    """Keep what the text says about the recipe, in a block above it or in lines that begin with >>; give back the rest."""
    head = _FRONT_MATTER.match(text)
    about = head[1].splitlines() if head else []
    rest = []
    for line in text[head.end() if head else 0 :].split("\n"):
        if line.startswith(">>"):
            about.append(line[2:])
        else:
            rest.append(line)
    for line in about:
        key, colon, value = line.partition(":")
        if colon and value.strip():
            reading.facts.setdefault(key.strip().lower(), value.strip().strip("\"'"))
    return "\n".join(rest)


def _read_paragraph(paragraph: str, reading: _Reading) -> None:
    words: list[str] = []
    for line in paragraph.split("\n"):
        line = _COMMENT.sub("", line).strip()
        if line.startswith(">") or not line:
            continue
        if line.startswith("="):
            _add_step(words, reading)
            words = []
            name = " ".join(clean_lines(line.strip("= ")))
            reading.steps += [f"{name.rstrip(':')}:"] if name else []
        else:
            words.append(_read_signs(line, reading))
    _add_step(words, reading)


def _add_step(words: list[str], reading: _Reading) -> None:
    reading.steps += [line] if (line := " ".join(clean_lines(" ".join(words)))) else []


def _read_signs(line: str, reading: _Reading) -> str:
    """A line as a person reads it. Its ingredients are kept."""
    said, end = [], 0
    for found in _SIGN.finditer(line):
        said += [line[end : found.start()], _say(found, reading)]
        end = found.end()
    return "".join([*said, line[end:]])


def _say(found: re.Match[str], reading: _Reading) -> str:
    name = " ".join(clean_lines(found["long"] if found["long"] is not None else found["short"]))
    amount = " ".join((found["amount"] or "").replace("%", " ").split()).lstrip("=*").strip()
    if found["sign"] == "#":
        return name
    if found["sign"] == "~":
        return amount or name
    # Behind a line stands what a step calls it for short: "goat's cheese|cheese". What it is must not be lost.
    name = name.split("|")[0].strip()
    if name.startswith(("./", "../", "/")):
        name = name.rsplit("/", 1)[-1]
    reading.ingredients += list(_ingredient(name, amount, found["how"] or ""))
    return name


def _ingredient(name: str, amount: str, how: str) -> Iterator[str]:
    line = " ".join(part for part in (amount, name) if part)
    yield from clean_lines(f"{line}, {how}" if how else line)


_FRONT_MATTER = re.compile(r"\s*---[^\S\n]*\n(.*?)\n---[^\S\n]*(?:\n|$)", re.DOTALL)
_BLOCK_COMMENT = re.compile(r"\[-(?:(?!-\]).)*-\]", re.DOTALL)
_COMMENT = re.compile(r"(?:^|(?<=\s))--.*")
_SIGN = re.compile(
    r"(?P<sign>[@#~])[@&?+-]{0,3}"
    r"(?:(?P<long>[^@#~{}\n]{0,100})\{(?P<amount>[^{}\n]{0,100})\}|(?P<short>[^\W_]+(?:['’-][^\W_]+)*))"
    r"(?:\((?P<how>[^()\n]{0,200})\))?"
)

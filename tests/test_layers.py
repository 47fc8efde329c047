"""Does every module look inwards, keep each library in its home, and leave the clock and chance to its caller?"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest

ROOT = Path(__file__).parent.parent

ARROWS = {
    "foods": [],
    "households": [],
    "recipes": ["foods"],
    "planner": ["recipes", "foods"],
}
"""package -> the packages of ours that it may import. app.py composes them all, and nothing imports app.py."""

HOMES = {
    "flask": ["app.py", "views.py"],
    "werkzeug": ["app.py", "views.py"],
    "markupsafe": ["app.py", "views.py"],
    "jinja2": ["app.py"],
    "waitress": ["app.py"],
    "segno": ["app.py", "qr.py"],
    "wtforms": ["forms.py"],
    "click": ["commands.py"],
    "sqlalchemy": ["store.py", "database.py"],
    "alembic": ["database.py"],
    "argon2": ["passwords.py"],
    "zxcvbn": ["passwords.py"],
    "requests": ["fetch.py"],
    "requests_hardened": ["fetch.py"],
    "urllib3": ["fetch.py"],
    "bs4": ["webpage.py"],
    "recipe_scrapers": ["webpage.py"],
    "highspy": ["solver.py"],
    "numpy": ["solver.py"],
    "icalendar": ["calendar.py"],
    "zopfli": ["offline.py"],
}
"""library -> the only modules that may import it. A library that is not here has no home yet."""

LENT = {
    ("commands.py", "flask.current_app"),
    ("commands.py", "flask.cli.AppGroup"),
    ("commands.py", "flask.cli.with_appcontext"),
}
"""What a module may take from a library that lives elsewhere: a command has to reach the app that it belongs to."""

ASK_THE_DAY = ["app.py", "views.py", "commands.py"]
"""Who may read the clock or leave something to chance."""

CLOCK = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
}
CHANCE = ("random.", "secrets.", "uuid.uuid1", "uuid.uuid4", "os.urandom")
SEEDED = "random.Random"


def complaints(path: str, source: str) -> list[str]:
    """What a module breaks, one sentence each. `path` is relative to the project, such as "foods/rules.py"."""
    tree = ast.parse(source)
    return sorted({*wrong_imports(path, tree), *wrong_mentions(path, tree)})


def wrong_imports(path: str, tree: ast.AST) -> Iterator[str]:
    for imported in imports(path, tree):
        library = imported.split(".")[0]
        if library == "app":
            yield f"{path} imports app; nothing may import app.py, which is the one that composes"
        elif library in ARROWS:
            yield from wrong_arrow(path, library)
        elif library not in sys.stdlib_module_names:
            yield from away_from_home(path, library, imported)


def wrong_arrow(path: str, library: str) -> Iterator[str]:
    package = PurePosixPath(path).parts[0]
    if package == library or package not in ARROWS:
        return
    allowed = " and ".join(ARROWS[package]) or "none of our packages"
    if library not in ARROWS[package]:
        yield f"{path} imports {library}; {package} may import {allowed}"


def away_from_home(path: str, library: str, imported: str) -> Iterator[str]:
    # `week_views.py` is a `views.py` too: a long one is split by page.
    module = PurePosixPath(path).name.rpartition("_")[2]
    if library not in HOMES:
        yield f"{path} imports {library}, which has no home; name one in HOMES in tests/test_layers.py"
    elif module not in HOMES[library] and (module, imported) not in LENT:
        yield f"{path} imports {library}; that belongs in {', '.join(HOMES[library])}"


def imports(path: str, tree: ast.AST) -> Iterator[str]:
    """Every module or name imported anywhere in a module, as a dotted name: `flask.cli.AppGroup`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{start(path, node)}.{alias.name}" for alias in node.names)


def start(path: str, node: ast.ImportFrom) -> str:
    """What stands between `from` and `import`, with leading dots resolved."""
    here = PurePosixPath(path).parts[: -node.level] if node.level else ()
    return ".".join([*here, *([node.module] if node.module else [])])


def wrong_mentions(path: str, tree: ast.AST) -> Iterator[str]:
    if PurePosixPath(path).name.rpartition("_")[2] in ASK_THE_DAY:
        return
    for name in mentions(tree):
        if name in CLOCK:
            yield f"{path} reads the clock ({name}); that belongs in {', '.join(ASK_THE_DAY)}"
        elif name.startswith(CHANCE) and name != SEEDED:
            yield f"{path} leaves it to chance ({name}); take a random.Random as an argument"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not node.args and full_name(node.func, aliases(tree)) == SEEDED:
            yield f"{path} makes a random.Random without a seed; take the seed as an argument"


def mentions(tree: ast.AST) -> Iterator[str]:
    """Every dotted name a module uses, by its full name: `d.today` after `from datetime import date as d`."""
    known = aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and (name := full_name(node, known)):
            yield name


def aliases(tree: ast.AST) -> dict[str, str]:
    """local name -> full name, for everything that a module imports."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {a.asname: a.name for a in node.names if a.asname}
            known |= {name: name for a in node.names if not a.asname for name in [a.name.split(".")[0]]}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            known |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return known


def full_name(node: ast.AST, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Attribute) and (start := full_name(node.value, known)):
        return f"{start}.{node.attr}"
    return ""


MODULES = [
    *([ROOT / "app.py"] if (ROOT / "app.py").exists() else []),
    *sorted(file for package in ARROWS for file in (ROOT / package).rglob("*.py")),
]


@pytest.mark.parametrize("module", [module.relative_to(ROOT).as_posix() for module in MODULES])
def test_module_keeps_the_rules(module: str) -> None:
    found = complaints(module, (ROOT / module).read_text("utf-8"))
    assert not found, "\n" + "\n".join(found)


def test_every_package_is_in_the_table() -> None:
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= set(ARROWS), "say in ARROWS in tests/test_layers.py what the new package may import"


BROKEN = {
    "a library away from home": (
        "foods/rules.py",
        "import flask",
        "foods/rules.py imports flask; that belongs in app.py, views.py",
    ),
    "a library inside a function": (
        "planner/week.py",
        """
        def solve():
            from highspy import Highs
        """,
        "planner/week.py imports highspy; that belongs in solver.py",
    ),
    "more of Flask than a command may borrow": (
        "foods/commands.py",
        "from flask import current_app, request",
        "foods/commands.py imports flask; that belongs in app.py, views.py",
    ),
    "a library nobody has placed": (
        "recipes/lines.py",
        "import pint",
        "recipes/lines.py imports pint, which has no home; name one in HOMES in tests/test_layers.py",
    ),
    "an arrow that points outwards": (
        "recipes/check.py",
        "from planner.window import Window",
        "recipes/check.py imports planner; recipes may import foods",
    ),
    "an arrow from the innermost package": (
        "foods/rules.py",
        "import recipes.check",
        "foods/rules.py imports recipes; foods may import none of our packages",
    ),
    "the composer composed": (
        "planner/views.py",
        "from app import create_app",
        "planner/views.py imports app; nothing may import app.py, which is the one that composes",
    ),
    "the clock under another name": (
        "planner/window.py",
        """
        from datetime import date as day
        def stage(on=day.today()): ...
        """,
        "planner/window.py reads the clock (datetime.date.today); that belongs in app.py, views.py, commands.py",
    ),
    "the clock handed on without a call": (
        "foods/food.py",
        """
        import datetime
        clock = datetime.datetime.now
        """,
        "foods/food.py reads the clock (datetime.datetime.now); that belongs in app.py, views.py, commands.py",
    ),
    "chance": (
        "planner/week.py",
        """
        from random import shuffle
        def mix(meals): shuffle(meals)
        """,
        "planner/week.py leaves it to chance (random.shuffle); take a random.Random as an argument",
    ),
    "a generator without a seed": (
        "planner/week.py",
        """
        import random
        def week(): return random.Random()
        """,
        "planner/week.py makes a random.Random without a seed; take the seed as an argument",
    ),
}


@pytest.mark.parametrize(("path", "source", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named_in_one_sentence(path: str, source: str, sentence: str) -> None:
    assert complaints(path, dedent(source)) == [sentence]


KEPT = {
    "a library at home": ("recipes/webpage.py", "import bs4, recipe_scrapers"),
    "what a command may borrow": (
        "foods/commands.py",
        "import click\nfrom flask import current_app\nfrom flask.cli import AppGroup",
    ),
    "arrows that point inwards": (
        "planner/week.py",
        "from foods.rules import judge\nfrom recipes import check\nfrom .window import Window",
    ),
    "everything in the composer": (
        "app.py",
        "import flask, waitress, segno, foods, planner.views, households",
    ),
    "a view that asks what day it is": (
        "planner/views.py",
        "import datetime\ntoday = datetime.date.today()",
    ),
    "a seeded generator": ("planner/week.py", "import random\ndice = random.Random(7)\ndice.shuffle([])"),
    "a date that was handed over": (
        "foods/table.py",
        "from datetime import date\nday = date.fromisoformat('2026-08-14')",
    ),
    "a word that only looks like the clock": ("planner/window.py", "class Day: ...\nDay.today = 1"),
}


@pytest.mark.parametrize(("path", "source"), KEPT.values(), ids=KEPT)
def test_a_kept_rule_is_left_in_peace(path: str, source: str) -> None:
    assert complaints(path, source) == []

"""Does the README still name everything that a newcomer will meet?"""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
FROM_FLASK = {"run", "shell", "routes"}


def commands(group: click.Group, path: str = "flask") -> Iterator[str]:
    """Every command below a group, as it is typed: "flask foods check"."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def targets() -> list[str]:
    """What `make` alone lists."""
    return re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("package", sorted(file.parent.name for file in ROOT.glob("*/__init__.py")))
def test_the_map_names_the_package(package: str) -> None:
    assert f"{package}/" in README.read_text("utf-8"), f"add {package}/ to the map of the folders"


@pytest.mark.parametrize("target", targets())
def test_every_make_target_is_explained(target: str) -> None:
    assert f"make {target}" in README.read_text("utf-8"), f"say what `make {target}` is for"


def test_every_command_is_explained(app: Flask) -> None:
    ours = [command for command in commands(app.cli) if command.removeprefix("flask ") not in FROM_FLASK]
    missing = [command for command in ours if command not in README.read_text("utf-8")]
    assert ours and not missing, f"say what these are for: {missing}"

"""Do pyproject.toml, uv.lock and requirements*.txt agree, and would they install the same anywhere?"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
AGAIN = "run `make lock` and commit all three files together"

RUN = PROJECT["project"]["dependencies"]
GROUPS = PROJECT["dependency-groups"]
WANTED = {
    "requirements.txt": RUN,
    "requirements-dev.txt": RUN + GROUPS["dev"] + GROUPS["browser"],
}


def pins(file: str) -> dict[tuple[str, str], set[str]]:
    """(name, version) -> the hashes that a requirements file accepts for it."""
    entries = (ROOT / file).read_text("utf-8").replace("\\\n", " ").splitlines()
    return dict(map(pin, (entry for entry in entries if "==" in entry)))


def pin(entry: str) -> tuple[tuple[str, str], set[str]]:
    name, version = entry.split()[0].split("==")
    return (canonicalize_name(name), version), set(re.findall(r"--hash=(sha256:\w+)", entry))


def locked() -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(p["name"], p["version"]): p for p in LOCK["package"] if "registry" in p["source"]}


def hashes(package: Mapping[str, Any]) -> set[str]:
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    return {file["hash"] for file in files}


def names(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


def everything_needed(requirements: Iterable[str]) -> set[str]:
    """The names of what these requirements need, and what that needs, by the lock file."""
    needs: dict[str, set[str]] = {}
    for package in LOCK["package"]:
        needs.setdefault(package["name"], set()).update(d["name"] for d in package.get("dependencies", []))
    found: set[str] = set()
    waiting = names(requirements)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= needs[name] - found
    return found


@pytest.mark.parametrize("file", WANTED)
def test_a_requirements_file_holds_what_is_needed_and_nothing_else(file: str) -> None:
    assert {name for name, _ in pins(file)} == everything_needed(WANTED[file]), f"{file} is out of step: {AGAIN}"


@pytest.mark.parametrize("file", WANTED)
def test_every_pin_is_the_locked_version_with_its_hashes(file: str) -> None:
    lock = locked()
    wrong = [entry for entry, found in pins(file).items() if entry not in lock or found != hashes(lock[entry])]
    assert not wrong, f"{file} and uv.lock differ on {wrong}: {AGAIN}"


@pytest.mark.parametrize("requirement", WANTED["requirements-dev.txt"])
def test_the_locked_version_is_one_that_pyproject_allows(requirement: str) -> None:
    wanted = Requirement(requirement)
    versions = [version for name, version in locked() if name == canonicalize_name(wanted.name)]
    assert versions, f"uv.lock lacks {wanted.name}: {AGAIN}"
    assert all(wanted.specifier.contains(version) for version in versions), f"uv.lock is older: {AGAIN}"


def test_the_lock_was_made_for_this_pyproject() -> None:
    project = next(package for package in LOCK["package"] if package["name"] == PROJECT["project"]["name"])
    asked = {"run": RUN, **GROUPS}
    answered = {"run": project["metadata"]["requires-dist"], **project["metadata"]["requires-dev"]}
    assert LOCK["requires-python"] == PROJECT["project"]["requires-python"]
    for group in asked | answered:
        # What only an extra asks for is no part of what everybody installs.
        lines = {one["name"] + one["specifier"] for one in answered[group] if "extra ==" not in one.get("marker", "")}
        assert lines == set(asked[group]), f"uv.lock was made for other {group} dependencies: {AGAIN}"


@pytest.mark.parametrize("file", WANTED)
def test_a_requirements_file_names_no_index_and_no_folder(file: str) -> None:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    strange = [line for line in lines if not re.match(r"( *#|[a-z0-9._-]+==[^@]+$|    --hash=sha256:)", line)]
    assert not strange, f"{file} would install otherwise on another machine: {strange}"


def test_the_lock_points_at_the_public_index_only() -> None:
    hosts = set(re.findall(r'https?://([^/"]+)', (ROOT / "uv.lock").read_text("utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}, f"uv.lock points at {hosts}: {AGAIN}"

"""Do the commands of the README work as typed, wherever the folder stands?"""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "instance", "screenshots", "__pycache__", ".*_cache", ".hypothesis")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the project in a folder with a space in its name, on the virtual environment that is already there."""
    if not (ROOT / ".venv" / ".can-run").exists():
        pytest.skip("to test `make run`: start the tests with `make test`, which builds .venv")
    copy = tmp_path / "my kitchen"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(clone: Path, port: int) -> Iterator[str]:
    """What `make run` serves, as http://127.0.0.1:PORT."""
    server = subprocess.Popen(
        ["make", "--no-print-directory", "run"],
        cwd=clone,
        env=os.environ | {"PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield f"http://127.0.0.1:{port}"
    os.killpg(server.pid, 15)
    server.wait(timeout=10)


def opened(address: str, patience: float) -> str:
    """The page at an address, once somebody answers there. `patience` is in seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address, timeout=patience) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.URLError:
            assert time.monotonic() < until, f"nobody answers at {address} after {patience:g} seconds"
            time.sleep(0.05)


@pytest.mark.long
def test_run_serves_the_first_page(served: str) -> None:
    """The limit is generous, since two workers share the machine; `bench/` measures how long it takes."""
    assert "Can I eat" in opened(served, patience=20)


def test_make_alone_lists_the_targets() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "test-more", "soak", "install", "lint", "check-data", "screenshots", "lock", "clean"):
        assert f"make {target} " in listed

"""Does the app start only on facts without a mistake, and say how to reach it?"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

import app as start

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fact files, to be spoilt."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_files_we_ship_are_in_order(runner: FlaskCliRunner) -> None:
    done = runner.invoke(args=["data", "check"])
    assert done.exit_code == 0 and done.output.endswith("no mistakes.\n")


def test_every_mistake_in_every_file_stops_the_start(folder: Path) -> None:
    spoil(folder / "foods.csv", ",cheddar", ",cheddar ! /")
    spoil(folder / "protocols.csv", "1 week before first infusion", "a week or so before")
    spoil(folder / "sheets.csv", "barts-pack,", "hill-hospital,")
    with pytest.raises(SystemExit) as stopped:
        start.create_app({"DATA": folder})
    said = str(stopped.value.code)
    assert "foods.csv, row" in said and "protocols.csv, row" in said and "must be a protocol of protocols.csv" in said
    assert said.endswith("mistakes in the data files. Mend them, then run: flask data check")


def test_a_mistake_in_a_recipe_stops_the_start(folder: Path) -> None:
    spoil(folder / "recipes" / "fish-pie.toml", "effort = ", "efort = ")
    with pytest.raises(SystemExit) as stopped:
        start.create_app({"DATA": folder})
    said = str(stopped.value.code)
    assert "fish-pie.toml, row" in said and "efort" in said


def test_the_check_says_which_recipe_is_marked_wrongly(folder: Path) -> None:
    spoil(folder / "recipes" / "fish-pie.toml", "queasy = ", 'not_under = ["strict"]\nqueasy = ')
    done = start.create_app({"DATA": folder}).test_cli_runner().invoke(args=["data", "check"])
    assert done.exit_code == 1
    assert "fish-pie.toml, row 0, column not_under: found 'strict'; take it out" in done.output


def test_the_check_exits_with_1_when_there_is_a_mistake(folder: Path) -> None:
    spoil(folder / "sources.csv", "excerpt", "glanced at")
    shutil.copytree(ROOT, folder.parent / "copy", ignore=shutil.ignore_patterns(".*", "data", "docs", "tests", "instance"))
    shutil.move(folder, folder.parent / "copy" / "data")
    done = subprocess.run(
        [sys.executable, "-m", "flask", "data", "check"], cwd=folder.parent / "copy", capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "sources.csv, row 2, column read_how: found 'glanced at'" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("host", "says"),
    [
        ("127.0.0.1", "To let a phone on your network in: HOST=0.0.0.0 make run"),
        ("0.0.0.0", "Point your phone's camera here"),
    ],
)
def test_the_first_line_says_how_to_reach_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str, says: str
) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "8765")
    monkeypatch.setattr(start.waitress, "serve", lambda app, **settings: None)
    start.main()
    said = capsys.readouterr().out
    assert says in said and ":8765" in said
    assert (host == "0.0.0.0") == ("█" in said), "the QR code is for a phone on the network only"

"""Do the commands do what whoever runs a server needs, and say so?"""

from pathlib import Path

import pytest
from flask import Flask

from households.store import Database
from tests.households.conftest import PASSWORD


def run(kept_app: Flask, *words: str, given: str = "") -> tuple[int, str]:
    done = kept_app.test_cli_runner().invoke(args=words, input=given)
    return done.exit_code, done.output


def test_users_are_listed_given_a_password_and_erased(kept_app: Flask, browser_of) -> None:  # type: ignore[no-untyped-def]
    client = browser_of("Robin")
    assert run(kept_app, "users", "list") == (0, "Robin\tRosehill kitchen\tpatient\n")
    assert run(kept_app, "users", "password", "nobody", given="x\n")[0] == 1
    assert run(kept_app, "users", "password", "robin")[0] == 1, "no password was given"
    assert run(kept_app, "users", "password", "robin", given="copper lantern field\n")[0] == 0
    assert client.get("/household").status_code == 303, "signed out everywhere"
    data = {"name": "Robin", "password": "copper lantern field"}
    assert client.post("/household/sign-in", data=data).headers["Location"] == "/household"
    assert run(kept_app, "users", "erase", "Robin", given="n\n")[0] == 1
    assert run(kept_app, "users", "list")[1], "nothing was erased without a yes"
    assert run(kept_app, "users", "erase", "Robin", "--yes")[0] == 0
    assert run(kept_app, "users", "list") == (0, "")


def test_everybody_goes_on_saving_while_somebody_is_asked_whether_to_erase(
    kept_app: Flask,
    browser_of,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser_of("Robin")
    saved = []
    monkeypatch.setattr("click.confirm", lambda *asked, **more: saved.append(browser_of("Kim", kitchen="Other kitchen")))
    assert run(kept_app, "users", "erase", "Robin")[0] == 0
    assert saved and run(kept_app, "users", "list") == (0, "Kim\tOther kitchen\tpatient\n")


def test_a_database_or_a_folder_that_is_away_is_said_in_a_sentence(kept_app: Flask, tmp_path: Path) -> None:
    kept_app.extensions["database"] = Database(f"sqlite:///{tmp_path}/file/kept.db")
    (tmp_path / "file").write_text("no folder")
    for words in (("users", "list"), ("users", "erase", "Robin", "--yes")):
        status, said = run(kept_app, *words)
        assert status == 1 and said.startswith("Error: The database is not ready")
    assert "There is no folder" in run(kept_app, "backup", str(tmp_path / "away" / "monday"))[1]


def test_a_backup_is_written_once_and_restored_on_a_yes(kept_app: Flask, browser_of, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    browser_of("Robin")
    file = tmp_path / "monday.backup"
    status, said = run(kept_app, "backup", str(file))
    assert status == 0 and "read back and whole" in said
    assert run(kept_app, "backup", str(file))[0] == 1, "an older backup is never overwritten"
    browser_of("Kim", kitchen="Late kitchen")
    assert run(kept_app, "restore", str(file), given="n\n")[0] == 1
    assert "Kim" in run(kept_app, "users", "list")[1]
    assert run(kept_app, "restore", str(file), "--yes")[0] == 0
    assert run(kept_app, "users", "list") == (0, "Robin\tRosehill kitchen\tpatient\n")
    data = {"name": "Robin", "password": PASSWORD}
    assert browser_of().post("/household/sign-in", data=data).headers["Location"] == "/household"


def test_a_bad_backup_is_refused_in_a_sentence(kept_app: Flask, browser_of, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    browser_of("Robin")
    (tmp_path / "bad").write_bytes(b"not a backup")
    status, said = run(kept_app, "restore", str(tmp_path / "bad"), "--yes")
    assert status == 1 and "What was there is still there." in said and "Traceback" not in said
    assert "Robin" in run(kept_app, "users", "list")[1]


def test_the_tables_are_brought_up_to_date(kept_app: Flask) -> None:
    assert run(kept_app, "database", "upgrade") == (0, "The tables are up to date.\n")

"""What happens when the disk is full, the database goes away, or its file is half written? Nothing is lost or half kept."""

import ctypes
import os
import resource
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from app import create_app
from households import store
from households.backup import read_backup, restore, write_backup
from households.store import Database, NotReady
from tests.databases import own_postgresql
from tests.house_checks import complaints, words
from tests.households.conftest import NOW, PASSWORD

# Servers are stopped and disks filled: too slow for every run.
pytestmark = pytest.mark.long


def begin(database: Database, name: str) -> store.Account:
    with database.begin() as session:
        account = store.begin_household(session, f"Kitchen of {name}", name, "a hash", NOW)
        store.keep(session, account, "recipe", "pie", {"name": "Fish pie", "lines": ["1 egg"] * 200}, 0, NOW)
    return account


def names_in(database: Database) -> list[str]:
    with database.begin(writes=False) as session:
        return [account.name for account in store.everybody(session)]


def is_sound(database: Database) -> bool:
    if not database.is_sqlite:
        return True
    with database.engine.connect() as connection:
        return bool(connection.scalar(text("pragma integrity_check")) == "ok")


# ---- A backup while writers write ----


def test_a_backup_taken_while_others_write_holds_whole_saves_only(database: Database, tmp_path: Path) -> None:
    begin(database, "first")
    is_done, wrong = threading.Event(), []

    def write(writer: int) -> None:
        try:
            for number in range(500):
                if is_done.is_set():
                    return
                begin(database, f"{writer}-{number}")
        except Exception as error:  # pragma: no cover
            wrong.append(error)

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(3)]
    for writer in writers:
        writer.start()
    try:
        for number in range(3):
            write_backup(database, tmp_path / f"{number}.backup", NOW)
    finally:
        is_done.set()
        for writer in writers:
            writer.join()
    assert not wrong
    for number in range(3):
        rows = read_backup(tmp_path / f"{number}.backup")[1]
        of = {table: {row["household_id"] for name, row in rows if name == table} for table in ("account", "kept")}
        assert of["account"] == of["kept"] == {row["id"] for table, row in rows if table == "household"}


# ---- A disk that is full, or may only be read ----


@contextmanager
def disk_full_at(size: int) -> Iterator[None]:
    """No file of this process may grow past so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_what_was_kept_stays_and_can_be_read(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/kept.db")
    begin(database, "before")
    with disk_full_at((tmp_path / "kept.db").stat().st_size):
        with pytest.raises(NotReady):
            for number in range(500):
                begin(database, f"{number}")
        kept = names_in(database)
        assert "before" in kept
    assert names_in(database) == kept and is_sound(database)
    assert begin(database, "after").name == "after", "with room on the disk it goes on, without a new start"
    database.engine.dispose()


def test_on_a_full_disk_no_backup_is_written_and_none_is_left_half(database: Database, tmp_path: Path) -> None:
    for number in range(30):
        begin(database, f"{number}")
    with disk_full_at(512), pytest.raises(OSError, match="File too large"):
        write_backup(database, tmp_path / "backup", NOW)
    assert not list(tmp_path.glob("backup*"))


def test_a_database_that_may_only_be_read_is_read(database: Database) -> None:
    begin(database, "before")
    if database.is_sqlite:
        event.listen(database.engine, "checkout", lambda connection, *_: connection.execute("pragma query_only = on"))
    else:
        with database.begin() as session:
            session.execute(text(f'alter database "{database.url.database}" set default_transaction_read_only = on'))
        database.engine.dispose()
    with pytest.raises(NotReady, match="(?i)read-?only"):
        begin(database, "after")
    assert names_in(database) == ["before"]


# ---- The same, as a person meets it on the pages ----

DAC_OVERRIDE, DAC_READ_SEARCH = 1 << 1, 1 << 2
"""What lets root write where nobody may (linux/capability.h)."""


@contextmanager
def only_what_modes_allow() -> Iterator[None]:
    """Root may write on a folder that is read-only. For a while this thread may not."""
    if os.geteuid():
        yield
        return
    libc, header = ctypes.CDLL(None, use_errno=True), (ctypes.c_uint32 * 2)(0x20080522, 0)
    held, less = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    assert not libc.capget(header, held)
    less[:] = held[:]
    less[0] &= ~(DAC_OVERRIDE | DAC_READ_SEARCH)
    assert not libc.capset(header, less)
    try:
        yield
    finally:
        assert not libc.capset(header, held)


def check_that_nothing_is_saved(client: FlaskClient) -> None:
    """Beginning, signing in and keeping each say so on a page of their own, and a food is still checked."""
    texts = {
        "/household/begin": {"kitchen": "K", "name": "Kim", "password": PASSWORD},
        "/household/sign-in": {"name": "Robin", "password": PASSWORD},
    }
    for address, typed in texts.items():
        assert client.get(address).status_code == 200
        answer = client.post(address, data=typed)
        page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        assert answer.status_code == 503 and not complaints(page)
        assert "Nothing can be saved here just now. You can still check a food." in words(page.main)
        assert page.select("input[name=q]"), "the page offers to check a food there and then"
    for address, said in {"/foods?q=brie": "Only if cooked", "/foods?q=zoog": "We do not know this"}.items():
        answer = client.get(address)
        assert answer.status_code == 200 and said in answer.get_data(as_text=True)


def test_on_a_disk_that_may_only_be_read_from_the_first_start_food_is_checked(tmp_path: Path) -> None:
    app = create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/disk/kept.db"})
    (tmp_path / "disk").mkdir(mode=0o555)
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    with only_what_modes_allow():
        assert client.get("/ready").status_code == 503
        check_that_nothing_is_saved(client)
        client.set_cookie("signed-in", "of a person who was here before")
        check_that_only_food_works(client)
    (tmp_path / "disk").chmod(0o755)
    check_that_all_is_back(of_robin(app))
    app.extensions["database"].engine.dispose()


def test_on_a_disk_that_becomes_read_only_food_is_checked_and_all_comes_back(tmp_path: Path) -> None:
    app = create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/disk/kept.db"})
    client = of_robin(app)
    app.extensions["database"].engine.dispose()
    (tmp_path / "disk" / "kept.db").chmod(0o444)
    (tmp_path / "disk").chmod(0o555)
    with only_what_modes_allow():
        check_that_nothing_is_saved(client)
        assert client.get("/household").status_code in (200, 503)
        app.extensions["database"].engine.dispose()
    (tmp_path / "disk").chmod(0o755)
    (tmp_path / "disk" / "kept.db").chmod(0o644)
    check_that_all_is_back(client)
    app.extensions["database"].engine.dispose()


def test_on_a_full_disk_the_pages_show_what_was_kept_and_say_what_is_not_saved(tmp_path: Path) -> None:
    app = create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/kept.db"})
    client, stranger = of_robin(app), app.test_client()
    stranger.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    with disk_full_at(1):
        check_that_nothing_is_saved(stranger)
        assert "Rosehill" in client.get("/household").get_data(as_text=True)
        answer = client.post("/recipes/like", data={"about": "ours:fish-pie", "do": "like"})
        assert answer.status_code == 503 and "That was not saved" in answer.get_data(as_text=True)
        assert client.post("/household/sign-out").status_code == 503, (
            "nobody is told that they are signed out while they are not"
        )
    assert client.post("/recipes/like", data={"about": "ours:fish-pie", "do": "like"}).status_code == 303
    check_that_all_is_back(client)
    app.extensions["database"].engine.dispose()


def test_on_a_full_disk_from_the_first_start_food_is_checked(tmp_path: Path) -> None:
    app = create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/kept.db"})
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    with disk_full_at(1):
        check_that_nothing_is_saved(client)
    check_that_all_is_back(of_robin(app))
    app.extensions["database"].engine.dispose()


# ---- A database that goes away and comes back ----


def of_robin(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    data = {"kitchen": "Rosehill", "name": "Robin", "password": PASSWORD}
    assert client.post("/household/begin", data=data).status_code == 200
    return client


def check_that_only_food_works(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/household").get_data(as_text=True), "html.parser")
    assert not (found := complaints(page)), found
    assert "What you keep cannot be read or saved just now. You can still check a food." in words(page.main)
    assert "Only if cooked" in client.get("/foods?q=brie").get_data(as_text=True)
    answers = {"/health": 200, "/ready": 503, "/household": 503, "/recipes": 200, "/week": 200}
    # What a kitchen may keep there is not known, and nothing else is shown in its place.
    answers |= {"/week/2026-11-30": 503, "/week/2026-11-30/list": 503, "/week/2026-11-30/list?servings=2": 200}
    assert {address: client.get(address).status_code for address in answers} == answers
    data = {"kitchen": "K", "name": "Kim", "password": PASSWORD}
    assert client.post("/household/begin", data=data).status_code == 503


def check_that_all_is_back(client: FlaskClient) -> None:
    assert client.get("/ready").status_code == 200
    assert "Rosehill" in client.get("/household").get_data(as_text=True)


def test_when_the_server_goes_away_and_comes_back_the_app_goes_on() -> None:
    with own_postgresql() as server:
        app = create_app({"DATABASE_URL": server.address})
        assert app.test_client().get("/ready").status_code == 503, "tables that are not there yet are said to be missing"
        assert app.test_client().get("/join/no-such").status_code == 503
        app.extensions["database"].upgrade()
        client = of_robin(app)
        server.stop()
        check_that_only_food_works(client)
        server.start()
        check_that_all_is_back(client)
        app.extensions["database"].engine.dispose()


def test_when_the_folder_of_the_file_comes_late_the_app_needs_no_new_start(tmp_path: Path) -> None:
    (tmp_path / "disk").write_text("not mounted yet")
    app = create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/disk/kept.db"})
    assert app.test_client().get("/ready").status_code == 503
    (tmp_path / "disk").unlink()
    check_that_all_is_back(of_robin(app))
    app.extensions["database"].engine.dispose()


@pytest.mark.parametrize("left", [0.5, 0.02], ids=["half of it", "less than a page"])
def test_a_file_that_is_half_written_is_said_to_be_away_and_a_backup_brings_all_back(tmp_path: Path, left: float) -> None:
    file = tmp_path / "kept.db"
    app = create_app({"DATABASE_URL": f"sqlite:///{file}"})
    client, database = of_robin(app), app.extensions["database"]
    for number in range(20):
        begin(database, f"{number}")
    write_backup(database, tmp_path / "backup", NOW)
    database.engine.dispose()
    os.truncate(file, int(file.stat().st_size * left))
    check_that_only_food_works(client)
    database.engine.dispose()
    for part in tmp_path.glob("kept.db*"):
        shutil.move(part, tmp_path / f"broken-{part.name}")
    restore(database, tmp_path / "backup")
    check_that_all_is_back(client)
    assert is_sound(database)
    database.engine.dispose()

"""How much does one household keep, what is said when it is full, and can it still choose its hospital then?"""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from households import store
from households.database import KeptRow
from households.household import MOST_DOCUMENTS, MOST_LETTERS, SPARE_LETTERS
from households.store import Account, Database, Full
from tests.house_checks import complaints, words
from tests.households.conftest import NOW

RECIPE = {"name": "Fish pie", "lines": ["1 egg"] * 600}


@pytest.fixture
def account(database: Database) -> Account:
    with database.begin() as session:
        return store.begin_household(session, "Rosehill", "Robin", "a hash", NOW)


def fill(database: Database, account: Account, documents: int, letters: int = 0) -> None:
    """So many documents, with so many letters in all of them together."""
    rows = [
        {"household_id": account.household, "kind": "recipe", "key": f"{one}", "said": "{}", "version": 1, "changed_at": NOW}
        for one in range(documents)
    ]
    rows[0]["said"] = '"' + "x" * max(0, letters - 2 * documents) + '"'
    with database.begin() as session:
        session.execute(insert(KeptRow), rows)


def keep(database: Database, account: Account, key: str, version: int = 0, kind: str = "recipe") -> None:
    with database.begin() as session:
        store.keep(session, account, kind, key, RECIPE, version, NOW)


@pytest.mark.long
def test_a_large_collection_fits(database: Database, account: Account) -> None:
    with database.begin() as session:
        for number in range(2_000 - 1):
            session.add(
                KeptRow(
                    household_id=account.household,
                    kind="recipe",
                    key=f"{number}",
                    said="x" * 4_000,
                    version=1,
                    changed_at=NOW,
                )
            )
    keep(database, account, "the last one")


def test_one_thing_too_many_is_refused_and_what_is_there_can_be_changed_and_removed(
    database: Database, account: Account
) -> None:
    fill(database, account, MOST_DOCUMENTS)
    with pytest.raises(Full):
        keep(database, account, "one more")
    keep(database, account, "1", version=1)
    keep(database, account, "", kind="dates")
    with database.begin() as session:
        store.drop(session, account.household, "recipe", "2")
        store.drop(session, account.household, "recipe", "3")
    keep(database, account, "one more")


@pytest.mark.long
def test_too_many_letters_are_refused_and_the_hospital_can_still_be_chosen(database: Database, account: Account) -> None:
    fill(database, account, 2, MOST_LETTERS)
    with pytest.raises(Full):
        keep(database, account, "one more")
    keep(database, account, "", kind="dates")
    fill_more = "x" * SPARE_LETTERS
    with pytest.raises(Full), database.begin() as session:
        store.keep(session, account, "recipe", "1", {"name": fill_more}, 1, NOW)


def test_another_kitchen_does_not_count(database: Database, account: Account) -> None:
    fill(database, account, MOST_DOCUMENTS)
    with database.begin() as session:
        other = store.begin_household(session, "Marsh", "Kim", "a hash", NOW)
    keep(database, other, "first")


def test_the_page_says_what_to_do(kept_app: Flask, browser_of: Callable[..., FlaskClient]) -> None:
    client, database = browser_of("Robin"), kept_app.extensions["database"]
    with database.begin() as session:
        account = store.everybody(session)[0]
    fill(database, account, MOST_DOCUMENTS)
    answer = client.post("/recipes/like", data={"about": "ours:fish-pie", "do": "like"})
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 413 and not complaints(page)
    assert "This was not saved. All that was kept before is still there." in words(page.main)
    assert client.get("/foods?q=brie").status_code == 200

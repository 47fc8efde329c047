"""Is what households keep kept, each thing once, and gone when it should be? On both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from households import store
from households.database import Base
from households.household import INVITED_FOR, SIGNED_IN_FOR, Account, Role
from households.store import Changed, Database, NameTaken, NotReady
from tests.households.conftest import NOW


def begin(database: Database, name: str = "Robin") -> Account:
    with database.begin() as session:
        return store.begin_household(session, "Rosehill", name, "a hash", NOW)


def test_the_first_person_is_the_patient(database: Database) -> None:
    account = begin(database)
    assert (account.kitchen, account.name, account.role, account.shares_days) == ("Rosehill", "Robin", Role.PATIENT, False)


@pytest.mark.parametrize("name", ["Robin", "robin", "  ROBIN ", "ｒｏｂｉｎ"])
def test_a_user_name_belongs_to_one_person(database: Database, name: str) -> None:
    begin(database)
    with pytest.raises(NameTaken), database.begin() as session:
        store.begin_household(session, "Another", name, "a hash", NOW)


def test_what_fails_halfway_keeps_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.begin() as session:
        store.begin_household(session, "Rosehill", "Robin", "a hash", NOW)
        raise RuntimeError
    with database.begin() as session:
        assert store.find_account(session, "Robin") is None


def test_a_device_is_known_by_its_token_until_it_rests_too_long(database: Database) -> None:
    account = begin(database)
    with database.begin() as session:
        store.sign_in(session, account.key, "token", "Firefox on Android", NOW)
    with database.begin(writes=False) as session:
        assert store.signed_in(session, "token", NOW + SIGNED_IN_FOR) == account
        assert store.signed_in(session, "token", NOW + SIGNED_IN_FOR + timedelta(seconds=1)) is None
        assert store.signed_in(session, "other", NOW) is None
        assert [device.called for device in store.devices_of(session, account.key)] == ["Firefox on Android"]


def test_signing_out_everywhere_spares_this_browser(database: Database) -> None:
    account = begin(database)
    with database.begin() as session:
        store.sign_in(session, account.key, "here", "A browser", NOW)
        store.sign_in(session, account.key, "there", "A browser", NOW)
        store.sign_out_everywhere(session, account.key, but="here")
        assert store.signed_in(session, "here", NOW) == account and store.signed_in(session, "there", NOW) is None


def test_an_invitation_works_once_and_for_a_week(database: Database) -> None:
    account = begin(database)
    with database.begin() as session:
        store.invite(session, account.household, Role.CARER, "token", NOW)
        late = NOW + INVITED_FOR
        assert store.invited(session, "token", late - timedelta(seconds=1)) == (account.household, "Rosehill", Role.CARER)
        assert store.invited(session, "token", late) is None
        assert store.use_invitation(session, "token") and not store.use_invitation(session, "token")
        assert store.invited(session, "token", NOW) is None


def test_an_invitation_that_nobody_used_is_listed_and_can_be_withdrawn_by_its_own_household(database: Database) -> None:
    mine, other = begin(database), begin(database, "Kim")
    with database.begin() as session:
        store.invite(session, mine.household, Role.READER, "token", NOW)
        [(key, role, until)] = store.invitations_of(session, mine.household, NOW)
        assert (role, until) == (Role.READER, NOW + INVITED_FOR)
        assert not store.invitations_of(session, mine.household, until) and not store.invitations_of(
            session, other.household, NOW
        )
        store.withdraw_invitation(session, other.household, key)
        assert store.invited(session, "token", NOW)
        store.withdraw_invitation(session, mine.household, key)
        assert store.invited(session, "token", NOW) is None and not store.invitations_of(session, mine.household, NOW)


def test_a_recovery_code_works_once_and_for_its_owner_only(database: Database) -> None:
    robin, kim = begin(database), begin(database, "Kim")
    with database.begin() as session:
        store.keep_recovery_codes(session, robin.key, ["one", "two"])
        assert not store.use_recovery_code(session, kim.key, "one")
        assert store.use_recovery_code(session, robin.key, "one") and not store.use_recovery_code(session, robin.key, "one")
        store.keep_recovery_codes(session, robin.key, ["three"])
        assert not store.use_recovery_code(session, robin.key, "two"), "new codes end the old ones"


def test_another_household_cannot_remove_a_person_or_withdraw_a_link(database: Database) -> None:
    robin, kim = begin(database), begin(database, "Kim")
    with database.begin() as session:
        store.share(session, robin.household, "recipe", "fish-pie", "token", NOW)
        link = store.links_of(session, robin.household)[0][0]
        store.remove_account(session, kim.household, robin.key)
        store.withdraw(session, kim.household, link)
        assert store.opened_by(session, "recipe", "token") == (robin.household, "fish-pie")
        assert store.opened_by(session, "list", "token") is None, "a link opens the one thing it was made for"
        assert store.people_in(session, robin.household) == [robin]
        store.withdraw(session, robin.household, link)
        assert store.opened_by(session, "recipe", "token") is None


def test_attempts_are_counted_for_a_quarter_of_an_hour(database: Database) -> None:
    with database.begin() as session:
        for minute in range(3):
            store.note_attempt(session, "sign-in", "Robin", NOW + timedelta(minutes=minute))
        assert store.attempts(session, "sign-in", "Robin", NOW + timedelta(minutes=14, seconds=59)) == 3
        assert store.attempts(session, "sign-in", "Robin", NOW + timedelta(minutes=16)) == 1
        assert store.attempts(session, "sign-in", "Kim", NOW) == store.attempts(session, "recover", "Robin", NOW) == 0
        store.forget_attempts(session, "sign-in", "Robin")
        assert store.attempts(session, "sign-in", "Robin", NOW + timedelta(minutes=3)) == 0


def test_erasing_a_household_leaves_no_row_of_it(database: Database) -> None:
    robin, kim = begin(database), begin(database, "Kim")
    with database.begin() as session:
        for account in (robin, kim):
            store.sign_in(session, account.key, account.name, "A browser", NOW)
            store.invite(session, account.household, Role.CARER, account.name, NOW)
            store.keep_recovery_codes(session, account.key, [account.name])
            store.share(session, account.household, "recipe", "fish-pie", account.name, NOW)
            store.keep(session, account, "recipe", "pie", {}, 0, NOW)
        store.erase_household(session, robin.household)
    with database.begin(writes=False) as session:
        counted = {
            table: session.execute(text(f"select count(*) from {table}")).scalar()
            for table in ("household", "account", "device", "invitation", "recovery_code", "share_link", "kept")
        }
    assert set(counted.values()) == {1}, counted


def test_the_tables_go_down_and_up_again(url: str) -> None:
    database = Database(url)
    database.upgrade()
    begin(database)
    database.downgrade()
    assert set(inspect(database.engine).get_table_names()) == {"alembic_version"}
    database.upgrade()
    assert begin(database).name == "Robin"
    database.engine.dispose()


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}, table.name
        assert {key["referred_table"] for key in found.get_foreign_keys(table.name)} == {
            key.column.table.name for key in table.foreign_keys
        }


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/no/such.db", "postgresql+psycopg://nobody@127.0.0.1:1/none"], ids=["file", "server"]
)
def test_a_database_that_is_away_says_so(url: str) -> None:
    database = Database(url)
    with pytest.raises(NotReady), database.begin():
        pass


def test_a_missing_folder_is_made(tmp_path) -> None:  # type: ignore[no-untyped-def]
    database = Database(f"sqlite:///{tmp_path}/not/yet/there.db")
    assert database.is_ready()
    database.engine.dispose()


# ---- What a household keeps ----


def test_what_is_kept_comes_back_with_who_changed_it_and_when(database: Database) -> None:
    robin = begin(database)
    said = {"name": "Crème brûlée 🍮", "days": ["2026-03-02"], "given": True, "none": None}
    with database.begin() as session:
        assert store.keep(session, robin, "recipe", "creme", said, 0, NOW) == 1
        found = store.read_kept(session, robin.household, "recipe", "creme")
    assert found and (found.said, found.version, found.changed_at, found.changed_by) == (said, 1, NOW, "Robin")


@pytest.mark.parametrize("version", [pytest.param(0, id="thought it was new"), pytest.param(1, id="saw an older version")])
def test_who_comes_second_is_told_what_it_says_now(database: Database, version: int) -> None:
    robin = begin(database)
    with database.begin() as session:
        store.keep(session, robin, "recipe", "pie", {"name": "first"}, 0, NOW)
        store.keep(session, robin, "recipe", "pie", {"name": "second"}, 1, NOW)
    with pytest.raises(Changed) as told, database.begin() as session:
        store.keep(session, robin, "recipe", "pie", {"name": "third"}, version, NOW)
    assert told.value.now and told.value.now.said == {"name": "second"}


def test_what_was_dropped_meanwhile_is_said_to_be_gone(database: Database) -> None:
    robin = begin(database)
    with database.begin() as session:
        store.keep(session, robin, "recipe", "pie", {}, 0, NOW)
        store.drop(session, robin.household, "recipe", "pie")
    with pytest.raises(Changed) as told, database.begin() as session:
        store.keep(session, robin, "recipe", "pie", {}, 1, NOW)
    assert told.value.now is None


def test_two_households_keep_things_under_the_same_key(database: Database) -> None:
    robin, kim = begin(database), begin(database, "Kim")
    with database.begin() as session:
        for account in (robin, kim):
            store.keep(session, account, "recipe", "pie", {"of": account.name}, 0, NOW)
        store.drop(session, kim.household, "recipe", "pie")
        assert [one.said for one in store.all_kept(session, robin.household)] == [{"of": "Robin"}]
        assert store.all_kept(session, kim.household) == []


def test_what_a_person_kept_stays_when_they_leave(database: Database) -> None:
    robin = begin(database)
    with database.begin() as session:
        kim = store.add_account(session, robin.household, "Kim", "a hash", Role.CARER, NOW)
        store.keep(session, kim, "week", "2026-03-02", {}, 0, NOW)
        store.remove_account(session, robin.household, kim.key)
    with database.begin(writes=False) as session:
        found = store.read_kept(session, robin.household, "week", "2026-03-02")
    assert found and found.changed_by == ""

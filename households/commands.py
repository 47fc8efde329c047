"""Which commands serve whoever runs a server: its people, its tables, its backups?"""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from households import backup as backups
from households import store
from households.passwords import hashed


def _database() -> store.Database:
    return cast(store.Database, current_app.extensions["database"])


@contextmanager
def _session(writes: bool = True) -> Iterator[store.Session]:
    """What is kept, to read or to change; a database that is away is said in a sentence."""
    try:
        with _database().begin(writes=writes) as session:
            yield session
    except store.NotReady as error:
        raise click.ClickException(f"The database is not ready: {error}") from error


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write everything people made to FILE while the app goes on, and read it back."""
    if file.exists():
        raise click.ClickException(f"{file} is there already. Name a new file, so that the older backup stays.")
    if not file.absolute().parent.is_dir():
        raise click.ClickException(f"There is no folder {file.absolute().parent}. Make it first, or name another one.")
    try:
        count = backups.write_backup(_database(), file, datetime.now(UTC))
    except (store.NotReady, OSError, backups.BadBackup) as error:
        raise click.ClickException(f"No backup was written: {error}") from error
    click.echo(f"{count} rows in {file}, read back and whole.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask whether to replace what is there.")
@with_appcontext
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of everything that is there. Stop the app first."""
    if not yes:
        click.confirm("This replaces everything that people made since. Go on?", abort=True)
    try:
        count = backups.restore(_database(), file)
    except (store.NotReady, backups.BadBackup) as error:
        raise click.ClickException(f"{error} What was there is still there.") from error
    click.echo(f"{count} rows are back.")


database = AppGroup("database", help="The tables that hold what people made.")


@database.command("upgrade")
def upgrade() -> None:
    """Bring the tables to this version of the app. Do it before the app starts on a server's database."""
    try:
        _database().upgrade()
    except store.NotReady as error:
        raise click.ClickException(f"The database is not ready: {error}") from error
    click.echo("The tables are up to date.")


users = AppGroup("users", help="The people who sign in.")


@users.command("list")
def list_users() -> None:
    """Print every user name, its kitchen and its role."""
    with _session(writes=False) as session:
        for account in store.everybody(session):
            click.echo(f"{account.name}\t{account.kitchen}\t{account.role.value}")


def _account_of(session: store.Session, name: str) -> store.Account:
    found = store.find_account(session, name)
    if not found:
        raise click.ClickException(f"Nobody is called {name!r}. See: flask users list")
    return found[0]


@users.command("password")
@click.argument("name")
def reset_password(name: str) -> None:
    """Set a new password for NAME, typed or piped in, and sign them out everywhere."""
    typed = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not typed:
        raise click.ClickException("Type a password, or pipe one in.")
    with _session() as session:
        account = _account_of(session, name)
        store.set_password(session, account.key, hashed(typed))
        store.sign_out_everywhere(session, account.key)
    click.echo(f"{account.name} has a new password and is signed out everywhere.")


@users.command("erase")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(name: str, yes: bool) -> None:
    """Erase the whole kitchen of NAME: its people and all that it kept."""
    with _session(writes=False) as session:
        account = _account_of(session, name)
    if not yes:
        # Not while the database is held for a change: nobody could save until somebody answers.
        click.confirm(f"Erase {account.kitchen!r} with everybody in it?", abort=True)
    with _session() as session:
        store.erase_household(session, account.household)
    _database().forget_erased()
    click.echo(f"{account.kitchen} is erased. Backups made before may still hold it.")


ALL = (backup, restore, database, users)

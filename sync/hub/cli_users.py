"""``hamlet-hub user``: list, add, password and remove, for the people who may log in."""

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from kiosk.catalogue.texts import load_texts
from kiosk.domain.clock import SystemClock
from kiosk.domain.errors import WorldError
from sync.hub.cli_trouble import Parser
from sync.hub.home import Home
from sync.hub.passwords import hash_password
from sync.hub.store import audit, officers
from sync.hub.store.audit import AuditLine
from sync.hub.store.database import open_database
from sync.hub.store.officers import Role

_PROGRAM = "hamlet-hub"
"""Who acts in the log of the commune where a command did it."""
Run = Callable[[argparse.Namespace, Home], None]
Adder = Callable[[argparse.ArgumentParser, Run], argparse.ArgumentParser]


def add_commands(commands: "argparse._SubParsersAction[Parser]", add: Adder) -> None:
    """``add`` gives a command its ``--home`` and what it runs."""
    users = commands.add_parser("user", help="people who may log in").add_subparsers(required=True)
    add(users.add_parser("list", help="who may log in, and who was removed"), _list)
    new = add(users.add_parser("add", help="add an officer"), _add)
    new.add_argument("name")
    new.add_argument("--role", choices=[role.value for role in Role], default="officer")
    new.add_argument("--password-file", type=Path, required=True)
    other = add(users.add_parser("password", help="another password; open log-ins end"), _password)
    other.add_argument("name")
    other.add_argument("--password-file", type=Path, required=True)
    gone = add(users.add_parser("remove", help="somebody may not log in any more"), _remove)
    gone.add_argument("name")


def _list(options: argparse.Namespace, home: Home) -> None:
    settings, texts = home.settings(), load_texts(options.assets / "texts")
    with closing(open_database(home.database_url(settings))) as database, database.read() as connection:
        known = officers.everybody(connection, settings.commune)
    for one in known:
        print(f"{one.name}\t{one.role.value}\t{texts('users.may' if one.may_log_in else 'users.may_not')}")


def _add(options: argparse.Namespace, home: Home) -> None:
    kept, role = _hashed(options.password_file), Role(options.role)

    def add(connection: Connection, owner: str) -> str:
        return officers.add(connection, owner, options.name, role, kept, _now())

    name = _write(home, "user_added", add)
    print(load_texts(options.assets / "texts")("users.added", name=name, role=role.value))


def _password(options: argparse.Namespace, home: Home) -> None:
    kept = _hashed(options.password_file)
    name = _write(
        home, "user_password", lambda row, owner: officers.set_password(row, owner, options.name, kept)
    )
    print(load_texts(options.assets / "texts")("users.changed", name=name))


def _remove(options: argparse.Namespace, home: Home) -> None:
    name = _write(home, "user_removed", lambda row, owner: officers.remove(row, owner, options.name))
    print(load_texts(options.assets / "texts")("users.removed", name=name))


def _write(home: Home, action: str, change: Callable[[Connection, str], str]) -> str:
    """Do it and note it in one transaction; the name as it is kept."""
    settings = home.settings()
    with closing(open_database(home.database_url(settings))) as database, database.write() as connection:
        name = change(connection, settings.commune)
        audit.write(connection, settings.commune, AuditLine(_now(), _PROGRAM, action, None, name))
    return name


def _hashed(file: Path) -> str:
    """Raises WorldError ``hub.password_file``, ``hub.password_short``."""
    try:
        password = file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError("hub.password_file") from error
    return hash_password(password)


def _now() -> str:
    return SystemClock().now().isoformat(timespec="seconds")

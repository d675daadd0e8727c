"""``hamlet-hub``: init, serve, enrol, revoke; copies are in ``cli_copies``, import in ``cli_stick``."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from kiosk.catalogue.texts import load_texts
from kiosk.domain.clock import SystemClock
from kiosk.domain.errors import WorldError
from kiosk.packs.content import assets_folder, compiled_folder
from sync.hub import cli_copies, cli_data, cli_passphrase, cli_publish, cli_stick, cli_users
from sync.hub.cli_trouble import Parser, run_in_words
from sync.hub.home import Home, HubSettings
from sync.hub.keys import needs_passphrase
from sync.hub.serve import Where, serve
from sync.hub.setup import TRIAL_HAMLET, Wishes, initialise
from sync.hub.store import points
from sync.hub.store.database import Database, open_database

_Run = Callable[[argparse.Namespace, Home], None]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 if it worked, 1 with a sentence on standard error if something was in the way, 2 for
    arguments that do not fit, 130 after Ctrl-C."""
    options = _parser().parse_args(argv)
    return run_in_words(lambda: _run(options), lambda: load_texts(options.assets / "texts"), options.home)


def _run(options: argparse.Namespace) -> None:
    home = Home(options.home.resolve())
    _as_the_owner(home)
    options.run(options, home)


def _as_the_owner(home: Home) -> None:
    """What root writes into the service's folder the service cannot open any more.

    Raises WorldError ``hub.other_user``.
    """
    if sys.platform == "win32" or not home.folder.exists():
        return
    if os.geteuid() == 0 and home.folder.stat().st_uid != 0:
        raise WorldError("hub.other_user", user=home.folder.owner())


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="hamlet-hub", description="The commune's hub.")
    parser.set_defaults(assets=assets_folder(), compiled=compiled_folder())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    init = _command(commands.add_parser("init", help="make a new hub"), _init)
    init.add_argument("--trial", action="store_true", help="for trying: synthetic people only")
    init.add_argument("--database", default="", metavar="URL", help="postgresql+psycopg://…")
    init.add_argument("--commune-settings", type=Path, metavar="FILE", help="commune.toml")
    init.add_argument("--hostname", action="append", default=[], help="name or address of this server")
    init.add_argument("--commune-key-file", type=Path, metavar="FILE", help="write the commune's key there")
    run = _command(commands.add_parser("serve", help="answer points and officers"), _serve)
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=0, help="0 takes a free one")
    run.add_argument("--commune-key-file", type=Path, metavar="FILE")
    run.add_argument("--processes", type=int, choices=range(1, 17), default=1, help="more on PostgreSQL only")
    enrol = _command(commands.add_parser("enrol", help="print a one-time code for a point"), _enrol)
    whose = enrol.add_mutually_exclusive_group()
    whose.add_argument("--hamlet", default=TRIAL_HAMLET)
    whose.add_argument("--renews", metavar="POINT", help="the known point whose place another machine takes")
    revoke = _command(commands.add_parser("revoke", help="shut a point out"), _revoke)
    revoke.add_argument("point")
    cli_copies.add_commands(commands, _command)
    cli_data.add_commands(commands, _command)
    cli_publish.add_commands(commands, _command)
    cli_stick.add_command(commands, _command)
    cli_users.add_commands(commands, _command)
    return parser


def _command(parser: argparse.ArgumentParser, run: _Run) -> argparse.ArgumentParser:
    parser.add_argument("--home", type=Path, required=True, help="the hub's folder")
    parser.set_defaults(run=run)
    return parser


def _init(options: argparse.Namespace, home: Home) -> None:
    asks = not (options.trial or options.commune_key_file or home.is_made())
    wishes = Wishes(
        trial=options.trial,
        database=options.database,
        commune_settings=options.commune_settings,
        hosts=options.hostname,
        commune_key_file=options.commune_key_file,
        passphrase=cli_passphrase.ask_new() if asks else None,
    )
    settings = initialise(home, wishes, SystemClock(), options.assets)
    print(f"{settings.commune_name}: {home.folder}\n{home.authority}")


def _serve(options: argparse.Namespace, home: Home) -> None:
    asks = needs_passphrase(home, options.commune_key_file)
    where = Where(
        host=options.host,
        port=options.port,
        assets=options.assets,
        compiled=options.compiled,
        commune_key_file=options.commune_key_file,
        passphrase=cli_passphrase.ask() if asks else None,
        processes=options.processes,
    )
    serve(home, where, SystemClock())


def _enrol(options: argparse.Namespace, home: Home) -> None:
    with _open(home) as (settings, database), database.write() as connection:
        if not options.hamlet.strip():
            raise WorldError("office.hamlet_needed")
        known = points.find(connection, settings.commune, options.renews) if options.renews else None
        if options.renews and known is None:
            raise WorldError("hub.point_unknown")
        hamlet, renews = (known.hamlet, known.id) if known else (options.hamlet, None)
        print(points.make_code(connection, settings.commune, hamlet, _now(), renews))


def _revoke(options: argparse.Namespace, home: Home) -> None:
    with _open(home) as (settings, database), database.write() as connection:
        if not points.revoke(connection, settings.commune, options.point, _now()):
            raise WorldError("hub.point_unknown")
    print(load_texts(options.assets / "texts")("command.revoked", point=options.point))


@contextmanager
def _open(home: Home) -> Iterator[tuple[HubSettings, Database]]:
    settings = home.settings()
    with closing(open_database(home.database_url(settings))) as database:
        yield settings, database


def _now() -> str:
    return SystemClock().now().isoformat(timespec="seconds")

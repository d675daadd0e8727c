"""``hamlet-hub`` erase and tidy."""

import argparse
from collections.abc import Callable
from contextlib import closing

from kiosk.catalogue.texts import load_texts
from kiosk.domain.clock import SystemClock
from sync.hub.cli_trouble import Parser
from sync.hub.erasure import ON_REQUEST, PROGRAM, Eraser
from sync.hub.home import Home
from sync.hub.store.database import open_database

_MOST_DAYS = 36_500
Run = Callable[[argparse.Namespace, Home], None]
Adder = Callable[[argparse.ArgumentParser, Run], argparse.ArgumentParser]


def add_commands(commands: "argparse._SubParsersAction[Parser]", add: Adder) -> None:
    """``add`` gives a command its ``--home`` and what it runs."""
    erase = add(commands.add_parser("erase", help="take the content of one dossier out"), _erase)
    erase.add_argument("dossier", help="its id, from the address of its page")
    tidy = add(commands.add_parser("tidy", help="erase what has been over for long"), _tidy)
    tidy.add_argument("--days", type=_days, required=True, help="how long the commune keeps it")


def _days(typed: str) -> int:
    """Nobody means to erase everything by a minus sign, or to go back before the calendar."""
    if not typed.isdecimal() or int(typed) > _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"0 … {_MOST_DAYS}")
    return int(typed)


def _erase(options: argparse.Namespace, home: Home) -> None:
    settings, texts = home.settings(), load_texts(options.assets / "texts")
    with closing(open_database(home.database_url(settings))) as database:
        Eraser(home, settings.commune, database, SystemClock()).erase(options.dossier, PROGRAM, ON_REQUEST)
    print(texts("data.erased"))


def _tidy(options: argparse.Namespace, home: Home) -> None:
    settings, texts = home.settings(), load_texts(options.assets / "texts")
    with closing(open_database(home.database_url(settings))) as database:
        count = Eraser(home, settings.commune, database, SystemClock()).tidy(options.days)
    print(texts("data.tidied", n=count))

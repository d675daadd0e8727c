"""``hamlet-hub import``: take in what a point sent on a memory stick; may run beside ``serve``."""

import argparse
from pathlib import Path

from kiosk.catalogue.texts import load_texts
from kiosk.domain.clock import SystemClock
from kiosk.domain.errors import WorldError
from sync import volumes
from sync.hub import cli_passphrase
from sync.hub.cli_copies import Adder
from sync.hub.cli_trouble import Parser
from sync.hub.home import Home
from sync.hub.keys import needs_passphrase
from sync.hub.serve import Where, open_hub
from sync.hub.stick_import import import_folder
from sync.hub.stick_words import sentences


def add_command(commands: "argparse._SubParsersAction[Parser]", add: Adder) -> None:
    """``add`` gives the command its ``--home`` and what it runs."""
    command = add(commands.add_parser("import", help="take in a point's memory stick"), _import)
    command.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="else every stick that is there")
    command.add_argument("--commune-key-file", type=Path, metavar="FILE")


def _import(options: argparse.Namespace, home: Home) -> None:
    folders = [options.folder.resolve()] if options.folder else volumes.sticks()
    if not folders:
        raise WorldError("stick.none")
    home.settings()
    asks = needs_passphrase(home, options.commune_key_file)
    where = Where(
        assets=options.assets,
        compiled=options.compiled,
        commune_key_file=options.commune_key_file,
        passphrase=cli_passphrase.ask() if asks else None,
    )
    texts = load_texts(options.assets / "texts")
    with open_hub(home, where, SystemClock()) as hub:
        done = [each for folder in folders for each in import_folder(hub, folder)]
    errors = [each.error for each in done if each.error]
    for each in done:
        if not errors or each.error is not errors[0]:  # that one is said where the command ends
            print("\n".join(sentences(texts, each)))
    if errors:
        raise errors[0]

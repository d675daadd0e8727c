"""``hamlet-forms``: the clerk's command."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.author import (
    catalogue_command,
    check_command,
    diff_command,
    eval_command,
    new_command,
    open_command,
    pack_commands,
    print_command,
    try_command,
)
from kiosk.author.build import build
from kiosk.author.findings import FormError
from kiosk.author.source import xform_of
from kiosk.author.words import Words
from kiosk.packs.content import assets_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all went well, 1 for mistakes in a form, 2 for a wrong command line."""
    words = Words()
    parser = argparse.ArgumentParser(prog="hamlet-forms", description=words.vietnamese("forms.cli.about"))
    commands = parser.add_subparsers(dest="command", required=True)
    check_command.add_commands(commands)
    _add_build(commands, words)
    for module in (new_command, try_command, open_command, eval_command, print_command):
        module.add_commands(commands, words)
    diff_command.add_commands(commands, _reader(words))
    pack_commands.add_commands(commands)
    catalogue_command.add_commands(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options))


def _add_build(commands: Any, words: Words) -> None:
    building = commands.add_parser("build", help=words.vietnamese("forms.cli.build"))
    building.add_argument("--procedures", type=Path, default=Path("assets/procedures"))
    building.add_argument("--out", type=Path, default=Path("build/pack"))
    building.set_defaults(run=lambda options: _build(options, words))


def _build(options: argparse.Namespace, words: Words) -> int:
    forms = sorted(options.procedures.glob("*/form.md"))
    sound = [check_command.is_sound(path, assets_folder() / "lists", words) for path in forms]
    if not all(sound):
        return 1
    for name in build(options.procedures, options.out):
        print(name)
    return 0


def _reader(words: Words) -> diff_command.Reader:
    """Reads any form file for ``diff``; its mistakes become one ``ValueError``."""

    def read(path: Path) -> str:
        try:
            return xform_of(path).decode()
        except FormError as error:
            raise ValueError("\n".join(words.line(one, str(path)) for one in error.findings)) from error

    return read


if __name__ == "__main__":
    sys.exit(main())

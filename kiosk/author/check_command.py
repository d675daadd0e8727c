"""``hamlet-forms check FILE…``: every finding as one line; 1 if any is an error."""

import argparse
from pathlib import Path
from typing import Any

from kiosk.author.check import Checked, check
from kiosk.author.words import Words
from kiosk.packs.content import assets_folder


def add_commands(subparsers: Any) -> None:
    """Register ``check``; it sets ``run``."""
    words = Words()
    parser = subparsers.add_parser("check", help=words.vietnamese("forms.cli.check"))
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--lists", type=Path, default=assets_folder() / "lists")
    parser.set_defaults(run=lambda options: _run(options, words))


def _run(options: argparse.Namespace, words: Words) -> int:
    sound = [is_sound(path, options.lists, words) for path in options.files]
    return 0 if all(sound) else 1


def is_sound(path: Path, lists: Path, words: Words) -> bool:
    """Check one file and print what was found."""
    try:
        checked = check(path, [lists])
    except OSError as error:
        print(words.vietnamese("forms.cli.unreadable", file=path, why=error.strerror))
        return False
    for finding in checked.findings:
        print(words.line(finding, str(path), checked.places))
    if checked.sound:
        print(words.vietnamese("forms.cli.sound", file=path, **_size(checked)))
    return checked.sound


def _size(checked: Checked) -> dict[str, int]:
    form = checked.compiled.form if checked.compiled else {"items": [], "rules": []}
    return {"n": sum(1 for item in form["items"] if item.get("asked")), "rules": len(form["rules"])}

"""``hamlet-forms check FILE…``: every finding as one line; 1 if any is an error."""

import argparse
from pathlib import Path
from typing import Any

from kiosk.author import check_data, check_guide
from kiosk.author.check import Checked, check
from kiosk.author.procedure_check import problems_of
from kiosk.author.words import Words
from kiosk.catalogue.bad_content import BadContentError
from kiosk.packs.content import assets_folder

_PROCEDURE = "procedure.toml"


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
    """Check one file and print what was found: a form with the procedure beside it, ``procedure.toml``
    with the form beside it, a guide, a commune's settings or other data."""
    if check_data.is_data(path):
        return check_data.is_sound(path, words)
    if check_guide.is_guide(path):
        return check_guide.is_sound(path, words)
    if path.name == _PROCEDURE:
        return is_sound(path.with_name("form.md"), lists, words)
    try:
        checked = check(path, [lists])
    except OSError as error:
        print(words.vietnamese("forms.cli.unreadable", file=path, why=error.strerror))
        return False
    for finding in checked.findings:
        print(words.line(finding, str(path), checked.places))
    beside = _procedure_problems(path, checked)
    for problem in beside:
        print(problem)
    if checked.sound:
        print(words.vietnamese("forms.cli.sound", file=path, **_size(checked)))
    return checked.sound and not beside


def _procedure_problems(path: Path, checked: Checked) -> list[BadContentError]:
    """What is wrong with the procedure beside a form; none for a form that stands alone or is broken."""
    procedure = path.with_name(_PROCEDURE)
    if checked.compiled is None or path.name != "form.md" or not procedure.is_file():
        return []
    return problems_of(procedure, checked.compiled.form, check_data.known_amounts().keys())


def _size(checked: Checked) -> dict[str, int]:
    form = checked.compiled.form if checked.compiled else {"items": [], "rules": []}
    return {"n": sum(1 for item in form["items"] if item.get("asked")), "rules": len(form["rules"])}

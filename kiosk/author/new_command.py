"""``hamlet-forms new FILE``: a small form with comments, to begin with."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.author.words import Words
from kiosk.domain.clock import SystemClock
from kiosk.domain.folding import fold

_STARTER = Path(__file__).with_name("starter.md")
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")


def add_commands(subparsers: Any, words: Words) -> None:
    """Register ``new``; it sets ``run``."""
    parser = subparsers.add_parser("new", help=words.vietnamese("forms.cli.new"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--title", default="")
    parser.set_defaults(run=lambda options: _run(options, words))


def _run(options: argparse.Namespace, words: Words) -> int:
    try:
        with options.file.open("x", encoding="utf-8", newline="\n") as file:
            file.write(starter(options.file, options.title, SystemClock().now().date()))
    except FileExistsError:
        print(words.vietnamese("author.exists", file=options.file))
        return 1
    except OSError as error:
        print(words.vietnamese("author.failed", why=error))
        return 1
    print(words.vietnamese("forms.cli.made", file=options.file))
    return 0


def starter(path: Path, title: str, day: date) -> str:
    """The form's text; its id is the file's name (the folder's for ``form.md``), its version the month."""
    name = path.resolve().parent.name if path.stem == "form" else path.stem
    return _STARTER.read_text(encoding="utf-8").format(
        file=path.name, title=title or name, id=_identifier(name), version=f"{day.year}.{day.month:02}"
    )


def _identifier(name: str) -> str:
    found = _NOT_A_NAME.sub("_", fold(name)).strip("_")
    return found if found[:1].isalpha() else f"don_{found}".rstrip("_")

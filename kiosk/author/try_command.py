"""``hamlet-forms try FILE --answers A.json``: what a form does with these answers, as JSON."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from kiosk.author.check import check
from kiosk.author.screen import practise
from kiosk.author.try_session import Answers, clock_of, lists_in, play, read_answers, report
from kiosk.author.words import Words
from kiosk.domain.errors import WorldError
from kiosk.forms import Session, load_form
from kiosk.packs.content import assets_folder


def add_commands(subparsers: Any, words: Words) -> None:
    """Register ``try``; it sets ``run``."""
    parser = subparsers.add_parser("try", help=words.vietnamese("forms.cli.try"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--screen", action="store_true", help=words.vietnamese("forms.cli.screen"))
    parser.add_argument("--picture", type=Path, help=words.vietnamese("forms.cli.picture"))
    parser.add_argument("--today", default="")
    parser.add_argument("--language", default="vi")
    parser.add_argument("--lists", type=Path, default=assets_folder() / "lists")
    parser.set_defaults(run=lambda options: _run(options, words))


def _run(options: argparse.Namespace, words: Words) -> int:
    try:
        return _try(options, words)
    except (OSError, ValueError) as error:
        print(words.vietnamese("author.failed", why=error), file=sys.stderr)
    except WorldError as error:
        print(words.vietnamese(f"error.{error.code}", **error.params), file=sys.stderr)
    return 1


def _answers(path: Path) -> Answers:
    try:
        return read_answers(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise WorldError("form.answers", why="UTF-8") from error


def _try(options: argparse.Namespace, words: Words) -> int:
    checked = check(options.file, [options.lists])
    for finding in checked.findings:
        print(words.line(finding, str(options.file), checked.places), file=sys.stderr)
    if checked.compiled is None or not checked.runs:
        return 1
    if options.screen:
        return practise(options.file, checked.compiled.form, options.picture)
    answers = _answers(options.answers) if options.answers else ()
    form = load_form(checked.compiled.form, lists_in([options.file.parent, options.lists]))
    session = Session(form, clock_of(options.today), language=options.language)
    unknown = play(session, answers)
    print(json.dumps(report(session) | {"unknown": unknown}, ensure_ascii=False, indent=2))
    return 1 if unknown else 0

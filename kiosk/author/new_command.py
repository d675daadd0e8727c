"""``hamlet-forms new FILE``: a small form with comments, to begin with."""

import argparse
import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from kiosk.author.tables import markdown
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
    written = _KINDS.get(options.file.suffix.lower())
    if written is None:
        print(words.vietnamese("forms.cli.new_kind", file=options.file))
        return 1
    try:
        content = written(starter(options.file, options.title, SystemClock().now().date()))
        with options.file.open("xb") as file:
            file.write(content)
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
        file=path.name,
        title=_in_a_cell(title or name),
        id=_identifier(name),
        version=f"{day.year}.{day.month:02}",
    )


def _in_a_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _comma_separated(text: str) -> bytes:
    """The tables in one file, each below its name; with the mark by which Excel knows UTF-8."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    for grid in markdown(text.encode("utf-8")):
        rows.writerow([grid.title])
        rows.writerows(["", *cells] for _, cells in grid.rows)
    return written.getvalue().encode("utf-8-sig")


def _spreadsheet(text: str) -> bytes:
    """The tables as a workbook, a sheet each; comments stay behind."""
    book = Workbook()
    for grid in markdown(text.encode("utf-8")):
        sheet = book.create_sheet(grid.title)
        for _, cells in grid.rows:
            sheet.append(cells)
    book.remove(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _identifier(name: str) -> str:
    found = _NOT_A_NAME.sub("_", fold(name)).strip("_")
    return found if found[:1].isalpha() else f"don_{found}".rstrip("_")


_KINDS: dict[str, Callable[[str], bytes]] = {
    ".md": str.encode,
    ".csv": _comma_separated,
    ".xlsx": _spreadsheet,
}

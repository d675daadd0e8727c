"""``hamlet-forms print LAYOUT.md PAPER.pdf``: a layout as paper, blank or with the names of its questions."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.author.words import Words
from kiosk.documents.declaration import blank_declaration, declaration
from kiosk.documents.layout import ROW_NUMBER, Layout, Row, Span, Value
from kiosk.documents.reading import LayoutError, load_layout
from kiosk.domain.errors import WorldError
from kiosk.domain.filled_form import FilledEntry, FilledForm
from kiosk.packs.content import assets_folder


def add_commands(subparsers: Any, words: Words) -> None:
    """Register ``print``; it sets ``run``."""
    parser = subparsers.add_parser("print", help=words.vietnamese("forms.cli.print"))
    parser.add_argument("layout", type=Path)
    parser.add_argument("paper", type=Path)
    parser.add_argument("--names", action="store_true", help=words.vietnamese("forms.cli.print_names"))
    parser.set_defaults(run=lambda options: _run(options, words))


def _run(options: argparse.Namespace, words: Words) -> int:
    fonts = assets_folder() / "fonts"
    try:
        layout = load_layout(options.layout)
        pdf = _with_names(layout, fonts) if options.names else blank_declaration(layout, fonts)
        options.paper.write_bytes(pdf)
    except (LayoutError, OSError, UnicodeDecodeError, WorldError) as error:
        print(words.vietnamese("author.failed", why=error))
        return 1
    print(words.vietnamese("forms.cli.printed", file=options.paper))
    return 0


def _with_names(layout: Layout, fonts: Path) -> bytes:
    spelled = replace(layout, rows=tuple(map(_spelled, layout.rows)))
    return declaration(spelled, named(spelled), fonts)


def _spelled(row: Row) -> Row:
    """A line that is printed whatever is answered, with each blank as it is written: ``ngay:dd``."""
    cells = tuple(tuple(map(_plain, cell)) for cell in row.cells)
    return replace(row, cells=cells, rules=(), style=replace(row.style, where=None))


def _plain(span: Span) -> Span:
    if not isinstance(span, Value):
        return span
    parts = (
        replace(part, name=f"{part.name}:{part.form}", form="") if part.form else part for part in span.parts
    )
    return Value(tuple(parts))


def named(layout: Layout) -> FilledForm:
    """Answers that are the names of their questions; each repeat has one row."""
    lists = {row.style.repeat for row in layout.rows if row.style.repeat}
    plain = (name for name in layout.names() if name.partition(".")[0] not in lists)
    entries = [_entry(name) for name in dict.fromkeys(plain)]
    for repeat in sorted(lists):
        inner = tuple(_entry(name) for name in dict.fromkeys(_parts(layout, repeat)))
        entries.append(FilledEntry(repeat, "repeat", "", "1", "1", (FilledForm("", "", inner),)))
    return FilledForm("", "", tuple(entries))


def _parts(layout: Layout, repeat: str) -> Iterator[str]:
    spans = (span for row in layout.rows if row.style.repeat == repeat for cell in row.cells for span in cell)
    names = (part.name for span in spans if isinstance(span, Value) for part in span.parts)
    yield from (name.removeprefix(f"{repeat}.") for name in names if name != ROW_NUMBER)


def _entry(name: str) -> FilledEntry:
    return FilledEntry(name, "string", "", name, name)

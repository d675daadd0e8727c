"""``hamlet-forms import-catalogue``: entries of the catalogue that nobody has made a form for yet."""

import argparse
from pathlib import Path
from typing import Any

from kiosk.author.catalogue_table import ReadTable, Refusal, read_table
from kiosk.catalogue.bad_content import BadContentError, read_toml
from kiosk.catalogue.listings import FILE, load_listings, write_listings
from kiosk.catalogue.texts import Texts, load_texts
from kiosk.packs.content import assets_folder
from kiosk.packs.files import write_durably


def add_commands(subparsers: Any) -> None:
    """Register the command; ``run`` gives 0 if every row could be used, else 1."""
    texts = load_texts(assets_folder() / "texts")
    parser = subparsers.add_parser("import-catalogue", help=texts("author.listings.help"))
    parser.add_argument("table", type=Path)
    parser.add_argument("--out", type=Path, default=assets_folder() / "procedures" / FILE)
    parser.add_argument("--source", default="", help=texts("author.listings.source"))
    parser.set_defaults(run=lambda options: _run(options, texts))


def import_catalogue(table: Path, out: Path, source: str = "") -> ReadTable:
    """Add the rows of ``table`` to ``out``; codes of procedures with forms, beside it or ours, stay theirs.

    Raises ``ValueError`` as ``read_table``, ``BadContentError`` for an ``out`` that is no such table.
    """
    kept = load_listings(out)
    taken = {each.code for each in kept}
    for folder in {out.parent.resolve(), (assets_folder() / "procedures").resolve()}:
        taken |= _codes_with_forms(folder)
    read = read_table(table.read_bytes(), source or table.name, taken)
    if read.listings:
        write_durably(out, write_listings([*kept, *read.listings]).encode("utf-8"))
    return read


def _codes_with_forms(folder: Path) -> set[str]:
    """The codes, also replaced ones, of procedures that have a form here."""
    codes: set[str] = set()
    for path in folder.glob("*/procedure.toml"):
        facts = read_toml(path)
        codes.update(str(code) for code in (facts.get("code", ""), *facts.get("former_codes", ())))
    return codes


def _run(options: argparse.Namespace, texts: Texts) -> int:
    try:
        read = import_catalogue(options.table, options.out, options.source)
    except BadContentError as error:
        print(texts("author.failed", why=error))
        return 1
    except OSError as error:
        print(texts("author.failed", why=error.strerror))
        return 1
    except ValueError as error:
        print(texts(f"author.listings.table.{error}", file=options.table))
        return 1
    for refusal in (*read.refused, *read.known):
        print(_sentence(refusal, texts))
    if read.ignored:
        print(texts("author.listings.ignored", columns=", ".join(read.ignored)))
    counts = {
        "n": len(read.listings),
        "known": len(read.known),
        "refused": len({r.row for r in read.refused}),
    }
    print(texts("author.listings.done", file=options.out, **counts))
    return 1 if read.refused else 0


def _sentence(refusal: Refusal, texts: Texts) -> str:
    column = texts(f"author.listings.column.{refusal.column or 'name'}")
    detail = refusal.detail
    if refusal.kind == "cell":
        detail = texts(f"author.listings.problem.{detail}")
    return texts(f"author.listings.row.{refusal.kind}", row=refusal.row, column=column, detail=detail)

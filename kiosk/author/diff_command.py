"""``hamlet-forms diff OLD NEW``: two versions of a form side by side, in words or as JSON."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from kiosk.author.difference import as_json, as_text
from kiosk.author.shape import Shape, shape_of
from kiosk.catalogue.texts import Texts, load_texts
from kiosk.packs.content import assets_folder

Reader = Callable[[Path], str]


def to_xform(path: Path) -> str:
    """The XForm of a form file: .xml as it is, .md, .xlsx and .csv by way of pyxform."""
    if path.suffix == ".xml":
        return path.read_text(encoding="utf-8")
    return str(convert(xlsform=path, validate=False).xform)


def read_shape(path: Path, read: Reader = to_xform) -> Shape:
    """The shape of a form file; ``ValueError`` with the reason if it cannot be read."""
    try:
        return shape_of(read(path))
    except PyXFormError as error:
        raise ValueError(str(error)) from error


def add_commands(subparsers: Any, read: Reader = to_xform) -> None:
    """Register ``diff``; it sets ``run``. ``read`` makes the XForm of a file, if there is a better way."""
    texts = load_texts(assets_folder() / "texts")
    parser = subparsers.add_parser("diff", help=texts("author.diff.help"))
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=lambda options: _run(options, texts, read))


def _run(options: argparse.Namespace, texts: Texts, read: Reader) -> int:
    try:
        old, new = read_shape(options.old, read), read_shape(options.new, read)
    except (ValueError, OSError) as error:
        print(texts("author.failed", why=error))
        return 1
    if options.json:
        print(json.dumps(as_json(old, new), ensure_ascii=False, indent=2))
    else:
        print(as_text(old, new, texts))
    return 0

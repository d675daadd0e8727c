"""A commune's or a province's own table of procedures, read with its own headings, checked row by row."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.catalogue.listings import COLUMNS, Listing, cell_problem
from kiosk.domain.folding import fold_loosely, tidy

_LARGEST = 16 * 2**20
_SEPARATORS = ",;\t"
_HEADINGS = {
    "code": "code|ma|ma so|ma thu tuc|ma tthc|ma thu tuc hanh chinh|ma quoc gia",
    "name": "name|procedure|title|ten|ten thu tuc|ten tthc|ten thu tuc hanh chinh|thu tuc|thu tuc hanh chinh",
    "sector": "sector|field|domain|linh vuc",
    "level": "level|cap|cap thuc hien|cap giai quyet",
    "authority": "authority|agency|office|co quan|co quan thuc hien|co quan giai quyet|noi thuc hien"
    "|dia diem thuc hien",
    "fee": "fee|fees|phi|le phi|phi le phi|phi va le phi",
    "time_limit": "time limit|time|deadline|duration|thoi han|thoi gian|thoi han giai quyet"
    "|thoi gian giai quyet",
    "result": "result|ket qua|ket qua thuc hien|ket qua giai quyet",
    "papers": "papers|documents|ho so|thanh phan ho so|giay to|giay to can co",
    "legal_basis": "legal basis|law|can cu|can cu phap ly",
    "source": "source|nguon",
    "checked": "checked|checked on|ngay kiem tra|ngay doi chieu|ngay cap nhat",
    "former_codes": "former codes|old codes|old code|ma cu",
    "keywords": "keywords|tu khoa|ten goi khac",
}
"""Our columns and the headings that mean them, folded."""
_COLUMN_OF = {heading: column for column, all_ in _HEADINGS.items() for heading in all_.split("|")}


@dataclass(frozen=True)
class Refusal:
    """Why a row was left out: ``kind`` is the key of a sentence, ``row`` as a spreadsheet counts."""

    row: int
    kind: str
    column: str = ""
    detail: str = ""


@dataclass(frozen=True)
class ReadTable:
    """What a table gives."""

    listings: tuple[Listing, ...]
    refused: tuple[Refusal, ...]
    """Rows with a mistake; a clerk mends them and imports again."""
    known: tuple[Refusal, ...]
    """Rows whose code is there already; nothing of ours is overwritten."""
    ignored: tuple[str, ...]
    """Headings that mean nothing to us."""


def read_table(data: bytes, source: str, taken: Collection[str]) -> ReadTable:
    """Read a table; ``source`` stands where a row names none, ``taken`` are the codes that exist already.

    Raises ``ValueError`` whose words are the key of a sentence: ``encoding``, ``empty``, ``too_big``,
    ``columns`` (no code or no name), ``twice`` (two headings mean one column), ``quotes``.
    """
    header, *rows = _rows(_decoded(data))
    columns = [_COLUMN_OF.get(fold_loosely(each), "") for each in header]
    _check_columns(columns)
    ignored = tuple(tidy(each) for each, column in zip(header, columns, strict=True) if each and not column)
    table = _Rows(source, set(taken))
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            table.take(number, columns, row)
    return ReadTable(tuple(table.found), tuple(table.refused), tuple(table.known), ignored)


class _Rows:
    """Takes one row after the other and remembers which codes came."""

    def __init__(self, source: str, taken: set[str]) -> None:
        self._source = source
        self._taken = taken
        self._seen: dict[str, int] = {}
        self.found: list[Listing] = []
        self.refused: list[Refusal] = []
        self.known: list[Refusal] = []

    def take(self, number: int, columns: Sequence[str], row: Sequence[str]) -> None:
        if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
            self.refused.append(Refusal(number, "cells", detail=str(len(row))))
            return
        # A row may end early: spreadsheets leave out empty cells at the end.
        named = {column: tidy(cell) for column, cell in zip(columns, row, strict=False) if column}
        cells = {column: _written_day(named.get(column, "")) if column == "checked" else named.get(column, "")
                 for column in COLUMNS}  # fmt: skip
        cells["source"] = cells["source"] or self._source
        problems = [(column, found) for column in COLUMNS if (found := cell_problem(column, cells[column]))]
        if problems:
            self.refused += [Refusal(number, "cell", column, found) for column, found in problems]
        else:
            self._add(number, Listing(**cells))

    def _add(self, number: int, listing: Listing) -> None:
        code = listing.code
        if code in self._seen:
            self.refused.append(Refusal(number, "twice", "code", f"{code} ({self._seen[code]})"))
        elif code in self._taken:
            self.known.append(Refusal(number, "known", "code", code))
        else:
            self.found.append(listing)
        self._seen.setdefault(code, number)


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, or UTF-16 with one, as spreadsheets save."""
    if len(data) > _LARGEST:
        raise ValueError("too_big")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("encoding") from error


def _rows(text: str) -> list[list[str]]:
    """The rows, cut at the separator under which most headings are understood."""
    tables = [list(_cut(text, separator)) for separator in _SEPARATORS]
    tables = [table for table in tables if table]
    if not tables:
        raise ValueError("empty")
    return max(tables, key=lambda table: sum(fold_loosely(cell) in _COLUMN_OF for cell in table[0]))


def _cut(text: str, separator: str) -> Iterable[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ValueError("quotes") from error


def _check_columns(columns: Sequence[str]) -> None:
    named = [column for column in columns if column]
    if not {"code", "name"} <= set(named):
        raise ValueError("columns")
    if len(named) != len(set(named)):
        raise ValueError("twice")


def _written_day(text: str) -> str:
    """``21/11/2026`` as ``2026-11-21``; anything else as it is."""
    if not re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text):
        return text
    try:
        day: date = datetime.strptime(re.sub(r"[.-]", "/", text), "%d/%m/%Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return text
    return day.isoformat()

"""Procedures that can be looked up but not filled in here: rows of one table, ``catalogue.csv``.

Nobody has made a form for them yet. What a row leaves empty is not known and is to be asked at the commune.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

from kiosk.catalogue.bad_content import BadContentError
from kiosk.domain.folding import tidy

FILE = "catalogue.csv"
"""Its name in the folder of procedures."""
_CODE = re.compile(r"[0-9]\.[0-9]{6}(?:\.[0-9A-Za-z.]+)?")
_LONGEST = 2000
"""Letters of one cell."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]")


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry without a form; an empty text means that nobody told us."""

    code: str
    name: str
    sector: str
    level: str
    authority: str
    fee: str
    time_limit: str
    result: str
    papers: str
    legal_basis: str
    source: str
    checked: str
    """The day of checking, ISO 8601."""
    former_codes: str
    """Codes that it replaces, with spaces between."""
    keywords: str
    """As villagers say it, with semicolons between."""

    @property
    def plain_name(self) -> str:
        return self.name

    @property
    def checked_on(self) -> date | None:
        return date.fromisoformat(self.checked) if self.checked else None


COLUMNS = tuple(field.name for field in fields(Listing))
_NEEDED = ("code", "name", "source")


def load_listings(path: Path) -> list[Listing]:
    """The rows of a table with exactly our columns; none if it is missing.

    Raises ``BadContentError`` with the row, for a bad cell, a code that comes twice, other columns.
    """
    if not path.is_file():
        return []
    try:
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True)
        header = tuple(next(rows, ()))
        if header != COLUMNS:
            raise BadContentError(path, 1, f"the columns must be {', '.join(COLUMNS)}")
        found = [_listing(path, rows.line_num, row) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadContentError(path, 1, f"not a table in UTF-8: {error}") from error
    _check_codes(path, found)
    return found


def write_listings(listings: Iterable[Listing]) -> str:
    """The table as text: by code, one row per line, so that changes are seen line by line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(each) for each in sorted(listings, key=lambda each: each.code))
    return out.getvalue()


def cell_problem(column: str, text: str) -> str:
    """Why a cell cannot be used: ``needed``, ``too_long``, ``unprintable``, ``code``, ``day``; else empty."""
    if not text:
        return "needed" if column in _NEEDED else ""
    if len(text) > _LONGEST:
        return "too_long"
    if _CONTROL.search(text):
        return "unprintable"
    if column in ("code", "former_codes"):
        return (
            "" if all(is_code(code) for code in (text.split() if column != "code" else (text,))) else "code"
        )
    return "day" if column == "checked" and not _is_day(text) else ""


def is_code(text: str) -> bool:
    """Whether this is a national code such as ``1.001193`` or ``2.000635.000.00.00.H17``."""
    return bool(_CODE.fullmatch(text))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _listing(path: Path, line: int, row: list[str]) -> Listing:
    if len(row) != len(COLUMNS):
        raise BadContentError(path, line, f"{len(COLUMNS)} cells are needed here")
    for column, text in zip(COLUMNS, row, strict=True):
        if problem := cell_problem(column, text):
            raise BadContentError(path, line, f"{column}: {problem}")
        if text != tidy(text):
            raise BadContentError(path, line, f"{column} has needless spaces or is not NFC")
    return Listing(*row)


def _check_codes(path: Path, found: Iterable[Listing]) -> None:
    seen: set[str] = set()
    for line, listing in enumerate(found, 2):
        if listing.code in seen:
            raise BadContentError(path, line, f"a second entry has the code {listing.code}")
        seen.add(listing.code)

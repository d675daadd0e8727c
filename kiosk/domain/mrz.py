"""The three lines on the back of an identity card (ICAO 9303, size TD1, 3 × 30).

They give the date of expiry, which the QR code does not, but the name without accents.
Layout of the CCCD of 2021; on the Thẻ căn cước of 2024 it was not seen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.domain.errors import WorldError

_ZONE = re.compile(r"[A-Z0-9<]{90}")
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True)
class Mrz:
    """The fields of the zone; ``birth`` is ``(yy, mm, dd)`` because it has no century."""

    number: str
    name: str
    birth: tuple[int, int, int]
    sex: str
    """``M``, ``F`` or ``<``."""
    expires: date | None
    """``None`` where the field is no date ("không thời hạn": how that is written is not verified)."""


def mrz_lines(text: str) -> tuple[str, str, str] | None:
    """Three lines of a zone in what was read, with or without line ends; ``None`` if it is something else."""
    letters = re.sub(r"\s", "", text).upper()
    if not _ZONE.fullmatch(letters):
        return None
    return letters[:30], letters[30:60], letters[60:]


def parse_mrz(lines: Sequence[str]) -> Mrz:
    """Read a zone. ``WorldError``: ``card.mrz`` (no such lines), ``card.mrz_check`` (a wrong check digit)."""
    joined = mrz_lines("\n".join(lines))
    if joined is None:
        raise WorldError("card.mrz")
    first, second, third = joined
    if not re.fullmatch(r"IDVNM[0-9]{22}<<[0-9]", first) or not re.fullmatch(
        r"[0-9]{7}[MF<][0-9<]{6}[0-9]VNM.{11}[0-9]", second
    ):
        raise WorldError("card.mrz")
    _verify(first, second)
    family, _, given = third.partition("<<")
    name = " ".join(f"{family}<{given}".replace("<", " ").split())
    birth = (int(second[0:2]), int(second[2:4]), int(second[4:6]))
    return Mrz(first[15:27], name, birth, second[7], _expiry(second[8:14]))


def check_digit(field: str) -> str:
    """The check digit of a field: weights 7, 3, 1; letters count from 10, ``<`` is 0."""
    total = sum(
        _WEIGHTS[i % 3] * (0 if c == "<" else int(c) if c.isdigit() else ord(c) - 55)
        for i, c in enumerate(field)
    )
    return str(total % 10)


def _verify(first: str, second: str) -> None:
    fields = (
        (first[5:14], first[14]),
        (first[15:29], first[29]),
        (second[0:6], second[6]),
        (second[8:14], second[14]),
        (first[5:30] + second[0:7] + second[8:15] + second[18:29], second[29]),
    )
    if any(check_digit(field) != digit for field, digit in fields):
        raise WorldError("card.mrz_check")


def _expiry(field: str) -> date | None:
    try:
        return date(2000 + int(field[0:2]), int(field[2:4]), int(field[4:6]))
    except ValueError:
        return None

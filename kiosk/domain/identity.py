"""The 12-digit số định danh cá nhân: its parts and what can be checked (Thông tư 07/2016/TT-BCA, Phụ lục 1).

Three digits name the place of birth registration (the 63 provinces of before 2025, or a country), one
the century and sex, two the year of birth, six are random. There is no check digit. Only the length is
a hard rule; everything else is a warning, because registers have errors and people change.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from kiosk.domain.errors import WorldError
from kiosk.domain.partial_date import PartialDate
from kiosk.domain.people import Sex

DIGITS = 12
OLD_DIGITS = 9
_FIRST_CENTURY = 1900


@dataclass(frozen=True)
class IdNumber:
    """A số định danh taken apart."""

    digits: str
    province: str
    """Three digits of the place of birth registration; it says nothing about where the person lives."""
    sex: Sex
    birth_year: int


def read_id_number(text: str) -> IdNumber:
    """Take a number apart; spaces, dots and hyphens between digits do not count.

    ``WorldError``: ``identity.empty``, ``identity.letters``, ``identity.nine_digits`` (an old CMND),
    ``identity.length`` (``n``: how many digits).
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not digits:
        raise WorldError("identity.empty")
    if not re.fullmatch(r"[0-9]+", digits):
        raise WorldError("identity.letters")
    if len(digits) == OLD_DIGITS:
        raise WorldError("identity.nine_digits")
    if len(digits) != DIGITS:
        raise WorldError("identity.length", n=len(digits))
    century, sex = divmod(int(digits[3]), 2)
    year = _FIRST_CENTURY + 100 * century + int(digits[4:6])
    return IdNumber(digits, digits[:3], Sex.FEMALE if sex else Sex.MALE, year)


def check_id_number(
    text: str,
    birth: PartialDate | None = None,
    sex: Sex | None = None,
    provinces: Collection[str] = (),
) -> tuple[str, ...]:
    """What looks odd about a number: ``year``, ``sex``, ``province``; raises as ``read_id_number``.

    ``provinces`` are the known three-digit codes; without them the place is not checked.
    """
    number = read_id_number(text)
    odd = []
    if birth is not None and birth.year != number.birth_year:
        odd.append("year")
    if sex is not None and sex is not number.sex:
        odd.append("sex")
    if provinces and number.province not in provinces:
        odd.append("province")
    return tuple(odd)


def grouped(number: str) -> str:
    """The number as cards space it for reading: ``048 145 000 001``."""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))

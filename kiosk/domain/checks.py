"""What each kind of check means, as pure functions: kept, broken, or undecided by what is known.

Undecided asks the volunteer; it never refuses a citizen who knows only the year of birth.
"""

import re
import unicodedata
from datetime import date

from kiosk.domain.folding import fold
from kiosk.domain.partial_date import PartialDate, surely_before

_DISTRICT = re.compile(r"(?<!\w)(?:(?:huyện|quận|thị xã)(?!\w)|(?:h|q|tx)\.\s*\w)", re.IGNORECASE)


def age_at_least(birth: PartialDate, years: int, on: PartialDate) -> bool | None:
    """Whether somebody has reached an age on a day; ``None`` where the known parts do not tell.

    Who was born on 29 February reaches it on 1 March of a year without that day.
    """
    if _age(birth.latest, on.earliest) >= years:
        return True
    if _age(birth.earliest, on.latest) < years:
        return False
    return None


def not_before(one: PartialDate, other: PartialDate) -> bool | None:
    """Whether ``one`` does not lie before ``other``; ``None`` where the known parts do not tell."""
    before = surely_before(one, other)
    return None if before is None else not before


def at_most(fewest: int, most: int, days: int) -> bool | None:
    """Whether a number of days that lies between two numbers is no more than a limit."""
    if most <= days:
        return True
    return False if fewest > days else None


def same_text(one: str, other: str) -> bool | None:
    """Whether two texts say the same, case and spaces aside; ``None`` if they differ in accents only, as
    names do that a bank or an old machine wrote."""
    if _plain(one) == _plain(other):
        return True
    return None if fold(one) == fold(other) else False


def names_a_district(text: str) -> bool:
    """Whether a word of the level that is gone since 01/07/2025 stands in a text (huyện, quận, thị xã)."""
    return bool(_DISTRICT.search(unicodedata.normalize("NFC", text)))


def _age(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())

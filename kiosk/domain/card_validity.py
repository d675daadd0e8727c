"""How long an identity card is valid, from birth and issue.

Luật Căn cước 26/2023/QH15, Điều 21: a card is renewed at 14, 25, 40 and 60; one that is issued in the two
years before such an age is valid until the next one; after the last there is no limit. The ages are data of
the guide that asks. The date printed on the card always decides; this is only to know beforehand.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.domain.partial_date import PartialDate


class Validity(StrEnum):
    """What a day finds of a card."""

    VALID = "valid"
    EXPIRED = "expired"
    UNCLEAR = "unclear"
    """The known part of the birth date does not tell."""


@dataclass(frozen=True)
class ValidityRule:
    """The ages at which a card is renewed, rising, and how many years before one a card skips it."""

    milestones: tuple[int, ...]
    years_before: int


@dataclass(frozen=True)
class Reckoned:
    """``until`` is the last day if it is known to the day; ``None`` with ``VALID``: perhaps no limit."""

    validity: Validity
    until: date | None = None
    permanent: bool = False


def last_valid_day(rule: ValidityRule, birth: date, issued: date) -> date | None:
    """The birthday at the first milestone with age at issue < milestone − years; ``None``: no limit."""
    age = age_on(birth, issued)
    milestone = next((each for each in rule.milestones if age < each - rule.years_before), None)
    return None if milestone is None else _birthday(birth, milestone)


def reckon(rule: ValidityRule, birth: PartialDate, issued: date, today: date) -> Reckoned:
    """What is known of a card today; ``ValueError`` for a card issued before birth or after today."""
    if issued > today or issued < birth.earliest:
        raise ValueError("a card is issued between birth and today")
    days = (birth.latest - birth.earliest).days + 1
    births = [birth.earliest + timedelta(days=n) for n in range(days)]
    ends = {last_valid_day(rule, each, issued) for each in births if each <= issued}
    found = {Validity.VALID if end is None or today <= end else Validity.EXPIRED for end in ends}
    validity = found.pop() if len(found) == 1 else Validity.UNCLEAR
    return Reckoned(validity, next(iter(ends)) if len(ends) == 1 else None, ends == {None})


def age_on(birth: date, day: date) -> int:
    """Full years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def ages_on(birth: PartialDate, day: date) -> tuple[int, int]:
    """The youngest and the oldest that somebody can be."""
    return age_on(birth.latest, day), age_on(birth.earliest, day)


def _birthday(birth: date, age: int) -> date:
    """Born on a 29 February: the 28th in other years, the earlier day, so that nobody comes too late."""
    year = birth.year + age
    return date(year, birth.month, min(birth.day, calendar.monthrange(year, birth.month)[1]))

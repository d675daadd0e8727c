"""A person as the point knows one during a visit: asked once, reused by every form."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.partial_date import PartialDate


class Sex(StrEnum):
    MALE = "Nam"
    FEMALE = "Nữ"


@dataclass(frozen=True)
class Residence:
    """Where a person lives, in today's two levels; codes are those of ``assets/lists``."""

    province: str
    ward: str
    detail: str
    printed: str = ""
    """The address exactly as the card prints it, often with three levels."""


@dataclass(frozen=True)
class IdentityPaper:
    """A card or other identity paper; ``kind`` is a code of the list ``giay_to``."""

    kind: str
    number: str
    issued: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Person:
    """What is known of a person; empty or ``None`` means not known, never guessed."""

    name: str
    birth: PartialDate | None = None
    sex: Sex | None = None
    paper: IdentityPaper | None = None
    residence: Residence | None = None

"""What a walkthrough ends with: the one page "Phiếu hướng dẫn bước tiếp theo" that the citizen takes home."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.slip import SlipCommune


@dataclass(frozen=True)
class Statement:
    """A sentence of a guide; one that nobody verified is shown so."""

    text: str
    verified: bool = True


@dataclass(frozen=True)
class Phone:
    """A number to call, what for, and who says so."""

    number: str
    purpose: str
    source: str
    verified: bool = True


@dataclass(frozen=True)
class NextStep:
    """A whole sheet. No name and no number of anybody stands on it: it may be lost on the way home."""

    title: str
    """What is to be done next, as one says it to the citizen."""
    reason: str
    """Why the walkthrough ended here."""
    where: tuple[Statement, ...]
    bring: tuple[Statement, ...]
    say: tuple[Statement, ...]
    """What to say there, or to know."""
    phones: tuple[Phone, ...]
    goes_to_commune: bool
    """Whether the way leads to the commune itself; elsewhere its address is only for asking."""
    commune: SlipCommune
    hamlet: str
    prepared_on: date
    code: str
    """To go on from here another time; it holds no identity. Empty where the walk reached its end."""
    guide: str
    as_of: date
    """The day on which the guide was last compared with its sources."""
    sources: tuple[str, ...]
    practice: bool = False

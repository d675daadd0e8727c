"""The public notice of a procedure (niêm yết): what a commune hangs on its wall, as far as it is known."""

from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.slip import SlipCommune
from kiosk.domain.told_fact import ToldFact


@dataclass(frozen=True)
class NoticePaper:
    """One document that goes with the dossier."""

    name: str
    form: str = ""
    """Original, copy, scan, shown only …"""
    requirement: str = ""
    note: str = ""


@dataclass(frozen=True)
class Notice:
    """One procedure. Empty texts are not known."""

    name: str
    plain_name: str
    code: str
    former_codes: tuple[str, ...]
    sector: str
    level: str
    authority: str
    channels: tuple[str, ...]
    official_form: str
    papers: tuple[NoticePaper, ...]
    fee: ToldFact
    time_limit: ToldFact
    result: ToldFact
    legal_basis: tuple[str, ...]
    changes: tuple[str, ...]
    """Dated sentences."""
    sources: tuple[str, ...]
    checked: date | None
    has_form: bool
    """Whether the point can help to fill it in."""


@dataclass(frozen=True)
class NoticeBoard:
    """Who hangs it up, and when it was printed."""

    commune: SlipCommune
    printed_on: date
    notices: tuple[Notice, ...]
    listed: tuple[Notice, ...] = field(default=())
    """Procedures without a form, printed in short."""

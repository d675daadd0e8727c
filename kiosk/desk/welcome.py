"""The beginning and the end of a visit: consent, the card, and a wiped screen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kiosk.catalogue.consent_text import ConsentText as ConsentText
from kiosk.catalogue.consent_text import consent_text as words_of_consent
from kiosk.catalogue.places import PlaceMatch
from kiosk.desk import portal_files
from kiosk.desk.desk import Desk, timestamp, today
from kiosk.domain.card import Card, parse_card
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from kiosk.domain.partial_date import PartialDate
from kiosk.domain.people import IdentityPaper, Person, Residence
from kiosk.storage import drafts, visits, walks

_CITIZEN_CARD, _IDENTITY_CARD = "5", "9"
"""Codes of the list ``giay_to``: căn cước công dân, and the căn cước given since 01/07/2024."""
_LONG_SIDE = 4000
"""Pixels of a picture in which a code is looked for."""
_NEW_CARDS_SINCE = (2024, 7, 1)


@dataclass(frozen=True)
class Visit:
    """One citizen's time at the point."""

    id: str
    consent: Consent
    address_as: str
    """How the screens speak to the person: bác, anh, chị …"""
    practice: bool


@dataclass(frozen=True)
class CardReading:
    """A card as read, and what has to be asked about it."""

    card: Card
    ask_only_year: bool
    """The birth date says 01/01: perhaps only the year is known."""
    place: PlaceMatch
    """Today's commune of the printed address; ask where it is not certain."""
    warnings: tuple[str, ...]


def consent_text(desk: Desk) -> ConsentText:
    """What the citizen hears before anything is written down."""
    return words_of_consent(desk.content.texts, desk.content.commune)


def start_visit(desk: Desk, purposes: Iterable[Purpose], witness: str, address_as: str) -> Visit:
    """Begin a visit with exactly these purposes agreed to.

    Raises ``WorldError`` consent.missing while a purpose without which nothing can be written is open.
    """
    given = frozenset(purposes)
    text = consent_text(desk)
    if any(item.needed and item.purpose not in given for item in text.items):
        raise WorldError("consent.missing")
    consent = Consent(given, text.version, timestamp(desk), witness)
    visit = Visit(new_id(), consent, address_as, desk.practice)
    with desk.database.write() as connection:
        visits.add(connection, visit.id, consent, address_as, desk.practice)
    return visit


def read_card_text(desk: Desk, text: str) -> CardReading:
    """Read a card from what a code reader typed; raises ``WorldError`` card.* that says what to do."""
    card = parse_card(text, today(desk))
    return CardReading(card, card.maybe_only_year, desk.content.places.map_old(card.address), card.warnings)


def read_card_picture(desk: Desk, data: bytes) -> CardReading:
    """Read a card from a picture of its QR code, which is not kept.

    Raises ``WorldError`` card.picture (no picture), card.no_code (no code can be read in it), card.*.
    """
    return read_card_text(desk, code_in(data))


def confirm_card(reading: CardReading, only_year: bool = False, ward_code: str | None = None) -> Person:
    """The person of a card, after the answers to what had to be asked.

    ``ward_code`` is the commune that the person chose; without it a certain one is taken, else none.
    """
    card = reading.card
    birth = PartialDate(card.birth.year) if only_year else card.birth
    paper = IdentityPaper(_kind_of(card), card.number, card.issued.isoformat() if card.issued else "")
    return Person(card.name, birth, card.sex, paper, _residence(reading, ward_code))


def end_visit(desk: Desk, visit_id: str) -> None:
    """Close the visit; drafts stay for their days, those of practice go, and so do files for the portal.
    Nothing deleted can be read from the log any more."""
    at = timestamp(desk)
    with desk.database.write() as connection:
        for row in drafts.practice_of(connection, visit_id):
            drafts.wipe(connection, row.id)
            drafts.change(connection, row.id, state=State.ERASED, draft=None, place="", changed_at=at)
        walks.wipe_of_visit(connection, visit_id)
        visits.end(connection, visit_id, at)
    desk.database.tidy()
    portal_files.wipe(desk.home)


def code_in(data: bytes) -> str:
    """The text of the QR code in a picture, that of an identity card before any other; it is not kept.

    Raises ``WorldError`` card.picture (no picture), card.no_code (no code can be read in it).
    """
    import zxingcpp

    from kiosk.desk.scans import grey

    found = [code.text for code in zxingcpp.read_barcodes(grey(data, _LONG_SIDE)) if code.text]
    if not found:
        raise WorldError("card.no_code")
    return next((text for text in found if "|" in text), found[0])


def _kind_of(card: Card) -> str:
    """The machine-readable zone names no day of issue; its layout is that of the căn cước công dân."""
    if card.issued is None:
        return _CITIZEN_CARD if card.expires else ""
    issued = (card.issued.year, card.issued.month, card.issued.day)
    return _IDENTITY_CARD if issued >= _NEW_CARDS_SINCE else _CITIZEN_CARD


def _residence(reading: CardReading, ward_code: str | None) -> Residence:
    place, printed = reading.place, reading.card.address
    chosen = [ward for ward in place.candidates if ward.code == ward_code]
    if not chosen and place.certain:
        chosen = list(place.candidates)
    home = Residence(place.province, "", place.detail, printed)
    return replace(home, ward=chosen[0].code, province=chosen[0].province) if chosen else home

"""What a Vietnamese identity card says: the text of its QR code, or the lines on its back.

The QR code holds 7 fields between bars (Thông tư 06/2021/TT-BCA); the card of 2024 may hold up to 11,
of which the extra ones are counted and never shown. Zalo gives a variant of 6 fields without the old
CMND number. An empty field is a field: two bars are never made one.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from kiosk.domain.errors import WorldError
from kiosk.domain.folding import fold, tidy
from kiosk.domain.identity import DIGITS, check_id_number, read_id_number
from kiosk.domain.mrz import Mrz, mrz_lines, parse_mrz
from kiosk.domain.partial_date import PartialDate
from kiosk.domain.people import Sex

_ZALO_FIELDS, _FIELDS, _MOST_FIELDS = 6, 7, 11
_DATE = re.compile(r"(\d{2})/?(\d{2})/?(\d{4})")
_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u030c\u031b\u0323")
"""Combining marks of Vietnamese and of the Latin spellings of the Central Highlands."""
_STRIPPED = dict.fromkeys(map(ord, "\ufeff\x00\r\n\u200b\u200c\u200d\u200e\u200f\u2060"))
_LONGEST = 1000


@dataclass(frozen=True)
class Card:
    """A card as it was read; nothing in it is corrected or guessed."""

    number: str
    old_number: str
    """The CMND number that this card replaced, or empty."""
    name: str
    birth: PartialDate
    sex: Sex | None
    address: str
    """As printed: usually the three levels of before 01/07/2025."""
    issued: date | None
    warnings: tuple[str, ...] = ()
    """``year``, ``sex``: the number says otherwise; ``no_sex``, ``no_address``, ``no_accents``."""
    expires: date | None = None
    """Only the lines on the back tell."""
    extra_fields: int = 0
    """How many fields beyond the seventh the code held; their content is not kept."""

    @property
    def maybe_only_year(self) -> bool:
        """Whether the birth date is 01/01: then perhaps only the year was known, and the person is asked."""
        return (self.birth.month, self.birth.day) == (1, 1)


def parse_card(text: str, today: date | None = None) -> Card:
    """Read the text of a card's QR code, or the three lines on its back.

    ``WorldError``: ``card.empty``, ``card.not_a_card``, ``card.short`` (``n`` fields), ``card.number`` (``n``
    digits), ``card.old_number`` (9 digits), ``card.date``, ``card.future``, ``card.sex``, ``card.garbled``,
    ``card.mrz``, ``card.mrz_check``.
    """
    if lines := mrz_lines(text):
        return _checked(_from_mrz(parse_mrz(lines)), today)
    clean = unicodedata.normalize("NFC", text.translate(_STRIPPED)).strip()
    if not clean:
        raise WorldError("card.empty")
    if len(clean) > _LONGEST or "|" not in clean:
        raise WorldError("card.not_a_card")
    fields = [field.strip() for field in clean.split("|")]
    if len(fields) < _ZALO_FIELDS:
        raise WorldError("card.short", n=len(fields))
    if len(fields) > _MOST_FIELDS:
        raise WorldError("card.not_a_card")
    if len(fields) == _ZALO_FIELDS:
        fields.insert(1, "")
    return _checked(_from_fields(fields), today)


def _from_fields(fields: list[str]) -> Card:
    number, old_number, name, birth, sex, address, issued = fields[:_FIELDS]
    _check_number(number)
    if old_number and not re.fullmatch(r"[0-9]{9}|[0-9]{12}", old_number):
        raise WorldError("card.garbled")
    born = _date(birth)
    return Card(
        number=number,
        old_number=old_number,
        name=_name(name),
        birth=PartialDate(born.year, born.month, born.day),
        sex=_sex(sex),
        address=_address(address),
        issued=_date(issued) if issued else None,
        extra_fields=len(fields) - _FIELDS,
    )


def _from_mrz(zone: Mrz) -> Card:
    """The century of birth is not in the zone; the number has it."""
    yy, month, day = zone.birth
    year = read_id_number(zone.number).birth_year
    try:
        birth = PartialDate(year - year % 100 + yy, month, day)
    except ValueError as error:
        raise WorldError("card.date") from error
    sex = {"M": Sex.MALE, "F": Sex.FEMALE}.get(zone.sex)
    return Card(zone.number, "", zone.name, birth, sex, "", None, ("no_accents",), expires=zone.expires)


def _checked(card: Card, today: date | None) -> Card:
    """The same card with what looks odd; a birth in the future cannot be true."""
    if today is not None and card.birth.earliest > today:
        raise WorldError("card.future")
    odd = [*card.warnings, *check_id_number(card.number, card.birth, card.sex)]
    if card.sex is None:
        odd.append("no_sex")
    if not card.address:
        odd.append("no_address")
    return Card(**{**vars(card), "warnings": tuple(odd)})


def _check_number(number: str) -> None:
    if re.fullmatch(r"[0-9]{9}", number):
        raise WorldError("card.old_number")
    if not re.fullmatch(r"[0-9]{12}", number):
        raise WorldError("card.number", n=sum(c.isdigit() for c in number), wanted=DIGITS)


def _date(text: str) -> date:
    match = _DATE.fullmatch(text)
    if match is None:
        raise WorldError("card.date")
    day, month, year = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise WorldError("card.date") from error


def _sex(text: str) -> Sex | None:
    if not text:
        return None
    sexes = {"nam": Sex.MALE, "nu": Sex.FEMALE}
    if fold(text) not in sexes:
        raise WorldError("card.sex")
    return sexes[fold(text)]


def _name(text: str) -> str:
    name = tidy(text)
    if not 2 <= len(name) <= 100 or not all(_is_letter(c) or c in " '’.-" for c in name):
        raise WorldError("card.garbled")
    return name


def _address(text: str) -> str:
    """The address as printed; letters that no Vietnamese text has show a garbling reader."""
    if not all(_is_letter(c) or (c.isascii() and c.isprintable()) or c in "’–°" for c in text):
        raise WorldError("card.garbled")
    return text


def _is_letter(character: str) -> bool:
    parts = unicodedata.normalize("NFD", character)
    plain = parts[0] in "đĐ" or (parts[0].isascii() and parts[0].isalpha())
    return plain and _MARKS.issuperset(parts[1:])

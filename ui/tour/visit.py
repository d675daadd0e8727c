"""A visit file (``examples/visit.schema.json``): what people bring, say and do in one visit."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec

Scalar = str | float | int | bool | None
Row = dict[str, Scalar]
Value = Scalar | list[str | Row]
_COUNTED = {"tt", "stt"}
"""The column with the number of a row: the screen counts the rows itself."""


class VisitError(Exception):
    """The visit file itself is wrong; the sentence says where."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the parts: an unknown key is a typing mistake and must not pass in silence."""


class CardInVisit(_Part, frozen=True, kw_only=True):
    """A card read in the visit: the payload as text, a picture of the QR, or the three MRZ lines."""

    role: str
    text: str | None = None
    picture: str | None = None
    mrz: list[str] | None = None
    choose: dict[str, Any] = {}


class PaperInVisit(_Part, frozen=True, kw_only=True):
    kind: str
    files: list[str]


class ConsentInVisit(_Part, frozen=True, kw_only=True):
    prepare: bool = True
    send_to_commune: bool = True
    sensitive: bool = True
    contact: bool = False


class Expectations(_Part, frozen=True, kw_only=True):
    problems: list[str] = []
    hidden: list[str] = []
    prefilled: dict[str, str] = {}
    printed: list[str] = []


OfficerAction = Literal["none", "seen", "asks_for_more", "invites", "receives", "result"]


class Visit(_Part, frozen=True, kw_only=True):
    """One visit; the fields are described in the schema."""

    version: Literal[1]
    procedure: str
    road: Literal["commune", "portal"]
    consent: ConsentInVisit
    answers: dict[str, Value]
    title: str = ""
    today: date | None = None
    mode: Literal["volunteer", "citizen", "practice"] = "volunteer"
    find_by: str | None = None
    portal_code: str | None = None
    cards: list[CardInVisit] = []
    papers: list[PaperInVisit] = []
    hand_over: bool = True
    officer: OfficerAction = "none"
    officer_note: str = ""
    expect: Expectations = Expectations()
    signed_sheet: str | None = None
    sex_age_address: str | None = None
    officer_code: str | None = None
    officer_file: str | None = None


def load_visit(path: Path) -> Visit:
    """Read and check a visit file; raises ``VisitError`` naming the place that is wrong."""
    try:
        visit = msgspec.json.decode(path.read_bytes(), type=Visit)
    except OSError as error:
        raise VisitError(f"{path}: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VisitError(f"{path}: {error}") from error
    _check(visit, path)
    return msgspec.structs.replace(visit, answers=dict(_by_question(visit.answers)))


def _by_question(answers: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    """Answers by the question that they are for: rows of a repeat are numbered, ``con[2].ho_ten``."""
    for name, value in answers.items():
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            for number, row in enumerate(value, start=1):
                parts = row.items() if isinstance(row, dict) else ()
                yield from (
                    (f"{name}[{number}].{part}", said) for part, said in parts if part not in _COUNTED
                )
        else:
            yield name, value


def covered(question: str, names: Iterable[str]) -> bool:
    """Whether a question is named, itself, by its group (``me_giay_to`` for ``me_giay_to.so``) or repeat."""
    return any(question == name or question.startswith((f"{name}.", f"{name}[")) for name in names)


def _check(visit: Visit, path: Path) -> None:
    for index, card in enumerate(visit.cards):
        if sum(part is not None for part in (card.text, card.picture, card.mrz)) != 1:
            raise VisitError(f"{path}: cards[{index}] needs exactly one of text, picture, mrz")
        if card.mrz is not None and len(card.mrz) != 3:
            raise VisitError(f"{path}: cards[{index}].mrz needs three lines")
    for index, paper in enumerate(visit.papers):
        if not paper.files:
            raise VisitError(f"{path}: papers[{index}].files is empty")
    for name in _files(visit):
        if not (path.parent / name).is_file():
            raise VisitError(f"{path}: file not found: {name}")


def _files(visit: Visit) -> list[str]:
    """Every file that the visit names, relative to the visit file."""
    named = [card.picture for card in visit.cards] + [visit.signed_sheet, visit.officer_file]
    named += [name for paper in visit.papers for name in paper.files]
    return [name for name in named if name]

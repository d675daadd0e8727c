"""Open what a point sealed, and check that it is what its label says."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.errors import WorldError
from kiosk.domain.folding import fold
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import digest_of, open_sealed
from sync.hub.keys import HubKeys
from sync.hub.library import Library
from sync.protocol import Event

_NUMBER_LENGTHS = {9, 10, 12}
"""Digits of an old identity number, a telephone or insurance number, a personal number."""


@dataclass(frozen=True)
class Checked:
    """An event after a look inside: what was in it, or what is wrong with it."""

    event: Event
    payload: Payload | WorldError


def check(event: Event, point_key: str, keys: HubKeys, library: Library) -> Checked:
    """Open and compare; needs no database and may take some milliseconds."""
    if digest_of(event.body) != event.digest:
        return Checked(event, WorldError("event.digest"))
    try:
        opened = open_sealed(event.body, keys.identity, library.dictionary)
    except WorldError as error:
        return Checked(event, error)
    if opened.point_key != point_key:
        return Checked(event, WorldError("envelope.signature"))
    if not _label_is_true(event, opened.payload):
        return Checked(event, WorldError("envelope.mismatch"))
    return Checked(event, opened.payload)


def marks(payload: Payload, keys: HubKeys) -> set[str]:
    """Search marks of the names, numbers and the slip code in a dossier."""
    return {keys.mark(word) for word in _words(payload)}


def search_words(typed: str) -> list[str]:
    """What somebody typed into the search box, as the words that marks are made of."""
    return fold(typed).split()


def is_number(text: str) -> bool:
    """Whether an answer looks like a number of a person."""
    return text.isdigit() and len(text) in _NUMBER_LENGTHS


def portal_word(commune_mark: str) -> str:
    """The word under which a filing on the portal is found; nobody can type it by chance."""
    return f"portal|{commune_mark}"


def _label_is_true(event: Event, payload: Payload) -> bool:
    """Whether what the hub may read from outside agrees with what the point signed."""
    outside = (event.kind, event.dossier, event.revision, event.procedure)
    inside = (payload.kind.value, payload.dossier, payload.revision, payload.procedure)
    return outside == inside and set(event.papers) == {paper.sealed_sha256 for paper in payload.papers}


def _words(payload: Payload) -> Iterator[str]:
    if payload.slip_code:
        yield fold(payload.slip_code)
    if payload.portal:
        yield from fold(payload.portal.portal_code).split()
        if payload.portal.commune_mark:
            yield portal_word(payload.portal.commune_mark)
    for answer in payload.answers:
        last = answer.name.rpartition(".")[2]
        if last.endswith("ho_ten") or last == "ten":
            yield from fold(answer.value).split()
        elif is_number(answer.value):
            yield answer.value

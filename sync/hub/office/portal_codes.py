"""The mã hồ sơ that an officer copies: looked at before it is written, one dossier's alone, searchable."""

from sqlalchemy import Connection

from kiosk.domain.errors import WorldError
from kiosk.domain.folding import fold
from kiosk.domain.ids import slip_code
from kiosk.envelope.payload import Payload
from sync.hub.context import Hub
from sync.hub.office.notes import read_note
from sync.hub.office.reading import newest_payload
from sync.hub.office.words import looks_like_portal_code
from sync.hub.opening import marks, search_words
from sync.hub.store import data_requests, dossiers
from sync.hub.store.dossiers import HubDossier

_LONGEST = 64
_SHARED = "shared "
"""Before the code in what is ticked: another dossier has it, and that is right."""


def check(code: str, sure: str) -> None:
    """``sure`` is what the officer ticked: the code as compared, or as shared with another dossier.

    Raises WorldError ``office.portal_code_odd`` and, for a shape that was not seen so far,
    ``office.portal_code_unusual``.
    """
    if len(code) > _LONGEST or not code.isprintable():
        raise WorldError("office.portal_code_odd")
    if not looks_like_portal_code(code) and sure.removeprefix(_SHARED) != code:
        raise WorldError("office.portal_code_unusual", typed=code)


def keep(hub: Hub, connection: Connection, dossier: HubDossier, code: str, sure: str) -> None:
    """Let a search find the dossier by this code and not by the one before. Raises WorldError
    ``office.portal_code_taken``: an officer of the commune gave it to another dossier, and nobody ticked that
    they share it (one code may stand for what the commune received together)."""
    others = set() if sure == _SHARED + code else _carriers(hub, connection, code) - {dossier.id}
    for other in others:
        if _compact(_code_of(hub, connection, other)) == _compact(code):
            raise WorldError("office.portal_code_taken", slip=slip_code(other))
    payload = newest_payload(hub, connection, dossier)
    people = marks(payload, hub.keys) if isinstance(payload, Payload) else set()
    new, old = _marks(hub, code), _marks(hub, _code_of(hub, connection, dossier.id))
    dossiers.drop_marks(connection, dossier.id, old - new - people)
    dossiers.add_marks(connection, hub.commune, {dossier.id: new})


def _carriers(hub: Hub, connection: Connection, code: str) -> set[str]:
    """Dossiers that may have this code, also those noted before there was a mark of the whole code."""
    found = data_requests.marked(connection, hub.commune, [_whole(hub, code)])
    words = [hub.keys.mark(word) for word in search_words(code)]
    return {*found, *(data_requests.marked(connection, hub.commune, words) if words else ())}


def _code_of(hub: Hub, connection: Connection, dossier_id: str) -> str:
    """The newest code that an officer noted; empty for none."""
    lines = reversed(dossiers.history_of(connection, dossier_id))
    return next((code for line in lines if (code := read_note(hub, line).portal_code)), "")


def _marks(hub: Hub, code: str) -> set[str]:
    return {hub.keys.mark(word) for word in search_words(code)} | ({_whole(hub, code)} if code else set())


def _whole(hub: Hub, code: str) -> str:
    """The mark of a code however it is spaced; nobody types its word by chance."""
    return hub.keys.mark(f"code|{_compact(code)}")


def _compact(code: str) -> str:
    return "".join(fold(code).split())

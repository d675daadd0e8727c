"""The sealed part of a line in a dossier's history."""

import msgspec

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import open_bytes, seal_bytes
from sync.hub.context import Hub
from sync.hub.store.dossiers import HistoryLine


class Note(msgspec.Struct, frozen=True):
    """What an officer wrote with a step."""

    sentence: str = ""
    portal_code: str = ""
    papers: tuple[str, ...] = ()
    due: str = ""
    """The day (ISO 8601) to come or of return."""
    copy_kb: int = 0
    """Size of the copy of the result that went to the point; 0 for none."""
    place: str = ""
    """Where the original is."""
    file: str = ""
    """Digest of the file that was chosen, before it was labelled; empty for none."""
    mended: bool = False
    """The step mended an earlier one; the dossier stayed in its state."""


def read_note(hub: Hub, line: HistoryLine) -> Note:
    """What was written with a history line; empty if nothing was, or if it cannot be opened."""
    if not line.note:
        return Note()
    try:
        return msgspec.json.decode(open_bytes(line.note, hub.keys.identity), type=Note)
    except (WorldError, msgspec.DecodeError):
        return Note()


def sealed_note(hub: Hub, note: Note) -> bytes:
    """A note as the history keeps it; nothing for one that says nothing."""
    if note == Note():
        return b""
    return seal_bytes(msgspec.json.encode(note), hub.settings.commune_key)

"""A dossier that is taken back: what of it waits here goes; a refusal of what only tells needs nobody."""

from pathlib import Path

from sqlalchemy import Connection, and_, delete, select

from kiosk.domain.dossier import State
from kiosk.domain.events import EventKind
from kiosk.storage import drafts
from kiosk.storage.outbox import paper_path
from kiosk.storage.tables import outbox, sealed_papers

_GONE = frozenset({"dossier.unknown", "dossier.closed"})
"""Why a hub refuses to be told: it never had the dossier, or it stands elsewhere there (also after a copy was
restored that is older than the result). Nobody here mends that."""
_TELLS = (EventKind.WITHDRAWN.value, EventKind.HANDED_BACK.value)


def close(connection: Connection, dossier: str, at: str, sentence: str = "") -> list[Path]:
    """The dossier is withdrawn, here or at the commune: nothing of it waits or is answered any more.
    ``sentence`` is the commune's. The files to remove after the commit."""
    files = take_back(connection, dossier)
    drafts.wipe(connection, dossier)
    drafts.forget_contact(connection, dossier)
    nothing = {"draft": None, "reason": "", "asked_papers": ()}
    drafts.change(connection, dossier, state=State.WITHDRAWN, sentence=sentence, changed_at=at, **nothing)
    return files


def take_back(connection: Connection, dossier: str) -> list[Path]:
    """Remove every event of the dossier and its sealed papers; receipts stay. The files to remove after the
    commit."""
    events = select(outbox.c.id).where(outbox.c.dossier == dossier)
    theirs = sealed_papers.c.event.in_(events)
    names = list(connection.execute(select(sealed_papers.c.sealed_sha256).where(theirs)).scalars())
    connection.execute(delete(sealed_papers).where(theirs))
    connection.execute(delete(outbox).where(outbox.c.dossier == dossier))
    home = Path(str(connection.engine.url.database)).parent
    return [paper_path(home, name) for name in names]


def is_settled(connection: Connection, event: str, code: str) -> bool:
    """A refusal that nobody can mend of an event without content: it is forgotten. False for every other."""
    chosen = and_(outbox.c.id == event, outbox.c.kind.in_(_TELLS))
    return code in _GONE and connection.execute(delete(outbox).where(chosen)).rowcount > 0

"""A dossier that the commune erased because the person asked for it: what is left of it here goes, too."""

from pathlib import Path

from sqlalchemy import Connection, delete

from kiosk.domain.dossier import State
from kiosk.storage import drafts, results, withdrawn
from kiosk.storage.tables import news

ON_REQUEST = "erased.on_request"
"""Why, as the row says it."""


def erase(connection: Connection, dossier: str, at: str) -> list[Path]:
    """Take every answer, paper, word and mark out, waiting events as well; what stays says that it was there:
    its slip code, procedure, days and receipts. The files to remove after the commit."""
    files = withdrawn.take_back(connection, dossier)
    drafts.wipe(connection, dossier)
    drafts.forget_contact(connection, dossier)
    results.forget(connection, dossier)
    connection.execute(delete(news).where(news.c.dossier == dossier))
    nothing = {"place": "", "portal_code": "", "base_digest": "", "person_mark": "", "sentence": ""}
    state = {"state": State.ERASED, "draft": None, "reason": ON_REQUEST, "changed_at": at}
    drafts.change(connection, dossier, asked_papers=(), **nothing, **state)
    return files

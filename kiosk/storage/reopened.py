"""A withdrawal that the commune refused, because it had received the dossier formally meanwhile."""

from sqlalchemy import Connection

from kiosk.domain.dossier import State
from kiosk.storage import drafts, news, outbox


def reopen(connection: Connection, dossier: str) -> None:
    """Show where the dossier stands at the commune again, as far as this point heard; later news go on from
    there. Answers and papers stay erased.

    The revision goes back to what the hub gave a receipt for: a later one was erased with the withdrawal, and
    the commune's word on the older one must not be passed over. A row that is not withdrawn stays as it is.
    """
    row = drafts.load(connection, dossier)
    if row is None or row.state is not State.WITHDRAWN:
        return
    given = outbox.receipt_of(connection, dossier)
    revision = min(row.revision, given[0].revision if given else 1)
    drafts.change(connection, dossier, state=State.AT_HUB, revision=revision)
    heard = [item for item in news.of_dossier(connection, dossier) if item.state in news.COMMUNE_STATES]
    if heard:
        last = heard[-1]
        code = next((item.portal_code for item in reversed(heard) if item.portal_code), row.portal_code)
        drafts.change(
            connection,
            dossier,
            state=State(last.state),
            sentence=last.sentence,
            asked_papers=tuple(kind for kind in last.papers if kind.strip()),
            portal_code=code,
            changed_at=last.at,
        )

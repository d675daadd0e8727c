"""A withdrawal that came too late: the dossier shows again where it stands at the commune."""

import pytest

from kiosk.domain.dossier import State
from kiosk.storage import drafts, outbox, reopened
from kiosk.storage.database import Database
from tests.storage.test_news import apply, item, load
from tests.support.points import add_queued, outbox_item, receipt_for


@pytest.fixture
def gone(database: Database) -> str:
    """Withdrawn at its second revision; the hub gave a receipt for the first only."""
    with database.write() as connection:
        row = add_queued(connection)
        event = outbox_item(dossier=row.id)
        outbox.add(connection, event)
        outbox.record_receipt(connection, receipt_for(event), "s")
        drafts.change(connection, row.id, state=State.WITHDRAWN, revision=2)
    return row.id


def reopen(database: Database, dossier: str) -> None:
    with database.write() as connection:
        reopened.reopen(connection, dossier)


def test_what_was_said_before_the_refusal_shows(database: Database, gone: str) -> None:
    said = item(1, gone, "received", sentence="Xã đã nhận.", portal_code="H17.99")
    apply(database, [said], 1)
    assert load(database, gone).state is State.WITHDRAWN
    reopen(database, gone)
    row = load(database, gone)
    assert (row.state, row.sentence, row.portal_code) == (State.RECEIVED, "Xã đã nhận.", "H17.99")


def test_what_is_said_after_the_refusal_shows_though_it_names_the_older_revision(
    database: Database, gone: str
) -> None:
    reopen(database, gone)
    assert (load(database, gone).state, load(database, gone).revision) == (State.AT_HUB, 1)
    apply(database, [item(1, gone, "received")], 1)
    assert load(database, gone).state is State.RECEIVED


def test_a_dossier_that_is_not_withdrawn_stays_as_it_is(database: Database, gone: str) -> None:
    with database.write() as connection:
        drafts.change(connection, gone, state=State.ERASED)
    reopen(database, gone)
    reopen(database, "of nobody")
    assert (load(database, gone).state, load(database, gone).revision) == (State.ERASED, 2)

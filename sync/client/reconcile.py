"""Once a week: does the hub still hold everything that it gave a receipt for?"""

from datetime import datetime, timedelta

from kiosk.domain.clock import Clock
from kiosk.storage import compared
from kiosk.storage.database import Database
from sync import protocol
from sync.client.transport import Transport
from sync.client.trouble import TransportError
from sync.protocol import HeldEvent, ReconcileRequest

EVERY = timedelta(days=7)
_NOT_THERE = 404
"""A hub of before this question existed."""


def is_due(last: str, now: datetime) -> bool:
    """A week has passed, or the clock was set back behind the last time."""
    try:
        then = datetime.fromisoformat(last)
    except ValueError:
        return True
    return not timedelta(0) <= now - then < EVERY


def compare_if_due(database: Database, transport: Transport, point: str, clock: Clock) -> bool:
    """True if something was missing there and waits here again. A new point begins to count its first week.

    Raises TransportError; then nothing is noted and the next round asks again.
    """
    with database.read() as connection:
        last = compared.last(connection)
    if last and not is_due(last, clock.now()):
        return False
    again = compare(database, transport, point) if last else 0
    with database.write() as connection:
        compared.note(connection, clock.now().isoformat(timespec="seconds"))
    return again > 0


def compare(database: Database, transport: Transport, point: str) -> int:
    """Ask about every event with a receipt; how many of them go up again. Raises TransportError."""
    with database.read() as connection:
        batches = compared.batches(connection, protocol.MAX_RECONCILE)
    again = 0
    for batch in batches:
        events = [HeldEvent(id=event, digest=digest) for event, digest in batch]
        request = ReconcileRequest(version=protocol.VERSION, point=point, events=events)
        try:
            answer = transport.reconcile(request)
        except TransportError as error:
            if error.status == _NOT_THERE:
                return again
            raise
        asked = {event for event, _ in batch}
        with database.write() as connection:
            again += compared.send_again(connection, [one for one in answer.missing if one in asked])
    return again

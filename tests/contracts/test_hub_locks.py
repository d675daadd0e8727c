"""What waits for what, where several write at the same time."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kiosk.envelope.seal import digest_of
from sync.hub.store import hearing
from sync.hub.store.hearing import Voice
from sync.hub.uploads import keep_whole
from tests.support.hub import HubPoint, make_home, open_hub

BODY = b"sealed"


def test_a_paper_waits_for_a_round_of_its_point(database_url: str, tmp_path: Path) -> None:
    """Else the round would see no paper, and the paper no event: nobody would give the receipt."""
    if database_url.startswith("sqlite"):
        return  # one writer at a time
    hub = open_hub(make_home(tmp_path / "hub", database_url))
    point, other = HubPoint(hub), HubPoint(hub)
    impatient = f"ALTER DATABASE {database_url.rpartition('/')[2]} SET lock_timeout = '100ms'"
    with hub.database.write() as connection:
        connection.execute(text(impatient))
    hub.database.engine.dispose()
    with hub.database.write() as connection:
        voice = Voice((point.enrolled.point, point.incarnation), point.enrolled.epoch, 0)
        hearing.meet(connection, hub.commune, [voice], hub.now())
        with pytest.raises(DBAPIError, match="lock timeout"):
            keep_whole(hub, point.row, digest_of(BODY), lambda: BODY)
        assert keep_whole(hub, other.row, digest_of(BODY), lambda: BODY)
    assert keep_whole(hub, point.row, digest_of(BODY), lambda: BODY)
    hub.database.close()

"""A trial point and its hub beside it: they find each other without anybody's help, also the next day."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desk.opening import Desk
from kiosk.domain.errors import WorldError
from kiosk.storage import link
from ui.conversation import Conversation, is_enrolled, keep_access
from ui.local_hub import LocalHub, hub_program


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    hub = LocalHub(tmp_path / "hub")
    yield hub
    hub.stop()


def cursor(desk: Desk) -> link.LinkState:
    with desk.database.read() as connection:
        return link.get(connection)


def test_point_and_hub_meet_and_meet_again(hub: LocalHub, desk: Desk, tmp_path: Path) -> None:
    conversation = Conversation(desk, hub.access)
    turn = conversation.turn()
    assert turn.line
    assert not turn.news
    assert is_enrolled(desk)
    assert cursor(desk).last_contact
    conversation.close()
    url = hub.access().url
    hub.stop()
    away = Conversation(desk, None).turn()
    assert not away.line
    again = LocalHub(tmp_path / "hub")
    try:
        assert again.access().url == url
        assert Conversation(desk, again.access).turn().line
    finally:
        again.stop()


def test_a_taken_port_is_left_and_followed(hub: LocalHub, desk: Desk) -> None:
    first = hub.access()
    keep_access(desk, first)
    hub.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(first.url.rpartition(":")[2])))
        other.listen()
        second = hub.access()
        assert second.url != first.url
        keep_access(desk, second)
    with desk.database.read() as connection:
        known = link.load_enrolment(connection)
    assert known is not None
    assert known[0].hub_url == second.url


def test_a_hub_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "hub").write_text("a file stands in the way", encoding="utf-8")
    with pytest.raises(WorldError) as told:
        LocalHub(tmp_path / "hub").access()
    assert told.value.code == "hub.not_started"


def test_a_point_of_nobody_waits_quietly(desk: Desk) -> None:
    turn = Conversation(desk, None).turn()
    assert not turn.line
    assert turn.wait_seconds > 0


def test_the_hub_is_our_own_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hub_program()[-2:] == ["-m", "sync.hub"]
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert hub_program()[-1] == "hub"

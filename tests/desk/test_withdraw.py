"""Taking a dossier back: nothing of it stays here, and the commune hears of it once."""

import pytest
from sqlalchemy import select

from kiosk.desk import follow_up, hand_over, withdraw
from kiosk.desk.desk import Desk
from kiosk.desk.hand_over import Contact
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.storage import drafts, outbox, tables, withdrawn
from tests.support.visits import ready_dossier


def sent(desk: Desk) -> str:
    filling = ready_dossier(desk, frozenset(Purpose))
    hand_over.hand_over(desk, filling, Contact("Trần Thị Bưởi", "0905000000"))
    return filling.dossier


def waiting(desk: Desk) -> list[tuple[str, str]]:
    with desk.database.read() as connection:
        return [(item.dossier, item.kind.value) for item in outbox.waiting(connection, 10**9)]


def state_of(desk: Desk, dossier: str) -> State:
    with desk.database.read() as connection:
        row = drafts.load(connection, dossier)
    assert row is not None
    return row.state


def test_only_the_withdrawal_is_left_of_it(desk: Desk) -> None:
    dossier, other = sent(desk), sent(desk)
    withdraw.withdraw(desk, dossier)
    assert waiting(desk) == [(other, "dossier"), (dossier, "withdrawn")]
    assert state_of(desk, dossier) is State.WITHDRAWN
    with desk.database.read() as connection:
        assert drafts.contact_of(connection, dossier) is None
        assert drafts.contact_of(connection, other) is not None
        assert drafts.answers_of(connection, dossier, 1) == []
        kept = set(connection.execute(select(tables.sealed_papers.c.event)).scalars())
        events = set(
            connection.execute(select(tables.outbox.c.id).where(tables.outbox.c.dossier == other)).scalars()
        )
    assert kept <= events


@pytest.mark.parametrize("state", [State.RECEIVED, State.RESULT_READY, State.WITHDRAWN, State.HANDED_BACK])
def test_what_the_commune_holds_formally_is_taken_back_there(desk: Desk, state: State) -> None:
    dossier = sent(desk)
    with desk.database.write() as connection:
        drafts.change(connection, dossier, state=state)
    with pytest.raises(WorldError) as caught:
        withdraw.withdraw(desk, dossier)
    assert (caught.value.code, state_of(desk, dossier)) == ("withdraw.too_late", state)
    assert waiting(desk) == [(dossier, "dossier")]
    assert not follow_up.overview(desk).shown[0].withdrawable


def test_a_parked_dossier_has_a_way_out(desk: Desk) -> None:
    dossier = sent(desk)
    with desk.database.write() as connection:
        [item] = outbox.waiting(connection, 10**9)
        outbox.park(connection, item.id, "envelope.mismatch", "Xã không đọc được.")
    [shown] = follow_up.overview(desk).shown
    assert (shown.state, shown.sentence, shown.withdrawable) == (State.PARKED, "Xã không đọc được.", True)
    withdraw.withdraw(desk, dossier)
    with desk.database.read() as connection:
        assert outbox.summary(connection).parked == 0


def test_an_unknown_dossier_is_not_withdrawn(desk: Desk) -> None:
    with pytest.raises(WorldError, match=r"withdraw\.too_late"):
        withdraw.withdraw(desk, "nothing")


@pytest.mark.parametrize(
    ("code", "settled"), [("dossier.unknown", True), ("dossier.closed", True), ("envelope.damaged", False)]
)
def test_a_refusal_that_nobody_can_mend_is_forgotten(desk: Desk, code: str, settled: bool) -> None:
    dossier, other = sent(desk), sent(desk)
    withdraw.withdraw(desk, dossier)
    with desk.database.write() as connection:
        items = {item.dossier: item for item in outbox.waiting(connection, 10**9)}
        assert items[dossier].kind is EventKind.WITHDRAWN
        assert withdrawn.is_settled(connection, items[dossier].id, code) is settled
        assert not withdrawn.is_settled(connection, items[other].id, code)

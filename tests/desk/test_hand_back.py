"""A result goes over against slip and card, with a record, and then nothing of it stays."""

import pytest

from kiosk.desk import follow_up, hand_back, hand_over, welcome
from kiosk.desk.desk import Desk
from kiosk.desk.hand_back import Result
from kiosk.desk.hand_over import Contact
from kiosk.desk.marks import mark_of
from kiosk.domain.card import Card
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, NewsItem, ResultFile
from kiosk.envelope.keys import recipient_of
from kiosk.envelope.seal import digest_of, open_sealed, seal_bytes
from kiosk.storage import drafts, news, outbox, results
from tests.support.points import AT
from tests.support.visits import FATHER_CARD, MOTHER_CARD, ready_dossier

COPY = b"%PDF-1.7 the labelled copy of a birth certificate"


@pytest.fixture
def slip(desk: Desk) -> str:
    """The slip of a dossier whose result is ready, with a whole copy."""
    filling = ready_dossier(desk, frozenset(Purpose))
    hand_over.hand_over(desk, filling, Contact("Bưởi", "0900000001"))
    body = seal_bytes(COPY, recipient_of(desk.secrets.sealing_identity))
    file = ResultFile(digest_of(body), len(body), digest_of(COPY), "UBND phường")
    item = NewsItem(1, filling.dossier, 1, "result_ready", AT, "Mời chị đến nhận", result=file)
    with desk.database.write() as connection:
        news.apply(connection, [item], 1)
        results.keep(connection, filling.dossier, body)
    return filling.slip_code


def card(desk: Desk, text: str) -> Card:
    return welcome.read_card_text(desk, text).card


def receive(desk: Desk, slip: str, text: str = MOTHER_CARD) -> Result:
    return hand_back.receive(desk, slip, card(desk, text))


def test_slip_and_card_of_the_same_person_open_the_copy(desk: Desk, slip: str) -> None:
    for typed in (slip, f" thon:1:{slip.lower()} "):
        result = receive(desk, typed)
        assert (result.copy, result.original_at, result.coming) == (COPY, "UBND phường", False)
        assert result.sentence == "Mời chị đến nhận"
    assert COPY.decode() not in repr(result)


def test_somebody_elses_card_opens_nothing(desk: Desk, slip: str) -> None:
    with pytest.raises(WorldError, match=r"hand_back\.other_person"):
        receive(desk, slip, FATHER_CARD)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "slip.code"), ("NHAP-1111-11111", "slip.code"), ("NHAP-0000-00000", "hand_back.unknown")],
)
def test_a_slip_that_is_none_opens_nothing(desk: Desk, slip: str, typed: str, code: str) -> None:
    with pytest.raises(WorldError) as caught:
        receive(desk, typed)
    assert caught.value.code == code


def test_without_a_result_there_is_nothing_to_hand_over(desk: Desk) -> None:
    filling = ready_dossier(desk)
    hand_over.hand_over(desk, filling)
    with pytest.raises(WorldError, match=r"handed_back\.no_result"):
        receive(desk, filling.slip_code)


def test_a_dossier_without_a_number_goes_to_the_commune(desk: Desk, slip: str) -> None:
    dossier = receive(desk, slip).dossier
    with desk.database.write() as connection:
        drafts.change(connection, dossier, person_mark="")
    with pytest.raises(WorldError, match=r"hand_back\.no_number"):
        receive(desk, slip)


def test_the_number_of_an_old_card_counts_too(desk: Desk, slip: str) -> None:
    new = MOTHER_CARD.replace("048195001234|", "048195009999|123456789", 1)
    with pytest.raises(WorldError, match=r"hand_back\.other_person"):
        receive(desk, slip, new)
    mark, dossier = mark_of(desk, "123456789", "1.001193"), follow_up.overview(desk).shown[0].dossier
    with desk.database.write() as connection:
        drafts.change(connection, dossier, person_mark=mark)
    assert receive(desk, slip, new).copy == COPY


def test_a_copy_on_its_way_is_said_to_be_coming(desk: Desk, slip: str) -> None:
    dossier = receive(desk, slip).dossier
    with desk.database.write() as connection:
        results.keep(connection, dossier, b"half")
    result = receive(desk, slip)
    assert (result.copy, result.coming) == (b"", True)


def test_a_damaged_copy_is_fetched_again(desk: Desk, slip: str) -> None:
    dossier = receive(desk, slip).dossier
    with desk.database.write() as connection:
        there = results.of_dossier(connection, dossier)
        assert there is not None
        results.keep(connection, dossier, bytes(len(there.body)))
    with pytest.raises(WorldError, match=r"hand_back\.damaged"):
        receive(desk, slip)
    with desk.database.read() as connection:
        assert results.to_fetch(connection) == [dossier]


def test_handed_over_is_recorded_told_and_erased(desk: Desk, slip: str, commune_identity: str) -> None:
    result = receive(desk, slip)
    hand_back.finish(desk, result, pages=2)
    (found,) = follow_up.overview(desk).shown
    assert (found.state, found.phone, bool(found.handed)) == (State.HANDED_BACK, "", True)
    with desk.database.read() as connection:
        assert results.of_dossier(connection, result.dossier) is None
        record = results.hand_back_of(connection, result.dossier)
        told = outbox.waiting(connection, 1 << 20)[-1]
    assert record is not None
    assert record[1] == desk.volunteer
    payload = open_sealed(told.body, commune_identity, desk.content.dictionaries.__getitem__).payload
    assert (told.kind, payload.kind, payload.dossier) == (
        EventKind.HANDED_BACK,
        EventKind.HANDED_BACK,
        result.dossier,
    )
    assert COPY not in b"".join(path.read_bytes() for path in desk.home.rglob("*") if path.is_file())


def test_it_is_handed_over_once(desk: Desk, slip: str) -> None:
    result = receive(desk, slip)
    hand_back.finish(desk, result, pages=0)
    with pytest.raises(WorldError, match=r"handed_back\.no_result"):
        hand_back.finish(desk, result, pages=0)
    with pytest.raises(WorldError, match=r"handed_back\.no_result"):
        receive(desk, slip)

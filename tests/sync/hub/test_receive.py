"""Rounds: what a point says, what the hub keeps, and that nothing is kept twice."""

import dataclasses

import msgspec
import pytest

from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, Receipt
from kiosk.domain.ids import new_id
from kiosk.envelope.receipts import verify_receipt
from sync.hub.context import Hub
from sync.hub.receive import answer_round
from sync.hub.store import dossiers, events, points, rounds
from sync.hub.store.dossiers import Narrow
from sync.protocol import MAX_RECEIPTS, Event, RoundAnswer, RoundRequest, SignedReceipt, Verdict
from tests.support.hub import HubPoint


def is_true(receipt: SignedReceipt, hub_key: str) -> bool:
    plain = {f.name: getattr(receipt, f.name) for f in dataclasses.fields(Receipt)}
    return verify_receipt(Receipt(**plain), receipt.signature, hub_key)


def test_a_dossier_without_papers_gets_its_signed_receipt_at_once(point: HubPoint) -> None:
    event = point.event()
    answer = point.round(event)
    (verdict,) = answer.verdicts
    assert verdict.verdict is Verdict.ACCEPTED
    assert verdict.receipt is not None
    assert verdict.missing_papers == []
    assert (verdict.receipt.event, verdict.receipt.digest) == (event.id, event.digest)
    assert (verdict.receipt.number, answer.receipt_number) == (1, 1)
    assert is_true(verdict.receipt, point.enrolled.hub_key)
    assert verdict.receipt.epoch == answer.epoch == point.enrolled.epoch


def test_a_heartbeat_is_answered_with_the_marks(point: HubPoint) -> None:
    answer = point.round()
    assert (answer.sequence, answer.receipt_number, answer.safe, answer.cursor) == (1, 0, 0, 0)
    assert answer.verdicts == []
    assert not answer.more


def test_the_same_sequence_with_the_same_body_gets_the_same_bytes(hub: Hub, point: HubPoint) -> None:
    body = point.request(point.event())
    first = answer_round(hub, point.row, body)
    assert answer_round(hub, point.row, body) == first


def test_the_same_sequence_with_another_body_is_refused_with_the_highest(hub: Hub, point: HubPoint) -> None:
    point.round()
    point.round()
    for sequence in (1, 2):
        with pytest.raises(WorldError) as caught:
            answer_round(hub, point.row, point.request(point.event(), sequence=sequence))
        assert caught.value.code == "sequence.behind"
        assert caught.value.params == {"highest": 2}


def test_a_gap_in_the_sequence_is_no_fault(point: HubPoint) -> None:
    point.round()
    point.sequence = 40
    assert point.round().sequence == 41


def test_a_new_incarnation_starts_at_any_sequence(point: HubPoint) -> None:
    point.sequence = 9
    point.round()
    point.incarnation, point.sequence = new_id(), 0
    assert point.round(point.event()).verdicts[0].verdict is Verdict.ACCEPTED


def test_the_same_event_again_gets_the_same_receipt(point: HubPoint) -> None:
    event = point.event()
    first = point.round(event).verdicts[0].receipt
    (again,) = point.round(event).verdicts
    assert again.verdict is Verdict.ALREADY
    assert again.receipt == first


def test_a_point_that_asks_for_it_gets_brief_receipts_of_its_own_events(hub: Hub, point: HubPoint) -> None:
    def talk_briefly(event: Event) -> SignedReceipt | None:
        request = msgspec.json.decode(point.request(event), type=RoundRequest)
        body = msgspec.json.encode(msgspec.structs.replace(request, brief=True))
        return msgspec.json.decode(answer_round(hub, point.row, body), type=RoundAnswer).verdicts[0].receipt

    event = point.event()
    short, whole = talk_briefly(event), point.round(event).verdicts[0].receipt
    assert short is not None
    assert (short.dossier, short.revision, short.digest) == ("", 0, "")
    facts = {"dossier": event.dossier, "revision": event.revision, "digest": event.digest}
    assert msgspec.structs.replace(short, **facts) == whole
    renamed = msgspec.structs.replace(event, id=new_id())
    assert talk_briefly(renamed) == whole, "the receipt of another event, of which the point may know nothing"


def test_the_same_revision_under_another_id_gets_the_same_receipt(hub: Hub, point: HubPoint) -> None:
    event = point.event()
    first = point.round(event).verdicts[0].receipt
    (again,) = point.round(msgspec.structs.replace(event, id=new_id())).verdicts
    assert (again.verdict, again.receipt) == (Verdict.ALREADY, first)
    with hub.database.read() as connection:
        assert len(dossiers.listed(connection, hub.commune, Narrow(), [], 10, 0)) == 1


def test_another_content_for_a_used_revision_is_refused(point: HubPoint) -> None:
    event = point.event()
    point.round(event)
    (verdict,) = point.round(point.event(dossier=event.dossier)).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "event.digest")
    assert verdict.sentence


def test_an_event_twice_in_one_round_is_kept_once(point: HubPoint) -> None:
    event = point.event()
    one, other = point.round(event, event).verdicts
    assert (one.verdict, other.verdict) == (Verdict.ACCEPTED, Verdict.ALREADY)
    assert one.receipt == other.receipt


def test_the_receipt_waits_for_all_papers_and_comes_with_a_later_round(point: HubPoint) -> None:
    papers = [point.paper(), point.paper()]
    event = point.event(papers=papers)
    (verdict,) = point.round(event).verdicts
    assert verdict.verdict is Verdict.ACCEPTED
    assert verdict.receipt is None
    assert set(verdict.missing_papers) == {paper.sealed_sha256 for paper in papers}
    point.send_paper(papers[0].sealed_sha256)
    assert point.round().receipts == []
    point.send_paper(papers[1].sealed_sha256)
    (receipt,) = point.round().receipts
    assert receipt.event == event.id
    assert is_true(receipt, point.enrolled.hub_key)
    assert point.round().receipts == []


def test_papers_that_came_first_give_the_receipt_at_once(point: HubPoint) -> None:
    paper = point.paper()
    point.send_paper(paper.sealed_sha256)
    (verdict,) = point.round(point.event(papers=[paper])).verdicts
    assert verdict.receipt is not None


def test_an_event_sent_again_after_its_papers_gets_the_receipt_in_its_verdict(point: HubPoint) -> None:
    paper = point.paper()
    event = point.event(papers=[paper])
    point.round(event)
    point.send_paper(paper.sealed_sha256)
    answer = point.round(event)
    assert answer.verdicts[0].receipt is not None
    assert answer.receipts == []


def test_a_receipt_that_got_lost_is_told_again(point: HubPoint) -> None:
    point.round(point.event())
    point.receipt = 0
    assert [receipt.number for receipt in point.round().receipts] == [1]


def test_a_point_that_lost_its_memory_is_told_its_receipts_by_portions(hub: Hub, point: HubPoint) -> None:
    """All receipts of some years would be more than an answer may have, and the point could never talk."""
    event = point.event()
    point.round(event)
    with hub.database.write() as connection:
        known = events.concerning(connection, [event.id], [])[event.id]
        more = [
            dataclasses.replace(known, id=new_id(), revision=number, receipt_number=number)
            for number in range(2, MAX_RECEIPTS + 2)
        ]
        events.add(connection, hub.commune, [(one, b"") for one in more], hub.now())
        rounds.next_receipts(connection, hub.commune, len(more))
    point.receipt = 0
    first, second = point.round(), point.round()
    assert [receipt.number for receipt in first.receipts] == [*range(1, MAX_RECEIPTS + 1)]
    assert [receipt.number for receipt in second.receipts] == [MAX_RECEIPTS + 1]


def test_receipts_of_another_epoch_are_given_anew(point: HubPoint) -> None:
    event = point.event()
    point.round(event)
    point.enrolled = msgspec.structs.replace(point.enrolled, epoch="e-before")
    assert [receipt.event for receipt in point.round().receipts] == [event.id]


def test_another_points_paper_does_not_complete_an_event(hub: Hub, point: HubPoint) -> None:
    other = HubPoint(hub)
    paper = other.paper()
    other.send_paper(paper.sealed_sha256)
    (verdict,) = point.round(point.event(papers=[paper])).verdicts
    assert verdict.missing_papers == [paper.sealed_sha256]


def test_one_bad_event_does_not_stop_the_others(point: HubPoint) -> None:
    good, bad, last = point.event(), point.event(), point.event()
    bad = msgspec.structs.replace(bad, body=bad.body[:-1] + b"x")
    verdicts = point.round(good, bad, last).verdicts
    assert [verdict.verdict for verdict in verdicts] == [Verdict.ACCEPTED, Verdict.REFUSED, Verdict.ACCEPTED]
    assert verdicts[1].code == "event.digest"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "1"}, "event.malformed"),
        ({"dossier": "x' OR 1=1"}, "event.malformed"),
        ({"revision": 0}, "event.malformed"),
        ({"kind": "poem"}, "event.kind"),
        ({"digest": "0" * 64}, "event.digest"),
        ({"papers": ["../../etc/passwd"]}, "event.malformed"),
        ({"papers": ["0" * 64]}, "envelope.mismatch"),
        ({"procedure": "2.000000"}, "envelope.mismatch"),
        ({"revision": 2}, "envelope.mismatch"),
        ({"kind": "withdrawn"}, "envelope.mismatch"),
    ],
)
def test_an_event_with_a_lying_label_is_refused(
    point: HubPoint, change: dict[str, object], code: str
) -> None:
    (verdict,) = point.round(msgspec.structs.replace(point.event(), **change)).verdicts
    assert (verdict.verdict, verdict.code, verdict.receipt) == (Verdict.REFUSED, code, None)


def test_an_envelope_signed_by_another_key_is_refused(hub: Hub, point: HubPoint) -> None:
    stranger = HubPoint(hub)
    (verdict,) = point.round(stranger.event()).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "envelope.signature")


def test_an_envelope_for_another_commune_is_refused(point: HubPoint) -> None:
    point.enrolled = msgspec.structs.replace(point.enrolled, commune_key=_other_recipient())
    (verdict,) = point.round(point.event()).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "envelope.unreadable")


def _other_recipient() -> str:
    from kiosk.envelope import keys

    return keys.recipient_of(keys.generate_age_identity())


def test_a_form_version_that_the_hub_lacks_is_postponed(hub: Hub, point: HubPoint) -> None:
    from kiosk.envelope.payload import Payload
    from kiosk.envelope.seal import seal

    event = point.event()
    payload = Payload(
        dossier=event.dossier, revision=1, procedure=event.procedure, point="", hamlet="",
        prepared_on="2026-11-21", form="la", form_version="9",
    )  # fmt: skip
    sealed = seal(payload, point.signing_key, point.enrolled.commune_key, b"dictionary of the new form " * 9)
    (verdict,) = point.round(msgspec.structs.replace(event, body=sealed.body, digest=sealed.digest)).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.LATER, "envelope.dictionary")


def test_another_points_dossier_is_refused(hub: Hub, point: HubPoint) -> None:
    other = HubPoint(hub)
    event = point.event()
    point.round(event)
    assert other.round(event).verdicts[0].code == "event.foreign"
    assert other.round(other.event(dossier=event.dossier, revision=2)).verdicts[0].code == "event.foreign"


def test_a_withdrawal_moves_the_dossier(hub: Hub, point: HubPoint) -> None:
    event = point.event()
    point.round(event)
    gone = point.event(dossier=event.dossier, kind=EventKind.WITHDRAWN)
    assert point.round(gone).verdicts[0].receipt is not None
    with hub.database.read() as connection:
        found = dossiers.find(connection, event.dossier)
    assert found is not None
    assert found.state == "withdrawn"


def test_the_withdrawal_of_an_unknown_dossier_is_refused(point: HubPoint) -> None:
    (verdict,) = point.round(point.event(kind=EventKind.WITHDRAWN)).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "dossier.unknown")


def test_a_supplement_waits_for_a_dossier_that_is_not_back_yet(point: HubPoint) -> None:
    """After a restore the dossier itself may have to wait for the content pack that knows its form."""
    event = point.event()
    supplement = point.event(dossier=event.dossier, kind=EventKind.SUPPLEMENT, base=event.digest)
    (verdict,) = point.round(supplement).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.LATER, "supplement.base")
    later = point.round(event, supplement).verdicts
    assert [one.verdict for one in later] == [Verdict.ACCEPTED, Verdict.ACCEPTED]


def test_the_portal_road_leaves_one_small_event(hub: Hub, point: HubPoint) -> None:
    event = point.event(kind=EventKind.PORTAL_FILED, answers=())
    assert point.round(event).verdicts[0].receipt is not None
    with hub.database.read() as connection:
        found = dossiers.find(connection, event.dossier)
    assert found is not None
    assert found.state == "filed_on_portal"


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2}, {"point": "somebody"}, {"sequence": 0}, {"sequence": 2**40}, {"incarnation": ""},
        {"incarnation": "x" * 65}, {"cursor": -1}, {"events": "none"}, {"events": None},
    ],
)  # fmt: skip
def test_a_round_that_is_none_is_refused_whole(hub: Hub, point: HubPoint, change: dict[str, object]) -> None:
    said = msgspec.json.decode(point.request()) | change
    with pytest.raises(WorldError) as caught:
        answer_round(hub, point.row, msgspec.json.encode(said))
    assert caught.value.code in {"request.malformed", "request.version", "token.unknown"}


def test_unknown_fields_are_ignored(point: HubPoint) -> None:
    said = msgspec.json.decode(point.request()) | {"weather": "rain"}
    assert point.said(msgspec.json.encode(said)).sequence == 1


def test_a_failed_round_keeps_nothing(hub: Hub, point: HubPoint, monkeypatch: pytest.MonkeyPatch) -> None:
    from sync.hub.store import rounds

    def fail(*_: object) -> None:
        raise OSError("the machine went down here")

    event = point.event()
    body = point.request(event)
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "store_rounds", fail)
        with pytest.raises(OSError, match="went down"):
            answer_round(hub, point.row, body)
    answer = msgspec.json.decode(answer_round(hub, point.row, body), type=RoundAnswer)
    assert answer.verdicts[0].verdict is Verdict.ACCEPTED
    assert answer.receipt_number == 1


def test_last_contact_is_remembered(hub: Hub, point: HubPoint) -> None:
    from sqlalchemy import select

    from sync.hub.store.tables import point as table

    point.round()
    with hub.database.read() as connection:
        assert connection.execute(select(table.c.last_contact)).scalar_one() is not None
        assert points.by_id(connection, point.enrolled.point).revoked is False

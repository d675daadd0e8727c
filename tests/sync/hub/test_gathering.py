"""Rounds that come at once: answered together, kept once each, and none harms another."""

import asyncio
from collections.abc import Sequence

import msgspec
import pytest

from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from sync.hub import gathering, receive
from sync.hub.context import Hub
from sync.hub.gathering import Asked, Gathering
from sync.hub.receive import Heard
from sync.hub.store import dossiers, rounds
from sync.hub.store.dossiers import Narrow
from sync.protocol import RoundAnswer, Verdict
from tests.support.hub import HubPoint


def asked(point: HubPoint, body: bytes) -> Asked:
    return Asked(f"Bearer {point.enrolled.token}", body, "")


def answers(hub: Hub, questions: Sequence[Asked]) -> list[RoundAnswer | WorldError]:
    """What each gets who asks at the same moment."""

    async def ask() -> list[bytes | BaseException]:
        together = Gathering(hub)
        return await asyncio.gather(*(together.answer(one) for one in questions), return_exceptions=True)

    def read(told: bytes | BaseException) -> RoundAnswer | WorldError:
        if isinstance(told, bytes):
            return msgspec.json.decode(told, type=RoundAnswer)
        assert isinstance(told, WorldError), told
        return told

    return [read(told) for told in asyncio.run(ask())]


def verdicts(answer: RoundAnswer | WorldError) -> list[Verdict]:
    assert isinstance(answer, RoundAnswer), answer
    return [one.verdict for one in answer.verdicts]


def kept(hub: Hub) -> tuple[int, int]:
    """Dossiers, and the highest receipt number."""
    with hub.database.read() as connection:
        found = dossiers.listed(connection, hub.commune, Narrow(), [], 1000, 0)
        return len(found), rounds.state(connection, hub.commune).receipt_number


def test_many_points_at_once_get_receipts_without_a_gap(hub: Hub) -> None:
    crowd = [HubPoint(hub) for _ in range(5)]
    told = answers(hub, [asked(one, one.request(*(one.event() for _ in range(7)))) for one in crowd])
    assert all(verdicts(one) == [Verdict.ACCEPTED] * 7 for one in told)
    numbers = [
        v.receipt.number for one in told if isinstance(one, RoundAnswer) for v in one.verdicts if v.receipt
    ]
    assert sorted(numbers) == list(range(1, 36))
    assert kept(hub) == (35, 35)


def test_one_that_may_not_speak_or_says_nonsense_harms_nobody(hub: Hub, point: HubPoint) -> None:
    good = asked(point, point.request(point.event()))
    odd = [
        Asked("", b"", ""),
        Asked("Bearer x.y", b"{}", ""),
        asked(point, b"{"),
        Asked(good.authorization, b"", "br"),
    ]
    *refused, last = answers(hub, [*odd, good])
    codes = [one.code for one in refused if isinstance(one, WorldError)]
    assert codes == ["token.unknown", "token.unknown", "request.malformed", "request.malformed"]
    assert verdicts(last) == [Verdict.ACCEPTED]


def test_the_same_round_twice_at_once_is_answered_twice_the_same(hub: Hub, point: HubPoint) -> None:
    body = point.request(point.event())
    first, second = answers(hub, [asked(point, body)] * 2)
    assert first == second
    assert kept(hub) == (1, 1)


def test_two_rounds_of_one_life_at_once_keep_their_order(hub: Hub, point: HubPoint) -> None:
    event = point.event()
    earlier, later = point.request(event), point.request(event, point.event())
    told = answers(hub, [asked(point, earlier), asked(point, later), asked(point, earlier)])
    assert verdicts(told[0]) == [Verdict.ACCEPTED]
    assert verdicts(told[1]) == [Verdict.ALREADY, Verdict.ACCEPTED]
    assert isinstance(told[2], WorldError)
    assert (told[2].code, told[2].params["highest"]) == ("sequence.behind", 2)
    assert kept(hub) == (2, 2)


def test_within_a_round_the_same_comes_once(hub: Hub, point: HubPoint) -> None:
    event, other = point.event(), point.event()
    copy = msgspec.structs.replace(event, id=new_id())
    lying = msgspec.structs.replace(other, id=event.id)
    (told,) = answers(hub, [asked(point, point.request(event, event, copy, lying, other))])
    already = Verdict.ALREADY
    assert verdicts(told) == [Verdict.ACCEPTED, already, already, Verdict.REFUSED, Verdict.ACCEPTED]
    assert isinstance(told, RoundAnswer)
    given = [one.receipt for one in told.verdicts[:3]]
    assert given[0] == given[1] == given[2] is not None
    assert kept(hub) == (2, 2)


def test_another_point_with_the_same_dossier_at_once_is_a_stranger(hub: Hub, point: HubPoint) -> None:
    stranger = HubPoint(hub)
    event = point.event()
    alien = msgspec.structs.replace(stranger.event(dossier=event.dossier, revision=2))
    told = answers(hub, [asked(point, point.request(event)), asked(stranger, stranger.request(alien))])
    assert verdicts(told[0]) == [Verdict.ACCEPTED]
    assert verdicts(told[1]) == [Verdict.REFUSED]


def test_a_round_that_cannot_be_answered_stops_only_itself(
    hub: Hub, point: HubPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group that breaks down is undone, and everybody in it is answered alone."""
    poison, third = HubPoint(hub), HubPoint(hub)

    def answer(hub: Hub, heard: Sequence[Heard]) -> list[bytes | WorldError]:
        told = receive.answer_rounds(hub, heard)
        if any(one.point.id == poison.enrolled.point for one in heard):
            raise OSError("no such thing")
        return told

    monkeypatch.setattr(gathering, "answer_rounds", answer)

    async def ask() -> list[bytes | BaseException]:
        together = Gathering(hub)
        questions = [asked(one, one.request(one.event())) for one in (point, poison, third)]
        return await asyncio.gather(*map(together.answer, questions), return_exceptions=True)

    first, broken, last = asyncio.run(ask())
    assert isinstance(broken, OSError)
    for told in (first, last):
        assert isinstance(told, bytes)
        assert verdicts(msgspec.json.decode(told, type=RoundAnswer)) == [Verdict.ACCEPTED]


def test_a_group_takes_no_company_when_it_has_enough_to_read(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_MOST_BYTES", 10)
    sizes: list[int] = []

    def answer(hub: Hub, heard: Sequence[Heard]) -> list[bytes | WorldError]:
        sizes.append(len(heard))
        return receive.answer_rounds(hub, heard)

    monkeypatch.setattr(gathering, "answer_rounds", answer)
    crowd = [HubPoint(hub) for _ in range(3)]
    answers(hub, [asked(one, one.request(one.event())) for one in crowd])
    assert sizes == [1, 1, 1]

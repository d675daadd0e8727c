"""Rounds: events up, verdicts, receipts and news down, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

import msgspec
from sqlalchemy import Connection

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.hub import receipts
from sync.hub.context import Hub
from sync.hub.intake import take
from sync.hub.opening import Checked, check
from sync.hub.publish import offer_to
from sync.hub.store import bulk, guide_ends, hearing, news, point_reports, rounds, tokens
from sync.hub.store.events import KnownEvent
from sync.hub.store.hearing import Before, Voice
from sync.hub.store.points import Point
from sync.hub.store.rounds import CommuneState, LastRound, Life
from sync.hub.wire import read_message
from sync.protocol import (
    MAX_COUNTED,
    MAX_EVENTS,
    MAX_RECEIPTS,
    MAX_ROUND_PAPERS,
    VERSION,
    EventVerdict,
    News,
    PointReport,
    RoundAnswer,
    RoundRequest,
    SignedReceipt,
)

_MAX_NEWS = 100
_MAX_NEWS_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Heard:
    """A round that was read and looked into; nothing of it is kept yet."""

    point: Point
    request: RoundRequest
    digest: str
    """SHA-256 (hex) of the JSON that was said."""
    checked: Sequence[Checked]

    @property
    def life(self) -> Life:
        return self.point.id, self.request.incarnation

    @property
    def voice(self) -> Voice:
        return Voice(self.life, self.request.epoch, self.request.receipt)


def hear(hub: Hub, point: Point, body: bytes) -> Heard:
    """Read a round's (decompressed) JSON and open what it brings.

    Raises WorldError ``request.malformed``, ``request.version``, ``token.unknown``.
    """
    request = read_request(body, point)
    checked = [check(event, point.signing_key, hub.keys, hub.library) for event in request.events]
    return Heard(point, request, digest_of(body), checked)


def answer_round(hub: Hub, point: Point, body: bytes) -> bytes:
    """The JSON of the answer to a round's JSON. Raises WorldError as ``hear``, and ``sequence.behind``."""
    (told,) = answer_rounds(hub, [hear(hub, point, body)])
    if isinstance(told, WorldError):
        raise told
    return told


def answer_rounds(hub: Hub, heard: Sequence[Heard]) -> list[bytes | WorldError]:
    """The JSON of each answer, when everything is on the disk: rounds of many points in one transaction.

    The same sequence with the same body gives the stored answer, byte for byte; a used sequence gives
    ``sequence.behind`` (with ``highest``).
    """
    told: dict[int, bytes | WorldError] = {}
    with hub.database.write() as connection:
        rest = dict(enumerate(heard))
        while rest:
            turn = {one.life: place for place, one in reversed(rest.items())}
            part = {place: rest.pop(place) for place in sorted(turn.values())}
            told |= _answer_part(hub, connection, part)
    return [told[place] for place in range(len(heard))]


def _answer_part(
    hub: Hub, connection: Connection, part: Mapping[int, Heard]
) -> dict[int, bytes | WorldError]:
    """Answers to rounds of different incarnations."""
    before = hearing.meet(connection, hub.commune, [one.voice for one in part.values()], hub.now())
    told = {place: _said_before(before.rounds.get(one.life), one) for place, one in part.items()}
    new = {place: one for place, one in part.items() if told[place] is None}
    with bulk.together(connection):
        answers = converse(hub, connection, list(new.values()), before)
        encoded = {place: msgspec.json.encode(answer) for place, answer in zip(new, answers, strict=True)}
        said = {
            new[p].life: LastRound(new[p].request.sequence, new[p].digest, body)
            for p, body in encoded.items()
        }
        reports = {one.point.id: one.request.report for one in new.values()}
        countable = {point: report for point, report in reports.items() if report and _countable(report)}
        rounds.store_rounds(connection, hub.commune, said)
        point_reports.keep(connection, hub.commune, countable)
    guide_ends.keep(connection, hub.commune, countable)
    return {place: one for place, one in told.items() if one is not None} | encoded


def read_request(body: bytes, point: Point) -> RoundRequest:
    """Raises WorldError for what is no round of this point in a version that we speak, counts oddly, or
    carries more than one question to the database can name."""
    request = read_message(body, RoundRequest, point)
    if not _sane(request):
        raise WorldError("request.malformed")
    if len(request.events) > MAX_EVENTS or sum(len(one.papers) for one in request.events) > MAX_ROUND_PAPERS:
        raise WorldError("request.too_big")
    return request


def _sane(request: RoundRequest) -> bool:
    numbers = (request.sequence, request.receipt, request.safe, request.cursor)
    named = 0 < len(request.incarnation) <= 64 and request.incarnation.isprintable()
    return named and request.sequence > 0 and all(0 <= number < MAX_COUNTED for number in numbers)


def _countable(report: PointReport) -> bool:
    """Whether the numbers are such as a database holds; an odd report is left aside, the round goes on."""
    return all(0 <= number < MAX_COUNTED for number in (report.queue, report.parked, report.free_mb))


def _said_before(last: LastRound | None, heard: Heard) -> bytes | WorldError | None:
    """The stored answer, ``None`` for a new sequence, or ``sequence.behind`` for a used one."""
    if last is None or heard.request.sequence > last.sequence:
        return None
    if (heard.request.sequence, heard.digest) == (last.sequence, last.digest):
        return last.answer
    return WorldError("sequence.behind", highest=last.sequence)


def converse(hub: Hub, connection: Connection, heard: Sequence[Heard], before: Before) -> list[RoundAnswer]:
    """Take the events and say everything that the hub has for these points, in the caller's transaction,
    which met them."""
    if not heard:
        return []
    taken = iter(take(hub, connection, [(one.point, each) for one in heard for each in one.checked]))
    verdicts = [list(islice(taken, len(one.checked))) for one in heard]
    given = [told.receipt.number for told in chain(*verdicts) if told.receipt]
    now = replace(before.marks, receipt_number=max([before.marks.receipt_number, *given]))
    return [
        _answer(hub, connection, now, one, told, before) for one, told in zip(heard, verdicts, strict=True)
    ]


def _answer(
    hub: Hub,
    connection: Connection,
    now: CommuneState,
    heard: Heard,
    verdicts: list[EventVerdict],
    before: Before,
) -> RoundAnswer:
    request, point = heard.request, heard.point
    waits = before.newest[point.id] > request.cursor
    items, more = _news(connection, point, request.cursor) if waits else ([], False)
    return RoundAnswer(
        version=VERSION,
        epoch=now.epoch,
        receipt_number=now.receipt_number,
        safe=now.safe,
        sequence=request.sequence,
        verdicts=[receipts.brief(one) for one in verdicts] if request.brief else verdicts,
        receipts=_untold(before.receipts[point.id], verdicts),
        news=items,
        cursor=items[-1].number if items else request.cursor,
        more=more,
        pack=offer_to(hub.home, request.report.pack) if request.report else None,
        token_due=tokens.is_due(point.token_at, hub.clock.now(), hub.settings.token_days),
    )


def _untold(late: Sequence[KnownEvent], verdicts: Sequence[EventVerdict]) -> list[SignedReceipt]:
    """Receipts that the point has not got yet and that no verdict of this answer carries, lowest first. A
    point that lost its memory would else be told all of its years at once, more than an answer may have."""
    told = {verdict.receipt.number for verdict in verdicts if verdict.receipt}
    found = [receipts.signed(one) for one in late]
    return [receipt for receipt in found if receipt and receipt.number not in told][:MAX_RECEIPTS]


def _news(connection: Connection, point: Point, cursor: int) -> tuple[list[News], bool]:
    """The next statements within the limits, and whether more of them wait."""
    items: list[News] = []
    size = 0
    for number, body in news.after(connection, point.id, cursor, _MAX_NEWS):
        size += len(body)
        if items and size > _MAX_NEWS_BYTES:
            break
        items.append(News(number=number, body=body))
    reached = items[-1].number if items else cursor
    return items, news.count_after(connection, point.id, reached) > 0

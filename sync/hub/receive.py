"""One round: events up, verdicts, receipts and news down, in one transaction."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.hub import receipts
from sync.hub.context import Hub
from sync.hub.intake import take
from sync.hub.opening import Checked, check
from sync.hub.publish import offer_to
from sync.hub.store import events, news, point_reports, points, rounds, tokens
from sync.hub.store.points import Point
from sync.hub.store.rounds import CommuneState, LastRound
from sync.hub.wire import read_message
from sync.protocol import VERSION, EventVerdict, News, PointReport, RoundAnswer, RoundRequest, SignedReceipt

_MAX_NEWS = 100
_MAX_NEWS_BYTES = 1024 * 1024


def answer_round(hub: Hub, point: Point, body: bytes) -> bytes:
    """The JSON of the answer to a round's (decompressed) JSON.

    The same sequence with the same body gives the stored answer, byte for byte. Raises WorldError
    ``request.malformed``, ``request.version``, ``token.unknown``, ``sequence.behind`` (with ``highest``).
    """
    request = read_request(body, point)
    digest = digest_of(body)
    with hub.database.read() as connection:
        if (again := _said_before(connection, point, request, digest)) is not None:
            return again
    checked = [check(event, point.signing_key, hub.keys, hub.library) for event in request.events]
    with hub.database.write() as connection:
        points.lock(connection, point.id)
        if (again := _said_before(connection, point, request, digest)) is not None:
            return again
        answer = msgspec.json.encode(converse(hub, connection, point, request, checked))
        last = LastRound(request.sequence, digest, answer)
        rounds.store_round(connection, hub.commune, point.id, request.incarnation, last)
        points.touch(connection, point.id, hub.now())
        if request.report is not None and _countable(request.report):
            point_reports.keep(connection, hub.commune, point.id, request.report)
    return answer


def read_request(body: bytes, point: Point) -> RoundRequest:
    """Raises WorldError for what is no round of this point in a version that we speak, or counts oddly."""
    request = read_message(body, RoundRequest, point)
    if not _sane(request):
        raise WorldError("request.malformed")
    return request


def _sane(request: RoundRequest) -> bool:
    numbers = (request.sequence - 1, request.receipt, request.safe, request.cursor)
    return 0 < len(request.incarnation) <= 64 and all(0 <= number < 2**31 for number in numbers)


def _countable(report: PointReport) -> bool:
    """Whether the numbers are such as a database holds; an odd report is left aside, the round goes on."""
    return all(0 <= number < 2**31 for number in (report.queue, report.parked, report.free_mb))


def _said_before(connection: Connection, point: Point, request: RoundRequest, digest: str) -> bytes | None:
    """The stored answer, ``None`` for a new sequence; raises ``sequence.behind`` for a used one."""
    last = rounds.last_round(connection, point.id, request.incarnation)
    if last is None or request.sequence > last.sequence:
        return None
    if (request.sequence, digest) == (last.sequence, last.digest):
        return last.answer
    raise WorldError("sequence.behind", highest=last.sequence)


def converse(
    hub: Hub, connection: Connection, point: Point, request: RoundRequest, checked: Sequence[Checked]
) -> RoundAnswer:
    """Take the events and say everything that the hub has for this point, in the caller's transaction."""
    before = rounds.state(connection, hub.commune)
    verdicts = [take(hub, connection, point, one) for one in checked]
    items, more = _news(connection, point, request.cursor)
    now = rounds.state(connection, hub.commune)
    return RoundAnswer(
        version=VERSION,
        epoch=now.epoch,
        receipt_number=now.receipt_number,
        safe=now.safe,
        sequence=request.sequence,
        verdicts=[receipts.brief(one) for one in verdicts] if request.brief else verdicts,
        receipts=_late_receipts(connection, point, request, before, verdicts),
        news=items,
        cursor=items[-1].number if items else request.cursor,
        more=more,
        pack=offer_to(hub.home, request.report.pack) if request.report else None,
        token_due=tokens.is_due(point.token_at, hub.clock.now(), hub.settings.token_days),
    )


def _late_receipts(
    connection: Connection,
    point: Point,
    request: RoundRequest,
    hub_state: CommuneState,
    verdicts: Sequence[EventVerdict],
) -> list[SignedReceipt]:
    """Receipts that the point has not got yet and that no verdict of this answer carries."""
    known = request.receipt if request.epoch == hub_state.epoch else 0
    told = {verdict.receipt.number for verdict in verdicts if verdict.receipt}
    found = events.receipts_after(connection, point.id, hub_state.epoch, known)
    late = [receipts.signed(one) for one in found]
    return [receipt for receipt in late if receipt and receipt.number not in told]


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

"""What to send and what to believe. Pure: no line, no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from msgspec import structs

from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem, OutboxItem, Receipt
from kiosk.envelope.news import open_news
from kiosk.envelope.receipts import verify_receipt
from sync import protocol
from sync.protocol import (
    Event,
    EventVerdict,
    News,
    PointReport,
    RoundAnswer,
    RoundRequest,
    SignedReceipt,
    Verdict,
)

ALONE_AFTER = 3
"""An event that failed so often travels alone, so that it cannot spoil a round for the others."""


@dataclass(frozen=True)
class Standing:
    """What the point remembers of its hub before a round (``kiosk.storage.link.LinkState``)."""

    incarnation: str
    sequence: int
    epoch: str
    receipt: int
    safe: int
    cursor: int


@dataclass(frozen=True)
class Receipted:
    """A receipt whose signature was verified."""

    receipt: Receipt
    signature: str


@dataclass(frozen=True)
class Ruling:
    """What a verdict means for an event that this round carried, and why."""

    event: str
    verdict: Verdict
    code: str = ""
    sentence: str = ""
    missing: tuple[str, ...] = ()
    """Papers of this event that the hub lacks."""


@dataclass(frozen=True)
class Decision:
    """Everything that one answer changes; to be applied in one transaction, in the order of the fields."""

    send_again: bool
    """The hub was restored: what is not SAFE goes up again."""
    forget_above: int | None
    """It was restored without a new epoch: its receipts above this number never happened."""
    receipts: tuple[Receipted, ...]
    rulings: tuple[Ruling, ...]
    epoch: str
    receipt: int
    safe: int
    news: tuple[NewsItem, ...]
    cursor: int
    not_believed: int
    """Receipts and news that were not what they should be; nothing was done with them."""


def choose(waiting: Sequence[OutboxItem]) -> tuple[OutboxItem, ...]:
    """Of the events in line, those that travel together. They come those tried least first."""
    fresh = tuple(takewhile(lambda item: item.attempts < ALONE_AFTER, waiting))
    return fresh or tuple(waiting[:1])


def request_of(
    point: str, standing: Standing, items: Sequence[OutboxItem], report: PointReport | None = None
) -> RoundRequest:
    """The round that says all this."""
    return RoundRequest(
        version=protocol.VERSION,
        point=point,
        incarnation=standing.incarnation,
        sequence=standing.sequence,
        epoch=standing.epoch,
        receipt=standing.receipt,
        safe=standing.safe,
        cursor=standing.cursor,
        events=[event_of(item) for item in items],
        report=report,
        brief=True,
    )


def decide(
    standing: Standing,
    items: Sequence[OutboxItem],
    answer: RoundAnswer,
    hub_key: str,
    identity: str,
) -> Decision:
    """What to make of an answer to a round with ``items``. Only verified receipts count for anything.

    ``hub_key`` is the pinned Ed25519 key (hex), ``identity`` the point's age identity.
    """
    sent = {item.id: item for item in items}
    verdicts = [verdict for verdict in answer.verdicts if verdict.event in sent]
    claimed = [*answer.receipts, *(verdict.receipt for verdict in verdicts if verdict.receipt)]
    believed = _believe(claimed, answer, sent, hub_key)
    doubted = {one.signature for one in claimed} - {one.signature for one in believed.values()}
    news, broken = _open_news(answer.news, standing.cursor, identity)
    new_epoch = standing.epoch not in ("", answer.epoch)
    rolled_back = standing.epoch == answer.epoch and answer.receipt_number < standing.receipt
    held = standing.receipt if standing.epoch == answer.epoch and not rolled_back else 0
    safe = standing.safe if standing.epoch == answer.epoch and not rolled_back else 0
    return Decision(
        send_again=new_epoch or rolled_back,
        forget_above=answer.receipt_number if rolled_back else None,
        receipts=tuple(believed.values()),
        rulings=_rulings(verdicts, sent, believed),
        epoch=answer.epoch,
        receipt=max([held, *(one.receipt.number for one in believed.values())]),
        safe=max(safe, min(answer.safe, answer.receipt_number)),
        news=news,
        cursor=max([standing.cursor, *(one.number for one in answer.news)]),
        not_believed=len(doubted) + broken,
    )


def event_of(item: OutboxItem) -> Event:
    """An item of the queue as it travels."""
    return Event(
        id=item.id,
        kind=item.kind.value,
        dossier=item.dossier,
        revision=item.revision,
        procedure=item.procedure,
        digest=item.digest,
        body=item.body,
        papers=list(item.papers),
    )


def _believe(
    claimed: Sequence[SignedReceipt], answer: RoundAnswer, sent: Mapping[str, OutboxItem], hub_key: str
) -> dict[str, Receipted]:
    """The true receipts by event. Storage compares those of earlier rounds with the outbox."""
    believed: dict[str, Receipted] = {}
    for one in claimed:
        item = sent.get(one.event)
        signed = _whole(one, item)
        receipt = _receipt(signed)
        fits = item is None or (item.dossier, item.revision, item.digest) == (
            signed.dossier,
            signed.revision,
            signed.digest,
        )
        of_this_life = signed.epoch == answer.epoch and 0 < signed.number <= answer.receipt_number
        if fits and of_this_life and verify_receipt(receipt, signed.signature, hub_key):
            believed[signed.event] = Receipted(receipt, signed.signature)
    return believed


def _whole(signed: SignedReceipt, item: OutboxItem | None) -> SignedReceipt:
    """A brief receipt with what it leaves out; that is under its signature like the rest."""
    if item is None or signed.digest:
        return signed
    return structs.replace(signed, dossier=item.dossier, revision=item.revision, digest=item.digest)


def _receipt(signed: SignedReceipt) -> Receipt:
    return Receipt(
        epoch=signed.epoch,
        number=signed.number,
        event=signed.event,
        dossier=signed.dossier,
        revision=signed.revision,
        digest=signed.digest,
        received_at=signed.received_at,
    )


def _rulings(
    verdicts: Sequence[EventVerdict], sent: Mapping[str, OutboxItem], believed: Mapping[str, Receipted]
) -> tuple[Ruling, ...]:
    """One ruling for each event sent that has no receipt now; silence about an event means "later"."""
    said = {verdict.event: verdict for verdict in verdicts}
    return tuple(_ruling(item, said.get(event)) for event, item in sent.items() if event not in believed)


def _ruling(item: OutboxItem, verdict: EventVerdict | None) -> Ruling:
    if verdict is None:
        return Ruling(item.id, Verdict.LATER, "verdict.none")
    if verdict.verdict is Verdict.REFUSED:
        return Ruling(item.id, Verdict.REFUSED, verdict.code, verdict.sentence)
    if verdict.verdict is Verdict.LATER:
        return Ruling(item.id, Verdict.LATER, verdict.code, verdict.sentence)
    missing = tuple(paper for paper in verdict.missing_papers if paper in item.papers)
    if missing and verdict.receipt is None:
        return Ruling(item.id, verdict.verdict, missing=missing)
    return Ruling(item.id, Verdict.LATER, "receipt.none" if verdict.receipt is None else "receipt.wrong")


def _open_news(items: Sequence[News], cursor: int, identity: str) -> tuple[tuple[NewsItem, ...], int]:
    """The statements beyond the cursor that we can open, in order, and how many we could not."""
    opened: list[NewsItem] = []
    fresh = sorted((one for one in items if one.number > cursor), key=lambda one: one.number)
    for one in fresh:
        try:
            item = open_news(one.body, identity)
        except WorldError:
            continue
        if item.number == one.number and 0 < item.revision < protocol.MAX_NUMBER:
            opened.append(item)
    return tuple(opened), len(fresh) - len(opened)

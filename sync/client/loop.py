"""One round with the hub: events up, verdicts, receipts and news down, then papers. It never sleeps.

The caller runs ``run_round`` again after ``RoundOutcome.wait_seconds``; whatever the line does to a round,
nothing is lost, because only a verified receipt moves an event and everything else is sent again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from kiosk.domain.events import OutboxItem
from kiosk.domain.point import Enrolment
from kiosk.storage import link as link_state
from kiosk.storage import outbox
from kiosk.storage.database import Database
from sync.client import plan
from sync.client.applying import apply_decision
from sync.client.backoff import Pace, after_failure, after_progress, after_success, wait_seconds
from sync.client.packs import fetch_pack
from sync.client.papers import send_papers
from sync.client.reconcile import compare_if_due
from sync.client.report import report_of
from sync.client.results import fetch_results
from sync.client.tokens import is_unknown, renew
from sync.client.transport import Transport
from sync.client.trouble import Kind, TransportError

IDLE_SECONDS = 60.0
"""Pause between rounds when nothing waits: a heartbeat, and news of the commune."""
TRIAL_IDLE_SECONDS = 5.0
"""The same beside a hub that is for trying: the officer sits at the next desk."""
PAPER_SECONDS = 30.0
_TOO_MUCH = frozenset({400, 413, 422})
"""Statuses by which a hub says that the request itself is at fault."""


@dataclass(frozen=True)
class RoundOutcome:
    """What a round came to."""

    kind: Kind
    sent: int = 0
    """Events that the round carried."""
    received: int = 0
    """Events that have their receipt since this round."""
    wait_seconds: float = 0.0
    """When to come again; the volunteer's "gửi ngay" need not wait."""
    more: bool = False
    """More can be done at once."""
    error_code: str = ""
    """Key of a sentence, ``error.<code>``; empty after a good round."""


@dataclass
class Link:
    """A point's line to its hub, for one thread. ``pace`` is what was learnt of the line so far."""

    database: Database
    enrolment: Enrolment
    identity: str
    """The point's age identity: opens news."""
    signing_key: str
    """The point's Ed25519 private key, hex: proves that it is this point that takes a new token."""
    clock: Clock
    transport: Transport
    random: Random = field(default_factory=Random)
    pace: Pace = field(default_factory=Pace)
    idle_seconds: float = IDLE_SECONDS


def open_link(database: Database, identity: str, signing_key: str, clock: Clock) -> Link | None:
    """The line of an enrolled point, ended by ``link.transport.close()``; ``None`` while not enrolled."""
    with database.read() as connection:
        known = link_state.load_enrolment(connection)
    if known is None:
        return None
    enrolment, token = known
    transport = Transport(enrolment.hub_url, enrolment.authority, token)
    idle = TRIAL_IDLE_SECONDS if enrolment.trial else IDLE_SECONDS
    return Link(database, enrolment, identity, signing_key, clock, transport, idle_seconds=idle)


def run_round(link: Link) -> RoundOutcome:
    """Talk with the hub once. Trouble of the line, the hub or the disk comes back as the outcome's kind."""
    try:
        return _run(link)
    except TransportError as error:
        return _known_again(link) if is_unknown(error) else _failed(link, error.kind, error.code)
    except WorldError as error:
        return _failed(link, Kind.STORE, error.code)


def _run(link: Link) -> RoundOutcome:
    standing, items = _begin(link)
    began = link.clock.monotonic()
    try:
        report = report_of(link.database, with_ends=not items)
        answer = link.transport.round(plan.request_of(link.enrolment.point, standing, items, report))
    except TransportError as error:
        _learn(link, error, items)
        raise
    link.pace = after_success(link.pace, _size(items), link.clock.monotonic() - began)
    decision = plan.decide(standing, items, answer, link.enrolment.hub_key, link.identity)
    applied = apply_decision(link.database, decision, link.clock.now().isoformat(timespec="seconds"))
    go_on, limit = _for_a_while(link.clock), link.pace.limit_bytes
    papers = send_papers(link.database, link.transport, limit, go_on)
    moved = applied.moved or papers.moved
    broken = papers.error or fetch_results(link.database, link.transport, limit, go_on).error
    if broken is None and answer.pack is not None:
        broken = fetch_pack(link.database.path.parent, link.transport, answer.pack, limit, go_on)
    if broken is not None:
        kind = broken.kind if isinstance(broken, TransportError) else Kind.STORE
        link.pace = after_progress(link.pace) if moved else link.pace
        outcome = _failed(link, kind, broken.code)
        return replace(outcome, sent=len(items), received=applied.received)
    more_news = answer.more and decision.cursor > standing.cursor
    outcome = _outcome(link, len(items), applied.received, moved, more_news)
    if outcome.kind is not Kind.DONE or outcome.more:
        return outcome
    if answer.token_due:
        renew(link.database, link.transport, link.enrolment.point, link.signing_key)
    again = compare_if_due(link.database, link.transport, link.enrolment.point, link.clock)
    return replace(outcome, more=again)


def _begin(link: Link) -> tuple[plan.Standing, tuple[OutboxItem, ...]]:
    """Take a sequence number, durably, and what to send under it."""
    with link.database.write() as connection:
        state = link_state.next_sequence(connection)
        items = plan.choose(outbox.waiting(connection, link.pace.limit_bytes))
    return plan.Standing(
        state.incarnation, state.sequence, state.epoch, state.receipt, state.safe, state.cursor
    ), items


def _for_a_while(clock: Clock) -> Callable[[], bool]:
    """Papers may take the line for so long before new events get a turn."""
    end = clock.monotonic() + PAPER_SECONDS
    return lambda: clock.monotonic() < end


def _learn(link: Link, error: TransportError, items: Sequence[OutboxItem]) -> None:
    """What a failure tells about the events that were on board, and about our sequence."""
    highest = error.problem.highest_sequence if error.problem else None
    at_fault = error.problem is not None and error.status in {*_TOO_MUCH, 500}
    with link.database.write() as connection:
        if error.kind is Kind.SEQUENCE and highest is not None:
            link_state.continue_after(connection, highest)
        elif at_fault and len(items) == 1 and error.status in _TOO_MUCH and error.problem is not None:
            outbox.park(connection, items[0].id, error.problem.code, error.problem.sentence)
        elif at_fault:
            outbox.count_attempts(connection, [item.id for item in items])


def _known_again(link: Link) -> RoundOutcome:
    """The hub does not know our token: it, or we, came back from an older copy. Our key lets us in."""
    try:
        renew(link.database, link.transport, link.enrolment.point, link.signing_key)
    except TransportError as error:
        return _failed(link, error.kind, error.code)
    return _failed(link, Kind.REFUSED, "hub.refused", at_once=True)


def _failed(link: Link, kind: Kind, code: str, *, at_once: bool = False) -> RoundOutcome:
    """Note the trouble where that is possible, and say when to come again; ``at_once``: what was wrong is
    mended, so that the first time no pause is needed."""
    first_refusal = (at_once or kind is Kind.SEQUENCE) and not link.pace.failures
    link.pace = after_failure(link.pace, kind)
    code = _note(link, code)
    wait = 0.0 if first_refusal else wait_seconds(link.pace, kind, link.random)
    return RoundOutcome(kind, wait_seconds=wait, more=first_refusal, error_code=code)


def _note(link: Link, code: str) -> str:
    try:
        with link.database.write() as connection:
            link_state.put(connection, replace(link_state.get(connection), last_error=code))
    except WorldError as error:
        return error.code
    return code


def _outcome(link: Link, sent: int, received: int, moved: bool, more_news: bool) -> RoundOutcome:
    """After a proper answer: go on at once while something moves, else wait."""
    with link.database.read() as connection:
        left = outbox.summary(connection).waiting > 0
    if left and not moved and not more_news:
        link.pace = after_failure(link.pace, Kind.LATER)
        wait = wait_seconds(link.pace, Kind.LATER, link.random)
        return RoundOutcome(Kind.LATER, sent, received, wait, error_code="hub.later")
    link.pace = after_progress(link.pace)
    if left or more_news:
        return RoundOutcome(Kind.DONE, sent, received, more=True)
    return RoundOutcome(Kind.DONE, sent, received, link.idle_seconds * link.random.uniform(0.8, 1.0))


def _size(items: Sequence[OutboxItem]) -> int:
    return sum(len(item.body) for item in items)

"""A walkthrough at the point: begun, answered, stopped, gone on with; how it ended is counted, nobody's name.

No identity is needed. What is kept of a walk is the answers, encrypted, under a code; dates that were typed
for reckoning are never kept.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.desk.commune import commune_of, hamlet_of
from kiosk.desk.desk import Desk, now, timestamp, today
from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id, slip_code
from kiosk.domain.next_step import NextStep, Phone, Statement
from kiosk.guides import walk as walking
from kiosk.guides.load import guides_in
from kiosk.guides.model import Answer, Guide, Node, NodeKind, Place
from kiosk.guides.walk import Dates, Progress
from kiosk.storage import walks
from kiosk.storage.walks import WalkRow

ACCOUNT = "tai_khoan"
"""The walk to a VNeID account."""


@dataclass(frozen=True)
class Walk:
    """One walkthrough under way."""

    guide: Guide
    progress: Progress
    code: str
    visit: str
    kept: bool
    practice: bool

    @property
    def node(self) -> Node:
        """Where it stands."""
        return walking.here(self.guide, self.progress)

    @property
    def note(self) -> str:
        """What the last answer wants said first."""
        answer = walking.last_answer(self.guide, self.progress)
        return answer.note if answer else ""

    @property
    def may_leave(self) -> bool:
        """Whether the way out on paper stands open here."""
        return self.guide.offline in walking.answers_at(self.guide, self.node)

    @property
    def must_log_out(self) -> bool:
        """Whether this computer's browser was used: then the log-out ticks come before the end."""
        return walking.must_log_out(self.guide, self.progress)

    @property
    def farewell(self) -> Node:
        """The log-out ticks."""
        return self.guide.nodes[self.guide.log_out]


@dataclass(frozen=True)
class Stopped:
    """A walk that can be gone on with; no more is known of whose it is."""

    code: str
    changed_at: str
    node: str
    """The question at which it goes on."""
    kept: bool


@dataclass(frozen=True)
class Ended:
    """How often walks ended there, in a month such as ``2026-11``."""

    month: str
    exit: str
    reason: str
    times: int


def guide_of(desk: Desk, slug: str = ACCOUNT) -> Guide:
    """The guide in force today; ``WorldError`` guide.missing where the pack has none."""
    found = guides_in(desk.content.folder / "guides", today(desk))
    if slug not in found:
        raise WorldError("guide.missing")
    return found[slug]


def start(desk: Desk, slug: str = ACCOUNT, visit: str = "") -> Walk:
    """Begin; in a visit that stopped half way, go on there."""
    guide = guide_of(desk, slug)
    with desk.database.read() as connection:
        row = walks.of_visit(connection, visit, slug) if visit else None
    if row is not None:
        return _gone_on(guide, row)
    return _saved(desk, Walk(guide, Progress(), slip_code(new_id()), visit, False, desk.practice))


def resume(desk: Desk, code: str) -> Walk:
    """Go on where a citizen stopped: at the question before the sheet. ``WorldError`` guide.no_walk."""
    with desk.database.read() as connection:
        row = walks.load(connection, code)
    if row is None:
        raise WorldError("guide.no_walk")
    return _gone_on(guide_of(desk, row.guide), row)


def stopped(desk: Desk, slug: str = ACCOUNT) -> tuple[Stopped, ...]:
    """Walks that can be gone on with, the last one first; a walk without an answer is none."""
    guide = guide_of(desk, slug)
    with desk.database.read() as connection:
        rows = [row for row in walks.all_of(connection) if row.guide == slug and row.path]
    return tuple(Stopped(row.code, row.changed_at, _gone_on(guide, row).node.ask, row.kept) for row in rows)


def answer(desk: Desk, walk: Walk, key: str) -> Walk:
    """Give an answer; it is on the disk when this returns. ``ValueError`` for one that is not asked for."""
    return _saved(desk, replace(walk, progress=walking.after(walk.guide, walk.progress, key)))


def back(desk: Desk, walk: Walk) -> Walk:
    """Take the last answer back."""
    return _saved(desk, replace(walk, progress=walking.before(walk.progress)))


def leave_online(desk: Desk, walk: Walk) -> Walk:
    """The person does not want to, or cannot, do it online."""
    return answer(desk, walk, walk.guide.offline.key)


def stop_for_today(desk: Desk, walk: Walk) -> Walk:
    """Go on another time: the sheet has the code."""
    return answer(desk, walk, walk.guide.later.key)


def keep(desk: Desk, walk: Walk) -> Walk:
    """The citizen takes the code home: the walk outlives the visit."""
    return _saved(desk, replace(walk, kept=True))


def suggestion(desk: Desk, walk: Walk, dates: Dates) -> Answer | None:
    """The answer that follows from dates; ``WorldError`` guide.dates for dates that cannot be."""
    try:
        return walking.suggested(walk.guide, walk.node, dates, today(desk))
    except ValueError as error:
        raise WorldError("guide.dates") from error


def too_young(desk: Desk, walk: Walk, dates: Dates) -> bool:
    """Whether somebody is in the wrong branch for his age."""
    return walking.too_young(walk.node, dates, today(desk))


def sheet(desk: Desk, walk: Walk) -> bytes:
    """The next step as PDF; raises ``WorldError`` document.glyph, document.fonts."""
    from kiosk.documents.next_step import next_step

    return next_step(next_step_of(desk, walk), desk.content.fonts, desk.content.texts)


def next_step_of(desk: Desk, walk: Walk) -> NextStep:
    """What the sheet of an exit says; ``ValueError`` where the walk has not ended."""
    node = walk.node
    if node.sheet is None:
        raise ValueError(f"{node.id} has no sheet")
    why = walking.reason(walk.guide, walk.progress)
    own = tuple(each for reason, each in node.sheet.tell_for.items() if reason == why)
    return NextStep(
        title=node.sheet.title,
        reason=walk.guide.reasons[why],
        where=_shown(node, node.sheet.where),
        bring=_shown(node, node.sheet.bring),
        say=_shown(node, own + node.sheet.tell),
        phones=tuple(
            Phone(each.number, each.purpose, each.source, each.verified and node.verified)
            for each in node.sheet.phones
        ),
        goes_to_commune=node.sheet.place is Place.COMMUNE,
        commune=commune_of(desk.content),
        hamlet=hamlet_of(desk),
        prepared_on=today(desk),
        code="" if node.kind is NodeKind.DONE else walk.code,
        guide=walk.guide.title,
        as_of=walk.guide.checked,
        sources=tuple(walk.guide.sources[name] for name in node.sources),
        practice=walk.practice,
    )


def finish(desk: Desk, walk: Walk) -> None:
    """The walk is over: count why, unless it was practice; what nobody holds a sheet for goes."""
    if not walk.node.kind.ends:
        raise ValueError(f"{walk.node.id} is no end")
    reason = walking.reason(walk.guide, walk.progress)
    with desk.database.write() as connection:
        if not walk.practice:
            month = f"{today(desk):%Y-%m}"
            walks.count_end(connection, month, walk.guide.slug, walk.node.id, reason)
        if not walk.kept or walk.node.kind is NodeKind.DONE:
            walks.wipe(connection, walk.code)
    desk.database.tidy()


def leave(desk: Desk, walk: Walk) -> None:
    """Somebody goes away half way: what nobody holds a sheet for goes."""
    if not walk.kept:
        with desk.database.write() as connection:
            walks.wipe(connection, walk.code)
        desk.database.tidy()


def ended(desk: Desk, slug: str = ACCOUNT) -> tuple[Ended, ...]:
    """How walks ended, the newest month first: needs and difficulties without anybody's name."""
    guide = guide_of(desk, slug)
    with desk.database.read() as connection:
        rows = walks.end_counts(connection, slug)
    return tuple(
        Ended(row.month, _title(guide, row.exit), _why(guide, row.reason), row.times) for row in rows
    )


def erase_old(desk: Desk) -> int:
    """Erase walks that nobody went on with for the commune's days of logs; how many. Run at opening.

    They hold no identity, so they may stay longer than drafts. A clock that stands before the last change
    erases nothing.
    """
    oldest = now(desk) - timedelta(days=desk.content.commune.log_days)
    with desk.database.write() as connection:
        old = [row for row in walks.all_of(connection) if datetime.fromisoformat(row.changed_at) < oldest]
        for row in old:
            walks.wipe(connection, row.code)
    return len(old)


def _saved(desk: Desk, walk: Walk) -> Walk:
    row = WalkRow(
        walk.code,
        walk.guide.slug,
        walk.guide.version,
        walk.visit,
        str(walk.progress),
        walk.kept,
        walk.practice,
        timestamp(desk),
    )
    with desk.database.write() as connection:
        walks.save(connection, row)
    return walk


def _gone_on(guide: Guide, row: WalkRow) -> Walk:
    """The walk of a row, at the question to be asked again."""
    progress = walking.read(guide, row.path)
    while progress.steps and walking.here(guide, progress).kind.ends:
        progress = walking.before(progress)
    return Walk(guide, progress, row.code, row.visit, row.kept, row.practice)


def _shown(node: Node, lines: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Sentences of a node of low confidence count as not verified."""
    return tuple(Statement(each.text, each.verified and node.verified) for each in lines)


def _title(guide: Guide, exit_id: str) -> str:
    """An exit that the guide of today does not have keeps its name."""
    node = guide.nodes.get(exit_id)
    return node.sheet.title if node and node.sheet else exit_id


def _why(guide: Guide, reason: str) -> str:
    return guide.reasons.get(reason, reason)

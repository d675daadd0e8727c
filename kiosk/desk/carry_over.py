"""A new version of a form never kills a draft: it stays with its version, or is carried over.

Carrying over is one transaction, and nothing that was said is lost: an answer that the new form has no
place for leaves the draft and stays readable until the draft itself is erased.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.desk.desk import Desk, timestamp
from kiosk.domain.dossier import Answer
from kiosk.domain.errors import WorldError
from kiosk.forms import Session, load_form
from kiosk.packs.content import version_order
from kiosk.storage import drafts
from kiosk.storage.drafts import DossierRow
from kiosk.storage.dropped import Dropped as Dropped
from kiosk.storage.dropped import keep, of_dossier

_SILENT = frozenset({"group", "repeat", "note", "calculate"})
"""Kinds that nobody answers."""


@dataclass(frozen=True)
class Line:
    """One question of a carry-over, as the volunteer reads it."""

    name: str
    label: str
    text: str = ""
    """The answer as it stands in the draft; empty for what is newly asked."""
    before: str = ""
    """How the question was put before, where that changed."""


@dataclass(frozen=True)
class Preview:
    """What carrying a draft over would do. Each answer is in ``kept``, ``changed`` or ``dropped``."""

    old: str
    new: str
    """Versions of the form; the same where there is nothing newer."""
    kept: tuple[Line, ...]
    changed: tuple[Line, ...]
    """Answers that stay, though their question reads, offers or checks something else now."""
    newly_asked: tuple[Line, ...]
    """Questions to answer now; also those whose answer does not fit any more."""
    dropped: tuple[Line, ...]

    @property
    def needed(self) -> bool:
        return self.old != self.new


def newer_version(desk: Desk, dossier: str) -> str:
    """The version that a draft could be carried over to; empty if it has the newest. ``draft.closed``."""
    with desk.database.read() as connection:
        row = _draft(connection, dossier)
    newest = _newest(desk, row)
    return newest if newest != row.form_version else ""


def preview(desk: Desk, dossier: str) -> Preview:
    """What would become of each answer; nothing is changed. Raises ``WorldError`` draft.closed."""
    with desk.database.read() as connection:
        return _Move(desk, connection, _draft(connection, dossier)).preview()


def carry_over(desk: Desk, dossier: str) -> Preview:
    """Move a draft to the newest version of its form, in one transaction; what was done.

    A ``Filling`` of the old version must be saved before and opened again afterwards. Raises ``WorldError``
    draft.closed and those of the disk; then the draft is as it was.
    """
    with desk.database.write() as connection:
        row = _draft(connection, dossier)
        move = _Move(desk, connection, row)
        done = move.preview()
        if done.needed:
            _write(connection, row, move, done, timestamp(desk))
    return done


def dropped(desk: Desk, dossier: str) -> tuple[Dropped, ...]:
    """The answers that left this dossier's draft when it was carried over; none once it is erased."""
    with desk.database.read() as connection:
        return tuple(of_dossier(connection, dossier))


def _draft(connection: Connection, dossier: str) -> DossierRow:
    row = drafts.load(connection, dossier)
    if row is None or row.draft is None:
        raise WorldError("draft.closed")
    return row


def _newest(desk: Desk, row: DossierRow) -> str:
    """The newest version offered; a draft that is newer still (the clock went back) stays with its own."""
    newest = desk.content.newest_version(row.form)
    known = (row.form, row.form_version) in desk.content.forms
    return row.form_version if known and version_order(newest) < version_order(row.form_version) else newest


def _write(connection: Connection, row: DossierRow, move: "_Move", done: Preview, at: str) -> None:
    lines = {line.name: line for line in done.dropped}
    leaving = [
        Dropped(answer, lines[answer.name].label, lines[answer.name].text, row.form_version, at)
        for answer in move.answers
        if answer.name in lines
    ]
    keep(connection, row.id, leaving)
    drafts.forget_answers(connection, row.id, row.draft or 0, move.homeless)
    place = row.place if row.place in {screen.name for screen in move.after.screens()} else ""
    drafts.change(connection, row.id, form_version=done.new, place=place, changed_at=at)


class _Move:
    """The same answers in the old form and in the new one."""

    def __init__(self, desk: Desk, connection: Connection, row: DossierRow) -> None:
        self._desk = desk
        self._form = row.form
        self.old, self.new = row.form_version, _newest(desk, row)
        self.answers = drafts.answers_of(connection, row.id, row.draft or 0)
        known = (row.form, self.old) in desk.content.forms
        self._before = self._opened(self.old, frozenset()) if known else None
        self.homeless: frozenset[str] = frozenset()
        self.after = self._opened(self.new, self.homeless)
        while more := self._without_home() - self.homeless:
            self.homeless |= more
            self.after = self._opened(self.new, self.homeless)

    def preview(self) -> Preview:
        given = [answer for answer in self.answers if answer.value]
        staying = [answer for answer in given if answer.name not in self.homeless]
        changed = {answer.name for answer in staying if self._is_changed(answer.name)}
        return Preview(
            self.old,
            self.new,
            tuple(self._line(answer) for answer in staying if answer.name not in changed),
            tuple(self._line(answer) for answer in staying if answer.name in changed),
            tuple(self._newly_asked()),
            tuple(self._line(answer) for answer in given if answer.name in self.homeless),
        )

    def _opened(self, version: str, without: frozenset[str]) -> Session:
        form = load_form(self._desk.content.form(self._form, version), self._desk.content.rows)
        answers = [(each.name, each.value) for each in self.answers if each.name not in without]
        return Session(form, self._desk.clock, answers)

    def _without_home(self) -> frozenset[str]:
        """Answers that the new form does not ask for, or whose question cannot hold them."""
        if self.old == self.new:
            return frozenset()
        values = self.after.values()
        names = [answer.name for answer in self.answers if answer.name not in self.homeless]
        return frozenset(name for name in names if name not in values or self._is_lost(name))

    def _is_lost(self, name: str) -> bool:
        if self.after.question(name).kind in _SILENT:
            return True
        return _is_broken(self.after, name) and not (self._was_asked(name) and _is_broken(self._before, name))

    def _was_asked(self, name: str) -> bool:
        return self._before is not None and name in self._before.values()

    def _is_changed(self, name: str) -> bool:
        return self._was_asked(name) and _look(self._before, name) != _look(self.after, name)

    def _line(self, answer: Answer) -> Line:
        name = answer.name
        after = self.after.question(name) if name in self.after.values() else None
        shown = self._before.question(name) if self._before and self._was_asked(name) else after
        if shown is None:
            return Line(name, name, answer.value)
        label = after.label if after else shown.label
        text = shown.text if shown.value == answer.value else answer.value
        return Line(name, label, text, shown.label if shown.label != label else "")

    def _newly_asked(self) -> Iterator[Line]:
        """Questions on a screen now that are empty, and were not there to be answered before."""
        old = self._before
        asked = {name for screen in old.screens() for name in screen.questions} if old else frozenset[str]()
        for name in (name for screen in self.after.screens() for name in screen.questions):
            question = self.after.question(name)
            if question.kind not in _SILENT and not question.value and name not in asked - self.homeless:
                yield Line(name, question.label)


def _is_broken(session: Session | None, name: str) -> bool:
    """Whether a question cannot hold its answer at all."""
    problem = session.question(name).problem if session else None
    return problem is not None and problem.code == "type"


def _look(session: Session | None, name: str) -> tuple[object, ...]:
    """What a volunteer would see differently."""
    question = session.question(name) if session else None
    return (question.kind, question.label, question.choices, question.problem) if question else ()

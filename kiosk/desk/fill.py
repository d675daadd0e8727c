"""Filling a form in: every answer is kept with where it came from, durably, one flush at a time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.catalogue.calendar import WorkingCalendar
from kiosk.catalogue.procedures import PersonRole, Procedure
from kiosk.desk import known_person
from kiosk.desk.desk import Desk, now
from kiosk.desk.known_person import SEXES
from kiosk.desk.rule_checks import Looked, broken
from kiosk.desk.same_person import copies
from kiosk.domain.clock import Clock
from kiosk.domain.consent import Consent
from kiosk.domain.dossier import Answer, Road, Source
from kiosk.domain.errors import WorldError
from kiosk.domain.people import Person
from kiosk.forms import Problem, Session, load_form
from kiosk.forms.world import language_of
from kiosk.storage import corrections, drafts, visits

OURS = "vi"
"""The language of the papers, and of a form until somebody wishes another."""
_GIVEN = (Source.CARD, Source.VISIT, Source.SAME_PERSON)
"""Sources of what is known of a person: typing over it corrects it."""


@dataclass
class Filling:
    """A draft open on the screen. Belongs to the thread that shows it; only ``take_unsaved`` and
    ``put_back`` are called by the one that saves."""

    dossier: str
    visit: str
    """In which it was begun."""
    revision: int
    procedure: Procedure
    form: str
    form_version: str
    road: Road
    practice: bool
    slip_code: str
    portal_code: str
    base_digest: str
    consent: Consent
    clock: Clock
    calendar: WorkingCalendar = field(repr=False)
    session: Session = field(repr=False)
    sources: dict[str, Source] = field(repr=False)
    place: str = ""
    """Name of the screen where the volunteer is."""
    asked: str = ""
    """What the commune asked for when this is a correction."""
    language: str = OURS
    """In which the questions are read; papers are always in ours."""
    half_typed: dict[str, str] = field(default_factory=dict, repr=False)
    """Words in the box of a long list of which no item was picked yet; only in memory."""
    corrected: dict[str, str] = field(default_factory=dict, repr=False)
    """Corrected facts of persons: the procedure whose draft told it, or an empty text for "by hand here"."""
    told: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """The persons as the other drafts of the visit were told last; belongs to the one that saves."""
    _unsaved: dict[str, Answer] = field(default_factory=dict, repr=False)
    _gone: set[str] = field(default_factory=set, repr=False)

    def answer(self, name: str, value: str, source: Source = Source.TYPED) -> frozenset[str]:
        """Answer a question; returns every question whose look changed. In memory until ``save``.

        Raises ``KeyError`` for a question that the form does not have.
        """
        if source is Source.TYPED and self.sources.get(name) in _GIVEN:
            self.corrected[name] = ""
        changed = self._set(name, value, source)
        values = self.session.values()
        for other, copied in copies(self.procedure.persons, lambda each: values.get(each, ""), self.sources):
            changed |= self._set(other, copied, Source.SAME_PERSON)
        return changed

    def keep_words(self, name: str, words: str) -> None:
        """Remember words that are no answer yet; empty ones forget them."""
        if words:
            self.half_typed[name] = words
        else:
            self.half_typed.pop(name, None)

    def value(self, name: str) -> str:
        """The stored value of a question, relevant or not; empty if it has none or is none."""
        return self.session.values().get(name, "")

    def other_languages(self) -> tuple[str, ...]:
        """The languages of the form in which its questions are not read now."""
        form = self.session.form
        shown = language_of(form, self.language)
        shown = shown if shown in form.languages else form.language
        return tuple(name for name in form.languages if name != shown)

    def read_in(self, language: str = OURS) -> None:
        """Read the questions in another language of the form; the answers stay."""
        if language != self.language:
            answers = self.session.values().items()
            self.session = Session(self.session.form, self.clock, answers, language)
            self.language = language

    def add_row(self, repeat: str) -> None:
        """One more row of a repeat."""
        self.session.add_row(repeat)

    def remove_row(self, repeat: str, index: int) -> None:
        """Take a row away (counted from 1); the rows after it move up."""
        before = [name for name in self.sources if name.startswith(f"{repeat}[")]
        self.session.remove_row(repeat, index)
        for name in [name for name in self.half_typed if name.startswith(f"{repeat}[")]:
            del self.half_typed[name]
        values = self.session.values()
        for name in before:
            self.sources.pop(name)
            self._unsaved.pop(name, None)
            self._gone.add(name)
        for name in sorted(name for name in values if name.startswith(f"{repeat}[")):
            self._note(name, values[name], Source.TYPED)

    def take_unsaved(self) -> tuple[list[Answer], list[str]]:
        """What is not on the disk yet, and names to forget there; the caller saves or puts back."""
        unsaved, self._unsaved = self._unsaved, {}
        gone, self._gone = self._gone, set()
        return list(unsaved.values()), sorted(gone - unsaved.keys())

    def put_back(self, answers: Iterable[Answer], gone: Iterable[str]) -> None:
        """Saving failed: keep these for the next time, unless something newer is there."""
        self._unsaved = {answer.name: answer for answer in answers} | self._unsaved
        self._gone |= set(gone)

    def wipe(self) -> None:
        """The visit is over: nothing of the citizen stays in this object."""
        self.session = Session(self.session.form, self.clock)
        self.sources.clear()
        self.half_typed.clear()
        self.corrected.clear()
        self.told.clear()
        self._unsaved.clear()
        self._gone.clear()

    def _set(self, name: str, value: str, source: Source) -> frozenset[str]:
        changed = self.session.answer(name, value)
        if value:
            self.half_typed.pop(name, None)
        self._note(name, value, source)
        return changed | {name}

    def _note(self, name: str, value: str, source: Source) -> None:
        self.sources[name] = source
        self._unsaved[name] = Answer(name, value, source)


def open_filling(desk: Desk, dossier: str) -> Filling:
    """A draft as it was left, at the screen where it was left.

    Raises ``WorldError`` draft.closed (handed over, withdrawn or erased), form.missing (its form is not in
    this pack any more).
    """
    with desk.database.read() as connection:
        row = drafts.load(connection, dossier)
        if row is None or row.draft is None:
            raise WorldError("draft.closed")
        kept = drafts.answers_of(connection, dossier, row.draft)
        consent = visits.consent_of(connection, row.visit)
        corrected = corrections.of_dossier(connection, dossier)
    form = load_form(desk.content.form(row.form, row.form_version), desk.content.rows)
    form.read_lists()
    procedure = desk.content.catalogue.by_slug(row.slug)
    return Filling(
        dossier=dossier,
        visit=row.visit,
        revision=row.draft,
        procedure=procedure,
        form=row.form,
        form_version=row.form_version,
        road=row.road,
        practice=row.practice,
        slip_code=row.slip_code,
        portal_code=row.portal_code,
        base_digest=row.base_digest,
        consent=consent,
        clock=desk.clock,
        calendar=desk.content.calendar,
        session=Session(form, desk.clock, [(answer.name, answer.value) for answer in kept]),
        sources={answer.name: answer.source for answer in kept},
        place=row.place,
        asked=row.sentence if row.revision else "",
        corrected=corrected,
        told=known_person.of_roles(procedure.persons, {answer.name: answer.value for answer in kept}),
    )


def problems(filling: Filling) -> tuple[Problem, ...]:
    """What is wrong or missing, in the order of the form; then lists with words of which none was picked.

    The latter have the code ``half_typed``, also where the answer is optional. Broken checks of the procedure
    that stop a dossier have the code ``check``; a question of which the form itself complains has only that.
    """
    found = _with_stops(filling, filling.session.problems())
    if not filling.half_typed:
        return found
    asked = [name for page in filling.session.screens() for name in page.questions]
    half = [name for name in asked if name in filling.half_typed]
    return (
        *(problem for problem in found if problem.name not in half),
        *(Problem(name, "half_typed", "") for name in half),
    )


def looked_at(filling: Filling) -> Looked:
    """The answers as the procedure's checks look at them, on the day in the hamlet."""
    return Looked(filling.session, filling.calendar, filling.clock.now().date())


def _with_stops(filling: Filling, found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The form's own problems and the broken checks, in the order of the form."""
    stops = [check for check in filling.procedure.checks if check.level == "stop"]
    taken = {problem.name for problem in found}
    more = {
        each.at: Problem(each.at, "check", each.check.message)
        for each in broken(looked_at(filling), stops)
        if not each.unclear and each.at not in taken
    }
    if not more:
        return found
    order = {name: number for number, name in enumerate(filling.session.values())}
    return tuple(sorted((*found, *more.values()), key=lambda problem: order.get(problem.name, -1)))


def prefill_commune(desk: Desk, filling: Filling) -> tuple[str, ...]:
    """Address the dossier to the commune of this point where nothing was said; returns what was filled."""
    commune, agency = desk.content.commune, filling.procedure.agency
    wanted = [(agency["tinh"], commune.province)] if "tinh" in agency else []
    wanted += [(agency["xa"], commune.ward)] if "xa" in agency else []
    return _fill(filling, wanted, Source.COMMUNE)


def apply_person(filling: Filling, role: str, person: Person) -> tuple[str, ...]:
    """Fill what is known of a person into the questions of a role (``yc``, ``me``, ``cha``).

    What somebody typed stays. Returns the questions that were filled, those of the same person included.
    """
    return fill_role(filling, role, known_person.of_card(person), Source.CARD)


def fill_role(filling: Filling, role: str, parts: Mapping[str, str], source: Source) -> tuple[str, ...]:
    """Fill the parts that are known of a person into the questions of a role; as ``apply_person``."""
    roles = {each.prefix: each for each in filling.procedure.persons}
    fields = roles[role].fields if role in roles else {}
    before = dict(filling.sources)
    wanted = [(fields[part], value) for part, value in known_person.in_order(parts) if part in fields]
    filled = _fill(filling, wanted, source)
    same = [
        name
        for name, origin in filling.sources.items()
        if origin is Source.SAME_PERSON and before.get(name) is not Source.SAME_PERSON
    ]
    return tuple(dict.fromkeys([*filled, *same]))


def _fill(filling: Filling, wanted: Iterable[tuple[str, str]], source: Source) -> tuple[str, ...]:
    """Answer questions that nobody typed into; a value that a question does not offer is left out.
    A list may depend on an earlier answer (commune on province), so the order counts."""
    filled = []
    for name, value in wanted:
        if filling.sources.get(name) is Source.TYPED and filling.value(name):
            continue
        if (fitting := _fitting(filling, name, value)) is not None:
            filling.answer(name, fitting, source)
            filled.append(name)
    return tuple(filled)


def renew(filling: Filling, facts: Iterable[tuple[str, str]], by: str) -> None:
    """Take over facts of a person that the draft of another procedure (``by``) corrected."""
    for name, value in facts:
        fitting = _fitting(filling, name, value)
        if fitting is not None and fitting != filling.value(name):
            filling.answer(name, fitting, Source.VISIT)
            filling.corrected[name] = by


def _fitting(filling: Filling, name: str, value: str) -> str | None:
    question = filling.session.question(name)
    choices = [choice.name for choice in question.choices]
    if question.kind == "date" and len(value) < len("2026-01-01"):
        return None
    if not choices:
        return value or None
    candidates = next((names for sex, names in SEXES.items() if sex.value == value), (value,))
    return next((each for each in candidates if each in choices), None)


def person_of(filling: Filling, role: PersonRole, part: str) -> str:
    """What the form knows of a person, such as ``giay_to.so``; empty if it does not ask."""
    return filling.value(role.fields[part]) if part in role.fields else ""


def save(desk: Desk, filling: Filling, names: Collection[str] = (), place: str | None = None) -> datetime:
    """Make durable whatever is not yet, in one transaction with one flush; returns when.

    ``names`` are questions that must be on the disk afterwards (all unsaved ones are, anyway). Raises
    ``WorldError`` draft.closed and those of the disk; then everything stays unsaved for the next time.
    """
    silent = [name for name in names if name not in filling.sources]
    filling.put_back([Answer(name, filling.value(name), Source.DEFAULT) for name in silent], ())
    answers, gone = filling.take_unsaved()
    place = filling.place if place is None else place
    if not answers and not gone and place == filling.place:
        return now(desk)
    try:
        at = _write(desk, filling, answers, gone, place)
    except WorldError:
        filling.put_back(answers, gone)
        raise
    filling.place = place
    return at


def _write(desk: Desk, filling: Filling, answers: list[Answer], gone: list[str], place: str) -> datetime:
    at = now(desk)
    stamp = at.isoformat(timespec="seconds")
    with desk.database.write() as connection:
        if gone:
            drafts.forget_answers(connection, filling.dossier, filling.revision, gone)
        if not drafts.save(connection, filling.dossier, filling.revision, answers, place, stamp):
            raise WorldError("draft.closed")
        told_by = filling.corrected
        fresh = {each.name: told_by[each.name] for each in answers if each.name in told_by}
        corrections.keep(connection, filling.dossier, fresh)
    return at

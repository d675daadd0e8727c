"""A procedure as the law and the commune have it today: records of dated facts, read from TOML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.catalogue.checks import Check, read_checks
from kiosk.catalogue.conditions import Condition, read_condition
from kiosk.catalogue.deadlines import Deadline, read_deadlines
from kiosk.catalogue.facts import (
    Fact,
    ascii_key,
    confidence,
    needed_day,
    needed_table,
    read_fact,
    read_sources,
)
from kiosk.catalogue.listings import Listing
from kiosk.catalogue.neighbours import Neighbour, read_neighbours
from kiosk.catalogue.prints import Print, read_prints
from kiosk.catalogue.returns import ReturnReason, read_return_reasons
from kiosk.catalogue.tables import Table, load_table

_NUMBER = "giay_to.so"


@dataclass(frozen=True)
class PaperRule:
    """One document that goes with a dossier."""

    key: str
    name: str
    form: str
    """Original, copy, scan, shown only … in Vietnamese."""
    requirement: str
    needed: bool
    """Whether the commune asks for it whenever ``when`` holds, if no database has the data."""
    when: Condition | None
    replaceable_by_data: bool | None
    """``None``: not known."""
    note: str
    source: str

    def applies(self, value_of: Callable[[str], str]) -> bool:
        return self.when is None or self.when.holds(value_of)


@dataclass(frozen=True)
class PersonRole:
    """A person of a form: which questions hold what is known of somebody."""

    prefix: str
    label: str
    same_as: Condition | None
    """When the requester is this person."""
    fields: Mapping[str, str]
    """``ho_ten``, ``ngay_sinh``, ``giay_to.so``, ``noi_cu_tru.xa`` … → names of questions."""


@dataclass(frozen=True)
class Change:
    """A dated change that a volunteer should know of."""

    text: str
    effective_from: date | None
    effective_to: date | None


@dataclass(frozen=True)
class Procedure:
    """An entry of the catalogue."""

    slug: str
    code: str
    """National code; empty for what is no coded procedure, such as a citizen's suggestion."""
    code_note: str
    """What its code does not cover, where that is known; printed beside it."""
    former_codes: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]
    """Codes beside its own for which nobody has made a form."""
    name: str
    plain_name: str
    """As a villager says it."""
    sector: str
    level: str
    authority: str
    channels: tuple[str, ...]
    keywords: tuple[str, ...]
    life_events: tuple[str, ...]
    sensitive: bool
    """Whether its form holds sensitive data (dân tộc …), which needs a consent of its own."""
    official_form: str
    form_id: str
    prints: tuple[Print, ...]
    """In the order in which they are printed."""
    bundle: tuple[str, ...]
    """Codes of the procedures that are asked together here (liên thông); none for an ordinary one."""
    agency: Mapping[str, str]
    """Questions of the agency addressed: ``tinh``, ``xa`` → names of questions."""
    fee: Fact
    time_limit: Fact
    result: Fact
    papers: tuple[PaperRule, ...]
    persons: tuple[PersonRole, ...]
    legal_basis: tuple[str, ...]
    return_reasons: tuple[ReturnReason, ...]
    checks: tuple[Check, ...]
    deadlines: tuple[Deadline, ...]
    """How long the commune may take, as it follows in time; none = nobody knows it as a number."""
    changes: tuple[Change, ...]
    sources: tuple[str, ...]
    checked: date
    confidence: str
    effective_from: date | None
    effective_to: date | None

    @property
    def reference(self) -> str:
        """What dossiers and messages call it: its national code, or the slug of one that has none."""
        return self.code or self.slug

    @property
    def noted_code(self) -> str:
        """The national code with its note, as papers print it; empty where there is no code."""
        return f"{self.code} ({self.code_note})" if self.code and self.code_note else self.code

    def listed_neighbours(self) -> list[tuple[Neighbour, Listing]]:
        """Its neighbours with the entries under which they are found."""
        source = "; ".join(self.sources)
        return [
            (each, each.listed(self.sector, self.level, source, self.checked)) for each in self.neighbours
        ]

    @property
    def number_fields(self) -> tuple[str, ...]:
        """The questions that hold a person's identity number, in the order of the persons."""
        return tuple(role.fields[_NUMBER] for role in self.persons if _NUMBER in role.fields)

    def in_force(self, day: date) -> bool:
        return (self.effective_from or day) <= day <= (self.effective_to or day)

    def changes_in_force(self, day: date) -> tuple[Change, ...]:
        """The dated changes that count on a day."""
        return tuple(c for c in self.changes if (c.effective_from or day) <= day <= (c.effective_to or day))


def load_procedure(path: Path, sources: Mapping[str, str]) -> Procedure:
    """Read ``procedure.toml``; ``sources`` are the ids it may name. Raises ``BadContentError``."""
    table = load_table(path)
    checked = needed_day(table, "checked")
    procedure = Procedure(
        slug=table.parsed("slug", lambda text: _same(text, path.parent.name)),
        code=table.text_or_none("code") or "",
        code_note=table.text_or_none("code_note") or "",
        former_codes=table.several("former_codes"),
        neighbours=read_neighbours(table),
        name=table.text("name"),
        plain_name=table.text("plain_name"),
        sector=table.text("sector"),
        level=table.text("level"),
        authority=table.text("authority"),
        channels=table.several("channels"),
        keywords=table.several("keywords"),
        life_events=table.several("life_events"),
        sensitive=table.flag("sensitive") is not False,
        official_form=table.text("official_form"),
        form_id=table.parsed("form_id", ascii_key),
        prints=read_prints(table, path.parent.name),
        bundle=table.several("bundle"),
        agency=needed_table(table, "agency").pairs(),
        fee=read_fact(table, "fee", sources, checked),
        time_limit=read_fact(table, "time_limit", sources, checked),
        result=read_fact(table, "result", sources, checked),
        papers=_papers(table, sources),
        persons=tuple(_person(each) for each in table.tables("persons")),
        legal_basis=table.several("legal_basis"),
        return_reasons=read_return_reasons(table),
        checks=read_checks(table, sources),
        deadlines=read_deadlines(table, sources),
        changes=tuple(_change(each) for each in table.tables("changes")),
        sources=tuple(read_sources(table, sources).split("; ")),
        checked=checked,
        confidence=table.parsed("confidence", confidence),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    table.close()
    _refuse_loose_ends(table, procedure)
    return procedure


def _refuse_loose_ends(table: Table, procedure: Procedure) -> None:
    """A reason for return must name a check or a paper that the procedure has."""
    known = {
        "check": {check.key for check in procedure.checks},
        "paper": {paper.key for paper in procedure.papers},
    }
    for reason, each in zip(procedure.return_reasons, table.tables("return_reasons"), strict=True):
        if reason.by in known and reason.name not in known[reason.by]:
            raise each.refusal("checked_by", f"this procedure has no {reason.by} {reason.name}")
        if reason.paper and reason.paper not in known["paper"]:
            raise each.refusal("paper", f"this procedure has no paper {reason.paper}")


def _papers(table: Table, sources: Mapping[str, str]) -> tuple[PaperRule, ...]:
    rules: dict[str, PaperRule] = {}
    for each in table.tables("papers"):
        rule = _paper(each, sources)
        if rule.key in rules:
            raise each.refusal("key", "two papers have one key")
        rules[rule.key] = rule
    return tuple(rules.values())


def _paper(table: Table, sources: Mapping[str, str]) -> PaperRule:
    rule = PaperRule(
        key=table.parsed("key", ascii_key),
        name=table.text("name"),
        form=table.text("form"),
        requirement=table.text("requirement"),
        needed=table.flag("needed") is not False,
        when=read_condition(table),
        replaceable_by_data=table.flag("replaceable_by_data"),
        note=table.text_or_none("note") or "",
        source=read_sources(table, sources),
    )
    table.close()
    return rule


def _person(table: Table) -> PersonRole:
    fields = needed_table(table, "fields").pairs()
    same_as = read_condition(table, "same_as")
    role = PersonRole(table.parsed("prefix", ascii_key), table.text("label"), same_as, fields)
    table.close()
    return role


def _change(table: Table) -> Change:
    change = Change(table.text("text"), table.day("effective_from"), table.day("effective_to"))
    table.close()
    return change


def _same(text: str, folder: str) -> str:
    if text != folder:
        raise ValueError(f"the slug must be the name of its folder, {folder}")
    return ascii_key(text)

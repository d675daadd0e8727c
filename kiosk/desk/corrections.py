"""A person is one record in a visit: what is corrected in one open draft is corrected in the others.

A fact of another draft follows where it said the same before the correction, of the same person, and nobody
changed it by hand there. What was handed over is never touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.catalogue.procedures import PersonRole
from kiosk.desk import fill, known_person
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Answer
from kiosk.storage import corrections, drafts
from kiosk.storage.drafts import DossierRow

_NUMBERS = ("so_dinh_danh", "giay_to.so")
_TELLING = ("so_dinh_danh", "giay_to.so", "ngay_sinh")
"""What tells two persons of one name apart."""


@dataclass(frozen=True)
class Correction:
    """A person of the draft on the screen, before and after."""

    role: str
    before: Mapping[str, str]
    changed: Mapping[str, str]


def spread(desk: Desk, filling: Filling) -> tuple[str, ...]:
    """Tell the other open drafts of the visit what was corrected and saved in this one since the last time.

    Returns the dossiers that follow. Only what is on the disk counts, so this may run beside the screen.
    Raises ``WorldError`` as ``fill.save``.
    """
    with desk.database.read() as connection:
        others = [row for row in drafts.open_drafts(connection) if _is_other(desk, row, filling)]
        if not others:
            return ()
        kept = drafts.answers_of(connection, filling.dossier, filling.revision)
    now = known_person.of_roles(filling.procedure.persons, _values(kept))
    before = filling.told
    found = [_correction(role, before[role], parts) for role, parts in now.items() if role in before]
    telling = [each for each in found if each.changed]
    following = [row.id for row in others if telling and _follow(desk, row, telling, filling)]
    filling.told = before | {role: before.get(role, {}) | parts for role, parts in now.items()}
    return tuple(following)


def _is_other(desk: Desk, row: DossierRow, filling: Filling) -> bool:
    """Whether a draft of the same visit can be opened beside this one (its form is in the pack)."""
    known = (row.form, row.form_version) in desk.content.forms
    return row.visit == filling.visit and row.id != filling.dossier and known


def _correction(role: str, before: Mapping[str, str], now: Mapping[str, str]) -> Correction:
    """What is said otherwise now. Another name with another number is somebody else, and corrects nobody."""
    changed = {part: value for part, value in now.items() if before.get(part, value) != value}
    is_other = "ho_ten" in changed and any(number in changed for number in _NUMBERS)
    return Correction(role, before, {} if is_other else changed)


def _follow(desk: Desk, row: DossierRow, found: list[Correction], filling: Filling) -> bool:
    with desk.database.read() as connection:
        values = _values(drafts.answers_of(connection, row.id, row.draft or 0))
        told_by = corrections.of_dossier(connection, row.id)
    facts = {
        name: value
        for role in desk.content.catalogue.by_slug(row.slug).persons
        for each in found
        for name, value in _facts(role, values, each).items()
        if told_by.get(name) != ""
    }
    if facts:
        other = fill.open_filling(desk, row.id)
        fill.renew(other, facts.items(), filling.procedure.plain_name)
        fill.save(desk, other)
    return bool(facts)


def _facts(role: PersonRole, values: Mapping[str, str], found: Correction) -> dict[str, str]:
    """The questions of a role that said what was corrected, with what they say from now on."""
    here = known_person.of_answers(role, lambda name: values.get(name, ""))
    if not _is_same(here, found.before, role.prefix == found.role):
        return {}
    return {
        role.fields[part]: value
        for part, value in known_person.in_order(found.changed)
        if part in role.fields and here.get(part) == found.before[part]
    }


def _is_same(one: Mapping[str, str], other: Mapping[str, str], same_role: bool) -> bool:
    """One name, and nothing speaks against it; in another role something has to speak for it."""
    if not one.get("ho_ten") or one["ho_ten"] != other.get("ho_ten"):
        return False
    both = [part for part in _TELLING if part in one and part in other]
    return all(one[part] == other[part] for part in both) and (same_role or bool(both))


def _values(kept: list[Answer]) -> dict[str, str]:
    return {answer.name: answer.value for answer in kept}

"""Finding what the citizen came for, and beginning a dossier."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.catalogue.catalogue import Found
from kiosk.catalogue.listings import Listing
from kiosk.catalogue.procedures import Procedure
from kiosk.desk.desk import Desk, timestamp, today
from kiosk.desk.notices import notice_of
from kiosk.desk.welcome import Visit
from kiosk.domain.dossier import Road, State
from kiosk.domain.ids import new_id, slip_code
from kiosk.domain.notice import Notice
from kiosk.storage import drafts


@dataclass(frozen=True)
class LifeEvent:
    """What happened in a family, such as "Nhà có em bé"."""

    key: str
    label: str
    hint: str


def search(desk: Desk, words: str) -> list[Found]:
    """What the words mean, with or without accents and slips, the best first; all procedures for no words."""
    catalogue = desk.content.catalogue
    return catalogue.search(words) if words.strip() else list(catalogue.procedures())


def facts(desk: Desk, found: Found) -> Notice:
    """What is known of an entry today."""
    return notice_of(desk.content, found, today(desk))


def looked_at(desk: Desk, found: Iterable[Found]) -> list[tuple[Found, Notice]]:
    """Entries with what is known of them today."""
    return [(each, facts(desk, each)) for each in found]


def slug_of(found: Found) -> str:
    """Under which name a dossier can be begun; empty for an entry without a form."""
    return "" if isinstance(found, Listing) else found.slug


def life_events(desk: Desk) -> list[LifeEvent]:
    """What may have happened in a family and leads somewhere, in the order of the texts."""
    say, leading = desk.content.texts, desk.content.catalogue.life_events()
    return [
        LifeEvent(key, say(f"life_event.{key}.title"), say(f"life_event.{key}.hint"))
        for key in say.below("life_event")
        if key in leading
    ]


def by_life_event(desk: Desk, key: str) -> list[Procedure]:
    """The procedures that such an event asks for."""
    return desk.content.catalogue.by_life_event(key)


def start_dossier(desk: Desk, visit: Visit, slug: str, road: Road) -> str:
    """Begin a dossier; returns its id. It stays what it is in: practice or real, and on its road
    until the volunteer changes it. ``KeyError`` for a procedure that is not in the catalogue."""
    procedure = desk.content.catalogue.by_slug(slug)
    dossier, at = new_id(), timestamp(desk)
    form_version = desk.content.newest_version(procedure.form_id)
    row = drafts.DossierRow(
        id=dossier,
        visit=visit.id,
        slug=slug,
        procedure=procedure.reference,
        form=procedure.form_id,
        form_version=form_version,
        road=road,
        state=State.DRAFT,
        revision=0,
        draft=1,
        place="",
        practice=visit.practice,
        slip_code=slip_code(dossier),
        portal_code="",
        base_digest="",
        person_mark="",
        sentence="",
        asked_papers=(),
        reason="",
        created_at=at,
        changed_at=at,
    )
    with desk.database.write() as connection:
        drafts.add(connection, row)
    return dossier


def change_road(desk: Desk, dossier: str, road: Road) -> None:
    """The citizen changed his mind before anything was handed over."""
    with desk.database.write() as connection:
        drafts.change(connection, dossier, road=road, changed_at=timestamp(desk))

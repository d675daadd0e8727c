"""Dossiers that this point handed over before it lost its memory, made known to it again by the commune."""

from sqlalchemy import Connection, insert

from kiosk.domain.dossier import Road, State
from kiosk.domain.events import DossierFacts, NewsItem
from kiosk.domain.person_mark import person_mark
from kiosk.storage import secrets
from kiosk.storage.tables import dossiers, visits


def adopt(connection: Connection, item: NewsItem, facts: DossierFacts) -> None:
    """Keep what every dossier keeps here that was handed over; of the number only the mark. Nothing is kept
    of facts that cannot be (a slip code that another dossier has, a road that is none)."""
    if facts.road not in set(Road) or not facts.slip_code:
        return
    known = secrets.load(connection)
    mark = person_mark(known.mark_key, facts.number, facts.procedure) if known else ""
    connection.execute(insert(visits).prefix_with("OR IGNORE").values(**_visit(item, facts)))
    connection.execute(
        insert(dossiers)
        .prefix_with("OR IGNORE")
        .values(
            id=item.dossier,
            visit=item.dossier,
            slug=facts.slug,
            procedure=facts.procedure,
            form=facts.form,
            form_version=facts.form_version,
            road=facts.road,
            state=State.AT_HUB.value,
            revision=item.revision,
            draft=None,
            place="",
            practice=0,
            slip_code=facts.slip_code,
            portal_code=item.portal_code,
            base_digest=facts.digest,
            person_mark=mark,
            sentence="",
            asked_papers="[]",
            reason="",
            created_at=facts.prepared_on,
            changed_at=item.at,
        )
    )


def _visit(item: NewsItem, facts: DossierFacts) -> dict[str, object]:
    """The visit that nobody here remembers but for its consent; it is over."""
    consent = facts.consent
    return {
        "id": item.dossier,
        "started_at": consent.given_at if consent else facts.prepared_on,
        "ended_at": item.at,
        "purposes": " ".join(sorted(consent.purposes)) if consent else "",
        "text_version": consent.text_version if consent else "",
        "witness": consent.witness if consent else "",
        "address_as": "",
        "practice": 0,
    }

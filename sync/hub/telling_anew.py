"""A point enrolled again with new keys, its memory gone: what it needs of its dossiers is sealed to it anew.

Nothing that was sealed to the old keys alone can be opened here; but states, sentences and answers are kept
sealed to the commune, and so are copies of results (``office.actions``)."""

from sqlalchemy import Connection

from kiosk.domain.dossier import AT_COMMUNE, State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import DossierFacts, NewsItem, ResultFile
from kiosk.envelope.news import seal_news
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import digest_of, open_bytes, seal_bytes
from sync.hub.context import Hub
from sync.hub.office.notes import Note, read_note, sealed_note
from sync.hub.office.reading import newest_payload
from sync.hub.store import dossiers, events, news, renewed, results
from sync.hub.store.dossiers import HistoryLine, HubDossier
from sync.hub.store.points import Point


def tell_anew(hub: Hub, connection: Connection, point: Point) -> int:
    """One item for each open dossier of the point, in the caller's transaction; how many."""
    renewed.forget_words(connection, point.id)
    found = renewed.dossiers_of(connection, point.id, AT_COMMUNE)
    for dossier_id in found:
        dossiers.lock(connection, dossier_id)
        dossier = dossiers.find(connection, dossier_id, hub.commune)
        if dossier is not None:
            _tell(hub, connection, point, dossier)
    return len(found)


def _tell(hub: Hub, connection: Connection, point: Point, dossier: HubDossier) -> None:
    notes = [(line, read_note(hub, line)) for line in dossiers.history_of(connection, dossier.id)]
    last = next((note for line, note in reversed(notes) if line.state is dossier.state), Note())
    payload = newest_payload(hub, connection, dossier)
    readable = payload if isinstance(payload, Payload) else None
    asked = readable if dossier.state is State.ASKED_FOR_MORE else None
    number = news.next_number(connection, point.id)
    item = NewsItem(
        number=number,
        dossier=dossier.id,
        revision=dossier.revision,
        state=dossier.state.value,
        at=dossier.changed_at,
        sentence=last.sentence,
        day=last.due,
        portal_code=next((note.portal_code for _, note in reversed(notes) if note.portal_code), ""),
        papers=last.papers,
        answers=tuple((one.name, one.value) for one in asked.answers) if asked else (),
        form=asked.form if asked else "",
        form_version=asked.form_version if asked else "",
        result=_sealed_anew(hub, connection, point, dossier, last.place),
        facts=_facts(hub, connection, dossier, readable) if readable else None,
    )
    body = seal_news(item, point.sealing_key)
    news.add(connection, hub.commune, point.id, number, dossier.id, body, hub.now())


def _sealed_anew(
    hub: Hub, connection: Connection, point: Point, dossier: HubDossier, place: str
) -> ResultFile | None:
    """The copy that waits, for the new keys; one that cannot be opened here goes, and the history says so."""
    kept = results.of_dossier(connection, dossier.id)
    if kept is None:
        return None
    try:
        plain = open_bytes(kept, hub.keys.identity)
    except WorldError:
        results.forget(connection, dossier.id)
        note = sealed_note(hub, Note(sentence=hub.library.content.texts("renewed.copy_lost")))
        line = HistoryLine(hub.now(), "", dossier.revision, dossier.state, note)
        dossiers.note(connection, hub.commune, dossier.id, line)
        return None
    body = seal_bytes(plain, point.sealing_key, hub.settings.commune_key)
    results.add(connection, hub.commune, point.id, dossier.id, digest_of(body), body)
    return ResultFile(digest_of(body), len(body), digest_of(plain), place or hub.settings.commune_name)


def _facts(hub: Hub, connection: Connection, dossier: HubDossier, payload: Payload) -> DossierFacts:
    """What the point kept of the dossier before it lost everything."""
    procedure = hub.library.procedure(dossier.procedure)
    said = {answer.name: answer.value for answer in payload.answers}
    numbers = (said.get(name, "") for name in procedure.number_fields) if procedure else iter(())
    brought = events.of_revision(connection, dossier.id, dossier.revision)
    return DossierFacts(
        slug=procedure.slug if procedure else payload.form,
        procedure=dossier.procedure,
        road=payload.road.value,
        slip_code=payload.slip_code,
        form=payload.form,
        form_version=payload.form_version,
        digest=brought.digest if brought else "",
        prepared_on=payload.prepared_on,
        number=next((number for number in numbers if any(map(str.isalnum, number))), ""),
        consent=payload.consent,
    )

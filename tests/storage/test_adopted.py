"""A point without memory learns its dossiers from the commune; what the commune erased goes here, too."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.dossier import Answer, Road, State
from kiosk.domain.events import DossierFacts, NewsItem, ResultFile
from kiosk.domain.ids import new_id, slip_code
from kiosk.domain.person_mark import person_mark
from kiosk.storage import drafts, news, outbox, results, secrets, visits
from kiosk.storage.database import Database
from kiosk.storage.secrets import PointSecrets
from kiosk.storage.tables import METADATA
from tests.support.points import AT, add_queued, outbox_item, sealed_paper

KEY = b"m" * 32
CONSENT = Consent(frozenset({Purpose.PREPARE, Purpose.SEND_TO_COMMUNE}), "2026.1", AT, "TNV")
FACTS = DossierFacts(
    slug="khai_sinh",
    procedure="1.001193",
    road="commune",
    slip_code="NHAP-0000-00000",
    form="khai_sinh",
    form_version="2026.11",
    digest="ab" * 32,
    prepared_on="2026-11-20",
    number="048195001234",
    consent=CONSENT,
)
RESULT = ResultFile("cd" * 32, 100, "ef" * 32, "UBND phường")


@pytest.fixture
def database(database: Database) -> Database:
    with database.write() as connection:
        secrets.save(connection, PointSecrets("ab", "AGE", KEY))
    return database


def hear(database: Database, *items: NewsItem) -> list[Path]:
    with database.write() as connection:
        return news.apply(connection, items, max(item.number for item in items))


def load(database: Database, dossier: str) -> drafts.DossierRow | None:
    with database.read() as connection:
        return drafts.load(connection, dossier)


def known(dossier: str, state: str = "result_ready", **change: object) -> NewsItem:
    facts = replace(FACTS, slip_code=slip_code(dossier), **change)  # type: ignore[arg-type]
    return NewsItem(5, dossier, 2, state, AT, "Mời bác đến nhận", "H17", result=RESULT, facts=facts)


def everything(database: Database) -> str:
    """All that stands in the database, as text."""
    with database.read() as connection:
        tables = [table for table in METADATA.tables.values() if table.name != "secrets"]
        return "\n".join(str(row) for table in tables for row in connection.execute(select(table)))


def test_an_unknown_dossier_becomes_known_with_what_it_needs(database: Database) -> None:
    dossier = new_id()
    hear(database, known(dossier))
    row = load(database, dossier)
    assert row is not None
    assert (row.state, row.revision, row.draft, row.practice) == (State.RESULT_READY, 2, None, False)
    assert (row.slug, row.form, row.form_version, row.road) == (
        "khai_sinh",
        "khai_sinh",
        "2026.11",
        Road.COMMUNE,
    )
    assert (row.sentence, row.portal_code, row.base_digest) == ("Mời bác đến nhận", "H17", "ab" * 32)
    assert row.person_mark == person_mark(KEY, "048 195 001 234", "1.001193")
    assert FACTS.number not in everything(database), "of the number only the mark is kept"
    with database.read() as connection:
        copy = results.of_dossier(connection, dossier)
        assert visits.consent_of(connection, row.visit) == CONSENT
        assert not visits.is_open(connection, row.visit)
        found = drafts.by_slip_code(connection, slip_code(dossier))
    assert copy is not None
    assert copy.file == RESULT
    assert found == row


def test_a_known_dossier_keeps_what_it_has(database: Database) -> None:
    with database.write() as connection:
        mine = add_queued(connection)
        drafts.change(connection, mine.id, person_mark="mine")
    hear(database, replace(known(mine.id, slug="other"), revision=1))
    row = load(database, mine.id)
    assert row is not None
    assert (row.slug, row.person_mark, row.state) == ("khai_sinh", "mine", State.RESULT_READY)


@pytest.mark.parametrize(
    "odd", [{"road": "air"}, {"slip_code": ""}, {"slip_code": "taken"}], ids=["road", "no slip", "taken"]
)
def test_facts_that_cannot_be_are_left_out_and_the_next_item_counts(
    database: Database, odd: dict[str, str]
) -> None:
    with database.write() as connection:
        mine = add_queued(connection)
    lost, good = known(new_id()), replace(known(new_id()), number=6)
    assert lost.facts is not None
    change: dict[str, Any] = {
        name: mine.slip_code if value == "taken" else value for name, value in odd.items()
    }
    hear(database, replace(lost, facts=replace(lost.facts, **change)), good)
    assert load(database, lost.dossier) is None
    assert load(database, good.dossier) is not None


@pytest.mark.parametrize("state", ["message", "of_tomorrow", "draft"])
def test_only_a_state_of_the_commune_makes_a_dossier_known(database: Database, state: str) -> None:
    item = known(new_id(), state)
    hear(database, item)
    assert load(database, item.dossier) is None


def test_without_number_or_consent_it_is_known_all_the_same(database: Database) -> None:
    item = known(new_id(), number="", consent=None)
    hear(database, item)
    row = load(database, item.dossier)
    assert row is not None
    assert row.person_mark == ""
    with database.read() as connection:
        assert visits.consent_of(connection, row.visit).purposes == frozenset()


def test_what_the_commune_erased_leaves_nothing_here(database: Database) -> None:
    with database.write() as connection:
        mine, other = add_queued(connection), add_queued(connection)
        for one, paper in ((mine, "p1"), (other, "p2")):
            outbox.add(connection, outbox_item(one.id, papers=(paper,)), [sealed_paper(paper)])
            drafts.save_contact(connection, one.id, "Bưởi", "0900", "1", AT)
            drafts.change(connection, one.id, draft=2, person_mark="mark-of-her")
            drafts.save(connection, one.id, 2, [Answer("ten", "Trần Thị Bưởi")], "", AT)
    hear(database, replace(known(mine.id), revision=1))
    files = hear(database, NewsItem(6, mine.id, 1, "erased", AT))
    assert [file.name for file in files] == ["p1.age"]
    row = load(database, mine.id)
    assert row is not None
    assert (row.state, row.draft, row.reason) == (State.ERASED, None, "erased.on_request")
    assert (row.person_mark, row.sentence, row.portal_code) == ("", "", "")
    assert row.slip_code == mine.slip_code
    with database.read() as connection:
        assert [item.dossier for item in outbox.waiting(connection, 10**6)] == [other.id]
        assert outbox.papers_missing(connection, "any") == []
        assert drafts.answers_of(connection, mine.id, 2) == []
        assert drafts.answers_of(connection, other.id, 2) == [Answer("ten", "Trần Thị Bưởi")]
        assert drafts.contact_of(connection, mine.id) is None
        assert results.of_dossier(connection, mine.id) is None
        assert news.of_dossier(connection, mine.id) == []
    assert everything(database).count("mark-of-her") == 1, "the other's"


@pytest.mark.parametrize("state", [State.HANDED_BACK, State.WITHDRAWN, State.ASKED_FOR_MORE])
def test_it_is_erased_whatever_it_was_and_stays_so(database: Database, state: State) -> None:
    with database.write() as connection:
        mine = add_queued(connection)
        drafts.change(connection, mine.id, state=state)
    hear(database, NewsItem(6, mine.id, 1, "erased", AT), NewsItem(7, new_id(), 1, "erased", AT))
    hear(database, replace(known(mine.id), number=8))
    row = load(database, mine.id)
    assert row is not None
    assert row.state is State.ERASED

"""What the hub's store promises, the same on SQLite and PostgreSQL."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from kiosk.envelope.tokens import new_token, token_digest
from sync.hub.context import Hub
from sync.hub.store import (
    audit,
    deadlines,
    dossiers,
    events,
    guide_ends,
    hearing,
    news,
    officers,
    papers,
    point_reports,
    points,
    results,
    rounds,
    tables,
    tokens,
    upgrade,
)
from sync.hub.store.audit import AuditLine
from sync.hub.store.database import Database, open_database
from sync.hub.store.deadlines import Due
from sync.hub.store.dossiers import HistoryLine, HubDossier, Narrow
from sync.hub.store.events import KnownEvent
from sync.hub.store.hearing import Voice
from sync.hub.store.migrate import is_current, migrate
from sync.hub.store.points import Point
from sync.hub.store.rounds import CommuneState, LastRound
from sync.hub.store.tables import metadata
from sync.hub.store.tokens import Use
from sync.protocol import GuideEnds, PointReport, Verdict
from tests.contracts.conftest import OWNER
from tests.support.hub import HubPoint, make_home, open_hub

AT = "2026-11-21T09:00:00+07:00"
SHA = "ab" * 32


@pytest.fixture
def point(store: Database) -> Point:
    with store.write() as connection:
        code = points.make_code(connection, OWNER, "Thôn Một", AT)
        made = points.enrol(connection, OWNER, code, "11" * 32, "age1point", AT)
    assert made is not None
    return made[0]


@pytest.fixture
def hub(database_url: str, tmp_path: Path) -> Iterator[Hub]:
    opened = open_hub(make_home(tmp_path / "hub", database_url))
    yield opened
    opened.database.close()


def add_dossier(store: Database, point: Point, state: State = State.AT_HUB, owner: str = OWNER) -> HubDossier:
    new = HubDossier(new_id(), owner, point.id, "Thôn Một", "1.001193", 1, state, AT, AT)
    with store.write() as connection:
        dossiers.add(connection, new)
    return new


def add_event(store: Database, point: Point, dossier: HubDossier, sha: tuple[str, ...] = ()) -> KnownEvent:
    known = KnownEvent(new_id(), point.id, "dossier", dossier.id, 1, SHA, None, None, None, None)
    with store.write() as connection:
        events.add(connection, OWNER, [(known, b"\x00sealed\xff")], AT)
        events.add_papers(connection, OWNER, {known.id: sha})
    return known


def test_migrations_make_exactly_the_tables_of_the_program(store: Database) -> None:
    assert is_current(store)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
        found = set(inspect(connection).get_table_names())
    assert found == {*metadata.tables, "alembic_version"}


def test_the_newest_file_is_the_only_head_so_that_a_current_database_needs_no_alembic(
    store: Database,
) -> None:
    scripts = Config()
    scripts.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
    heads = ScriptDirectory.from_config(scripts).get_heads()
    with store.read() as connection:
        assert [connection.execute(text("SELECT version_num FROM alembic_version")).scalar()] == heads
    assert is_current(store)
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0005_point_reports'"))
    assert not is_current(store)


def test_a_serving_hub_does_not_read_alembic() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sync.hub.serve, sys; sys.exit('alembic' in sys.modules)"], check=False
    )
    assert told.returncode == 0


def test_migrating_twice_changes_nothing(store: Database) -> None:
    migrate(store)
    assert is_current(store)


def test_a_database_of_a_newer_program_is_refused_and_untouched(store: Database) -> None:
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WorldError) as caught:
        migrate(store)
    assert caught.value.code == "hub.database_newer"


def test_every_table_but_the_commune_itself_names_its_commune() -> None:
    for table in metadata.tables.values():
        assert "commune" in table.columns or table.name == "commune", table.name


def test_an_error_undoes_the_whole_transaction(store: Database, point: Point) -> None:
    def half() -> None:
        with store.write() as connection:
            rounds.next_receipts(connection, OWNER, 1)
            rounds.add_commune(connection, OWNER, "e-2")

    with pytest.raises(IntegrityError):
        half()
    with store.read() as connection:
        assert rounds.state(connection, OWNER).receipt_number == 0


def test_foreign_keys_are_held(store: Database) -> None:
    stranger = Point(new_id(), OWNER, "", "", "", revoked=False, token_at=AT)
    with pytest.raises(IntegrityError):
        add_dossier(store, stranger)


def test_what_was_written_is_there_after_closing(store: Database, point: Point, database_url: str) -> None:
    dossier = add_dossier(store, point)
    store.close()
    again = open_database(database_url)
    with again.read() as connection:
        assert dossiers.find(connection, dossier.id) == dossier
    again.close()


def test_receipt_numbers_are_never_given_twice(store: Database) -> None:
    numbers: list[int] = []

    def take() -> None:
        for _ in range(10):
            with store.write() as connection:
                numbers.append(rounds.next_receipts(connection, OWNER, 1)[1])

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 41))


def test_a_code_works_once_and_again_only_for_the_same_keys(store: Database) -> None:
    with store.write() as connection:
        code = points.make_code(connection, OWNER, "Thôn Hai", AT)
    with store.write() as connection:
        first = points.enrol(connection, OWNER, code.lower().replace("-", " "), "22" * 32, "age1a", AT)
    with store.write() as connection:
        again = points.enrol(connection, OWNER, code, "22" * 32, "age1a", AT)
        other = points.enrol(connection, OWNER, code, "33" * 32, "age1b", AT)
        elsewhere = points.enrol(connection, "99999", code, "22" * 32, "age1a", AT)
    assert first is not None
    assert again is not None
    assert other is None
    assert elsewhere is None
    assert again[0].id == first[0].id
    assert again[1] != first[1]
    with store.read() as connection:
        assert tokens.holders(connection, OWNER, [first[1]])[0] == (first[0], Use.DEAD)
        assert tokens.holders(connection, OWNER, [again[1]])[0] == (first[0], Use.IN_FORCE)
        assert tokens.holders(connection, "99999", [again[1]])[0] is None


def test_a_next_token_counts_from_its_first_use_and_the_one_before_is_dead_then(
    store: Database, point: Point
) -> None:
    first, second, third = (new_token(point.id) for _ in range(3))
    for at, token in enumerate((first, second)):
        with store.write() as connection:
            tokens.ask_for(connection, point.id, token_digest(token))
            tokens.put_in_force(connection, point.id, token, f"2026-12-0{at + 1}T09:00:00+07:00")
    with store.write() as connection:
        tokens.ask_for(connection, point.id, token_digest(third))
        tokens.put_in_force(connection, point.id, new_token(point.id), AT)
        tokens.put_in_force(connection, point.id, second, AT)
    with store.read() as connection:
        uses = [tokens.holders(connection, OWNER, [token])[0] for token in (third, second, first)]
        row = points.by_id(connection, point.id)
        assert uses == [(row, Use.NEXT), (row, Use.IN_FORCE), (row, Use.DEAD)]
        assert row.token_at == "2026-12-02T09:00:00+07:00", "since its own first use"
        assert tokens.use_of(connection, point.id, token_digest(third)) is Use.NEXT
        assert tokens.use_of(connection, point.id, token_digest("other")) is None
        for odd in ("", ".", "nobody.secret", f"{point.id}.secret", first.replace(".", "!")):
            assert tokens.holders(connection, OWNER, [odd])[0] is None


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        ("2026-10-22T09:00:00+07:00", 30, True),
        ("2026-10-22T09:00:01+07:00", 30, False),
        ("2009-01-01T00:00:00+07:00", 30, True),
        ("2009-01-01T00:00:00+07:00", 0, False),
        ("2026-11-21T20:00:00+07:00", 30, False),
        ("2046-01-01T00:00:00+07:00", 30, True),
    ],
)
def test_a_token_is_due_after_its_days_and_when_a_wrong_clock_made_it(
    since: str, days: int, due: bool
) -> None:
    assert tokens.is_due(since, datetime.fromisoformat(AT), days) is due


def test_a_revoked_point_says_so(store: Database, point: Point) -> None:
    with store.write() as connection:
        assert points.revoke(connection, OWNER, point.id, AT)
        assert not points.revoke(connection, OWNER, new_id(), AT)
        assert not points.revoke(connection, "99999", point.id, AT)
        assert points.by_id(connection, point.id).revoked


def test_the_last_answer_of_each_incarnation_is_kept(store: Database, point: Point) -> None:
    with store.write() as connection:
        rounds.store_rounds(connection, OWNER, {(point.id, "one"): LastRound(1, "d1", b"a1")})
        later = {(point.id, "one"): LastRound(2, "d2", b"a2"), (point.id, "two"): LastRound(1, "d3", b"a3")}
        rounds.store_rounds(connection, OWNER, later)
    with store.write() as connection:
        voices = [Voice(life, "e-1", 0) for life in (*later, (point.id, "three"))]
        before = hearing.meet(connection, OWNER, voices, AT)
        assert (before.marks, before.rounds) == (CommuneState("e-1", 0, 0), later)
        assert (before.newest, before.receipts) == ({point.id: 0}, {point.id: []})
        assert hearing.meet(connection, OWNER, voices[:1], AT).rounds == {
            voices[0].life: later[voices[0].life]
        }
        assert hearing.meet(connection, OWNER, voices[2:], AT).rounds == {}


def test_one_revision_has_one_event(store: Database, point: Point) -> None:
    dossier = add_dossier(store, point)
    known = add_event(store, point, dossier)
    with pytest.raises(IntegrityError):
        add_event(store, point, dossier)
    with store.read() as connection:
        assert events.of_revision(connection, dossier.id, 1) == known
        assert events.concerning(connection, [known.id], []) == {known.id: known}
        assert events.body(connection, known.id) == b"\x00sealed\xff"
        assert events.of_dossier(connection, dossier.id) == [known]
        assert events.concerning(connection, [new_id()], []) == {}


def test_papers_are_missing_until_this_point_has_sent_them(store: Database, point: Point) -> None:
    known = add_event(store, point, add_dossier(store, point), (SHA, "cd" * 32, SHA))
    with store.write() as connection:
        upload = papers.start(connection, OWNER, point.id, SHA, 10, AT)
        assert papers.start(connection, OWNER, point.id, SHA, 10, AT) == upload
        assert papers.find(connection, point.id, upload.id) == upload
        assert papers.find(connection, new_id(), upload.id) is None
        assert events.missing_papers(connection, known) == [SHA, "cd" * 32]
        papers.complete(connection, OWNER, upload, AT)
        papers.complete(connection, OWNER, upload, AT)
        assert events.missing_papers(connection, known) == ["cd" * 32]
        assert events.waiting_for(connection, point.id, "cd" * 32) == [known]
        papers.forget(connection, upload.id)
        assert papers.find(connection, point.id, upload.id) is None


def test_news_is_numbered_for_each_point(store: Database, point: Point) -> None:
    dossier = add_dossier(store, point)
    with store.write() as connection:
        for body in (b"one", b"two", b"three"):
            number = news.next_number(connection, point.id)
            news.add(connection, OWNER, point.id, number, dossier.id, body, AT)
    with store.read() as connection:
        assert news.after(connection, point.id, 1, 1) == [(2, b"two")]
        assert news.after(connection, point.id, 0, 9) == [(1, b"one"), (2, b"two"), (3, b"three")]
        assert news.count_after(connection, point.id, 2) == 1
        assert news.after(connection, new_id(), 0, 9) == []


def test_the_inbox_filters_by_commune_state_and_marks(store: Database, point: Point) -> None:
    with store.write() as connection:
        rounds.add_commune(connection, "99999", "e-9")
    first, second = add_dossier(store, point), add_dossier(store, point, State.RECEIVED)
    foreign = add_dossier(store, point, owner="99999")
    with store.write() as connection:
        dossiers.add_marks(connection, OWNER, {first.id: {"m1", "m2"}})
        dossiers.add_marks(connection, OWNER, {first.id: {"m2", "m3"}, second.id: {"m1"}})
        dossiers.add_marks(connection, "99999", {foreign.id: {"m1"}})

    def found(*marks: str, state: State | None = None) -> set[str]:
        with store.read() as connection:
            return {one.id for one in dossiers.listed(connection, OWNER, Narrow(state), marks, 10, 0)}

    assert found() == {first.id, second.id}
    assert found(state=State.RECEIVED) == {second.id}
    assert found("m1") == {first.id, second.id}
    assert found("m1", "m3") == {first.id}
    assert found("m1", "m9") == set()
    with store.read() as connection:
        assert dossiers.counts(connection, OWNER) == {State.AT_HUB: 1, State.RECEIVED: 1}
        assert len(dossiers.listed(connection, OWNER, Narrow(), [], 1, 1)) == 1
        assert dossiers.find(connection, foreign.id, OWNER) is None


def test_hamlets_and_procedures_are_named_once_and_in_order(store: Database, point: Point) -> None:
    with store.read() as connection:
        assert dossiers.named(connection, OWNER) == ([], [])
    with store.write() as connection:
        rounds.add_commune(connection, "99999", "e-9")
    made = [add_dossier(store, point) for _ in range(4)]
    foreign = add_dossier(store, point, owner="99999")
    hamlets = ["Thôn Hai", "Thôn Ba", "Thôn Hai", "Thôn Ba"]
    with store.write() as connection:
        for one, hamlet in zip([*made, foreign], [*hamlets, "Thôn Xa"], strict=True):
            connection.execute(
                tables.dossier.update().where(tables.dossier.c.id == one.id).values(hamlet=hamlet)
            )
    with store.read() as connection:
        assert dossiers.named(connection, OWNER) == (["Thôn Ba", "Thôn Hai"], [made[0].procedure])


def test_history_keeps_its_order(store: Database, point: Point) -> None:
    dossier = add_dossier(store, point)
    lines = [
        HistoryLine(AT, actor, 1, state, note)
        for actor, state, note in (
            ("", State.AT_HUB, b""),
            ("an", State.SEEN, b"\x01"),
            ("an", State.INVITED, b"x"),
        )
    ]
    with store.write() as connection:
        for line in lines:
            dossiers.note(connection, OWNER, dossier.id, line)
        dossiers.change(connection, dossier.id, State.INVITED, 1, AT)
    with store.read() as connection:
        assert dossiers.history_of(connection, dossier.id) == lines


def test_officers_and_their_sessions(store: Database) -> None:
    with store.write() as connection:
        officers.add(connection, OWNER, "lan", officers.Role.HEAD, "hash", AT)
        lan = officers.by_name(connection, OWNER, "lan")
        assert lan is not None
        secret, csrf = officers.open_session(connection, OWNER, lan.id, expires_at=100)
    with pytest.raises(WorldError) as caught, store.write() as connection:
        officers.add(connection, OWNER, "lan", officers.Role.OFFICER, "hash", AT)
    assert caught.value.code == "hub.user_exists"
    with store.read() as connection:
        session = officers.session(connection, OWNER, secret, 99)
        assert session is not None
        assert (session.officer, session.csrf) == (lan, csrf)
        assert officers.session(connection, OWNER, secret, 100) is None
        assert officers.session(connection, "99999", secret, 1) is None
        assert officers.session(connection, OWNER, "guess", 1) is None
    with store.write() as connection:
        officers.close_session(connection, secret, 50)
        assert officers.session(connection, OWNER, secret, 50) is None


def test_one_open_code_at_most_takes_a_points_place(store: Database, point: Point) -> None:
    with store.write() as connection:
        first = points.make_code(connection, OWNER, "Thôn Một", AT, renews=point.id)
        new = points.make_code(connection, OWNER, "Thôn Hai", AT)
        second = points.make_code(connection, OWNER, "Thôn Một", AT, renews=point.id)
        assert points.enrol(connection, OWNER, first, "44" * 32, "age1d", AT) is None
        assert points.enrol(connection, OWNER, second, "44" * 32, "age1d", AT) is not None
        third = points.make_code(connection, OWNER, "Thôn Một", AT, renews=point.id)
        again = points.enrol(connection, OWNER, new, "44" * 32, "age1d", AT)
        assert again is not None
        assert again.point.id == point.id
        assert points.enrol(connection, OWNER, third, "55" * 32, "age1e", AT) is None
        assert points.by_id(connection, point.id).signing_key == "44" * 32


def test_three_machines_with_one_code_at_once_take_a_points_place_once(store: Database, point: Point) -> None:
    with store.write() as connection:
        code = points.make_code(connection, OWNER, "Thôn Một", AT, renews=point.id)
    bought: list[bool] = []

    def spend(number: int) -> None:
        with store.write() as connection:
            keys = (f"{number}{number}" * 32, f"age1{number}")
            bought.append(points.enrol(connection, OWNER, code, *keys, AT) is not None)

    threads = [threading.Thread(target=spend, args=(number,)) for number in (6, 7, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(bought) == [False, False, True]


@pytest.mark.parametrize(("day", "buys"), [("2026-12-05", True), ("2026-12-06", False)])
def test_a_code_ends_after_two_weeks(store: Database, day: str, buys: bool) -> None:
    with store.write() as connection:
        code = points.make_code(connection, OWNER, "Thôn Một", AT)
        made = points.enrol(connection, OWNER, code, "66" * 32, "age1f", f"{day}T09:00:00+07:00")
    assert (made is not None) is buys


def test_codes_that_were_not_spent_can_be_voided(store: Database) -> None:
    with store.write() as connection:
        code = points.make_code(connection, OWNER, "Thôn Một", AT)
        points.void_codes(connection)
        assert points.enrol(connection, OWNER, code, "66" * 32, "age1f", AT) is None


def test_an_officer_who_is_removed_or_gets_another_password_is_out(store: Database) -> None:
    with store.write() as connection:
        officers.add(connection, OWNER, " LAN ", officers.Role.ADMIN, "hash", AT)
        for change in (lambda: officers.set_password(connection, OWNER, "lan", "other"), None):
            lan = officers.by_name(connection, OWNER, "lan")
            assert lan is not None
            secret, _ = officers.open_session(connection, OWNER, lan.id, expires_at=100)
            if change is None:
                with pytest.raises(WorldError) as caught:
                    officers.remove(connection, OWNER, "lan")
                assert caught.value.code == "hub.last_admin"
                officers.add(connection, OWNER, "hoa", officers.Role.ADMIN, "hash", AT)
                officers.remove(connection, OWNER, "Lan")
            else:
                change()
            assert officers.session(connection, OWNER, secret, 1) is None
        assert [(one.name, one.may_log_in) for one in officers.everybody(connection, OWNER)] == [
            ("hoa", True),
            ("lan", False),
        ]


def test_the_audit_shows_the_newest_first(store: Database, point: Point) -> None:
    dossier = add_dossier(store, point)
    with store.write() as connection:
        audit.write(connection, OWNER, AuditLine(AT, "lan", "view", dossier.id, ""))
        audit.write(connection, OWNER, AuditLine(AT, "x" * 200, "login_failed", None, "y" * 200))
    with store.read() as connection:
        assert [line.action for line in audit.latest(connection, OWNER)] == ["login_failed", "view"]
        assert [line.actor for line in audit.of_dossier(connection, OWNER, dossier.id)] == ["lan"]
        assert audit.latest(connection, "99999") == []


def test_a_whole_conversation(hub: Hub) -> None:
    point = HubPoint(hub)
    paper = point.paper()
    event = point.event(papers=[paper])
    assert point.round(event).verdicts[0].missing_papers == [paper.sealed_sha256]
    point.send_paper(paper.sealed_sha256)
    (receipt,) = point.round().receipts
    again = point.round(event).verdicts[0]
    assert (again.verdict, again.receipt) == (Verdict.ALREADY, receipt)


def test_two_rounds_of_one_point_at_once_keep_one_dossier(hub: Hub) -> None:
    point = HubPoint(hub)
    event = point.event()
    bodies = [point.request(event) for _ in range(4)]
    errors: list[str] = []

    def say(body: bytes) -> None:
        try:
            point.said(body)
        except WorldError as error:
            errors.append(error.code)

    threads = [threading.Thread(target=say, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(errors) <= {"sequence.behind"}
    with hub.database.read() as connection:
        assert rounds.state(connection, hub.commune).receipt_number == 1
        assert len(dossiers.listed(connection, hub.commune, Narrow(), [], 9, 0)) == 1


def test_promises_are_filtered_and_counted(store: Database, point: Point) -> None:
    kept, late, near = (add_dossier(store, point, State.RECEIVED) for _ in range(3))
    with store.write() as connection:
        for dossier, due_on in ((kept, "2026-11-20"), (late, "2026-11-20"), (near, "2026-11-24")):
            deadlines.promise(connection, OWNER, dossier.id, due_on)
        deadlines.keep(connection, kept.id, "2026-11-20")
        deadlines.keep(connection, kept.id, "2026-12-31")
    with store.read() as connection:
        for due, expected in ((Due.LATE, {late.id}), (Due.SOON, {near.id}), (Due.OPEN, set())):
            narrow = Narrow(due=deadlines.standing(due, "2026-11-23", "2026-11-26"))
            found = dossiers.listed(connection, OWNER, narrow, [], 10, 0)
            assert {one.id for one in found} == expected
        for by in ("procedure", "hamlet"):
            (count,) = deadlines.counts(connection, OWNER, by, "2026-11", "2026-11-23")
            assert (count.arrived, count.waiting, count.on_time, count.late) == (3, 3, 1, 1)
        assert deadlines.counts(connection, "another", "hamlet", "", "2026-11-23") == []
        assert dossiers.named(connection, OWNER) == (["Thôn Một"], ["1.001193"])
        assert dossiers.listed(connection, OWNER, Narrow(hamlet="Thôn Hai"), [], 10, 0) == []


def test_a_copy_of_a_result_is_its_points_own(store: Database, point: Point) -> None:
    dossier = add_dossier(store, point)
    with store.write() as connection:
        for body in (b"\x00old", b"\x00new"):
            results.add(connection, OWNER, point.id, dossier.id, SHA, body)
    with store.read() as connection:
        assert results.body(connection, point.id, SHA) == b"\x00new"
        assert results.body(connection, new_id(), SHA) is None
        assert results.is_waiting(connection, dossier.id)
    with store.write() as connection:
        results.forget(connection, dossier.id)
        assert not results.is_waiting(connection, dossier.id)


def test_messages_and_statements_share_their_numbers(store: Database, point: Point) -> None:
    dossier = add_dossier(store, point)
    with store.write() as connection:
        first, second = (news.next_number(connection, point.id) for _ in range(2))
        news.add(connection, OWNER, point.id, second, dossier.id, b"statement", AT)
        point_reports.add_message(connection, OWNER, point.id, first, b"\x00message", AT)
    with store.read() as connection:
        assert news.after(connection, point.id, 0, 10) == [(1, b"\x00message"), (2, b"statement")]
        assert news.after(connection, point.id, 0, 1) == [(1, b"\x00message")]
        assert news.after(connection, point.id, 1, 10) == [(2, b"statement")]
        assert news.count_after(connection, point.id, 0) == 2
        assert news.count_after(connection, new_id(), 0) == 0


def test_a_newer_count_of_walkthroughs_replaces_an_older_one(store: Database, point: Point) -> None:
    def told(*ends: tuple[str, int]) -> None:
        lines = [GuideEnds(month="2026-11", guide="g", exit=exit_, reason="r", times=n) for exit_, n in ends]
        with store.write() as connection:
            guide_ends.keep(connection, OWNER, {point.id: PointReport(program="1", guide_ends=lines)})

    told(("S_SIM", 1), ("S_POLICE", 2))
    told(("S_SIM", 4))
    told()
    with store.read() as connection:
        found = [(one.exit, one.times) for one in guide_ends.counts(connection, OWNER, 10)]
        assert guide_ends.counts(connection, "another", 10) == []
    assert found == [("S_SIM", 4), ("S_POLICE", 2)]


def test_the_newest_report_of_a_point_counts(store: Database, point: Point) -> None:
    with store.read() as connection:
        assert point_reports.standings(connection, OWNER)[0].report is None
    for queue in (5, 2):
        report = PointReport(program="0.1.0", queue=queue)
        with store.write() as connection:
            point_reports.keep(connection, OWNER, {point.id: report})
    with store.read() as connection:
        (found,) = point_reports.standings(connection, OWNER)
        assert (found.id, found.report) == (point.id, report)
        assert point_reports.standings(connection, "another") == []

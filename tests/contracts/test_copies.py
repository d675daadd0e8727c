"""A copy of a hub is whole, is found out when it is not, and comes back on either database."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, select, text, update

from kiosk.domain.clock import SystemClock
from kiosk.domain.errors import WorldError
from sync.hub import copies
from sync.hub.alone import COPY_LOCK, SERVE_LOCK, alone
from sync.hub.backup import back_up
from sync.hub.context import Hub
from sync.hub.home import Home
from sync.hub.office.reading import open_dossier, open_paper
from sync.hub.own_papers import Looked
from sync.hub.restore import restore
from sync.hub.store import audit, news, points, rounds
from sync.hub.store.audit import AuditLine
from sync.hub.store.database import open_database
from sync.hub.store.tables import event, event_paper, metadata, paper
from sync.hub.store.transfer import NEWS_GAP
from sync.hub.uploads import paper_file
from sync.hub.verify import verify
from sync.protocol import Event, Verdict
from tests.support.hub import HubPoint, make_home, open_hub

CLOCK = SystemClock()


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    folder = tmp_path / "volume"
    folder.mkdir()
    return folder


def send(point: HubPoint, count: int = 1, papers: int = 0) -> list[Event]:
    """Dossiers that have their receipts."""
    sent = []
    for _ in range(count):
        scans = [point.paper() for _ in range(papers)]
        sent.append(point.event(papers=scans))
        point.round(sent[-1])
        for scan in scans:
            point.send_paper(scan.sealed_sha256)
    return sent


def state(hub: Hub) -> rounds.CommuneState:
    with hub.database.read() as connection:
        return rounds.state(connection, hub.commune)


def rows(hub: Hub) -> dict[str, list[tuple[object, ...]]]:
    with hub.database.read() as connection:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }


def own_database(hub: Hub, folder: Path) -> str:
    """Where another machine keeps the same: beside the hub's own on the same server, or in a file."""
    if hub.database.is_sqlite:
        return ""
    url = hub.database.engine.url
    name = f"{url.database}_{folder.name[-8:].replace('-', '_')}"
    with closing(create_engine(url, isolation_level="AUTOCOMMIT").connect()) as connection:
        if not connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :n"), {"n": name}).first():
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    connection.engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def restored(hub: Hub, volume: Path, folder: Path) -> Hub:
    """Another machine gets the copy; the commune brings its key."""
    home = Home(folder / "elsewhere")
    restore(home, volume, CLOCK, database=own_database(hub, folder))
    home.commune_key.write_bytes(hub.home.commune_key.read_bytes())
    return open_hub(home)


def test_a_copy_has_every_row_and_paper_and_makes_them_safe(hub: Hub, volume: Path) -> None:
    send(HubPoint(hub), 3, papers=2)
    assert state(hub).safe == 0
    copy = back_up(hub.home, volume, CLOCK)
    assert state(hub).safe == 0, "a copy that nobody read back makes nothing safe"
    verified, report = verify(hub.home, volume, CLOCK)
    assert (verified, report.is_whole, report.events, report.papers) == (copy, True, 3, 6)
    assert state(hub).safe == report.safe == 3


def test_the_mark_does_not_run_ahead_of_the_copy(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    send(point, 2)
    back_up(hub.home, volume, CLOCK)
    send(point, 2)
    verify(hub.home, volume, CLOCK)
    assert (state(hub).receipt_number, state(hub).safe) == (4, 2)
    assert point.round().safe == 2


def test_an_old_copy_does_not_lower_the_mark(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    send(point)
    first = back_up(hub.home, volume, CLOCK)
    send(point)
    back_up(hub.home, volume, CLOCK)
    verify(hub.home, volume, CLOCK)
    verify(hub.home, volume, CLOCK, first.name)
    assert state(hub).safe == 2


def test_a_copy_of_another_epoch_makes_nothing_safe(hub: Hub, volume: Path, tmp_path: Path) -> None:
    point = HubPoint(hub)
    send(point, 3)
    back_up(hub.home, volume, CLOCK)
    with closing((there := restored(hub, volume, tmp_path)).database):
        point.hub = there
        send(point, 2)
        assert verify(there.home, volume, CLOCK)[1].safe == 3, "whole, but of the epoch before"
        assert (state(there).receipt_number, state(there).safe) == (2, 0)


def test_a_dossier_whose_papers_are_still_coming_hinders_nobody(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    point.round(point.event(papers=[point.paper()]))
    send(point)
    back_up(hub.home, volume, CLOCK)
    _, report = verify(hub.home, volume, CLOCK)
    assert (report.is_whole, report.safe) == (True, 1)


def test_the_copy_goes_on_another_machine_with_every_row(hub: Hub, volume: Path, tmp_path: Path) -> None:
    send(HubPoint(hub), 2, papers=1)
    before = rows(hub)
    back_up(hub.home, volume, CLOCK)
    with closing((there := restored(hub, volume, tmp_path)).database):
        after = rows(there)
        assert state(there).epoch != state(hub).epoch
        assert (state(there).receipt_number, state(there).safe) == (0, 0)
    changed = {"commune", "incarnation", "point", "office_session", "enrol_code"}
    assert {name: after[name] for name in after if name not in changed} == {
        name: before[name] for name in before if name not in changed
    }
    for point, sha256, *_ in after["paper"]:
        assert paper_file(there.home, str(point), str(sha256)).read_bytes()
    assert not (there.home.folder / "before-restore").exists()


def test_a_copy_goes_into_the_other_kind_of_database_too(hub: Hub, volume: Path, tmp_path: Path) -> None:
    send(HubPoint(hub), 2, papers=1)
    back_up(hub.home, volume, CLOCK)
    home, other = Home(tmp_path / "small"), tmp_path / "small.db"
    restore(home, volume, CLOCK, database=f"sqlite:///{other.as_posix()}")
    home.commune_key.write_bytes(hub.home.commune_key.read_bytes())
    with closing((there := open_hub(home)).database):
        assert (there.database.is_sqlite, other.exists()) == (True, True)
        assert rows(there)["event"] == rows(hub)["event"]


def test_after_the_restore_what_it_had_is_known_and_what_it_lost_is_taken_once(
    hub: Hub, volume: Path, tmp_path: Path
) -> None:
    point = HubPoint(hub)
    kept = send(point, 2, papers=1)
    back_up(hub.home, volume, CLOCK)
    lost = send(point, 2, papers=1)
    with closing((there := restored(hub, volume, tmp_path)).database):
        point.hub = there
        answer = point.round(*kept, *lost)
        assert [one.verdict for one in answer.verdicts] == [Verdict.ALREADY] * 2 + [Verdict.ACCEPTED] * 2
        assert [bool(one.receipt) for one in answer.verdicts] == [True, True, False, False]
        for one in lost:
            point.send_paper(one.papers[0])
        answer = point.round(*kept, *lost)
        assert {one.receipt.epoch for one in answer.verdicts if one.receipt} == {answer.epoch}
        assert sorted(one.receipt.number for one in answer.verdicts if one.receipt) == [1, 2, 3, 4]
        with there.database.read() as connection:
            found = list(connection.execute(select(event.c.id)).scalars())
    assert sorted(found) == sorted(one.id for one in (*kept, *lost))


def test_a_code_of_the_copy_may_be_spent_since_and_buys_nothing_after_the_restore(
    hub: Hub, volume: Path, tmp_path: Path
) -> None:
    with hub.database.write() as connection:
        code = points.make_code(connection, hub.commune, "Thôn Một", hub.now())
    back_up(hub.home, volume, CLOCK)
    with (
        closing((there := restored(hub, volume, tmp_path)).database),
        there.database.write() as connection,
    ):
        assert points.enrol(connection, there.commune, code, "77" * 32, "age1z", hub.now()) is None


def test_news_of_a_restored_hub_stand_above_what_points_have_seen(
    hub: Hub, volume: Path, tmp_path: Path
) -> None:
    point = HubPoint(hub)
    dossier = send(point)[0].dossier
    back_up(hub.home, volume, CLOCK)
    with hub.database.write() as connection:
        seen = news.next_number(connection, point.row.id)
    with closing((there := restored(hub, volume, tmp_path)).database):
        with there.database.write() as connection:
            number = news.next_number(connection, point.row.id)
            news.add(connection, there.commune, point.row.id, number, dossier, b"sealed", "now")
        assert number == NEWS_GAP + 1 > seen
        point.hub, point.cursor = there, seen
        assert [item.number for item in point.round().news] == [number]


def test_a_broken_paper_is_found_and_the_next_backup_copies_it_anew(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    send(point, 1)
    send(point, 1, papers=1)
    copy = back_up(hub.home, volume, CLOCK)
    (_point, sha256, size) = copy.manifest().papers[0]
    copy.paper(_point, sha256).write_bytes(b"x" * size)
    _, report = verify(hub.home, volume, CLOCK)
    assert not report.is_whole
    assert len(report.broken_events) == len(report.broken_papers) == 1
    assert (report.safe, state(hub).safe, copy.verified()) == (1, 1, None)
    back_up(hub.home, volume, CLOCK)
    _, report = verify(hub.home, volume, CLOCK)
    assert (report.is_whole, state(hub).safe) == (True, 2)


def test_a_damaged_copy_comes_back_as_far_as_it_is_whole_and_the_rest_arrives_again(
    hub: Hub, volume: Path, tmp_path: Path
) -> None:
    point = HubPoint(hub)
    sent = send(point, 2, papers=2)
    copy = back_up(hub.home, volume, CLOCK)
    lost = sent[1].papers[0]
    copy.paper(point.row.id, lost).write_bytes(b"rotten")
    body = paper_file(hub.home, point.row.id, lost).read_bytes()
    home = Home(tmp_path / "elsewhere")
    with pytest.raises(WorldError) as caught:
        restore(home, volume, CLOCK)
    assert (caught.value.code, home.is_made()) == ("restore.incomplete", False)
    _, report = restore(home, volume, CLOCK, database=own_database(hub, tmp_path), incomplete=True)
    assert [(one.dossier, one.papers, one.content) for one in report.damage] == [
        (sent[1].dossier, (lost,), False)
    ]
    home.commune_key.write_bytes(hub.home.commune_key.read_bytes())
    with closing((there := open_hub(home)).database):
        assert not paper_file(home, point.row.id, lost).exists()
        point.hub = there
        known, waiting = point.round(*sent).verdicts
        assert (known.missing_papers, bool(known.receipt)) == ([], True)
        assert (waiting.missing_papers, waiting.receipt) == ([lost], None)
        assert state(there).safe == 0
        back_up(home, volume, CLOCK)
        assert verify(home, volume, CLOCK)[1].safe == 1, "what is missing is promised to nobody"
        point.papers[lost] = body
        point.send_paper(lost)
        assert all(one.receipt for one in point.round(*sent).verdicts)
        back_up(home, volume, CLOCK)
        verify(home, volume, CLOCK)
        back_up(home, volume, CLOCK)
        assert (verify(home, volume, CLOCK)[1].is_whole, state(there).safe) == (True, 2)


def test_an_envelope_that_rotted_is_unknown_after_an_incomplete_restore(
    hub: Hub, volume: Path, tmp_path: Path
) -> None:
    point = HubPoint(hub)
    sent = send(point, 2)
    with hub.database.write() as connection:
        connection.execute(update(event).where(event.c.id == sent[0].id).values(body=b"rotten"))
    back_up(hub.home, volume, CLOCK)
    home = Home(tmp_path / "elsewhere")
    _, report = restore(home, volume, CLOCK, database=own_database(hub, tmp_path), incomplete=True)
    assert [(one.event, one.content) for one in report.damage] == [(sent[0].id, True)]
    home.commune_key.write_bytes(hub.home.commune_key.read_bytes())
    with closing((there := open_hub(home)).database):
        point.hub = there
        verdicts = [one.verdict for one in point.round(*sent).verdicts]
        assert verdicts == [Verdict.ACCEPTED, Verdict.ALREADY]
        with there.database.read() as connection:
            assert b"rotten" not in connection.execute(select(event.c.body)).scalars().all()
        assert len(open_dossier(there, sent[0].dossier).revisions()) == 1, "the office reads what came again"


def test_what_the_hub_itself_still_has_whole_makes_up_for_the_volume(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    lost = send(point, 1, papers=1)[0].papers[0]
    back_up(hub.home, volume, CLOCK).paper(point.row.id, lost).unlink()
    hub.database.close()
    _, report = restore(hub.home, volume, CLOCK, over=True)
    assert report.is_whole


def test_a_row_whose_bytes_changed_at_the_hub_is_not_safe(hub: Hub, volume: Path) -> None:
    send(HubPoint(hub), 3)
    with hub.database.write() as connection:
        second = select(event.c.id).where(event.c.receipt_number == 2).scalar_subquery()
        connection.execute(update(event).where(event.c.id == second).values(body=b"rotten"))
    back_up(hub.home, volume, CLOCK)
    _, report = verify(hub.home, volume, CLOCK)
    assert (report.is_whole, report.safe, state(hub).safe) == (False, 1, 1)


def test_a_row_that_vanished_stops_the_mark_below_it(hub: Hub, volume: Path) -> None:
    send(HubPoint(hub), 3)
    with hub.database.write() as connection:
        connection.execute(delete(event).where(event.c.receipt_number == 2))
    back_up(hub.home, volume, CLOCK)
    assert verify(hub.home, volume, CLOCK)[1].safe == 1


@pytest.mark.parametrize("name", ["hub.db", "home/hub-key"])
def test_a_copy_that_changed_afterwards_is_refused(hub: Hub, volume: Path, tmp_path: Path, name: str) -> None:
    send(HubPoint(hub))
    copy = back_up(hub.home, volume, CLOCK)
    file = copy.folder / name
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: verify(hub.home, volume, CLOCK),
        lambda: restore(Home(tmp_path / "new"), volume, CLOCK),
    )
    for attempt in attempts:
        with pytest.raises(WorldError) as caught:
            attempt()
        assert caught.value.code == "copy.damaged"
    assert state(hub).safe == 0
    assert not Home(tmp_path / "new").is_made()


def test_a_paper_that_the_hub_lost_stops_the_backup(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    sha256 = send(point, 1, papers=1)[0].papers[0]
    paper_file(hub.home, point.row.id, sha256).unlink()
    with pytest.raises(WorldError) as caught:
        back_up(hub.home, volume, CLOCK)
    assert caught.value.code == "copy.paper_missing"
    assert copies.copies_in(volume) == []


def test_a_paper_that_rotted_on_the_hubs_disk_comes_back_from_the_volume(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    sent = send(point, 3, papers=1)
    back_up(hub.home, volume, CLOCK)
    files = [paper_file(hub.home, point.row.id, one.papers[0]) for one in sent]
    whole = [file.read_bytes() for file in files]
    files[0].unlink()
    files[1].write_bytes(whole[1][:-3])
    assert back_up(hub.home, volume, CLOCK).healed == 2
    files[2].write_bytes(whole[2][:-3] + b"???")
    with pytest.raises(WorldError) as caught:
        open_paper(hub, open_dossier(hub, sent[2].dossier), sent[2].papers[0])
    assert caught.value.code == "office.paper_rotten"
    assert verify(hub.home, volume, CLOCK)[1].own == Looked(healed=1)
    assert [file.read_bytes() for file in files] == whole
    assert verify(hub.home, volume, CLOCK)[1].own == Looked()


def test_a_paper_that_is_whole_nowhere_is_told(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    sha256 = send(point, 1, papers=1)[0].papers[0]
    copy = back_up(hub.home, volume, CLOCK)
    for file in (paper_file(hub.home, point.row.id, sha256), copy.paper(point.row.id, sha256)):
        file.write_bytes(bytes(file.stat().st_size))
    report = verify(hub.home, volume, CLOCK)[1]
    assert (report.own, report.safe) == (Looked(lost=1), 0)


def test_what_was_erased_since_the_copy_does_not_come_back(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    sha256 = send(point, 1, papers=1)[0].papers[0]
    back_up(hub.home, volume, CLOCK)
    file = paper_file(hub.home, point.row.id, sha256)
    with hub.database.write() as connection:
        connection.execute(delete(event_paper))
        connection.execute(delete(paper))
    file.unlink()
    assert verify(hub.home, volume, CLOCK)[1].own == Looked()
    assert not file.exists()


def test_old_copies_go_but_the_newest_verified_one_stays(hub: Hub, volume: Path) -> None:
    point = HubPoint(hub)
    sha256 = send(point, 1, papers=1)[0].papers[0]
    first = back_up(hub.home, volume, CLOCK)
    verify(hub.home, volume, CLOCK)
    made = [back_up(hub.home, volume, CLOCK, keep=2) for _ in range(3)]
    assert copies.copies_in(volume) == [first, *made[1:]]
    with hub.database.write() as connection:
        connection.execute(delete(event_paper))
        connection.execute(delete(paper))
    last = [back_up(hub.home, volume, CLOCK, keep=2) for _ in range(2)][-1]
    assert first.paper(point.row.id, sha256).exists(), "the verified copy still names it"
    verify(hub.home, volume, CLOCK)
    assert copies.rotate(volume, 2) == 1
    assert copies.find_copy(volume) == last
    assert not first.paper(point.row.id, sha256).exists(), "no copy names it any more"


def test_a_copy_beside_a_real_hub_is_none(hub: Hub, volume: Path) -> None:
    real = replace(hub.settings, trial=False)
    with pytest.raises(WorldError) as caught:
        copies.check_volume(hub.home, real, volume)
    assert caught.value.code == "copy.same_volume"
    copies.check_volume(hub.home, real, Path("/dev/shm"))
    with pytest.raises(WorldError) as caught:
        back_up(hub.home, volume / "not there", CLOCK)
    assert caught.value.code == "copy.no_volume"


def test_two_hubs_never_share_a_volume(hub: Hub, volume: Path, tmp_path: Path) -> None:
    back_up(hub.home, volume, CLOCK)
    other = make_home(tmp_path / "other")
    for attempt in (back_up, verify):
        with pytest.raises(WorldError) as caught:
            attempt(other, volume, CLOCK)
        assert caught.value.code == "copy.other_hub"
    assert len(copies.copies_in(volume)) == 1


def test_two_at_a_time_and_a_hub_that_runs_are_refused(hub: Hub, volume: Path) -> None:
    back_up(hub.home, volume, CLOCK)
    with alone(hub.home.folder, COPY_LOCK, "x"):
        for attempt in (back_up, verify):
            with pytest.raises(WorldError) as caught:
                attempt(hub.home, volume, CLOCK)
            assert caught.value.code == "copy.busy"
    with alone(hub.home.folder, SERVE_LOCK, "x"), pytest.raises(WorldError) as caught:
        restore(hub.home, volume, CLOCK, over=True)
    assert caught.value.code == "hub.running_already"


def test_a_restore_never_writes_over_a_hub_unasked(hub: Hub, volume: Path) -> None:
    send(HubPoint(hub))
    back_up(hub.home, volume, CLOCK)
    epoch = state(hub).epoch
    with pytest.raises(WorldError) as caught:
        restore(hub.home, volume, CLOCK)
    assert caught.value.code == "restore.not_empty"
    assert state(hub).epoch == epoch
    hub.database.close()
    restore(hub.home, volume, CLOCK, over=True)
    assert state(hub).epoch != epoch
    if hub.database.is_sqlite:
        assert [old.name for old in hub.home.folder.glob("before-restore-*/hub.db")] == ["hub.db"]


def test_a_copy_older_than_a_verified_one_needs_a_word_more(hub: Hub, volume: Path, tmp_path: Path) -> None:
    first = back_up(hub.home, volume, CLOCK)
    back_up(hub.home, volume, CLOCK)
    verify(hub.home, volume, CLOCK)
    target = Home(tmp_path / "new")
    with pytest.raises(WorldError) as caught:
        restore(target, volume, CLOCK, name=first.name, database=own_database(hub, tmp_path))
    assert caught.value.code == "restore.older"
    found, _ = restore(
        target, volume, CLOCK, name=first.name, database=own_database(hub, tmp_path), over=True, older=True
    )
    assert found == first
    with pytest.raises(WorldError) as caught:
        restore(target, volume, CLOCK, name="000099-none")
    assert caught.value.code == "copy.none"


def test_numbers_of_rows_go_on_behind_those_of_the_copy(hub: Hub, volume: Path, tmp_path: Path) -> None:
    with hub.database.write() as connection:
        for number in range(3):
            audit.write(connection, hub.commune, AuditLine(f"{number}", "a", "x", None, ""))
    back_up(hub.home, volume, CLOCK)
    with closing((there := restored(hub, volume, tmp_path)).database):
        with there.database.write() as connection:
            audit.write(connection, there.commune, AuditLine("3", "a", "x", None, ""))
        with there.database.read() as connection:
            assert [line.at for line in audit.latest(connection, there.commune)] == ["3", "2", "1", "0"]


def test_a_database_that_waits_for_its_migration_is_not_copied(tmp_path: Path, volume: Path) -> None:
    home = make_home(tmp_path / "old")
    url = home.database_url(home.settings())
    with closing(open_database(url)) as database, database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(WorldError) as caught:
        back_up(home, volume, CLOCK)
    assert caught.value.code == "hub.database_older"
    assert copies.copies_in(volume) == []


def test_the_key_of_the_commune_is_in_no_copy(hub: Hub, volume: Path) -> None:
    send(HubPoint(hub), 1, papers=1)
    back_up(hub.home, volume, CLOCK)
    secret = hub.home.commune_key.read_bytes().strip()
    files = [path for path in volume.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert not [path.name for path in files if secret in path.read_bytes()]


def test_a_full_volume_leaves_the_copies_before_as_they_were(
    hub: Hub, volume: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(HubPoint(hub), 1, papers=1)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfileobj", full)
        with pytest.raises(WorldError) as caught:
            back_up(hub.home, volume, CLOCK)
    assert caught.value.code == "copy.full"
    assert copies.copies_in(volume) == []
    back_up(hub.home, volume, CLOCK)
    assert verify(hub.home, volume, CLOCK)[1].is_whole
    assert [path.name for path in volume.rglob("*.new")] == []

"""Erasing takes the content and leaves the bare fact, on both databases; nothing that others need goes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from kiosk.domain.clock import SystemClock
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from kiosk.envelope.news import open_news
from sync.hub.alone import COPY_LOCK, alone
from sync.hub.backup import back_up
from sync.hub.context import Hub
from sync.hub.erasure import OVER, Eraser
from sync.hub.store import audit, dossiers, news, results
from sync.hub.store.tables import dossier, event, history, paper, search_key
from sync.hub.uploads import paper_file
from sync.hub.verify import verify
from sync.protocol import Event, Verdict
from tests.support.hub import HubPoint

CLOCK = SystemClock()


@pytest.fixture
def point(hub: Hub) -> HubPoint:
    return HubPoint(hub)


def eraser(hub: Hub) -> Eraser:
    return Eraser(hub.home, hub.commune, hub.database, hub.clock)


def send(point: HubPoint, papers: int = 0) -> Event:
    """A dossier with its receipt, a note of an officer, news and a result."""
    scans = [point.paper() for _ in range(papers)]
    sent = point.event(papers=scans)
    point.round(sent)
    for scan in scans:
        point.send_paper(scan.sealed_sha256)
    hub = point.hub
    with hub.database.write() as connection:
        line = dossiers.HistoryLine(hub.now(), "lan", 1, State.SEEN, b"sealed note")
        dossiers.note(connection, hub.commune, sent.dossier, line)
        number = news.next_number(connection, point.row.id)
        news.add(connection, hub.commune, point.row.id, number, sent.dossier, b"sealed news", hub.now())
        results.add(connection, hub.commune, point.row.id, sent.dossier, "ab" * 32, b"sealed result")
    return sent


def set_state(hub: Hub, sent: Event, state: State, days_ago: int) -> None:
    at = (hub.clock.now() - timedelta(days=days_ago)).isoformat(timespec="seconds")
    with hub.database.write() as connection:
        dossiers.change(connection, sent.dossier, state, 1, at)


def state_of(hub: Hub, sent: Event) -> str:
    with hub.database.read() as connection:
        return str(
            connection.execute(select(dossier.c.state).where(dossier.c.id == sent.dossier)).scalar_one()
        )


def test_nothing_of_the_content_is_left(hub: Hub, point: HubPoint) -> None:
    sent, other = send(point, papers=2), send(point, papers=1)
    eraser(hub).erase(sent.dossier, "lan", "on request")
    with hub.database.read() as connection:
        body = connection.execute(select(event.c.body).where(event.c.id == sent.id)).scalar_one()
        keys = connection.execute(select(search_key).where(search_key.c.dossier == sent.dossier)).all()
        notes = set(
            connection.execute(select(history.c.note).where(history.c.dossier == sent.dossier)).scalars()
        )
        papers = list(connection.execute(select(paper.c.sha256)).scalars())
        left = [body for _, body in news.after(connection, point.row.id, 0, 10)]
        assert not results.is_waiting(connection, sent.dossier)
        assert results.is_waiting(connection, other.dossier)
        assert [line.action for line in audit.of_dossier(connection, hub.commune, sent.dossier)] == ["erase"]
    assert (bytes(body), keys, {bytes(note) for note in notes}) == (b"", [], {b""})
    assert (papers, left[0], state_of(hub, sent)) == (other.papers, b"sealed news", "erased")
    told = open_news(left[1], point.identity)
    assert told == NewsItem(3, sent.dossier, 1, "erased", told.at), "the point hears the bare fact"
    assert [path.stem for path in hub.home.papers.rglob("*.age")] == other.papers


def test_erased_twice_its_point_hears_it_once_more_and_of_tidying_nothing(hub: Hub, point: HubPoint) -> None:
    sent, old = send(point), send(point)
    set_state(hub, old, State.HANDED_BACK, 91)
    for _ in range(2):
        eraser(hub).erase(sent.dossier, "lan", "on request")
    assert eraser(hub).tidy(90) == 1
    told = [one for one in point.news(point.round()) if isinstance(one, NewsItem)]
    assert [(one.dossier, one.state, one.sentence, one.answers) for one in told] == [
        (sent.dossier, "erased", "", ())
    ]


def test_its_point_hears_that_it_is_known_and_sends_no_paper_again(hub: Hub, point: HubPoint) -> None:
    sent = send(point, papers=1)
    eraser(hub).erase(sent.dossier, "lan", "on request")
    verdict = point.round(sent).verdicts[0]
    assert (verdict.verdict, verdict.missing_papers, verdict.receipt is not None) == (
        Verdict.ALREADY,
        [],
        True,
    )
    again = point.round(point.event(dossier=sent.dossier, revision=2)).verdicts[0]
    assert (again.verdict, again.code) == (Verdict.REFUSED, "dossier.closed")


def test_a_copy_with_erased_dossiers_is_whole_and_safe(hub: Hub, point: HubPoint, tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    sent = send(point, papers=1)
    send(point, papers=1)
    back_up(hub.home, volume, CLOCK)
    eraser(hub).erase(sent.dossier, "lan", "on request")
    back_up(hub.home, volume, CLOCK, keep=1)
    report = verify(hub.home, volume, CLOCK)[1]
    assert (report.is_whole, report.safe, report.papers) == (True, 2, 1)
    assert not [path for path in volume.rglob("*.age") if path.stem in sent.papers]


def test_a_paper_that_two_revisions_share_goes_with_the_last(hub: Hub, point: HubPoint) -> None:
    scan = point.paper()
    first, second = point.event(papers=[scan]), point.event(papers=[scan])
    point.round(first, second)
    point.send_paper(scan.sealed_sha256)
    eraser(hub).erase(first.dossier, "lan", "")
    assert paper_file(hub.home, point.row.id, scan.sealed_sha256).exists()
    eraser(hub).erase(second.dossier, "lan", "")
    assert not paper_file(hub.home, point.row.id, scan.sealed_sha256).exists()


def test_what_has_been_over_for_long_goes_and_nothing_else(hub: Hub, point: HubPoint) -> None:
    old, young, going_on = send(point), send(point), send(point)
    set_state(hub, old, State.HANDED_BACK, 91)
    set_state(hub, young, State.HANDED_BACK, 89)
    set_state(hub, going_on, State.RECEIVED, 900)
    assert eraser(hub).tidy(90) == 1
    assert [state_of(hub, one) for one in (old, young, going_on)] == ["erased", "handed_back", "received"]
    assert eraser(hub).tidy(90) == 0


@pytest.mark.parametrize("state", OVER)
def test_what_nobody_works_on_any_more_goes(hub: Hub, point: HubPoint, state: State) -> None:
    sent = send(point)
    set_state(hub, sent, state, 91)
    assert (eraser(hub).tidy(90), state_of(hub, sent)) == (1, "erased")


@pytest.mark.parametrize("state", [State.ASKED_FOR_MORE, State.INVITED, State.RESULT_READY])
def test_whoever_may_still_come_keeps_his_dossier(hub: Hub, point: HubPoint, state: State) -> None:
    assert State.NOT_ACCEPTED in OVER, "the way to end one that nobody comes for"
    sent = send(point)
    set_state(hub, sent, state, 900)
    assert (eraser(hub).tidy(90), state_of(hub, sent)) == (0, state.value)


def test_stray_papers_go_after_thirty_days_and_files_without_a_row_after_one(
    hub: Hub, point: HubPoint
) -> None:
    kept, stray = send(point, papers=1), point.paper()
    point.send_paper(stray.sealed_sha256)
    folder = hub.home.papers / point.row.id
    (folder / f"{'c' * 64}.age").write_bytes(b"left behind")
    (folder / f"{'d' * 64}.age").write_bytes(b"just arriving")
    os.utime(folder / f"{'c' * 64}.age", (0, 0))
    half = folder / f"{'e' * 64}.age.0badcafe.new"
    half.write_bytes(b"left by a power cut")
    os.utime(half, (0, 0))
    eraser(hub).tidy(9999)
    assert len(list(folder.iterdir())) == 3
    with hub.database.write() as connection:
        connection.execute(update(paper).values(arrived_at="2020-01-01T00:00:00+07:00"))
    eraser(hub).tidy(9999)
    assert {path.stem for path in folder.iterdir()} == {*kept.papers, "d" * 64}


def test_while_a_copy_is_made_nothing_is_erased(hub: Hub, point: HubPoint) -> None:
    sent = send(point)
    with alone(hub.home.folder, COPY_LOCK, "x"), pytest.raises(WorldError) as caught:
        eraser(hub).erase(sent.dossier, "lan", "")
    assert (caught.value.code, state_of(hub, sent)) == ("copy.busy", "at_hub")


def test_another_communes_dossier_is_not_there(hub: Hub, point: HubPoint) -> None:
    sent = send(point)
    with pytest.raises(WorldError) as caught:
        Eraser(hub.home, "00001", hub.database, hub.clock).erase(sent.dossier, "lan", "")
    assert (caught.value.code, state_of(hub, sent)) == ("office.dossier_unknown", "at_hub")

"""Papers alone go after a dossier: sealed, queued once, erased here; nothing is asked again."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desk import attach_papers, fill, follow_up, supplement
from kiosk.desk.attach_papers import SIGNED_SHEET
from kiosk.desk.desk import Desk
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, OutboxItem
from kiosk.domain.ids import made_at
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import digest_of, open_bytes, open_sealed
from kiosk.storage import drafts, news, outbox, papers
from tests.desk.test_follow_up import ask_for_more, sent, tell
from tests.support.pictures import jpeg
from tests.support.points import StoppedClock


@pytest.fixture
def dossier(desk: Desk) -> str:
    """One whose commune asked for the certificate of birth."""
    return ask_for_more(desk)[0]


def newest(desk: Desk) -> OutboxItem:
    with desk.database.read() as connection:
        return outbox.waiting(connection, 1 << 20)[-1]


def opened(desk: Desk, item: OutboxItem, identity: str) -> Payload:
    return open_sealed(item.body, identity, lambda name: desk.content.dictionaries[name]).payload


def test_what_was_asked_for_is_what_is_listed(desk: Desk, dossier: str) -> None:
    shown = supplement.look(desk, dossier)
    assert [(paper.key, paper.needed, paper.attached) for paper in shown.papers] == [
        ("giay_chung_sinh", True, ())
    ]
    assert (shown.procedure, shown.pages) == ("Khai sinh cho bé", 0)
    assert shown.sentence


def test_where_no_paper_was_named_all_of_the_procedure_are_listed(desk: Desk) -> None:
    dossier, _ = sent(desk)
    tell(desk, dossier, "asked_for_more", sentence="Xin chụp lại cho rõ.")
    keys = [paper.key for paper in supplement.look(desk, dossier).papers]
    assert keys[0] == "giay_chung_sinh"
    assert keys[-1] == SIGNED_SHEET


def test_papers_alone_go_sealed_on_top_of_what_they_belong_to(
    desk: Desk, dossier: str, commune_identity: str
) -> None:
    with desk.database.read() as connection:
        first = outbox.waiting(connection, 1 << 20)[0]
    scan = supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])
    supplement.attach(desk, dossier, SIGNED_SHEET, [jpeg(210, 200), jpeg(220, 200)])
    assert supplement.look(desk, dossier).pages == 3
    assert supplement.send(desk, dossier) == 2
    item = newest(desk)
    payload = opened(desk, item, commune_identity)
    assert (item.kind, item.revision, payload.kind) == (EventKind.SUPPLEMENT, 1, EventKind.SUPPLEMENT)
    assert (payload.base_digest, payload.answers, payload.dossier) == (first.digest, (), dossier)
    assert [paper.kind for paper in payload.papers] == ["giay_chung_sinh", SIGNED_SHEET]
    sealed = outbox.paper_path(desk.home, item.papers[0]).read_bytes()
    assert digest_of(open_bytes(sealed, commune_identity)) == scan.sha256 == payload.papers[0].plain_sha256


def test_nothing_of_it_stays_readable_here(desk: Desk, dossier: str) -> None:
    supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])
    supplement.send(desk, dossier)
    with desk.database.read() as connection:
        assert papers.of_dossier(connection, dossier) == []
        assert all(item.answers == () for item in news.of_dossier(connection, dossier))
        row = drafts.load(connection, dossier)
    assert row is not None
    assert (row.state, row.revision, row.draft, row.asked_papers, row.sentence) == (
        State.QUEUED, 1, None, (), "",
    )  # fmt: skip
    with pytest.raises(WorldError, match=r"supplement\.not_asked"):
        supplement.send(desk, dossier)


def test_without_a_scan_nothing_is_sent(desk: Desk, dossier: str) -> None:
    with pytest.raises(WorldError, match=r"supplement\.no_papers"):
        supplement.send(desk, dossier)
    assert follow_up.overview(desk).shown[0].state is State.ASKED_FOR_MORE


@pytest.mark.parametrize("state", ["seen", "invited", "received", "result_ready"])
def test_only_what_was_asked_for_can_be_supplemented(desk: Desk, state: str) -> None:
    dossier, _ = sent(desk)
    tell(desk, dossier, state)
    for errand in (supplement.look, supplement.send):
        with pytest.raises(WorldError, match=r"supplement\.not_asked"):
            errand(desk, dossier)
    with pytest.raises(WorldError, match=r"supplement\.not_asked"):
        supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])


def test_a_dossier_that_is_being_corrected_takes_its_papers_with_the_correction(
    desk: Desk, dossier: str
) -> None:
    scan = supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])
    follow_up.start_correction(desk, dossier)
    with pytest.raises(WorldError, match=r"supplement\.not_asked"):
        supplement.send(desk, dossier)
    with desk.database.read() as connection:
        assert [paper.id for paper in papers.of_dossier(connection, dossier)] == [scan.id]
    assert fill.open_filling(desk, dossier).revision == 2


def test_a_point_that_cannot_write_keeps_the_scans(
    desk: Desk, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.desk.hand_over.write_file", full)
    with pytest.raises(WorldError, match=r"disk\."):
        supplement.send(desk, dossier)
    assert supplement.look(desk, dossier).pages == 1


def test_more_papers_than_a_dossier_may_have_are_refused(
    desk: Desk, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attach_papers, "MAX_PAPERS", 1)
    supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])
    with pytest.raises(WorldError, match=r"paper\.too_many"):
        supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(201, 200)])


def test_scans_that_nobody_sends_are_erased_like_drafts(
    desk: Desk, dossier: str, clock: StoppedClock
) -> None:
    paper = supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])
    clock.at = made_at(paper.id).astimezone(clock.at.tzinfo)
    assert supplement.erase_old(desk) == 0
    clock.at += timedelta(days=desk.content.commune.draft_days + 2)
    assert supplement.erase_old(desk) == 1
    assert supplement.look(desk, dossier).pages == 0


def test_scans_of_a_draft_are_not_touched_by_it(desk: Desk, dossier: str, clock: StoppedClock) -> None:
    supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])
    follow_up.start_correction(desk, dossier)
    clock.at += timedelta(days=400)
    assert supplement.erase_old(desk) == 0

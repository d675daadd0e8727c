"""What the officer sees of a dossier that came again: answers and papers, step by step."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.domain.dossier import Answer
from kiosk.domain.events import EventKind
from kiosk.domain.paper import SealedPaper
from sync.hub.context import Hub
from sync.hub.office import differences, reading
from sync.hub.store import events
from sync.hub.store.officers import Role
from tests.support.hub import HubPoint, add_officer
from tests.support.office import OfficeVisitor, words_of

FIRST = (Answer("yc_ho_ten", "TRẦN THỊ BƯỞI"), Answer("so_ban_sao", "2"))
SECOND = (Answer("yc_ho_ten", "TRẦN THỊ BƯỞI HOA"), Answer("ghi_chu", "gấp"))


@pytest.fixture
def first(point: HubPoint) -> SealedPaper:
    return point.paper(plain=b"first scan")


@pytest.fixture
def dossier(hub: Hub, point: HubPoint, first: SealedPaper) -> str:
    """The first revision with one scan, all of it here."""
    event = point.event(answers=FIRST, papers=[first])
    point.round(event)
    point.send_paper(first.sealed_sha256)
    return event.dossier


def supplement(hub: Hub, point: HubPoint, dossier: str, *papers: SealedPaper) -> None:
    """Papers alone follow the newest revision."""
    with hub.database.read() as connection:
        base = [each for each in events.of_dossier(connection, dossier) if each.kind == "dossier"][-1]
    point.round(
        point.event(
            dossier=dossier,
            revision=base.revision,
            kind=EventKind.SUPPLEMENT,
            answers=(),
            papers=papers,
            base=base.digest,
        )
    )


def steps(hub: Hub, dossier: str) -> list[differences.Step]:
    opened = reading.open_dossier(hub, dossier)
    here = {sha for sha in opened.papers() if reading.is_here(hub, opened.dossier, sha)}
    return differences.steps(hub, opened, {"giay_chung_sinh": "Giấy chứng sinh"}, here)


def test_a_first_revision_differs_from_nothing(hub: Hub, dossier: str) -> None:
    assert steps(hub, dossier) == []


def test_answers_that_were_added_changed_and_taken_back_are_told_apart(
    hub: Hub, point: HubPoint, dossier: str
) -> None:
    point.round(point.event(dossier=dossier, revision=2, answers=SECOND))
    (step,) = steps(hub, dossier)
    assert (step.revision, step.before, list(step.papers)) == (2, 1, [])
    assert {(change.label, change.how) for change in step.answers} == {
        ("yc_ho_ten", "changed"), ("ghi_chu", "added"), ("so_ban_sao", "removed"),
    }  # fmt: skip


def test_papers_alone_are_a_step_of_their_own(hub: Hub, point: HubPoint, dossier: str) -> None:
    new = point.paper(plain=b"second scan")
    supplement(hub, point, dossier, new)
    (step,) = steps(hub, dossier)
    assert (step.revision, step.before, step.arrived, list(step.answers)) == (1, 0, "", [])
    assert [(paper.name, paper.here) for paper in step.papers] == [("Giấy chứng sinh", False)]
    point.send_paper(new.sealed_sha256)
    (step,) = steps(hub, dossier)
    assert step.papers[0].here
    assert step.arrived


def test_a_paper_that_came_before_is_not_new(hub: Hub, point: HubPoint, dossier: str) -> None:
    """The same scan sealed again has another name outside, and is the same inside."""
    point.round(
        point.event(
            dossier=dossier,
            revision=2,
            answers=FIRST,
            papers=[point.paper(plain=b"first scan"), point.paper(plain=b"another")],
        )
    )
    (step,) = steps(hub, dossier)
    assert (len(step.papers), list(step.answers)) == (1, [])


def test_every_step_stands_there_the_newest_first(hub: Hub, point: HubPoint, dossier: str) -> None:
    supplement(hub, point, dossier, point.paper(plain=b"a"))
    point.round(point.event(dossier=dossier, revision=2, answers=SECOND))
    point.round(point.event(dossier=dossier, revision=3, answers=FIRST))
    supplement(hub, point, dossier, point.paper(plain=b"b"))
    assert [(step.revision, step.before) for step in steps(hub, dossier)] == [(3, 0), (3, 2), (2, 1), (1, 0)]


def test_the_page_says_it_in_words(
    hub: Hub, point: HubPoint, dossier: str, client: TestClient[Litestar]
) -> None:
    new = point.paper(plain=b"second scan")
    supplement(hub, point, dossier, new)
    point.send_paper(new.sealed_sha256)
    point.round(point.event(dossier=dossier, revision=2, answers=SECOND))
    add_officer(hub, "lan", Role.OFFICER)
    visitor = OfficeVisitor(client)
    visitor.log_in("lan")
    page = visitor.page(dossier)
    words = words_of(page)
    assert "Bản 2 so với bản 1" in words
    assert "so_ban_sao 2 (trống) bỏ" in words
    assert "Giấy tờ gửi bổ sung cho bản 1" in words
    assert f"/giay-to/{new.sealed_sha256}" in page.text
    assert "gửi bổ sung" in words.partition("Giấy tờ kèm theo")[2]
    assert "bản 1" in words.partition("Giấy tờ kèm theo")[2]

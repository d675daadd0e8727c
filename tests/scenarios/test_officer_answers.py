"""The officer works at the commune; what she says reaches the hamlet, sealed, with the answers."""

from collections.abc import Callable

from kiosk.domain.events import NewsItem
from kiosk.storage import news
from sync.client.loop import run_round
from sync.hub.running import TrialHub
from tests.scenarios.conftest import Enrolled
from tests.support.point import Point, talk
from ui.tour.officer import Officer

Enrol = Callable[..., Enrolled]


def said(point: Point, dossier: str) -> list[NewsItem]:
    with point.database.read() as connection:
        return news.of_dossier(connection, dossier)


def test_asked_for_more_brings_the_answers_back_and_a_correction_arrives(
    commune: TrialHub, enrolled: Enrol
) -> None:
    point, link = enrolled(commune)
    item = point.queue(papers=(2_000,))
    talk(link)
    officer = Officer(commune.url, commune.authority_file, commune.officer, commune.officer_password)
    officer.act(item.dossier, "seen", {})
    officer.act(item.dossier, "ask", {"sentence": "Thiếu giấy chứng sinh bản rõ."})
    run_round(link)
    heard = said(point, item.dossier)
    assert [one.state for one in heard] == ["seen", "asked_for_more"]
    assert heard[1].sentence == "Thiếu giấy chứng sinh bản rõ."
    assert dict(heard[1].answers)["nksinh.ho_ten"].startswith("NGUYỄN VĂN")
    second = point.queue(dossier=item.dossier, revision=2)
    talk(link)
    assert point.states()[second.id] == "received"


def test_received_formally_brings_the_code(commune: TrialHub, enrolled: Enrol) -> None:
    point, link = enrolled(commune)
    item = point.queue()
    talk(link)
    officer = Officer(commune.url, commune.authority_file, commune.officer, commune.officer_password)
    officer.act(item.dossier, "receive", {"portal_code": "H99.01-261121-0001"})
    run_round(link)
    last = said(point, item.dossier)[-1]
    assert (last.state, last.portal_code) == ("received", "H99.01-261121-0001")

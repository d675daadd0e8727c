"""The officer is warned of what the same person filed on the portal."""

import pytest

from kiosk.domain.events import EventKind
from kiosk.envelope.payload import PortalFiling
from kiosk.envelope.portal_mark import portal_mark
from sync.hub.context import Hub
from tests.support.hub import PROCEDURE, HubPoint
from tests.support.office import OfficeVisitor, token_of, words_of

NUMBER, CODE = "048095001234", "G09.20-20261121-0092637"
WARNING = "được ghi là đã tự nộp chính thủ tục này trên Cổng"


def file_on_portal(point: HubPoint, number: str = NUMBER, procedure: str = PROCEDURE) -> str:
    mark = portal_mark(point.enrolled.commune_key, number, procedure)
    filing = PortalFiling(portal_code=CODE, commune_mark=mark)
    event = point.event(kind=EventKind.PORTAL_FILED, answers=(), portal=filing, procedure=procedure)
    (verdict,) = point.round(event).verdicts
    assert verdict.receipt is not None
    return event.dossier


@pytest.mark.parametrize("before", [True, False], ids=["filed before", "filed afterwards"])
@pytest.mark.parametrize("elsewhere", [True, False], ids=["other hamlet", "same hamlet"])
def test_the_same_person_and_procedure_is_told(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, before: bool, elsewhere: bool
) -> None:
    filer, event = HubPoint(hub) if elsewhere else point, point.event()
    filed = file_on_portal(filer) if before else ""
    point.round(event)
    filed = filed or file_on_portal(filer)
    page = visitor.page(event.dossier)
    assert WARNING in words_of(page)
    assert f"/can-bo/ho-so/{filed}" in page.text
    assert CODE in words_of(page)
    assert "Có ghi đã nộp trên Cổng" in words_of(visitor.web.get("/can-bo"))
    assert WARNING not in words_of(visitor.page(filed))


@pytest.mark.parametrize(("number", "procedure"), [("048095001235", PROCEDURE), (NUMBER, "1.004194")])
def test_another_person_or_procedure_is_not(
    point: HubPoint, visitor: OfficeVisitor, number: str, procedure: str
) -> None:
    event = point.event()
    point.round(event)
    file_on_portal(point, number, procedure)
    assert WARNING not in words_of(visitor.page(event.dossier))
    assert "Có ghi đã nộp trên Cổng" not in words_of(visitor.web.get("/can-bo"))


def test_the_portals_code_finds_the_filing(point: HubPoint, visitor: OfficeVisitor) -> None:
    filed = file_on_portal(point)
    token = token_of(visitor.web.get("/can-bo"))
    page = visitor.web.post("/can-bo/tim", data={"_csrf_token": token, "words": CODE})
    assert filed in page.text


def test_marks_differ_by_commune_and_are_none_without_a_number() -> None:
    marks = {portal_mark(key, NUMBER, procedure) for key in ("age1a", "age1b") for procedure in ("1", "2")}
    assert len(marks) == 4
    assert portal_mark("age1a", " - ", "1") == ""
    assert portal_mark("age1a", "048 095 001 234", "1") == portal_mark("age1a", NUMBER, "1")

"""Slips of an officer: asked about before they are written, and mended after."""

import re

import pytest
from httpx import Response

from kiosk.domain.dossier import Answer, State
from kiosk.domain.events import NewsItem
from kiosk.domain.ids import slip_code
from kiosk.envelope.seal import open_bytes
from sync.hub.context import Hub
from sync.hub.store import deadlines, dossiers, results
from tests.support.hub import ANSWERS, HubPoint
from tests.support.office import OfficeVisitor, field_of, token_of, words_of
from tests.sync.hub.test_results import pdf, picture

CODE, OTHER = "G09.20-20261121-0092637", "G09.20-20261121-0092638"


def steps(hub: Hub, dossier: str) -> list[State]:
    with hub.database.read() as connection:
        return [line.state for line in dossiers.history_of(connection, dossier)][1:]


def found(visitor: OfficeVisitor, dossier: str, words: str) -> bool:
    token = token_of(visitor.web.get("/can-bo"))
    return dossier in visitor.web.post("/can-bo/tim", data={"_csrf_token": token, "words": words}).text


def newest(point: HubPoint) -> NewsItem:
    item = point.news(point.round())[-1]
    assert isinstance(item, NewsItem)
    return item


def send(visitor: OfficeVisitor, dossier: str, action: str, data: bytes, **more: str) -> Response:
    page = visitor.page(dossier)
    fields = {name: field_of(page, name) for name in ("_csrf_token", "revision", "seen")}
    fields |= {"sentence": "Mời bác đến nhận", "place": "Một cửa"} | more
    files = {"file": ("kq.pdf", data)} if data else None
    address = f"/can-bo/ho-so/{dossier}/{action}"
    return visitor.web.post(address, data=fields, files=files, follow_redirects=False)


def test_a_refusal_that_was_written_by_mistake_is_taken_back(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    """The point hears of it, the dossier goes on from there, and nothing else can be taken back so."""
    assert visitor.act(dossier, "retract", sentence="Nhầm").status_code == 409
    visitor.act(dossier, "refuse", sentence="Thiếu giấy", sure="1")
    page = visitor.page(dossier)
    assert "/retract" in page.text
    assert "/seen" not in page.text
    assert visitor.act(dossier, "retract").status_code == 400
    assert visitor.act(dossier, "retract", sentence="Cán bộ ghi nhầm, hồ sơ vẫn làm tiếp").status_code == 303
    assert steps(hub, dossier) == [State.NOT_ACCEPTED, State.SEEN]
    item = newest(point)
    assert (item.state, item.sentence) == ("seen", "Cán bộ ghi nhầm, hồ sơ vẫn làm tiếp")
    after = visitor.page(dossier)
    assert "Bỏ lần ghi không tiếp nhận" in words_of(after)
    assert "/retract" not in after.text
    assert visitor.act(dossier, "receive", portal_code=CODE).status_code == 303


def test_an_odd_code_is_written_only_when_it_was_compared(
    hub: Hub, visitor: OfficeVisitor, dossier: str
) -> None:
    odd = "số 12 <sổ cũ>"
    answer = visitor.act(dossier, "receive", portal_code=odd, day="", sentence="Mời chị")
    assert answer.status_code == 400
    assert "dạng chưa từng thấy" in words_of(answer)
    assert 'href="#receive-sure"' in answer.text
    assert field_of(answer, "sure") == odd
    assert steps(hub, dossier) == []
    assert visitor.act(dossier, "receive", portal_code="số 13", sure=odd).status_code == 400
    assert visitor.act(dossier, "receive", portal_code=odd, sure=odd).status_code == 303
    assert steps(hub, dossier) == [State.RECEIVED]


def test_a_wrong_code_and_day_are_mended_and_told_anew(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor
) -> None:
    event = point.event(answers=[*ANSWERS, Answer("bo_ho_ten", "Lê Sổ")])
    point.round(event)
    dossier, today = event.dossier, hub.clock.now().date()
    visitor.act(dossier, "receive", portal_code="nhầm sổ", sure="nhầm sổ", day=f"{today:%d/%m/%Y}")
    assert found(visitor, dossier, "nhầm")
    page = visitor.page(dossier)
    assert 'value="nhầm sổ"' in page.text
    assert f'value="{today:%d/%m/%Y}"' in page.text
    assert visitor.act(dossier, "correct", portal_code=CODE, sentence="Mời chị", day="").status_code == 303
    told = newest(point)
    assert (told.state, told.portal_code, told.day) == ("received", CODE, "")
    assert [found(visitor, dossier, words) for words in (CODE, "nhầm", "lê sổ")] == [True, False, True]
    with hub.database.read() as connection:
        assert deadlines.of_dossier(connection, dossier) is None
    assert steps(hub, dossier) == [State.RECEIVED, State.RECEIVED]
    assert "Sửa mã hồ sơ / ngày hẹn" in words_of(visitor.page(dossier)).partition("Quá trình ")[2]


def test_a_day_that_is_over_may_stay_when_only_the_code_is_mended(
    hub: Hub, visitor: OfficeVisitor, dossier: str
) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    with hub.database.write() as connection:
        deadlines.promise(connection, hub.commune, dossier, "2020-01-02")
    assert visitor.act(dossier, "correct", portal_code=OTHER, day="02/01/2020").status_code == 303
    assert visitor.act(dossier, "correct", portal_code=OTHER, day="03/01/2020").status_code == 400


@pytest.mark.parametrize("again", [CODE, CODE.lower(), "G09.20 - 20261121-0092 637"])
def test_one_code_is_one_dossiers(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str, again: str
) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    other = point.event()
    point.round(other)
    answer = visitor.act(other.dossier, "receive", portal_code=again, sure=again)
    assert answer.status_code == 409
    assert slip_code(dossier) in words_of(answer)
    assert steps(hub, other.dossier) == []
    ticked = re.findall(r'type="checkbox" name="sure" value="(shared [^"]*)"', answer.text)
    assert ticked == [f"shared {again}"]
    visitor.act(dossier, "correct", portal_code=OTHER)
    assert visitor.act(other.dossier, "receive", portal_code=again, sure=again).status_code == 303


def test_dossiers_that_were_received_together_may_share_a_code(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    other = point.event()
    point.round(other)
    assert visitor.act(other.dossier, "receive", portal_code=CODE, sure=f"shared {OTHER}").status_code == 409
    assert visitor.act(other.dossier, "receive", portal_code=CODE, sure=f"shared {CODE}").status_code == 303
    assert steps(hub, other.dossier) == [State.RECEIVED]


@pytest.mark.parametrize("first", [pdf(1), b""], ids=["wrong file", "no file"])
def test_the_right_copy_takes_the_place_of_the_wrong_one(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str, first: bytes
) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    send(visitor, dossier, "result", first)
    before = newest(point)
    assert send(visitor, dossier, "resend", b"").status_code == 400
    assert send(visitor, dossier, "resend", picture()).status_code == 303
    told = newest(point)
    assert (told.state, told.sentence) == ("result_ready", "Mời bác đến nhận")
    assert told.number > before.number
    assert told.result is not None
    assert told.result != before.result
    with hub.database.read() as connection:
        kept = results.of_dossier(connection, dossier)
    assert kept is not None
    assert open_bytes(kept, point.identity).startswith(b"%PDF")
    assert send(visitor, dossier, "resend", b"", sure="1").status_code == 303
    assert newest(point).result is None
    with hub.database.read() as connection:
        assert not results.is_waiting(connection, dossier)
    assert "Gửi lại bản kết quả" in words_of(visitor.page(dossier)).partition("Quá trình ")[2]


@pytest.mark.parametrize(
    ("action", "fields"), [("correct", {"portal_code": CODE}), ("resend", {"sentence": "Đến", "sure": "1"})]
)
def test_nothing_is_mended_before_it_was_done(
    hub: Hub, visitor: OfficeVisitor, dossier: str, action: str, fields: dict[str, str]
) -> None:
    assert visitor.act(dossier, action, **fields).status_code == 409
    assert steps(hub, dossier) == []


def test_a_dossier_is_refused_only_by_who_is_sure(hub: Hub, visitor: OfficeVisitor, dossier: str) -> None:
    answer = visitor.act(dossier, "refuse", sentence="Không thuộc phường")
    assert answer.status_code == 400
    assert 'href="#refuse-sure"' in answer.text
    assert ">Không thuộc phường</textarea>" in answer.text
    assert visitor.act(dossier, "refuse", sentence="Không thuộc phường", sure="1").status_code == 303
    assert steps(hub, dossier) == [State.NOT_ACCEPTED]

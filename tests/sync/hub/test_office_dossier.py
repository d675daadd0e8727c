"""What an officer sees and does with a dossier, and what comes back to the point."""

import pytest
from litestar.testing import TestClient

from kiosk.domain.dossier import Answer, State
from kiosk.domain.events import EventKind, NewsItem
from kiosk.domain.ids import new_id, slip_code
from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.store import audit, dossiers
from sync.hub.store.officers import Role
from sync.hub.uploads import paper_file
from tests.support.hub import ANSWERS, HubPoint, add_officer
from tests.support.office import OfficeVisitor, token_of, words_of

CODE = "G09.20-20261121-0092637"


def state(hub: Hub, dossier: str) -> State:
    with hub.database.read() as connection:
        found = dossiers.find(connection, dossier)
    assert found is not None
    return found.state


def the_news(point: HubPoint) -> NewsItem:
    (item,) = point.news(point.round())
    assert isinstance(item, NewsItem)
    return item


def test_the_inbox_names_who_and_where_from(visitor: OfficeVisitor, dossier: str) -> None:
    words = words_of(visitor.web.get("/can-bo"))
    for expected in ("NGUYỄN VĂN HỢP", "TRẦN THỊ BƯỞI", "Thôn Một", slip_code(dossier), "Mới đến 1"):
        assert expected in words


def test_an_empty_inbox_says_so(visitor: OfficeVisitor) -> None:
    assert "Chưa có hồ sơ nào ở đây" in words_of(visitor.web.get("/can-bo"))


def test_the_inbox_filters_by_state(visitor: OfficeVisitor, dossier: str) -> None:
    assert dossier in visitor.web.get("/can-bo?trang_thai=at_hub").text
    assert dossier not in visitor.web.get("/can-bo?trang_thai=received").text
    assert dossier in visitor.web.get("/can-bo?trang_thai=nonsense").text
    assert visitor.web.get("/can-bo?trang=0").status_code == 200
    assert dossier not in visitor.web.get("/can-bo?trang=2").text
    assert visitor.web.get("/can-bo?trang=two").status_code == 200


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyễn hợp", True), ("nguyen hop", True), ("BUOI", True), ("048095001234", True),
        ("{code}", True), ("nguyen hai", False), ("048095001235", False), ("%", False),
        ("' or 1=1 --", False), ("Trần Thị Bưởi, Nguyễn Văn Hợp;", True), (",", True),
    ],
)  # fmt: skip
def test_search_by_name_number_and_code(
    visitor: OfficeVisitor, dossier: str, typed: str, found: bool
) -> None:
    token = token_of(visitor.web.get("/can-bo"))
    words = typed.format(code=slip_code(dossier))
    page = visitor.web.post("/can-bo/tim", data={"_csrf_token": token, "words": words})
    assert page.status_code == 200
    assert (dossier in page.text) is found


def test_the_database_holds_no_name_and_no_number(hub: Hub, point: HubPoint, visitor: OfficeVisitor) -> None:
    event = point.event()
    point.round(event)
    visitor.act(event.dossier, "invite", sentence="Mời ông Hợp đến gặp cô Lan")
    visitor.act(event.dossier, "receive", portal_code=CODE)
    with hub.database.write() as connection:
        connection.exec_driver_sql("SELECT 1")
    files = b"".join(path.read_bytes() for path in hub.home.folder.rglob("hub.db*"))
    for secret in ("NGUYỄN", "048095001234", "ông Hợp", CODE, "Bưởi"):
        assert secret.encode() not in files
    assert event.dossier.encode() in files


def test_the_page_shows_the_answers_and_escapes_them(point: HubPoint, visitor: OfficeVisitor) -> None:
    nasty = "<script>alert('x')</script>"
    event = point.event(answers=[*ANSWERS, Answer("ghi_chu", nasty)])
    point.round(event)
    page = visitor.page(event.dossier)
    assert nasty not in page.text
    assert nasty in words_of(page) or "&lt;script&gt;" in page.text


def test_opening_a_dossier_is_written_down(hub: Hub, visitor: OfficeVisitor, dossier: str) -> None:
    visitor.page(dossier)
    with hub.database.read() as connection:
        lines = audit.of_dossier(connection, hub.commune, dossier)
    assert [(line.actor, line.action) for line in lines] == [("lan", "view")]
    assert "lan: Mở hồ sơ" in words_of(visitor.page(dossier))


def test_seen_is_told_to_the_point(hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str) -> None:
    answer = visitor.act(dossier, "seen")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/can-bo/ho-so/{dossier}?xong=1")
    news = the_news(point)
    assert (news.state, news.dossier, news.revision, news.answers) == ("seen", dossier, 1, ())
    assert state(hub, dossier) is State.SEEN
    assert 'action="/can-bo/ho-so/' + dossier + '/seen"' not in visitor.page(dossier).text


def test_asking_for_more_brings_the_answers_back_sealed(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    page = visitor.page(dossier)
    assert "Mẫu 02" in page.text
    sentence = "Chụp lại giấy chứng sinh cho rõ; sửa ngày sinh của mẹ."
    visitor.act(dossier, "ask", sentence=sentence, papers=["giay_chung_sinh", "", "to_khai_da_ky"])
    answer = point.round()
    (item,) = point.news(answer)
    assert isinstance(item, NewsItem)
    assert sentence.encode() not in answer.news[0].body
    assert (item.state, item.sentence) == ("asked_for_more", sentence)
    assert item.papers == ("giay_chung_sinh", "to_khai_da_ky")
    assert item.answers == tuple((one.name, one.value) for one in ANSWERS)
    assert state(hub, dossier) is State.ASKED_FOR_MORE
    assert sentence in words_of(visitor.page(dossier))


def test_the_second_revision_supersedes_and_shows_what_changed(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    visitor.act(dossier, "ask", sentence="Sửa tên mẹ")
    better = [ANSWERS[0], Answer("yc_ho_ten", "TRẦN THỊ BƯỞI HOA"), Answer("tre_gioi_tinh", "nu")]
    point.round(point.event(dossier=dossier, revision=2, answers=better))
    assert state(hub, dossier) is State.AT_HUB
    words = words_of(visitor.page(dossier))
    changes = words.partition("Khác bản trước")[2].partition("Tờ khai")[0]
    assert "TRẦN THỊ BƯỞI TRẦN THỊ BƯỞI HOA" in changes
    assert "tre_gioi_tinh (trống) nu" in changes
    assert "me_giay_to.so 048095001234 (trống)" in changes
    assert "NGUYỄN VĂN HỢP" not in changes


def test_an_older_revision_that_comes_late_moves_nothing(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    point.round(point.event(dossier=dossier, revision=3))
    visitor.act(dossier, "seen")
    point.round(point.event(dossier=dossier, revision=2))
    assert state(hub, dossier) is State.SEEN


def test_a_revision_after_the_formal_reception_is_refused(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    (verdict,) = point.round(point.event(dossier=dossier, revision=2)).verdicts
    assert verdict.code == "dossier.closed"
    assert state(hub, dossier) is State.RECEIVED


def test_acting_on_a_revision_that_is_not_the_newest_any_more(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    point.round(point.event(dossier=dossier, revision=2))
    answer = visitor.act(dossier, "seen", revision="1")
    assert answer.status_code == 409
    assert "vừa gửi thêm" in answer.text
    assert state(hub, dossier) is State.AT_HUB


def test_inviting_tells_where_and_when(point: HubPoint, visitor: OfficeVisitor, dossier: str) -> None:
    visitor.act(dossier, "invite", sentence="Sáng thứ Ba, bàn số 2, mang thẻ căn cước.")
    news = the_news(point)
    assert (news.state, news.sentence) == ("invited", "Sáng thứ Ba, bàn số 2, mang thẻ căn cước.")


@pytest.mark.parametrize(
    ("code", "odd"), [(CODE, False), ("000.00.01.H29-240115-0001", False), ("Số 12 sổ cũ", True)]
)
def test_the_formal_reception_keeps_the_code_as_typed(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str, code: str, odd: bool
) -> None:
    assert visitor.act(dossier, "receive", portal_code=f" {code} ", sure=code).status_code == 303
    news = the_news(point)
    assert (news.state, news.portal_code) == ("received", code)
    assert state(hub, dossier) is State.RECEIVED
    words = words_of(visitor.page(dossier))
    assert code in words
    assert ("dạng chưa từng thấy" in words) is odd


def test_a_result_can_be_told_only_after_the_reception(
    point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    assert visitor.act(dossier, "result", sentence="Đến lấy").status_code == 409
    visitor.act(dossier, "receive", portal_code=CODE)
    point.round()
    visitor.act(dossier, "result", sentence="Đến nhận giấy khai sinh ở bàn số 2.")
    assert the_news(point).state == "result_ready"


@pytest.mark.parametrize(
    ("action", "fields", "status", "words"),
    [
        ("ask", {}, 400, "Cần viết một câu"),
        ("invite", {"sentence": "   "}, 400, "Cần viết một câu"),
        ("refuse", {}, 400, "Cần viết một câu"),
        ("ask", {"sentence": "x" * 1001}, 400, "1000"),
        ("ask", {"sentence": "Thiếu giấy", "papers": "khong_co"}, 400, "không có loại giấy tờ"),
        ("receive", {}, 400, "mã hồ sơ"),
        ("receive", {"portal_code": "x" * 65}, 400, "Chép lại"),
        ("receive", {"portal_code": "A\u202eB"}, 400, "Chép lại"),
        ("burn", {}, 400, "Không có việc này"),
    ],
)
def test_an_action_that_lacks_something_says_what(
    hub: Hub,
    visitor: OfficeVisitor,
    dossier: str,
    action: str,
    fields: dict[str, str],
    status: int,
    words: str,
) -> None:
    answer = visitor.act(dossier, action, **fields)
    assert answer.status_code == status
    assert words in words_of(answer)
    assert state(hub, dossier) is State.AT_HUB


def test_a_refused_dossier_takes_no_further_step_but_a_new_revision(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    visitor.act(dossier, "refuse", sentence="Không thuộc thẩm quyền của phường.", sure="1")
    assert visitor.act(dossier, "receive", portal_code=CODE).status_code == 409
    assert the_news(point).state == "not_accepted"
    point.round(point.event(dossier=dossier, revision=2))
    assert state(hub, dossier) is State.AT_HUB


def test_a_paper_is_opened_on_the_fly(hub: Hub, point: HubPoint, visitor: OfficeVisitor) -> None:
    paper = point.paper(plain=b"\xff\xd8 a picture")
    event = point.event(papers=[paper])
    point.round(event)
    url = f"/can-bo/ho-so/{event.dossier}/giay-to/{paper.sealed_sha256}"
    assert visitor.web.get(url).status_code == 404
    assert "đang trên đường gửi" in visitor.page(event.dossier).text
    point.send_paper(paper.sealed_sha256)
    answer = visitor.web.get(url)
    assert (answer.content, answer.headers["content-type"]) == (b"\xff\xd8 a picture", "image/jpeg")
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["cache-control"] == "no-store"
    assert b"a picture" not in b"".join(
        path.read_bytes() for path in hub.home.folder.rglob("*") if path.is_file()
    )


def test_a_paper_of_a_strange_kind_is_only_downloaded(point: HubPoint, visitor: OfficeVisitor) -> None:
    import dataclasses

    paper = dataclasses.replace(point.paper(plain=b"<script>"), media_type="text/html")
    event = point.event(papers=[paper])
    point.round(event)
    point.send_paper(paper.sealed_sha256)
    answer = visitor.web.get(f"/can-bo/ho-so/{event.dossier}/giay-to/{paper.sealed_sha256}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_damaged_paper_says_so(hub: Hub, point: HubPoint, visitor: OfficeVisitor) -> None:
    paper = point.paper()
    event = point.event(papers=[paper])
    point.round(event)
    point.send_paper(paper.sealed_sha256)
    paper_file(hub.home, point.enrolled.point, paper.sealed_sha256).write_bytes(b"age-encryption.org/v1\n?")
    answer = visitor.web.get(f"/can-bo/ho-so/{event.dossier}/giay-to/{paper.sealed_sha256}")
    assert answer.status_code == 400
    assert "hỏng trên máy chủ xã, không phải do điểm" in answer.text


@pytest.mark.parametrize("sha", ["0" * 64, "..%2f..%2fhub-key", "x"])
def test_a_paper_of_no_dossier_is_not_there(visitor: OfficeVisitor, dossier: str, sha: str) -> None:
    assert visitor.web.get(f"/can-bo/ho-so/{dossier}/giay-to/{sha}").status_code == 404


def test_another_communes_dossier_is_not_there(hub: Hub, visitor: OfficeVisitor, dossier: str) -> None:
    with hub.database.write() as connection:
        from sqlalchemy import update

        from sync.hub.store import rounds
        from sync.hub.store.tables import dossier as table

        rounds.add_commune(connection, "20195", "e-other")
        connection.execute(update(table).where(table.c.id == dossier).values(commune="20195"))
    assert visitor.page(dossier).status_code == 404
    assert dossier not in visitor.web.get("/can-bo").text
    token = token_of(visitor.web.get("/can-bo"))
    for path in ("to-khai/1", f"giay-to/{'0' * 64}"):
        assert visitor.web.get(f"/can-bo/ho-so/{dossier}/{path}").status_code == 404
    answer = visitor.web.post(f"/can-bo/ho-so/{dossier}/seen", data={"_csrf_token": token})
    assert answer.status_code == 404


def test_a_dossier_that_does_not_exist(visitor: OfficeVisitor) -> None:
    assert visitor.page(new_id()).status_code == 404
    assert visitor.page("nonsense").status_code == 404


def test_a_portal_filing_says_that_its_content_is_elsewhere(point: HubPoint, visitor: OfficeVisitor) -> None:
    event = point.event(kind=EventKind.PORTAL_FILED, answers=())
    point.round(event)
    words = words_of(visitor.page(event.dossier))
    assert "Người dân tự nộp trên Cổng" in words
    assert "Xử lý" not in words


def test_content_that_another_key_sealed_is_shown_as_unreadable(
    hub: Hub, visitor: OfficeVisitor, dossier: str
) -> None:
    from sqlalchemy import update

    from sync.hub.store.tables import event

    with hub.database.write() as connection:
        connection.execute(update(event).values(body=b"rotten"))
    page = visitor.page(dossier)
    assert page.status_code == 200
    assert "Không mở được phong bì" in words_of(page)
    assert visitor.web.get(f"/can-bo/ho-so/{dossier}/to-khai/1").status_code == 400
    assert visitor.web.get("/can-bo").status_code == 200


def test_our_own_mistake_is_a_page_and_a_log_without_names(
    hub: Hub, dossier: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sync.hub.office import views

    def fail(*_: object) -> None:
        raise ValueError("NGUYỄN VĂN HỢP")

    add_officer(hub, "lan", Role.OFFICER)
    with TestClient(build(hub), base_url="https://hub.test", raise_server_exceptions=False) as client:
        visitor = OfficeVisitor(client)
        visitor.log_in("lan")
        monkeypatch.setattr(views, "dossier_page", fail)
        answer = visitor.page(dossier)
    assert answer.status_code == 500
    assert "Máy chủ gặp trục trặc" in answer.text
    assert "NGUYỄN" not in answer.text
    assert "ValueError" in caplog.text
    assert "NGUYỄN" not in caplog.text


def test_an_officer_sees_what_the_volunteer_looked_at(visitor: OfficeVisitor, point: HubPoint) -> None:
    event = point.event(confirmed=("Ảnh rõ, đủ bốn góc & cả mặt sau?",))
    point.round(event)
    page = visitor.web.get(f"/can-bo/ho-so/{event.dossier}")
    assert "Tình nguyện viên đã xác nhận" in words_of(page)
    assert "Ảnh rõ, đủ bốn góc & cả mặt sau?" in words_of(page)


def test_where_nothing_was_confirmed_nothing_is_said_of_it(visitor: OfficeVisitor, dossier: str) -> None:
    assert "đã xác nhận" not in words_of(visitor.web.get(f"/can-bo/ho-so/{dossier}"))

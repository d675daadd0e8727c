"""What people, stale pages and broken programs send to the officer's pages: a sentence, never a 500."""

import tempfile
from dataclasses import replace
from urllib.parse import quote

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import update

from kiosk.domain.dossier import State
from kiosk.domain.events import NewsItem
from kiosk.domain.ids import new_id
from sync.hub.context import Hub
from sync.hub.office.exports import tame
from sync.hub.office.result_file import MAX_BYTES
from sync.hub.office.words import plain, typed_day
from sync.hub.store import dossiers, rounds
from sync.hub.store.officers import Role
from sync.hub.store.tables import dossier as dossier_table
from tests.support.hub import BIRTH, BIRTH_FORM, HubPoint, add_officer
from tests.support.office import OfficeVisitor, field_of, token_of, words_of
from tests.sync.hub.test_results import pdf

CODE = "G09.20-20261121-0092637"
ODD = {
    "empty": "",
    "blank": " \t\r\n ",
    "long": "ẫ" * 10_000,
    "emoji": "🧧👨‍👩‍👧",
    "right to left": "مرحبا",
    "turned": "abc\u202egnp.exe",
    "formula": "=cmd|'/c calc'!A1",
    "markup": "<script>alert(1)</script>{{ 7*7 }}",
    "nul": "a\0b",
    "controls": "\x1b[31m\x07",
    "lone surrogate": "\ud800",
    "digits": "9" * 5000,
}
PART = {"HX-Request": "true"}


@pytest.fixture
def visitor(hub: Hub, client: TestClient[Litestar]) -> OfficeVisitor:
    for name, role in (("lan", Role.OFFICER), ("hung", Role.OFFICER), ("head", Role.HEAD)):
        add_officer(hub, name, role)
    visitor = OfficeVisitor(client)
    visitor.log_in("head")
    return visitor


def post(visitor: OfficeVisitor, path: str, fields: dict[str, str], **headers: str) -> Response:
    """A form as bytes, so that text that is no text can be sent, too."""
    pairs = [
        f"{name}={quote(value.encode('utf-8', 'surrogatepass'), safe='')}" for name, value in fields.items()
    ]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    body = "&".join(pairs).encode()
    return visitor.web.post(f"/can-bo{path}", content=body, headers=kind | headers, follow_redirects=False)


def history(hub: Hub, dossier: str) -> list[tuple[str, State]]:
    with hub.database.read() as connection:
        return [(line.actor, line.state) for line in dossiers.history_of(connection, dossier)]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_form_breaks_over_an_odd_word(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str, odd: str
) -> None:
    token = token_of(visitor.page(dossier))
    forms = [
        ("/dang-nhap", ("name", "password", "_csrf_token")),
        ("/tim", ("words", "thon", "thu_tuc", "han", "trang_thai", "trang")),
        ("/xuat", ("ho_so", "dang")),
        ("/du-lieu", ("code", "kind", "asked_on")),
        ("/diem/ma", ("hamlet", "address")),
        (f"/diem/{point.enrolled.point}/nhan", ("words",)),
        ("/usb/may", ("stick",)),
        *(
            (f"/ho-so/{dossier}/{action}", ("sentence", "portal_code", "day", "papers", "revision", "seen"))
            for action in ("refuse", "invite", "receive", "ask", "seen", "hand", "burn")
        ),
    ]
    for path, names in forms:
        answer = post(visitor, path, {"_csrf_token": token} | dict.fromkeys(names, odd))
        assert answer.status_code in {200, 303, 400, 403, 404, 409, 413, 429}, path
        assert "<script>alert" not in answer.text
    point.news(point.round())


@pytest.mark.parametrize("odd", [odd for odd in ODD.values() if odd.isprintable() or "\0" in odd])
def test_no_address_breaks_over_an_odd_part(visitor: OfficeVisitor, dossier: str, odd: str) -> None:
    part = quote(odd[:500], safe="")
    for path in (
        f"/ho-so/{part}", f"/ho-so/{dossier}/to-khai/{part}", f"/ho-so/{dossier}/giay-to/{part}",
        f"?thon={part}&thu_tuc={part}&han={part}&trang_thai={part}&trang={part}&tim={part}",
        f"/so-lieu?thang={part}", f"/du-lieu?xong={part}", f"/diem?xong={part}", f"/tinh/{part}",
    ):  # fmt: skip
        answer = visitor.web.get(f"/can-bo{path}")
        assert answer.status_code in {200, 400, 404, 405}, path


def test_bytes_that_are_no_form_are_refused(visitor: OfficeVisitor, dossier: str) -> None:
    kinds = ("multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain", "")
    for path in (f"/ho-so/{dossier}/result", f"/ho-so/{dossier}/seen", "/tim"):
        for kind in kinds:
            body = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\xfe\r\n--x--\r\n"
            answer = visitor.web.post(f"/can-bo{path}", content=body, headers={"Content-Type": kind})
            assert answer.status_code in {400, 403}, (path, kind)


def test_what_was_typed_is_still_there_after_a_refusal(visitor: OfficeVisitor, dossier: str) -> None:
    answer = visitor.act(dossier, "invite", sentence="Đến bàn số 2, mang thẻ", day="31/02/2027")
    assert answer.status_code == 400
    assert "Ngày hẹn không đúng" in answer.text
    assert ">Đến bàn số 2, mang thẻ</textarea>" in answer.text
    assert 'value="31/02/2027"' in answer.text
    assert 'href="#invite-day"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1


def test_a_sentence_that_is_too_long_comes_back_whole(visitor: OfficeVisitor, dossier: str) -> None:
    answer = visitor.act(dossier, "ask", sentence="ẫ" * 10_000, papers=["giay_chung_sinh"])
    assert answer.status_code == 400
    assert "1000" in words_of(answer)
    assert "ẫ" * 10_000 in answer.text
    assert 'value="giay_chung_sinh" checked' in answer.text


def test_a_double_click_is_one_press(hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str) -> None:
    page = visitor.page(dossier)
    fields = {name: field_of(page, name) for name in ("_csrf_token", "revision", "seen")}
    fields |= {"sentence": "Chụp lại", "papers": "giay_chung_sinh"}
    first, second = (post(visitor, f"/ho-so/{dossier}/ask", fields) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert history(hub, dossier)[1:] == [("head", State.ASKED_FOR_MORE)]
    assert len(point.news(point.round())) == 1
    other = post(visitor, f"/ho-so/{dossier}/ask", fields | {"sentence": "Chụp lại cả hai mặt"})
    assert other.status_code == 409


def test_of_two_officers_at_once_the_second_is_told(hub: Hub, visitor: OfficeVisitor, dossier: str) -> None:
    visitor.log_in("lan")
    stale = visitor.page(dossier)
    visitor.log_in("hung")
    visitor.act(dossier, "invite", sentence="Mời đến")
    token = token_of(visitor.page(dossier))
    fields = {
        "_csrf_token": token,
        "revision": "1",
        "seen": field_of(stale, "seen"),
        "sentence": "Thiếu giấy",
        "sure": "1",
    }
    answer = post(visitor, f"/ho-so/{dossier}/refuse", fields)
    assert answer.status_code == 409
    assert "hung vừa ghi “Đã mời đến ký, nộp” lúc" in words_of(answer)
    assert ">Thiếu giấy</textarea>" in answer.text
    assert history(hub, dossier)[-1] == ("hung", State.INVITED)


def test_the_day_to_come_travels_in_a_field_of_its_own(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    day = hub.clock.now().date()
    visitor.act(dossier, "invite", sentence="Mang thẻ", day=f"{day.day}/{day.month}/{day.year}")
    (item,) = point.news(point.round())
    assert isinstance(item, NewsItem)
    assert (item.day, item.sentence) == (day.isoformat(), "Mang thẻ")
    assert f"Hẹn đến ngày {day:%d/%m/%Y}." in words_of(visitor.page(dossier))
    assert "Ngày trả" not in words_of(visitor.page(dossier))


@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [
        ("ket-qua.pdf", b"", 400, "Tệp này trống"),
        ("ket-qua.pdf", b"MZ\x90\x00 not a result", 400, "Chỉ nhận tệp PDF"),
        ("../../../etc/passwd", b"root:x:0:0", 400, "Chỉ nhận tệp PDF"),
        ("kết quả 🧧.pdf", b"%PDF-1.7\nbroken", 400, "không mở được"),
        ("anh.exe", pdf(1), 303, ""),
        ("lon.pdf", b"%PDF-1.7" + b"x" * MAX_BYTES, 400, "lớn quá 5 MB"),
        ("rat-lon.pdf", b"x" * (2 * MAX_BYTES), 413, "lớn quá mức nhận"),
    ],
)
def test_a_file_of_a_result_that_is_none(
    hub: Hub, visitor: OfficeVisitor, dossier: str, name: str, data: bytes, status: int, words: str
) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    page = visitor.page(dossier)
    fields = {one: field_of(page, one) for one in ("_csrf_token", "revision", "seen")}
    fields |= {"sentence": "Mời đến nhận", "place": "Một cửa"}
    answer = visitor.web.post(
        f"/can-bo/ho-so/{dossier}/result", data=fields, files={"file": (name, data)}, follow_redirects=False
    )
    assert answer.status_code == status
    assert words in words_of(answer)
    if status == 400:
        assert ">Mời đến nhận</textarea>" in answer.text
        assert history(hub, dossier)[-1][1] is State.RECEIVED


def test_a_copy_of_a_result_never_lies_in_a_temporary_file(
    visitor: OfficeVisitor, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    page = visitor.page(dossier)
    fields = {one: field_of(page, one) for one in ("_csrf_token", "revision", "seen")}
    fields |= {"sentence": "Mời đến nhận", "place": "Một cửa"}
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", None)
    big = pdf(1) + b"\n%" + b"x" * (MAX_BYTES // 2)
    answer = visitor.web.post(
        f"/can-bo/ho-so/{dossier}/result",
        data=fields,
        files={"file": ("kq.pdf", big)},
        follow_redirects=False,
    )
    assert answer.status_code == 303


def test_a_scan_of_several_pages_is_shown_beside_the_answers(point: HubPoint, visitor: OfficeVisitor) -> None:
    paper = replace(point.paper("giay_chung_sinh", pdf(2)), media_type="application/pdf", pages=2)
    event = point.event(papers=[paper])
    point.round(event)
    assert "<iframe" not in visitor.page(event.dossier).text
    point.send_paper(paper.sealed_sha256)
    page = visitor.page(event.dossier)
    address = f"/can-bo/ho-so/{event.dossier}/giay-to/{paper.sealed_sha256}"
    assert f'src="{address}" title="Bản chụp: Giấy chứng sinh"' in page.text
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    shown = visitor.web.get(address)
    assert shown.headers["content-disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]


def test_nothing_of_another_commune_is_there(hub: Hub, visitor: OfficeVisitor, dossier: str) -> None:
    with hub.database.write() as connection:
        rounds.add_commune(connection, "20195", "e-other")
        connection.execute(update(dossier_table).where(dossier_table.c.id == dossier).values(commune="20195"))
    fields = {"_csrf_token": token_of(visitor.web.get("/can-bo")), "sentence": "x", "portal_code": CODE}
    unknown = post(visitor, f"/ho-so/{new_id()}/seen", fields)
    for action in ("seen", "ask", "invite", "receive", "refuse", "hand"):
        for headers in ({}, PART):
            answer = post(visitor, f"/ho-so/{dossier}/{action}", fields, **headers)
            assert answer.status_code == 404
    assert words_of(post(visitor, f"/ho-so/{dossier}/seen", fields)) == words_of(unknown)
    file = {"file": ("kq.pdf", pdf(1))}
    assert visitor.web.post(f"/can-bo/ho-so/{dossier}/result", data=fields, files=file).status_code == 404
    assert post(visitor, "/xuat", fields | {"ho_so": dossier, "dang": "csv"}).status_code == 404
    asked = {"code": dossier, "kind": "erase", "asked_on": hub.clock.now().date().isoformat()}
    assert "Không tìm thấy đúng một hồ sơ" in post(visitor, "/du-lieu", fields | asked).text


def test_a_request_about_data_takes_the_day_as_people_write_it(
    hub: Hub, visitor: OfficeVisitor, dossier: str
) -> None:
    token, today = token_of(visitor.web.get("/can-bo")), hub.clock.now().date()
    fields = {"_csrf_token": token, "code": dossier, "kind": "erase"}
    wrong = post(visitor, "/du-lieu", fields | {"asked_on": "30/02/2026"})
    assert wrong.status_code == 400
    assert f'value="{dossier}"' in wrong.text
    assert post(visitor, "/du-lieu", fields | {"asked_on": f"{today:%d/%m/%Y}"}).status_code == 303
    assert f"Hỏi ngày {today:%d/%m/%Y}" in words_of(visitor.web.get("/can-bo/du-lieu"))


@pytest.mark.parametrize("cell", ["=1+1", " =1", "\u00a0+1", "\u3000@x", "＝1", "-1", "\t=1"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert tame(cell) == f"'{cell}"
    assert tame("Nguyễn = Trần") == "Nguyễn = Trần"


def test_words_are_kept_without_what_nobody_sees() -> None:
    assert plain(" a\0b\u202e c\n\td ") == "ab c d"
    assert plain("👨‍👩‍👧 ẫ") == "👨‍👩‍👧 ẫ"
    assert typed_day("1/2/2027") == typed_day("2027-02-01") == typed_day("01.02.2027")


def test_our_own_mistake_in_a_part_is_a_sentence(
    hub: Hub, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sync.hub.app import build
    from sync.hub.office import inbox_view

    add_officer(hub, "lan", Role.OFFICER)

    def fail(*_: object) -> None:
        raise ValueError("NGUYỄN VĂN HỢP")

    monkeypatch.setattr(inbox_view, "inbox", fail)
    with TestClient(build(replace(hub)), base_url="https://hub.test", raise_server_exceptions=False) as web:
        visitor = OfficeVisitor(web)
        visitor.log_in("lan")
        answer = web.get("/can-bo", headers=PART)
    assert answer.status_code == 500
    assert "Máy chủ gặp trục trặc" in answer.text
    assert "NGUYỄN" not in answer.text


@pytest.mark.parametrize("day", ["not a day", "0000-00-00", "", "9999-12-31", "0001-01-01"])
def test_a_dossier_with_an_odd_day_is_shown(point: HubPoint, visitor: OfficeVisitor, day: str) -> None:
    event = point.event(answers=BIRTH, form=BIRTH_FORM, prepared_on=day)
    assert point.round(event).verdicts[0].receipt is not None
    page = visitor.page(event.dossier)
    assert page.status_code == 200
    assert "BẢO NGỌC" in words_of(page).upper()

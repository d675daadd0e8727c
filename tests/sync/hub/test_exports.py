"""Dossiers taken out: the portal's field names, cells that are no formulas, a PDF, and a line in the log."""

import csv
import io
import subprocess
from pathlib import Path

import msgspec
import pytest
from httpx import Response

from kiosk.domain.dossier import Answer
from kiosk.domain.ids import new_id
from sync.hub.context import Hub
from sync.hub.office.exports import tame
from sync.hub.store import audit
from sync.hub.store.officers import Role
from tests.support.hub import ANSWERS, HubPoint, add_officer
from tests.support.office import OfficeVisitor, token_of

CODE = "G09.20-20261121-0092637"
FIELDS = [
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "MaLinhVuc",
    "TenLinhVuc",
    "SoBienNhan",
    "ChuHoSo",
    "LoaiDoiTuong",
    "MaDoiTuong",
    "ThongTinKhac",
    "Email",
    "Fax",
    "SoDienThoai",
    "TrichYeuHoSo",
    "NgayTiepNhan",
    "NgayHenTra",
    "TrangThaiHoSo",
    "NgayTra",
    "ThongTinTra",
    "HinhThuc",
    "NgayKetThucXuLy",
    "DonViXuLy",
    "GhiChu",
    "TaiLieuNop",
    "DanhSachLePhi",
    "DanhSachTepDinhKemKhac",
    "DanhSachHoSoBoSung",
    "DanhSachGiayToKetQua",
]


@pytest.fixture
def dossier(point: HubPoint) -> str:
    paper = point.paper()
    event = point.event(papers=[paper])
    point.round(event)
    return event.dossier


def take_out(visitor: OfficeVisitor, kind: str, *chosen: str) -> Response:
    token = token_of(visitor.web.get("/can-bo"))
    fields = {"_csrf_token": token, "dang": kind, "ho_so": list(chosen)}
    return visitor.web.post("/can-bo/xuat", data=fields)


def test_json_has_the_portals_fields_and_says_that_nobody_tried_it(
    visitor: OfficeVisitor, dossier: str
) -> None:
    visitor.act(dossier, "ask", sentence="Chụp lại giấy chứng sinh", papers=["giay_chung_sinh"])
    visitor.act(dossier, "receive", portal_code=CODE)
    answer = take_out(visitor, "json", dossier)
    body = msgspec.json.decode(answer.content)
    assert (answer.status_code, body["GhiChu"]) == (200, "Chưa thử với hệ thống thật")
    (item,) = body["data"]
    assert list(item) == FIELDS
    assert (item["MaHoSo"], item["MaTTHC"], item["TrangThaiHoSo"]) == (CODE, "1.001193", "2")
    assert (item["ChuHoSo"], item["SoBienNhan"], item["MaLinhVuc"]) == ("NGUYỄN VĂN HỢP", "", "")
    assert item["NgayTiepNhan"].startswith("20")
    assert [one["NoiDungBoSung"] for one in item["DanhSachHoSoBoSung"]] == ["Chụp lại giấy chứng sinh"]
    assert [one["TenTepDinhKem"] for one in item["TaiLieuNop"]] == ["Giấy chứng sinh"]


def test_a_paper_that_no_procedure_names_has_the_name_of_the_page(
    point: HubPoint, visitor: OfficeVisitor
) -> None:
    event = point.event(papers=[point.paper("to_khai_da_ky")])
    point.round(event)
    visitor.act(event.dossier, "ask", sentence="Chụp lại", papers=["to_khai_da_ky"])
    (item,) = msgspec.json.decode(take_out(visitor, "json", event.dossier).content)["data"]
    assert [one["TenTepDinhKem"] for one in item["TaiLieuNop"]] == ["Tờ khai đã ký (bản chụp)"]
    assert item["DanhSachHoSoBoSung"][0]["DanhSachGiayToBoSung"] == ["Tờ khai đã ký (bản chụp)"]


def test_a_dossier_before_its_reception_has_no_code(visitor: OfficeVisitor, dossier: str) -> None:
    (item,) = msgspec.json.decode(take_out(visitor, "json", dossier).content)["data"]
    assert (item["MaHoSo"], item["NgayTiepNhan"], item["TrangThaiHoSo"]) == ("", "", "1")


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x";"y")', "+84", "-1+1", "@SUM(A1)"])
def test_no_name_becomes_a_formula(point: HubPoint, visitor: OfficeVisitor, name: str) -> None:
    event = point.event(answers=[Answer("nksinh_ho_ten", name), *ANSWERS[1:]])
    point.round(event)
    rows = list(
        csv.DictReader(io.StringIO(take_out(visitor, "csv", event.dossier).text.removeprefix("\ufeff")))
    )
    assert [row["ChuHoSo"] for row in rows] == [f"'{name}"]
    assert not any((cell or "").startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert tame("Nguyễn - Hợp") == "Nguyễn - Hợp"


def test_several_go_into_one_file(point: HubPoint, visitor: OfficeVisitor, dossier: str) -> None:
    other = point.event()
    point.round(other)
    text = take_out(visitor, "csv", dossier, other.dossier, dossier).text
    assert len(list(csv.reader(io.StringIO(text)))) == 3


def test_the_pdf_can_be_read(point: HubPoint, visitor: OfficeVisitor, tmp_path: Path) -> None:
    event = point.event(answers=[*ANSWERS, Answer("ghi_chu", "<b>đậm</b> 🙂")])
    point.round(event)
    file = tmp_path / "out.pdf"
    file.write_bytes(take_out(visitor, "pdf", event.dossier).content)
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    for expected in ("NGUYỄN VĂN HỢP", "Không phải giấy tờ tiếp nhận", "<b>đậm</b> □", "048095001234"):
        assert expected in text


def test_every_dossier_taken_out_is_written_down(hub: Hub, visitor: OfficeVisitor, dossier: str) -> None:
    take_out(visitor, "csv", dossier)
    with hub.database.read() as connection:
        line = audit.of_dossier(connection, hub.commune, dossier)[0]
    assert (line.actor, line.action, line.detail) == ("lan", "export", "csv")


@pytest.mark.parametrize(
    ("kind", "chosen", "status"),
    [("csv", [], 400), ("exe", ["x"], 400), ("csv", [new_id()], 404), ("csv", ["x"] * 2, 404)],
)
def test_nothing_odd_is_taken_out(visitor: OfficeVisitor, kind: str, chosen: list[str], status: int) -> None:
    assert take_out(visitor, kind, *chosen).status_code == status


def test_too_many_at_once_are_refused(visitor: OfficeVisitor) -> None:
    assert take_out(visitor, "csv", *(new_id() for _ in range(201))).status_code == 400


def test_an_administrator_takes_nothing_out(hub: Hub, visitor: OfficeVisitor, dossier: str) -> None:
    add_officer(hub, "quantri", Role.ADMIN)
    visitor.log_in("quantri")
    token = token_of(visitor.web.get("/can-bo/so-lieu"))
    fields = {"_csrf_token": token, "dang": "csv", "ho_so": dossier}
    assert visitor.web.post("/can-bo/xuat", data=fields).status_code == 403


def test_without_our_own_form_nothing_is_taken_out(visitor: OfficeVisitor, dossier: str) -> None:
    assert visitor.web.post("/can-bo/xuat", data={"dang": "csv", "ho_so": dossier}).status_code == 403

"""Importing entries without a form: what a clerk's table may look like, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.author.catalogue_command import import_catalogue
from kiosk.author.cli import main
from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.catalogue import load_catalogue
from kiosk.catalogue.listings import COLUMNS, Listing, load_listings, write_listings

HEAD = (
    "Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Cấp thực hiện;Cơ quan thực hiện;Phí, lệ phí;Thời hạn giải quyết"
)


def imported(folder: Path, text: str | bytes, source: str = "Quyết định thử 1/QĐ") -> list[Listing]:
    table, out = folder / "bang.csv", folder / "catalogue.csv"
    table.write_bytes(text.encode() if isinstance(text, str) else text)
    import_catalogue(table, out, source)
    return load_listings(out)


def test_vietnamese_headings_a_mark_and_semicolons(tmp_path: Path) -> None:
    row = "1.004837;Đăng ký giám hộ;Hộ tịch;Xã;UBND cấp xã;Miễn;02 ngày làm việc"
    (found,) = imported(tmp_path, f"\ufeff{HEAD}\r\n{row}\r\n")
    assert (found.code, found.name, found.sector, found.level) == (
        "1.004837",
        "Đăng ký giám hộ",
        "Hộ tịch",
        "Xã",
    )
    assert (found.authority, found.fee, found.time_limit) == ("UBND cấp xã", "Miễn", "02 ngày làm việc")
    assert (found.source, found.checked_on, found.papers) == ("Quyết định thử 1/QĐ", None, "")


def test_english_headings_in_any_order_and_commas(tmp_path: Path) -> None:
    text = 'Checked,NAME,code,Old codes,"Fee"\n'
    text += '21/11/2026,"Nuôi con nuôi, trong nước",2.001263,1.000001 1.000002,\n'
    (found,) = imported(tmp_path, text)
    assert (found.name, found.fee, found.former_codes) == (
        "Nuôi con nuôi, trong nước",
        "",
        "1.000001 1.000002",
    )
    assert found.checked_on == date(2026, 11, 21)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_what_spreadsheets_save(tmp_path: Path, encoding: str) -> None:
    text = "mã\ttên\n1.004837\tĐăng  ký\u00a0giám hộ \n\n\t\n"
    assert [each.name for each in imported(tmp_path, text.encode(encoding))] == ["Đăng ký giám hộ"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("abc;Một việc", "Dòng 3, cột mã: không phải mã thủ tục"),
        ("1.0048;Một việc", "Dòng 3, cột mã: không phải mã thủ tục"),
        (";Một việc", "Dòng 3, cột mã: còn trống"),
        ("1.000002;", "Dòng 3, cột tên: còn trống"),
        ("1.000002;" + "x" * 2001, "Dòng 3, cột tên: dài quá"),
        ("1.000002;Một\u202eviệc", "Dòng 3, cột tên: có chữ không in được"),
        ("1.000002;Một\x00việc", "Dòng 3, cột tên: có chữ không in được"),
        ("1.000002;Một việc;31/02/2026", "Dòng 3, cột ngày kiểm tra: không phải ngày"),
        ("1.000002;Một việc;;;thừa", "Dòng 3: có 5 ô"),
        ("1.000001;Lại việc thứ nhất", "Dòng 3, cột mã: 1.000001 (2) đã có ở dòng trên"),
    ],
)
def test_a_bad_row_is_refused_by_row_and_column_and_the_rest_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, told: str
) -> None:
    table, out = tmp_path / "bang.csv", tmp_path / "catalogue.csv"
    table.write_text(f"mã;tên;ngày kiểm tra\n1.000001;Việc thứ nhất\n{row}\n1.000009;Việc cuối\n", "utf-8")
    assert main(["import-catalogue", str(table), "--out", str(out)]) == 1
    assert told in capsys.readouterr().out
    assert [each.code for each in load_listings(out)] == ["1.000001", "1.000009"]


def test_codes_that_exist_are_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path, "mã,tên\n1.000001,Tên cũ\n")
    table = tmp_path / "bang.csv"
    table.write_text("mã,tên,lạ\n1.000001,Tên mới,x\n1.001193,Khai sinh của ai\n1.000003,Việc mới\n", "utf-8")
    assert main(["import-catalogue", str(table), "--out", str(tmp_path / "catalogue.csv")]) == 0
    said = capsys.readouterr().out
    assert "Dòng 2, cột mã: 1.000001 đã có" in said
    assert "Dòng 3, cột mã: 1.001193 đã có" in said
    assert "Bỏ qua các cột không dùng: lạ" in said
    assert [each.name for each in load_listings(tmp_path / "catalogue.csv")] == ["Tên cũ", "Việc mới"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "dòng nào"),
        ("mã;lệ phí\n1.000001;0".encode(), "cột mã và cột tên"),
        (b"code;name;ma\n1.000001;x;1.000001", "cùng nghĩa"),
        ("mã;tên\n1.000001;Đất".encode("utf-16-le"), "UTF-8"),
        (b"ma;ten\n1.000001;\xc4\xff", "UTF-8"),
        (b"ma;ten\n1.000001;" + b"x" * 17 * 2**20, "16 MB"),
        (b"ma;ten\n1.000001;" + b"x" * 200_000, "ngoặc kép"),
    ],
)
def test_what_is_no_table_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    table, out = tmp_path / "bang.csv", tmp_path / "catalogue.csv"
    table.write_bytes(content)
    assert main(["import-catalogue", str(table), "--out", str(out)]) == 1
    assert told in capsys.readouterr().out
    assert not out.exists()


def test_a_missing_table_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-catalogue", str(tmp_path / "khong.csv"), "--out", str(tmp_path / "o.csv")]) == 1
    assert "Chưa làm được" in capsys.readouterr().out


def row(**changed: str) -> Listing:
    empty = dict.fromkeys(COLUMNS, "")
    return Listing(**{**empty, "code": "1.000001", "name": "Việc", "source": "thử", **changed})


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    listings = [row(), row(code="1.000002", name='Có "ngoặc", phẩy', keywords="một; hai")]
    (tmp_path / "catalogue.csv").write_text(write_listings(reversed(listings)), "utf-8")
    assert load_listings(tmp_path / "catalogue.csv") == listings


@pytest.mark.parametrize(
    "spoilt",
    [
        "code,name\n1.000001,Việc\n",
        write_listings([row()]).replace("1.000001", "1.1"),
        write_listings([row(), row()]),
        write_listings([row(name=" Việc")]),
        write_listings([row()]) + "1.000002,thiếu ô\n",
    ],
)
def test_a_spoilt_catalogue_is_refused_with_its_line(tmp_path: Path, spoilt: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(spoilt, "utf-8")
    with pytest.raises(BadContentError, match=r"catalogue\.csv:[123]: "):
        load_listings(path)


def test_imported_entries_are_found_but_never_instead_of_a_form(tmp_path: Path) -> None:
    procedures = Path(__file__).parents[2] / "assets" / "procedures"
    (tmp_path / "sources.toml").write_text((procedures / "sources.toml").read_text("utf-8"), "utf-8")
    (tmp_path / "catalogue.csv").write_text(
        write_listings([row(code="1.004837", name="Đăng ký giám hộ", former_codes="1.000007")]), "utf-8"
    )
    catalogue = load_catalogue(tmp_path, date(2026, 11, 21))
    assert catalogue.procedures() == ()
    for words in ("giam ho", "giám hộ", "giam hoj", "1.004837", "1.000007"):
        (found,) = catalogue.search(words)
        assert found.name == "Đăng ký giám hộ"

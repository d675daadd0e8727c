"""The portal's own name of a field travels from the clerk's table to the screen."""

from pathlib import Path

from kiosk.author.compiler import compile_xform
from kiosk.author.source import xform_of
from kiosk.domain.clock import SystemClock
from kiosk.forms import Session, load_form
from kiosk.packs.content import assets_folder
from tests.author.forms import found

LINES = (
    "| survey |\n| | type | name | label | bind::portal_key |\n"
    "| | text | ten | Tên | citizenTen |\n| | text | khac | Khác |  |\n"
)


def test_a_portal_key_is_carried_into_the_compiled_form(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(LINES, encoding="utf-8")
    session = Session(load_form(compile_xform(xform_of(path))), SystemClock())
    assert session.question("ten").portal_key == "citizenTen"
    assert session.question("khac").portal_key == ""


def test_the_column_is_none_that_a_clerk_is_warned_of(tmp_path: Path) -> None:
    assert found(tmp_path, LINES) == []


def test_the_birth_form_names_what_the_portal_names() -> None:
    form = compile_xform(xform_of(assets_folder() / "procedures" / "khai_sinh" / "form.md"))
    keys = {item["as"]: item["portal_key"] for item in form["items"] if "portal_key" in item}
    assert keys == {
        "loai_dang_ky": "citizenLoaiDangKy",
        "loai_khai_sinh": "citizenLoaikhaisinh_NgdcKS",
        "so_ban_sao": "citizenSoluongbansao",
    }

"""Slip and card, then the copy, then nothing of it stays."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from reportlab.pdfgen.canvas import Canvas

from kiosk.desk.marks import mark_of
from kiosk.desk.opening import Desk
from kiosk.domain.dossier import State
from kiosk.domain.events import ResultFile
from kiosk.envelope.keys import recipient_of
from kiosk.envelope.seal import digest_of, seal_bytes
from kiosk.storage import drafts, results
from kiosk.storage.drafts import DossierRow
from tests.support.points import add_queued
from tests.support.typing import key, type_vi
from tests.support.visits import FATHER_CARD, MOTHER_CARD
from ui.devices.printer import FolderPrinter, NullPrinter
from ui.theme import Size, Theme
from ui.window import Shell

See = Callable[..., Any]


def copy() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(100, 800, "copy")
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def paper(open_shell: Shell, tmp_path: Path) -> Path:
    """Where the printer of this point lays its papers."""
    folder = tmp_path / "paper"
    open_shell.devices = replace(open_shell.devices, printer=FolderPrinter(folder))
    return folder


@pytest.fixture
def row(open_shell: Shell, desk: Desk) -> DossierRow:
    body = seal_bytes(copy(), recipient_of(desk.secrets.sealing_identity))
    file = ResultFile(digest_of(body), len(body), digest_of(copy()), "UBND phường")
    with desk.database.write() as connection:
        row = add_queued(connection)
        mark = mark_of(desk, MOTHER_CARD[:12], row.procedure)
        drafts.change(connection, row.id, state=State.RESULT_READY, person_mark=mark)
        results.expect(connection, row.id, file)
        results.keep(connection, row.id, body)
    open_shell.show("hand_back")
    return row


def read(see: See, slip: str, card: str) -> None:
    type_vi(see("slip:text", QLineEdit), slip)
    type_vi(see("card:text", QLineEdit), card)
    see("primary", QPushButton).click()


def state_of(desk: Desk, row: DossierRow) -> State:
    with desk.database.read() as connection:
        there = drafts.load(connection, row.id)
    assert there is not None
    return there.state


def test_the_right_person_gets_it_and_it_is_gone(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See, paper: Path
) -> None:
    read(see, row.slip_code, MOTHER_CARD)
    assert see("do:print", QPushButton).hasFocus()
    see("do:print", QPushButton).click()
    assert see("printed", QLabel).text() == "Đã gửi tới máy in: 1 bản."
    assert (paper / "01-ban-de-biet.pdf").read_bytes() == copy()
    see("primary", QPushButton).click()
    assert see("handed", QLabel).text().startswith("Đã ghi")
    with desk.database.read() as connection:
        assert results.of_dossier(connection, row.id) is None
    assert state_of(desk, row) is State.HANDED_BACK
    see("primary", QPushButton).click()
    assert open_shell.screen.name == "follow_up"
    assert not list(paper.iterdir())


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_what_became_of_the_paper_is_seen_beside_the_button(
    open_shell: Shell, row: DossierRow, see: See, paper: Path, size: tuple[int, int]
) -> None:
    open_shell.set_theme(Theme(Size.XL))
    open_shell.window.resize(*size)
    read(see, row.slip_code, MOTHER_CARD)
    see("do:print", QPushButton).click()
    assert see("do:print", QPushButton).hasFocus()
    for part in (see("do:print", QPushButton), see("printed", QLabel)):
        assert part.visibleRegion().boundingRect() == part.rect()


def test_pressing_on_prints_one_copy_and_says_one_sentence(
    open_shell: Shell, row: DossierRow, see: See, paper: Path
) -> None:
    read(see, row.slip_code, MOTHER_CARD)
    see("do:print", QPushButton).click()
    for name, said in (("do:print", "In thêm một bản nữa không?"), ("do:print_no", "1 bản.")) * 2:
        see(name, QPushButton).click()
        assert see("printed", QLabel).text().endswith(said)
    assert see("do:print", QPushButton).text() == "In lại"
    assert len(list(paper.iterdir())) == 1


def test_another_copy_is_printed_for_who_says_yes(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See, paper: Path
) -> None:
    read(see, row.slip_code, MOTHER_CARD)
    for name in ("do:print", "do:print", "do:print_yes"):
        see(name, QPushButton).click()
    assert see("printed", QLabel).text() == "Đã gửi tới máy in: 2 bản."
    assert len(list(paper.iterdir())) == 2
    open_shell.devices = replace(open_shell.devices, printer=NullPrinter())
    for name in ("do:print", "do:print_yes"):
        see(name, QPushButton).click()
    assert see("error:printer.none", QLabel).text()
    assert see("printed", QLabel).text() == "Đã gửi tới máy in: 2 bản."
    see("primary", QPushButton).click()
    with desk.database.read() as connection:
        pages = connection.exec_driver_sql("SELECT pages FROM hand_backs").scalar_one()
    assert pages == 2


def test_what_was_printed_to_a_folder_goes_with_the_screen(
    open_shell: Shell, row: DossierRow, see: See, paper: Path
) -> None:
    read(see, row.slip_code, MOTHER_CARD)
    see("do:print", QPushButton).click()
    see("back", QPushButton).click()
    assert not list(paper.iterdir())


def test_the_only_copy_is_not_erased_before_somebody_has_it(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    read(see, row.slip_code, MOTHER_CARD)
    see("do:print", QPushButton).click()
    assert see("error:printer.none", QLabel).text()
    see("primary", QPushButton).click()
    assert see("error:not_printed", QLabel).text().startswith("Chưa in bản nào")
    assert state_of(desk, row) is State.RESULT_READY
    see("no_paper", QCheckBox).click()
    see("primary", QPushButton).click()
    assert state_of(desk, row) is State.HANDED_BACK


@pytest.mark.parametrize(
    ("slip", "line"),
    [("NHAP-0000-00000", "hand_back.unknown"), ("NHAP-1111-11111", "slip.code"), ("abc", "slip.code")],
)
def test_a_slip_of_another_point_or_a_slip_of_the_finger_shows_nothing(
    open_shell: Shell, row: DossierRow, see: See, slip: str, line: str
) -> None:
    read(see, slip, MOTHER_CARD)
    assert see(f"error:{line}", QLabel).text()
    assert not [each for each in open_shell.window.findChildren(QPushButton, "do:print") if each.isVisible()]


def test_another_persons_card_shows_nothing(open_shell: Shell, row: DossierRow, see: See) -> None:
    read(see, row.slip_code, FATHER_CARD)
    assert see("error:hand_back.other_person", QLabel).text()
    assert not [one for one in open_shell.window.findChildren(QWidget, "preview") if one.isVisible()]
    assert see("card:text", QLineEdit).text() == ""


@pytest.mark.parametrize(("slip", "card", "line"), [("", MOTHER_CARD, "slip"), ("NHAP", "", "card")])
def test_what_is_missing_is_asked_for(row: DossierRow, see: See, slip: str, card: str, line: str) -> None:
    read(see, slip, card)
    assert see(f"error:{line}:text", QLabel).text()


def by_reader(code: str) -> None:
    """What a reader does: it types where the keyboard is, then presses Enter."""
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    type_vi(line, code)
    key(line, Qt.Key.Key_Return)


def test_a_reader_reads_the_slip_then_the_card(row: DossierRow, see: See) -> None:
    by_reader(f"THON:1:{row.slip_code}")
    assert see("error:card:text", QLabel).text()
    by_reader(MOTHER_CARD)
    assert see("matched", QLabel).text()


@pytest.mark.parametrize(
    ("slip", "card", "field"),
    [
        ("", "no card", "card:text"),
        ("", FATHER_CARD, "card:text"),
        ("NHAP-0000-00000", MOTHER_CARD, "slip:text"),
    ],
)
def test_what_is_to_be_read_again_is_read_into_its_own_field(
    row: DossierRow, see: See, slip: str, card: str, field: str
) -> None:
    read(see, slip or row.slip_code, card)
    assert see(field, QLineEdit).hasFocus()
    by_reader(MOTHER_CARD if field == "card:text" else row.slip_code)
    if field == "slip:text":
        by_reader(MOTHER_CARD)
    assert see("matched", QLabel).text()


def test_a_copy_on_its_way_is_not_handed_over(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    with desk.database.write() as connection:
        results.keep(connection, row.id, b"half")
    read(see, row.slip_code, MOTHER_CARD)
    assert see("primary", QPushButton).text() == "Tiếp tục"
    see("primary", QPushButton).click()
    assert open_shell.screen.name == "follow_up"
    assert state_of(desk, row) is State.RESULT_READY

"""A form with every kind of question, unknown to the program, filled in on the real screens in practice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.author import screen
from kiosk.author.check import check
from kiosk.desk import opening
from kiosk.desk.desk import Desk
from kiosk.domain.consent import Purpose
from kiosk.packs.content import assets_folder, load_content
from tests.support.content import DAY, compiled_forms
from tests.support.pictures import jpeg
from tests.support.points import CHEAP, PIN, StoppedClock
from tests.support.typing import key, type_vi
from tests.ui.visit.conftest import Tray
from ui.app import build
from ui.background import Immediate
from ui.devices.printer import NullPrinter
from ui.devices.set import Devices
from ui.devices.voice import NullVoice
from ui.practising import begin_form
from ui.screens.form import FormScreen
from ui.widgets.question_box import QuestionBox
from ui.window import NoErrands, Shell

FORM = Path(__file__).parents[2] / "forms" / "every_kind.md"
TYPED = {
    "ten": ("Lò Thị Mận",),
    "ke": ("Nhà ở bản xa",),
    "so_con": ("2",),
    "can": ("3,5",),
    "ngay": ("5", "10", "2026"),
    "thang": ("9", "2026"),
    "gio": ("7", "5"),
    "luc": ("5", "10", "2026", "23", "59"),
    "ma": ("8934563138165",),
    "sinh": ("", "", "1945"),
    "con[1].ten_con": ("Lò Văn A",),
    "con[1].giay.so_giay": ("12",),
    "con[2].ten_con": ("Lò Thị B",),
    "con[2].giay.so_giay": ("13",),
    "con[2].do_choi[1].ten_do": ("Diều",),
    "dem[1].tuoi": ("4",),
    "dem[2].tuoi": ("6",),
}
"""What is typed into the boxes of a question."""
PRESSED = {
    "mau": ("choice:xanh",), "mau2": ("choice:other",), "maus": ("choice:do", "choice:vang"),
    "xep": ("up:2",), "muc": ("more", "more"), "dongy": ("choice:OK",), "anh": ("fetch",),
    "tieng": ("fetch",), "bang": ("choice:do",),
}  # fmt: skip
"""What is pressed, with the keyboard."""
FOUND = {"tinh": "ha noi", "huyen": "ba dinh", "nhieu": "hai"}
"""What is looked for in a long list."""
SAID = {
    "ten": "Lò Thị Mận", "ke": "Nhà ở bản xa", "so_con": "2", "can": "3.5", "ngay": "2026-10-05",
    "thang": "2026-09-01", "gio": "07:05:00.000+07:00", "luc": "2026-10-05T23:59:00.000+07:00", "mau": "xanh",
    "mau2": "other", "mau2_other": "Nâu", "tinh": "hn", "huyen": "bd", "nhieu": "2",
    "xep": "xanh do vang other", "muc": "2", "dongy": "OK", "ma": "8934563138165", "tong": "3",
    "sinh": "1945", "con[2].do_choi[1].ten_do": "Diều", "con[2].giay.so_giay": "13", "dem[2].tuoi": "6",
    "bang": "do",
}  # fmt: skip
SOUND = b"OggS" + b"\0" * 64


@pytest.fixture
def shell(
    request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    """The window at the first page of a form, as ``hamlet-forms try --screen`` opens it."""
    form = getattr(request, "param", FORM)
    monkeypatch.setattr(screen, "compiled_folder", compiled_forms)
    checked = check(form)
    assert checked.runs
    assert checked.compiled is not None
    slug = screen.make_content(tmp_path / "content", form, checked.compiled.form)
    where = tmp_path / "content"
    content = load_content(where / "assets", where / "compiled", DAY)
    devices = Devices(Tray(), NullPrinter(), NullVoice())
    made = build(
        tmp_path / "p",
        assets_folder(),
        devices,
        StoppedClock(),
        compiled=compiled_forms(),
        background=Immediate(),
    )
    made.window.painted.disconnect()
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made.window)
    desk = opening.create(tmp_path / "point", content, StoppedClock(), "Người soạn", PIN, CHEAP)
    made.errands = Opened(desk)
    begin_form(made, slug)
    yield made
    made.close()
    opening.close(desk)


class Opened(NoErrands):
    """The errands of a point that is open already."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def unlock(self, pin: str) -> Desk:
        return self._desk


def box(shell: Shell, name: str) -> QuestionBox:
    QApplication.processEvents()
    found = [each for each in shell.window.findChildren(QuestionBox, f"q:{name}") if each.isVisible()]
    assert len(found) == 1, name
    return found[0]


def press(inside: QWidget, name: str) -> None:
    """Put the keyboard on a button of a question and press the space bar."""
    made = next(each for each in inside.findChildren(QWidget, name) if each.isVisible())
    made.setFocus()
    assert made.hasFocus(), f"{name} cannot be reached"
    key(made, Qt.Key.Key_Space, " ")


def answer(shell: Shell, name: str) -> None:
    tray = shell.devices.scanner
    assert isinstance(tray, Tray)
    tray.pages = [SOUND if name == "tieng" else jpeg(60, 40)]
    asked = box(shell, name)
    for wanted in PRESSED.get(name, ()):
        press(asked, wanted)
    if name in TYPED:
        assert asked.editor is not None
        for field, text in zip(asked.editor.fields(), TYPED[name], strict=True):
            type_vi(field, text)
    if name in FOUND:
        assert asked.editor is not None
        edit = asked.editor.fields()[0]
        type_vi(edit, FOUND[name])
        key(edit, Qt.Key.Key_Down)
        key(edit, Qt.Key.Key_Return)


def here(shell: Shell) -> list[str]:
    view = shell.screen._view  # type: ignore[attr-defined]
    return list(view.page.questions) if view is not None else []


def shown_screen(shell: Shell) -> FormScreen:
    assert isinstance(shell.screen, FormScreen)
    return shell.screen


def fill_page(shell: Shell) -> None:
    names = here(shell)
    for name in names:
        if name in TYPED or name in PRESSED or name in FOUND:
            answer(shell, name)
    if "mau2" in names:
        return
    if "mau2_other" in names:
        type_vi(box(shell, "mau2_other").editor.fields()[0], "Nâu")  # type: ignore[union-attr]
    if names and names[0].startswith("con["):
        press(shell.window, "do:add_row:con")
        press(shell.window, "do:remove_row:con[1].do_choi:1")
        for name in here(shell):
            if name.startswith("con[2]"):
                answer(shell, name)


def test_a_form_with_every_kind_of_question_is_filled_in_by_keyboard(shell: Shell) -> None:
    assert shell.screen.name == "form"
    assert shell.visit.filling is not None
    filling = shell.visit.filling
    assert filling.practice
    seen: list[list[str]] = []
    while isinstance(shell.screen, FormScreen):
        names = here(shell)
        assert names not in seen, f"{names} does not let go"
        seen.append(names)
        fill_page(shell)
        shell.screen.bottom.primary.setFocus()
        key(shell.screen.bottom.primary, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert len(seen) < 60
    assert shell.screen.name == "papers"
    values = filling.session.values()
    assert {name: values[name] for name in SAID} == SAID
    assert sorted(values["maus"].split()) == ["do", "vang"]
    assert values["anh"].endswith(".jpg")
    assert values["tieng"].endswith(".ogg")
    assert (values["con"], values["con[1].do_choi"]) == ("2", "0")
    assert not filling.session.problems()


def test_a_page_with_only_a_note_is_left_by_enter(shell: Shell) -> None:
    assert here(shell) == ["loichao"]
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    key(focused, Qt.Key.Key_Return)
    assert here(shell) == ["ten"]


def test_what_the_form_explains_is_shown(shell: Shell) -> None:
    notes = [label.text() for label in box(shell, "loichao").findChildren(QLabel)]
    assert "Đọc cho người dân nghe" in notes
    shell.show("form", page="ten")
    shown_screen(shell).focus_first()
    assert "Viết đúng như trên thẻ" in shell.screen.help.text
    assert shell.visit.visit is not None
    assert shell.visit.visit.consent.allows(Purpose.PREPARE)


@pytest.mark.parametrize("shell", [FORM.with_name("two_languages.md")], indirect=True)
def test_questions_are_read_in_another_language_and_papers_stay_in_ours(shell: Shell) -> None:
    type_vi(box(shell, "ten").findChild(QLineEdit), "Lò Thị Mận")
    QApplication.processEvents()
    press(shell.window, "do:read:English (en)")
    assert box(shell, "ten").findChild(QLineEdit).text() == "Lò Thị Mận"
    assert shell.visit.filling is not None
    session = shell.visit.filling.session
    assert [session.question(name).label for name in ("ten", "tom")] == ["Full name", "Errand of Lò Thị Mận"]
    QApplication.processEvents()
    press(shell.window, "do:read:Tiếng Việt (vi)")
    assert shell.visit.filling.session.question("ten").label == "Họ tên"
    QApplication.processEvents()
    press(shell.window, "do:read:English (en)")
    shell.show("papers")
    assert shell.visit.filling.session.question("viec").label == "Việc"

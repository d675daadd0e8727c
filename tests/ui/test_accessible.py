"""Every control of these screens can be reached, hit and heard, in every size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from kiosk.domain.errors import WorldError
from ui.theme import Size, Theme
from ui.window import Shell

SCREENS: list[tuple[str, dict[str, object]]] = [
    ("home", {}),
    ("enrol", {"new": True}),
    ("follow_up", {}),
    ("guide", {}),
    ("trouble", {"error": WorldError("printer.none")}),
    ("trouble", {"error": WorldError("database.damaged", copy="point-20261121-1")}),
]
IDS = [f"{name}{number}" for number, (name, _) in enumerate(SCREENS)]


def controls(shell: Shell) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    found = shell.screen.findChildren(QWidget)
    return [widget for widget in found if isinstance(widget, kinds) and widget.isVisible()]


@pytest.mark.parametrize(("name", "facts"), SCREENS, ids=IDS)
def test_every_control_has_a_name_to_be_heard(open_shell: Shell, name: str, facts: dict[str, object]) -> None:
    open_shell.show(name, **facts)
    QApplication.processEvents()
    assert controls(open_shell)
    assert [widget.objectName() for widget in controls(open_shell) if not widget.accessibleName()] == []


@pytest.mark.parametrize("size", list(Size), ids=lambda size: size.name)
@pytest.mark.parametrize(("name", "facts"), SCREENS, ids=IDS)
def test_every_control_is_big_enough_to_hit(
    open_shell: Shell, name: str, facts: dict[str, object], size: Size
) -> None:
    open_shell.set_theme(Theme(size))
    open_shell.show(name, **facts)
    QApplication.processEvents()
    small = [(w.objectName(), w.size()) for w in controls(open_shell) if w.height() < 44 or w.width() < 44]
    assert small == []


@pytest.mark.parametrize("width", [1024, 1366])
@pytest.mark.parametrize("size", list(Size), ids=lambda size: size.name)
@pytest.mark.parametrize(("name", "facts"), SCREENS, ids=IDS)
def test_nothing_reaches_over_the_right_edge(
    open_shell: Shell, name: str, facts: dict[str, object], size: Size, width: int
) -> None:
    open_shell.window.resize(width, 768)
    open_shell.set_theme(Theme(size))
    open_shell.show(name, **facts)
    QApplication.processEvents()
    page = open_shell.screen.page
    assert page.width() <= open_shell.screen.page_area.viewport().width()
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.objectName() != "focus-ring":
            assert widget.mapTo(page, widget.rect().topRight()).x() <= page.width(), widget.objectName()


@pytest.mark.parametrize(("name", "facts"), SCREENS, ids=IDS)
def test_the_keyboard_reaches_every_control(open_shell: Shell, name: str, facts: dict[str, object]) -> None:
    open_shell.show(name, **facts)
    QApplication.processEvents()
    wanted = {id(widget) for widget in controls(open_shell) if widget.isEnabled()}
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in controls(open_shell))
    reached, now = set(), open_shell.screen.nextInFocusChain()
    while now is not open_shell.screen and id(now) not in reached:
        reached.add(id(now))
        now = now.nextInFocusChain()
    assert wanted <= reached

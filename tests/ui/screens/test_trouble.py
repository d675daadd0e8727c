"""When something goes wrong: what to do, or a code to tell the commune; never a person's data."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from kiosk.domain.errors import WorldError
from ui.support import support_code
from ui.window import Shell

See = Callable[..., QWidget]


def test_the_world_is_told_in_words(shell: Shell, see: See) -> None:
    shell.show("trouble", error=WorldError("printer.none"))
    assert see("trouble:text", QLabel).text() == shell.texts("error.printer.none")
    assert not shell.window.findChildren(QLabel, "trouble:code")


def test_our_mistake_has_a_code_and_no_data(shell: Shell, see: See) -> None:
    error = KeyError("048095001234")
    shell.show("trouble", error=error)
    assert see("trouble:code", QLabel).text() == support_code(error)
    assert "048095001234" not in shell.screen.spoken_text()


def test_the_way_on_leads_home(shell: Shell, see: See) -> None:
    shell.show("trouble", error=WorldError("printer.none"))
    see("primary", QPushButton).click()
    assert shell.screen.name == "home"

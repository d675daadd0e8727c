"""When something goes wrong: what to do, or a code to tell the commune; never a person's data."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget

from kiosk.desk import opening
from kiosk.desk.opening import Desk
from kiosk.domain.errors import WorldError
from kiosk.packs.content import Content
from sync.client.trouble import Kind, TransportError
from tests.support.points import PIN, StoppedClock
from tests.support.typing import type_vi
from tests.ui.visit.steps import settle
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


@pytest.mark.parametrize(("code", "offered"), [("enrol_again", 1), ("revoked", 1), ("no_line", 0)])
def test_a_hub_that_does_not_know_the_point_any_more_leads_to_a_new_code(
    open_shell: Shell, code: str, offered: int
) -> None:
    open_shell.show("trouble", error=WorldError(f"hub.{code}"))
    found = open_shell.screen.findChildren(QPushButton, "do:enrol")
    assert len(found) == offered
    if found:
        found[0].click()
        assert open_shell.screen.name == "enrol"


def test_other_trouble_offers_no_new_beginning(shell: Shell) -> None:
    shell.show("trouble", error=WorldError("database.newer"))
    assert not shell.window.findChildren(QPushButton, "do:set_aside")


def test_a_damaged_database_is_set_aside_only_when_the_commune_knows(
    shell: Shell, desk: Desk, content: Content, clock: StoppedClock, see: See
) -> None:
    opening.close(desk)
    damaged = bytearray((desk.home / "point.db").read_bytes())
    damaged[9000] ^= 4
    (desk.home / "point.db").write_bytes(damaged)
    type_vi(see("pin", QLineEdit), PIN)
    see("do:unlock", QPushButton).click()
    assert shell.screen.name == "trouble"
    assert not see("do:set_aside", QPushButton).isEnabled()
    see("aside:told", QCheckBox).click()
    see("do:set_aside", QPushButton).click()
    said = see("aside:done", QLabel).text()
    (kept,) = (path for path in (desk.home / "quarantine").iterdir() if str(path) in said)
    assert (kept / "point.db").read_bytes() == bytes(damaged)
    see("primary", QPushButton).click()
    type_vi(see("pin", QLineEdit), PIN)
    see("do:unlock", QPushButton).click()
    assert not shell.locked
    settle()
    assert see("not_enrolled", QLabel)


def test_a_dead_line_leads_to_the_stick_and_to_another_try(
    open_shell: Shell, see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(open_shell.errands, "send_now", lambda: asked.append(1))
    open_shell.show("trouble", error=WorldError("hub.no_line"))
    open_shell.line_changed.emit(False)
    assert not open_shell.window.findChildren(QLabel, "road:said")[0].isVisible()
    see("do:send_now", QPushButton).click()
    assert asked == [1]
    assert see("road:said", QLabel).text().startswith("Đang thử")
    open_shell.line_changed.emit(False)
    assert see("road:said", QLabel).text().startswith("Vẫn chưa nối được")
    open_shell.line_changed.emit(True)
    assert see("road:said", QLabel).text().startswith("Đã nối được")
    see("do:usb", QPushButton).click()
    assert open_shell.screen.name == "usb"


def test_a_locked_point_offers_no_road(shell: Shell) -> None:
    shell.show("trouble", error=WorldError("hub.no_line"))
    assert not shell.window.findChildren(QPushButton, "do:usb")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.DONE, Kind.STORE)])
def test_every_trouble_with_the_line_has_its_sentence(shell: Shell, kind: Kind) -> None:
    assert shell.sentence(TransportError(kind))

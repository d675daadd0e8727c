"""More waits than a stick takes at once: the screen says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from tests.support.hub import HubPoint
from tests.ui.screens.test_usb import drives, enrolled, hub, plug_in, said
from ui.sticks import PointSticks, StickCopied
from ui.window import Shell

__all__ = ["drives", "enrolled", "hub"]


def test_what_goes_next_time_is_said(
    open_shell: Shell,
    enrolled: HubPoint,
    see: Callable[..., Any],
    drives: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plug_in(drives, tmp_path)
    monkeypatch.setattr(PointSticks, "copy_to", lambda _self, _drive: StickCopied(4500, 0, 9.0, 0, later=37))
    open_shell.show("usb")
    see("do:copy", QPushButton).click()
    assert "37 hồ sơ mới hơn chưa chép" in said(open_shell)[1]

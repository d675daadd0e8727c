"""PySide reads no source of ours or of our dependencies."""

import subprocess
import sys

import pytest

from tests.ui.conftest import ROOT
from ui import unread_sources

PROGRAM = """
import linecache, sys
if sys.argv[1] == "guarded":
    import ui
from PySide6.QtCore import QObject
import kiosk.domain.card, json, requests
print(sum(name.endswith(".py") and "PySide6" not in name for name in linecache.cache))
"""


def sources_read(word: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, word], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return int(done.stdout)


def test_no_source_is_read() -> None:
    assert sources_read("guarded") < 10 < sources_read("bare")


def test_a_pyside_without_the_reader_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread_sources, "_READER", "no.such.module")
    unread_sources.leave_sources_unread()

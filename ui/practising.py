"""``--begin``: the window goes straight to one form in practice mode, for whoever is writing that form.

Consent, card and choice are skipped: the person is made up, and nothing of it can be sent or stays.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Road
from ui.point import TRIAL_PIN
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.fill import Filling
    from kiosk.desk.opening import Desk
    from kiosk.desk.welcome import Visit

_LONGEST = 60_000
"""Milliseconds after which there will be no picture."""
_SETTLED = 200
"""Milliseconds until a page that was just shown has found its place."""


def begin_when_ready(shell: Shell, slug: str, picture: Path | None) -> None:
    """Once everything is loaded, go to a procedure's form; with ``picture``, draw its first page into that
    file and close the window, with exit code 1 if it never comes."""
    shell.screen_ready.connect(lambda: begin_form(shell, slug))
    if picture is not None:
        shell.screen_shown.connect(lambda name: _draw_later(shell, picture, name))
        QTimer.singleShot(_LONGEST, lambda: QApplication.exit(1))


def begin_form(shell: Shell, slug: str) -> None:
    """Open the trial point, begin a practice dossier of a procedure and show its first page."""
    shell.run(lambda: shell.errands.unlock(TRIAL_PIN), lambda desk: _opened(shell, slug, desk))


def _opened(shell: Shell, slug: str, desk: "Desk") -> None:
    shell.open(desk)
    shell.set_practice(True)
    practising = shell.desk
    assert practising is not None  # noqa: S101 - it was opened just now
    shell.run(lambda: _start(practising, slug), lambda begun: _show(shell, *begun))


def _start(desk: "Desk", slug: str) -> "tuple[Visit, Filling]":
    """A visit and a dossier that can never be queued (background)."""
    from kiosk.desk import choose, fill, welcome

    visit = welcome.start_visit(desk, frozenset(Purpose), desk.volunteer, "bac")
    filling = fill.open_filling(desk, choose.start_dossier(desk, visit, slug, Road.COMMUNE))
    fill.prefill_commune(desk, filling)
    return visit, filling


def _show(shell: Shell, visit: "Visit", filling: "Filling") -> None:
    shell.visit.visit, shell.visit.filling = visit, filling
    shell.show("form")


def _draw_later(shell: Shell, picture: Path, name: str) -> None:
    if name == "form":
        shell.window.showNormal()
        shell.window.resize(1366, 768)
        QTimer.singleShot(_SETTLED, lambda: _draw(shell, picture))
    elif name == "trouble":
        QApplication.exit(1)


def _draw(shell: Shell, picture: Path) -> None:
    saved = shell.window.grab().save(str(picture))
    sys.stdout.write(f"{shell.screen.title_text} · {picture}\n")
    QApplication.exit(0 if saved else 1)

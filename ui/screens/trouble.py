"""When something goes wrong that no field on a page can mend."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from kiosk.domain.errors import WorldError
from ui.screens.screen import Screen
from ui.support import log_error
from ui.theme import set_role
from ui.widgets.buttons import button
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import Shell

_DAMAGED = "database.damaged"
_ENROL_AGAIN = ("hub.enrol_again", "hub.revoked")
_ROAD = "hub."
"""Trouble between the point and the commune's hub."""


class TroubleScreen(Screen):
    """The world's errors with what to do; ours with a code to tell the commune."""

    name = "trouble"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("trouble.title"))
        self.set_primary(self.texts("trouble.go_on"), self.go_home, icon="house")
        self.set_back(None)
        self.top.home.hide()

    def entered(self, **kwargs: Any) -> None:
        """``error``: what happened."""
        error: Exception = kwargs["error"]
        if isinstance(error, WorldError):
            damaged = error.code == _DAMAGED
            self._say(self.texts("trouble.world"), self.shell.sentence(error), safe=not damaged)
            if damaged:
                self.body.addWidget(_AsidePart(self.shell))
            if error.code.startswith(_ROAD) and not self.shell.locked:
                self.body.addWidget(_RoadPart(self.shell, again=error.code in _ENROL_AGAIN))
        else:
            self._say(self.texts("trouble.ours"), self.texts("trouble.ours_text"), log_error(error))
        self.body.addStretch(1)

    def _say(self, title: str, text: str, code: str = "", *, safe: bool = True) -> None:
        self.body.addWidget(words(title, "title"))
        frame, inside = card()
        inside.addWidget(words(text, name="trouble:text"))
        if code:
            inside.addWidget(words(self.texts("trouble.code"), "label"))
            inside.addWidget(words(code, "huge", "trouble:code"))
        if safe:
            inside.addWidget(words(self.texts("trouble.safe"), "muted"))
        self.body.addWidget(frame)


class _RoadPart(QFrame):
    """Try the line once more, or take the other road: a memory stick. ``again``: the hub does not know this
    point any more, which a new code mends."""

    def __init__(self, shell: Shell, *, again: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shell = shell
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(button("do:send_now", shell.texts("trouble.send_now"), self._send_now))
        row.addWidget(button("do:usb", shell.texts("trouble.by_stick"), lambda: shell.show("usb")))
        if again:
            row.addWidget(button("do:enrol", shell.texts("trouble.enrol"), lambda: shell.show("enrol")))
        row.addStretch(1)
        self._said: QLabel = words("", "muted", "road:said")
        self._said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self._said)
        shell.line_changed.connect(self._answered)

    def _send_now(self) -> None:
        self._tell("muted", self._shell.texts("trouble.sending"))
        self._shell.errands.send_now()

    def _answered(self, line: bool) -> None:
        """Only an answer that somebody waits for is worth a word."""
        if not self._said.isHidden():
            texts = self._shell.texts
            self._tell("ok" if line else "warn", texts("trouble.answered" if line else "trouble.still"))

    def _tell(self, role: str, text: str) -> None:
        set_role(self._said, role)
        self._said.setText(text)
        self._said.show()


class _AsidePart(QFrame):
    """Begin anew without the damaged file, once the commune knows of it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shell = shell
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(12)
        self._column.addWidget(words(shell.texts("trouble.aside.title"), "heading"))
        self._column.addWidget(words(shell.texts("trouble.aside.text")))
        self._told = QCheckBox(shell.texts("trouble.aside.told"))
        self._told.setObjectName("aside:told")
        self._told.setAccessibleName(self._told.text())
        self._press: QPushButton = button("do:set_aside", shell.texts("trouble.aside.press"), self._set_aside)
        self._press.setEnabled(False)
        self._told.toggled.connect(self._press.setEnabled)
        self._done: QLabel = words("", "ok", "aside:done")
        for part in (self._told, self._press, self._done):
            self._column.addWidget(part)
        self._done.hide()

    def _set_aside(self) -> None:
        self._press.setEnabled(False)
        self._shell.run(self._shell.errands.set_aside, self._moved)

    def _moved(self, folder: Path) -> None:
        """The way on is home, where the PIN opens an empty database."""
        self._told.hide()
        self._press.hide()
        self._done.setText(self._shell.texts("trouble.aside.done", folder=folder))
        self._done.show()
        self._shell.screen.focus_first()

"""Home: begin, today, our point. Locked, it is the same page with the PIN in its first column.

This is the first frame: nothing of the desk may be imported here before it was painted.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from kiosk.domain.errors import WorldError
from ui.screens.happened_part import HappenedPart
from ui.screens.home_columns import MOST_FOLLOWED, Column, Columns, PointColumn, TodayColumn
from ui.screens.screen import Screen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.follow_up import Followed
    from kiosk.desk.opening import Desk
    from kiosk.desk.today import HomeView


class HomeScreen(Screen):
    """Three columns; everything shown is honest and nothing in it names a citizen while locked."""

    name = "home"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("shell.title"))
        self.top.home.hide()
        self.bottom.hide()
        self.bottom.primary.setObjectName("primary-unused")
        self.bottom.back.setObjectName("back-unused")
        self._locked = shell.locked
        self._begin, self._today = Column(shell, self.texts("home.start.title")), TodayColumn(shell)
        self._point = PointColumn(shell, self._load)
        self.body.addWidget(Columns(shell, (self._begin, self._today, self._point)), 1)
        self._happened = HappenedPart(shell, self._welcome, lambda: shell.screen is self)
        self.pin = QLineEdit()
        self.start: QPushButton = self._show_locked() if self._locked else self._show_open()

    def entered(self, **kwargs: Any) -> None:
        if self._locked:
            return
        self.shell.line_changed.connect(self._point.answered)
        for signal in (self.shell.news_arrived, self.shell.queue_changed, self.shell.line_changed):
            signal.connect(self._load)
        self._load()

    def left(self) -> None:
        self.pin.clear()

    def focus_first(self) -> None:
        (self.pin if self._locked else self.start).setFocus(Qt.FocusReason.OtherFocusReason)

    def press_primary(self) -> None:
        """Enter opens the locked point, or begins a visit."""
        self.start.click()

    def _show_locked(self) -> QPushButton:
        column = self._begin.inner
        if self.shell.hint:
            column.addWidget(words(self.shell.hint, "warn", "hint"))
        column.addWidget(words(self.texts("home.locked.pin"), "label"))
        self.pin.setObjectName("pin")
        self.pin.setAccessibleName(self.texts("home.locked.pin"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.pin.setMaxLength(12)
        column.addWidget(self.pin)
        unlock = button("do:unlock", self.texts("home.locked.unlock"), self._unlock, "primary")
        column.addWidget(unlock)
        column.addStretch(1)
        self._today.say_later()
        self._point.say_later()
        return unlock

    def _show_open(self) -> QPushButton:
        column = self._begin.inner
        column.addWidget(words(self.texts("home.start.text")))
        start = button("primary", self.texts("home.start.visit"), self._welcome, "primary")
        column.addWidget(start)
        walk = WrapButton(self.texts("home.start.guide"), self.texts("home.start.guide_text"))
        walk.setObjectName("do:guide")
        walk.clicked.connect(lambda _on: self.shell.show("guide"))
        column.addWidget(walk)
        column.addWidget(self._happened)
        column.addSpacing(8)
        bring = [words(self.texts("home.start.bring"), "label")]
        bring += [words(self.texts(f"home.start.bring_{number}"), "muted") for number in ("1", "2", "3")]
        for line in bring:
            column.addWidget(line)
            self._happened.shown.connect(line.hide)  # what to bring stands with each procedure
        column.addStretch(1)
        return start

    def _unlock(self) -> None:
        pin = self.pin.text()
        if not pin:
            self.show_mends([Mend(self.texts("home.locked.missing"), self.pin.setFocus, "pin")])
            return
        self.start.setEnabled(False)
        self.start_loading(self.texts("home.locked.loading"))
        self.shell.run(lambda: self.shell.errands.unlock(pin), self._unlocked, self._refused)

    def _unlocked(self, desk: "Desk") -> None:
        self.shell.open(desk)
        self.shell.show("home")

    def _refused(self, error: Exception) -> None:
        self.stop_loading()
        self.start.setEnabled(True)
        self.pin.clear()
        self.pin.setFocus()
        if not isinstance(error, WorldError):
            self.shell.fail(error)
        elif error.code.startswith("pin."):
            self.show_mends([Mend(self._pin_sentence(error), self.pin.setFocus, "pin")])
        else:
            self.shell.show("trouble", error=error)

    def _pin_sentence(self, error: WorldError) -> str:
        """The first wrong tries cost no waiting; then none is spoken of."""
        if error.code == "pin.wrong" and not error.params.get("seconds"):
            return self.texts("home.locked.wrong")
        return self.shell.sentence(error)

    def _welcome(self) -> None:
        self.shell.show("welcome")

    def _load(self, *_heard: object) -> None:
        desk = self.shell.desk
        if self.shell.screen is not self:
            return
        assert desk is not None  # noqa: S101 - the open home has a desk
        errands = self.shell.errands
        self.shell.run(lambda: _look(errands.fresh(desk)), self._show_view)
        self._happened.load(desk)

    def _show_view(self, seen: "tuple[Desk, HomeView, list[Followed]]") -> None:
        """Show it; what is begun from here on is begun with the content of today."""
        if self.shell.screen is self:
            if self.shell.desk is not None and self.shell.desk.content is not seen[0].content:
                self.shell.desk = replace(self.shell.desk, content=seen[0].content)
            self._today.show_view(*seen[1:])
            self._point.show_view(seen[1])


def _look(desk: "Desk") -> "tuple[Desk, HomeView, list[Followed]]":
    """Everything the open home shows (background)."""
    from kiosk.desk import follow_up, today

    return desk, today.home(desk), follow_up.to_tell(desk, MOST_FOLLOWED)

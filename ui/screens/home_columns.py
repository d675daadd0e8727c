"""The three columns of home. Part of the first frame: nothing of the desk may be imported here."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.errors import WorldError
from ui.screens.queue_words import is_troubled, queue_words
from ui.screens.spoken_time import spoken_time
from ui.theme import Theme
from ui.widgets.bars import set_icon
from ui.widgets.buttons import button
from ui.widgets.emptied import empty
from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.follow_up import Followed
    from kiosk.desk.today import Draft, HomeView, Message

_MOST_DRAFTS = 4
MOST_FOLLOWED = 3
_MOST_MESSAGES = 2
_FEW_MEGABYTES = 500
_LETTERS = 50
"""Text heights of width from which the words of three columns fit beside each other."""


class Column(QFrame):
    """A framed column under its heading; ``inner`` is what to fill."""

    def __init__(self, shell: Shell, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.shell = shell
        self.texts = shell.texts
        self.inner = QVBoxLayout()
        self.inner.setSpacing(12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 24, 16, 24)
        outer.setSpacing(16)
        outer.addWidget(words(title, "heading"))
        outer.addLayout(self.inner, 1)

    def say_later(self) -> None:
        """What is here is shown once the point is open."""
        self.inner.addWidget(words(self.texts("home.locked.later"), "muted"))
        self.inner.addStretch(1)

    def clear(self) -> None:
        empty(self.inner)

    def offer(self, name: str, key: str, icon: str, action: Callable[[], object]) -> None:
        """Add a button with its icon."""
        made: QPushButton = button(name, self.texts(key), action)
        set_icon(made, self.shell.assets / "icons", icon, self.shell.theme)
        self.inner.addWidget(made)


class Columns(QWidget):
    """Columns beside each other where the window has room for their words, else one under the other."""

    def __init__(self, shell: Shell, columns: Sequence[QWidget]) -> None:
        super().__init__()
        self._shell = shell
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(24)
        for column in columns:
            self._row.addWidget(column, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._place()

    def _place(self) -> None:
        wide = self._shell.window.width() >= _LETTERS * int(self._shell.theme.size)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if wide else ways.TopToBottom)


class TodayColumn(Column):
    """What the commune said, what was left half done, and the way to everything else."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, shell.texts("home.today.title"))

    def show_view(self, view: "HomeView", told: "Sequence[Followed]") -> None:
        self.clear()
        if not view.drafts and not told and not view.messages:
            self.inner.addWidget(words(self.texts("home.today.empty"), "muted", "empty"))
        for one in view.messages[:_MOST_MESSAGES]:
            self._say_message(one)
        self._list("home.today.followed", [self._followed_row(one) for one in told])
        if view.to_tell > len(told):
            rest = self.texts("home.today.more_told", n=view.to_tell - len(told))
            self.inner.addWidget(words(rest, "muted", "more_told"))
        self._list("home.today.drafts", [self._draft_row(one) for one in view.drafts[:_MOST_DRAFTS]])
        self.offer("do:follow_up", "home.today.follow_up", "search", lambda: self.shell.show("follow_up"))
        self.offer("do:catalogue", "home.today.catalogue", "file-text", lambda: self.shell.show("catalogue"))
        self.inner.addStretch(1)

    def _list(self, key: str, rows: list[WrapButton]) -> None:
        if rows:
            self.inner.addWidget(words(self.texts(key), "label"))
        for row in rows:
            self.inner.addWidget(row)

    def _say_message(self, one: "Message") -> None:
        """A word of the commune, and the button that puts it away."""
        when = spoken_time(self.texts, one.at, self.shell.clock.now())
        said = self.texts("home.today.message", text=one.text, time=when)
        self.inner.addWidget(words(said, "warn", f"message:{one.number}"))
        read = button(f"do:read:{one.number}", self.texts("home.today.read"), lambda: self._put_away(one))
        self.inner.addWidget(read)

    def _put_away(self, one: "Message") -> None:
        from kiosk.desk import today

        desk = self.shell.desk
        assert desk is not None  # noqa: S101 - messages are shown by an open point only
        self.shell.run(lambda: today.put_away(desk, one.number), self._again)

    def _again(self, _none: None) -> None:
        self.shell.show("home")

    def _draft_row(self, draft: "Draft") -> WrapButton:
        when = spoken_time(self.texts, draft.changed_at, self.shell.clock.now())
        key = "home.today.practice_at" if draft.practice else "home.today.draft_at"
        row = WrapButton(draft.procedure, self.texts(key, time=when, code=draft.slip_code))
        row.setObjectName(f"draft:{draft.dossier}")
        row.clicked.connect(lambda: self._resume(draft))
        return row

    def _resume(self, draft: "Draft") -> None:
        self.shell.end_visit()
        self.shell.show("form", dossier=draft.dossier)

    def _followed_row(self, one: "Followed") -> WrapButton:
        row = WrapButton(one.procedure, f"{one.slip_code} · {self.texts(f'state.{one.state}')}")
        row.setObjectName(f"followed:{one.dossier}")
        row.clicked.connect(lambda: self.shell.show("follow_up", dossier=one.dossier))
        return row


class PointColumn(Column):
    """How the point stands, in honest words, and its few switches; ``reload`` shows home again."""

    def __init__(self, shell: Shell, reload: Callable[[], None]) -> None:
        super().__init__(shell, shell.texts("home.point.title"))
        self._reload = reload
        self._news = ("", "", "")
        """What was just done here, said until the page is left: name, role, words."""

    def show_view(self, view: "HomeView") -> None:
        self.clear()
        self._say_who(view)
        self._say_news()
        for part, role, text in queue_words(self.texts, view.queue, self.shell.clock.now()):
            self.inner.addWidget(words(text, role, part))
        if is_troubled(view.queue):
            self.offer(
                "do:why", "home.point.why", "circle-question-mark", lambda: self._why(view.queue.last_error)
            )
        if view.free_megabytes < _FEW_MEGABYTES:
            self.inner.addWidget(
                words(self.texts("home.point.space", n=view.free_megabytes), "warn", "space")
            )
        self.offer("do:send_now", "home.point.send_now", "send", self._send_now)
        if view.enrolled:
            self.offer("do:usb", "home.point.usb", "inbox", lambda: self.shell.show("usb"))
        line = QFrame()
        line.setProperty("role", "divider")
        self.inner.addWidget(line)
        self._offer_switches(view)
        self.inner.addStretch(1)

    def _say_who(self, view: "HomeView") -> None:
        name = f"{view.hamlet}, {view.commune}" if view.hamlet else view.commune
        self.inner.addWidget(words(name, "label", "point"))
        if not view.enrolled:
            waiting = "home.point.joining" if view.trial else "home.point.not_enrolled"
            self.inner.addWidget(words(self.texts(waiting), "warn", "not_enrolled"))
        if not view.enrolled and not view.trial:
            self.offer("do:enrol", "home.point.enrol", "send", lambda: self.shell.show("enrol"))

    def _offer_switches(self, view: "HomeView") -> None:
        """The lock first: on a day with much to say the last ones are reached by scrolling."""
        practice = "off" if view.practice else "on"
        contrast = "off" if self.shell.theme.high_contrast else "on"
        self.offer("do:lock", "home.point.lock", "lock", self.shell.lock)
        self.offer("do:pack", "home.point.pack", "file-text", self._take_pack)
        self.offer("do:practice", f"home.point.practice_{practice}", "pencil", self._practice)
        self.offer("do:contrast", f"home.point.contrast_{contrast}", "circle-check", self._contrast)

    def _say_news(self) -> None:
        name, role, text = self._news
        if text:
            self.inner.insertWidget(1, words(text, role, name))

    def _why(self, code: str) -> None:
        """What stands between us and the commune, and what can be done about it."""
        self.shell.show("trouble", error=WorldError(code))

    def _send_now(self) -> None:
        self._news = ("sending", "muted", self.texts("home.point.sending"))
        self._say_news()
        self.shell.errands.send_now()

    def answered(self, line: bool) -> None:
        """A try ended, perhaps the one that was asked for here."""
        if self._news[0] == "sending":
            self._news = ("answered", "ok", self.texts("home.point.answered")) if line else ("", "", "")

    def _take_pack(self) -> None:
        """Look for a content pack on what is plugged in; the one in use stays unless it is whole."""
        self.shell.run(self.shell.errands.take_pack, self._pack_taken)

    def _pack_taken(self, made: tuple[int, date]) -> None:
        said = self.texts("pack.taken", version=made[0], begin=f"{made[1]:%d/%m/%Y}")
        self._news = ("pack_taken", "ok", said)
        self._reload()

    def _practice(self) -> None:
        assert self.shell.desk is not None  # noqa: S101 - the open home has a desk
        self.shell.set_practice(not self.shell.desk.practice)
        self._reload()

    def _contrast(self) -> None:
        theme = self.shell.theme
        self.shell.set_theme(Theme(theme.size, not theme.high_contrast))
        self._reload()

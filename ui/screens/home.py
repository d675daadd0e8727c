"""Home: begin, today, our point. Locked, it is the same page with the PIN in its first column.

This is the first frame: nothing of the desk may be imported here before it was painted.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.errors import WorldError
from ui.screens.screen import Screen
from ui.screens.spoken_time import spoken_day, spoken_time
from ui.theme import Theme
from ui.widgets.bars import set_icon
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.follow_up import Followed
    from kiosk.desk.opening import Desk
    from kiosk.desk.today import Draft, HomeView
    from kiosk.domain.point import QueueSummary

_MOST_DRAFTS = 4
_MOST_FOLLOWED = 3
_FEW_MEGABYTES = 500
_TO_TELL = {"asked_for_more", "invited", "received", "not_accepted", "result_ready"}
"""What the citizen should hear of."""


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
        self.pin = QLineEdit()
        self._start, self._start_column = _column(self.texts("home.start.title"))
        self._today, self._today_column = _column(self.texts("home.today.title"))
        self._point, self._point_column = _column(self.texts("home.point.title"))
        row = QHBoxLayout()
        row.setSpacing(24)
        for frame in (self._start, self._today, self._point):
            row.addWidget(frame, 1)
        self.body.addLayout(row, 1)
        if shell.locked:
            self._show_locked()
        else:
            self._show_open()

    def entered(self, **kwargs: Any) -> None:
        if self.shell.locked:
            self.pin.setFocus()
            return
        for signal in (self.shell.news_arrived, self.shell.queue_changed, self.shell.line_changed):
            signal.connect(self._load)
        self._load()

    def left(self) -> None:
        self.pin.clear()

    def focus_first(self) -> None:
        (self.pin if self.shell.locked else self.start).setFocus(Qt.FocusReason.OtherFocusReason)

    def press_primary(self) -> None:
        """Enter opens the locked point, or begins a visit."""
        if self.shell.locked:
            self._unlock()
        else:
            self._begin()

    def _show_locked(self) -> None:
        column = self._start_column
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
        for other in (self._today_column, self._point_column):
            other.addWidget(words(self.texts("home.locked.later"), "muted"))
            other.addStretch(1)

    def _unlock(self) -> None:
        pin = self.pin.text()
        if not pin:
            self.show_mends([Mend(self.texts("home.locked.missing"), self.pin.setFocus, "pin")])
            return
        self.start_loading(self.texts("home.locked.loading"))
        self.shell.run(lambda: self.shell.errands.unlock(pin), self._unlocked, self._refused)

    def _unlocked(self, desk: "Desk") -> None:
        self.shell.open(desk)
        self.shell.show("home")

    def _refused(self, error: Exception) -> None:
        self.stop_loading()
        self.pin.clear()
        self.pin.setFocus()
        if not isinstance(error, WorldError):
            self.shell.fail(error)
        elif error.code.startswith("pin."):
            self.show_mends([Mend(self.shell.sentence(error), self.pin.setFocus, "pin")])
        else:
            self.shell.show("trouble", error=error)

    def _show_open(self) -> None:
        column = self._start_column
        column.addWidget(words(self.texts("home.start.text")))
        self.start = button("primary", self.texts("home.start.visit"), self._begin, "primary")
        column.addWidget(self.start)
        column.addSpacing(8)
        column.addWidget(words(self.texts("home.start.bring"), "label"))
        for number in ("1", "2", "3"):
            column.addWidget(words(self.texts(f"home.start.bring_{number}"), "muted"))
        column.addStretch(1)

    def _begin(self) -> None:
        self.shell.show("welcome")

    def _load(self, *_heard: object) -> None:
        desk = self.shell.desk
        if self.shell.screen is not self:
            return
        assert desk is not None  # noqa: S101 - the open home has a desk
        self.shell.run(lambda: _look(desk), self._show_view)

    def _show_view(self, seen: "tuple[HomeView, list[Followed]]") -> None:
        if self.shell.screen is not self:
            return
        _empty(self._today_column)
        _empty(self._point_column)
        self._fill_today(*seen)
        self._fill_point(seen[0])

    def _fill_today(self, view: "HomeView", told: "list[Followed]") -> None:
        column = self._today_column
        if not view.drafts and not told:
            column.addWidget(words(self.texts("home.today.empty"), "muted", "empty"))
        self._list(column, "home.today.followed", [self._followed_row(one) for one in told[:_MOST_FOLLOWED]])
        self._list(column, "home.today.drafts", [self._draft_row(one) for one in view.drafts[:_MOST_DRAFTS]])
        column.addWidget(self._plain("do:follow_up", "home.today.follow_up", "search", self._follow_up))
        column.addStretch(1)

    def _list(self, column: QVBoxLayout, key: str, rows: list[WrapButton]) -> None:
        if rows:
            column.addWidget(words(self.texts(key), "label"))
        for row in rows:
            column.addWidget(row)

    def _draft_row(self, draft: "Draft") -> WrapButton:
        when = spoken_time(self.texts, draft.changed_at, self.shell.clock.now())
        key = "home.today.practice_at" if draft.practice else "home.today.draft_at"
        detail = self.texts(key, time=when, code=draft.slip_code)
        row = WrapButton(draft.procedure, detail)
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

    def _follow_up(self) -> None:
        self.shell.show("follow_up")

    def _fill_point(self, view: "HomeView") -> None:
        column = self._point_column
        column.addWidget(words(_named(view), "label", "point"))
        if not view.enrolled:
            waiting = "home.point.joining" if view.trial else "home.point.not_enrolled"
            column.addWidget(words(self.texts(waiting), "warn", "not_enrolled"))
        if not view.enrolled and not view.trial:
            column.addWidget(self._plain("do:enrol", "home.point.enrol", "send", self._enrol))
        for part, text in self._queue_words(view.queue):
            column.addWidget(words(text, "" if part == "queue" else "muted", part))
        if view.free_megabytes < _FEW_MEGABYTES:
            column.addWidget(words(self.texts("home.point.space", n=view.free_megabytes), "warn", "space"))
        column.addWidget(self._plain("do:send_now", "home.point.send_now", "send", self._send_now))
        column.addWidget(_line())
        practice = "home.point.practice_off" if view.practice else "home.point.practice_on"
        column.addWidget(self._plain("do:practice", practice, "pencil", self._practice))
        contrast = "home.point.contrast_off" if self.shell.theme.high_contrast else "home.point.contrast_on"
        column.addWidget(self._plain("do:contrast", contrast, "circle-check", self._contrast))
        column.addWidget(self._plain("do:lock", "home.point.lock", "lock", self.shell.lock))
        column.addStretch(1)

    def _queue_words(self, queue: "QueueSummary") -> list[tuple[str, str]]:
        """Counters in words: how many wait and since when, what needs a look, when the hub last answered."""
        now, lines = self.shell.clock.now(), []
        if queue.waiting and queue.oldest:
            since = spoken_day(self.texts, queue.oldest, now)
            lines.append(("queue", self.texts("home.point.waiting", n=queue.waiting, since=since)))
        else:
            lines.append(("queue", self.texts("home.point.nothing_waits")))
        if queue.parked:
            lines.append(("parked", self.texts("home.point.parked", n=queue.parked)))
        if queue.last_contact:
            when = spoken_time(self.texts, queue.last_contact, now)
            lines.append(("contact", self.texts("home.point.contact", time=when)))
        else:
            lines.append(("contact", self.texts("home.point.never")))
        return lines

    def _plain(self, name: str, key: str, icon: str, action: Any) -> QWidget:
        made = button(name, self.texts(key), action)
        set_icon(made, self.shell.assets / "icons", icon, self.shell.theme)
        return made

    def _enrol(self) -> None:
        self.shell.show("enrol")

    def _send_now(self) -> None:
        self.shell.errands.send_now()

    def _practice(self) -> None:
        assert self.shell.desk is not None  # noqa: S101 - the open home has a desk
        self.shell.set_practice(not self.shell.desk.practice)
        self._load()

    def _contrast(self) -> None:
        theme = self.shell.theme
        self.shell.set_theme(Theme(theme.size, not theme.high_contrast))
        self._load()


def _named(view: "HomeView") -> str:
    return f"{view.hamlet}, {view.commune}" if view.hamlet else view.commune


def _look(desk: "Desk") -> "tuple[HomeView, list[Followed]]":
    """Everything the open home shows (background)."""
    from kiosk.desk import follow_up, today

    told = [one for one in follow_up.dossiers(desk) if one.state in _TO_TELL and not one.correcting]
    return today.home(desk), told


def _column(title: str) -> tuple[QFrame, QVBoxLayout]:
    """A framed column under its heading, and the layout to fill."""
    frame, outer = card()
    outer.addWidget(words(title, "heading"))
    inner = QVBoxLayout()
    inner.setSpacing(12)
    outer.addLayout(inner, 1)
    return frame, inner


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "divider")
    return line


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()

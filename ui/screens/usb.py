"""When the line never comes: sealed dossiers go to the commune on a memory stick, and its words come back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from kiosk.domain.errors import WorldError
from ui.screens.queue_words import copied_words
from ui.screens.screen import Screen
from ui.sticks import Stick, StickCopied, StickTaken
from ui.theme import set_role
from ui.widgets.buttons import button
from ui.widgets.emptied import empty
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import Shell, TextSource

if TYPE_CHECKING:
    from kiosk.domain.point import QueueSummary

T = TypeVar("T")
_GIGABYTE = 1024
"""Megabytes."""


class UsbScreen(Screen):
    """One card for each stick that is plugged in, with what can be done with it."""

    name = "usb"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("usb.title"))
        self.set_back(self.go_home)
        self.set_primary(self.texts("usb.look"), self._look)
        self.set_help(self.texts("usb.help"))
        self._busy = False
        self._said = QVBoxLayout()
        self._said.setSpacing(8)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        self.body.addWidget(words(self.texts("usb.heading"), "title"))
        self.body.addWidget(words(self.texts("usb.lead"), "muted"))
        self._waiting = words(role="label", name="waiting")
        self.body.addWidget(self._waiting)
        self.body.addLayout(self._said)
        self.body.addLayout(self._cards)
        self.body.addStretch(1)

    def entered(self, **kwargs: Any) -> None:
        self._sticks = self.shell.errands.sticks()
        self._look()

    def _look(self) -> None:
        """Which sticks are there now, and what waits."""
        sticks = self._sticks
        self._work(self.texts("usb.looking"), lambda: (sticks.there(), sticks.queue()), self._show)

    def _show(self, seen: "tuple[Sequence[Stick], QueueSummary]") -> None:
        sticks, queue = seen
        empty(self._cards)
        self._say_queue(queue)
        if not sticks:
            self._cards.addWidget(words(self.texts("usb.none"), "warn", "none"))
        for stick in sticks:
            self._cards.addWidget(self._card(stick))

    def _say_queue(self, queue: "QueueSummary") -> None:
        """How many wait, and how many of them lie on a stick already."""
        count = queue.waiting - queue.small
        said = self.texts("usb.waiting", n=count) if count else self.texts("usb.waiting_none")
        self._waiting.setText(f"{said} {copied_words(self.texts, queue)}".strip())

    def _card(self, stick: Stick) -> QFrame:
        frame, inside = card(spacing=8)
        frame.setObjectName(f"stick:{stick.name}")
        inside.addWidget(words(stick.name, "heading"))
        inside.addWidget(words(_room(self.texts, stick.free_megabytes), "muted"))
        row = QHBoxLayout()
        row.setSpacing(16)
        copy = button("do:copy", self.texts("usb.copy"), lambda: self._copy(stick))
        take = button("do:take", self.texts("usb.take"), lambda: self._take(stick))
        for made in (copy, take):
            made.setAccessibleName(f"{made.text()}: {stick.name}")
            row.addWidget(made)
        row.addStretch(1)
        inside.addLayout(row)
        return frame

    def _copy(self, stick: Stick) -> None:
        sticks = self._sticks
        self._work(
            self.texts("usb.copying"),
            lambda: (sticks.copy_to(stick.drive), sticks.queue()),
            lambda both: self._copied(stick, *both),
        )

    def _take(self, stick: Stick) -> None:
        sticks = self._sticks
        self._work(
            self.texts("usb.taking"),
            lambda: (sticks.take_from(stick.drive), sticks.queue()),
            lambda both: self._taken(*both),
        )

    def _copied(self, stick: Stick, made: StickCopied, queue: "QueueSummary") -> None:
        self._say_queue(queue)
        size = f"{max(made.megabytes, 0.1):.1f}".replace(".", ",")
        counted = {"n": made.dossiers, "papers": made.papers, "mb": size, "name": stick.name}
        self._tell(
            "ok", self.texts("usb.copied", **counted) if made.dossiers else self.texts("usb.copied_none")
        )
        if made.left_out:
            self._tell("warn", self.texts("usb.left_out", n=made.left_out))
        if made.later:
            self._tell("warn", self.texts("usb.later", n=made.later))
        self._tell("", self.texts("usb.carry"))

    def _taken(self, taken: StickTaken, queue: "QueueSummary") -> None:
        self._say_queue(queue)
        if taken.received or taken.news or taken.refused:
            self._tell("ok", self.texts("usb.taken", n=taken.received, news=taken.news))
        else:
            self._tell("", self.texts("usb.nothing_new"))
        if taken.refused:
            self._tell("warn", self.texts("usb.refused", n=taken.refused))
        self.shell.queue_changed.emit()
        self.shell.news_arrived.emit()

    def _tell(self, role: str, text: str) -> None:
        label: QLabel = words(text, name=f"said:{self._said.count()}")
        set_role(label, role)
        self._said.addWidget(label)

    def _work(self, words_: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """One thing at a time; what was said of the last one goes."""
        if self._busy:
            return

        def done(result: T) -> None:
            self._ready()
            if self.shell.screen is self:
                then(result)

        self._busy = True
        empty(self._said)
        self.show_mends([])
        self.start_loading(words_)
        self.shell.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._ready()
        if isinstance(error, WorldError):
            self.show_world_error(error)
        else:
            self.shell.fail(error)

    def _ready(self) -> None:
        self._busy = False
        if self.shell.screen is self:
            self.stop_loading()


def _room(texts: TextSource, megabytes: int) -> str:
    """Room on a stick as people say it."""
    if megabytes < _GIGABYTE:
        return texts("usb.free", n=megabytes)
    return texts("usb.free_gb", n=f"{megabytes / _GIGABYTE:.1f}".replace(".", ","))

"""One paper of the list: what it is, whether it is needed, what is there, and the buttons."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kiosk.desk.attach_papers import ExpectedPaper
from ui.theme import set_role
from ui.widgets.buttons import button
from ui.widgets.words import words

Say = Callable[..., str]


class PaperRow(QFrame):
    """Called ``paper:<key>``; its buttons are ``do:scan`` and ``do:remove``."""

    scan_wanted = Signal(str)
    removal_wanted = Signal(object)
    """The papers that are to go."""

    def __init__(self, paper: ExpectedPaper, say: Say) -> None:
        super().__init__()
        self.setObjectName(f"paper:{paper.key}")
        self.setProperty("role", "card")
        self._say = say
        self._paper = paper
        self._name = words(paper.name, "label")
        self._note = words(paper.note, "muted")
        self._state = words(name="state")
        self._busy = False
        self._scan = button("do:scan", "", self._ask_scan)
        self._remove = button(
            "do:remove",
            say("papers.remove"),
            lambda: self.removal_wanted.emit(self._paper.attached),
            "plain",
        )
        self._lay()

    def show_paper(self, paper: ExpectedPaper) -> None:
        """Show what is there now."""
        self._paper = paper
        self._note.setText(paper.note)
        self._note.setVisible(bool(paper.note))
        pages = sum(one.pages for one in paper.attached)
        needed = self._say("papers.needed" if paper.needed else "papers.not_needed")
        there = self._say("papers.pages", n=pages) if pages else f"{needed} · {self._say('papers.missing')}"
        self._state.setText(there)
        set_role(self._state, "ok" if pages else ("warn" if paper.needed else "muted"))
        self._remove.setVisible(bool(pages))
        self._remove.setAccessibleName(f"{self._say('papers.remove')}: {paper.name}")
        self.show_ready()

    def show_busy(self) -> None:
        """The scanner is at work for this paper; the button keeps the keyboard and waits."""
        self._busy = True
        self._scan.setText(self._say("papers.scanning"))

    def show_ready(self) -> None:
        """Its turn can come (again)."""
        text = self._say("papers.scan_more" if self._paper.attached else "papers.scan")
        self._scan.setText(text)
        self._scan.setAccessibleName(f"{text}: {self._paper.name}")
        self._busy = False

    def _ask_scan(self) -> None:
        if not self._busy:
            self.scan_wanted.emit(self._paper.key)

    def _lay(self) -> None:
        said = QVBoxLayout()
        said.setSpacing(4)
        for label in (self._name, self._note, self._state):
            said.addWidget(label)
        does = QVBoxLayout()
        does.setSpacing(8)
        for made in (self._scan, self._remove):
            does.addWidget(made)
        does.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(24)
        row.addLayout(said, 1)
        row.addLayout(does)

"""What became of the dossiers: the commune's words, with dates, and what to do next."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from kiosk.domain.errors import WorldError
from kiosk.domain.ids import parse_slip_code
from ui.screens.code_reading import read_code
from ui.screens.followed_actions import FollowedActions
from ui.screens.followed_card import followed_card
from ui.screens.followed_groups import FollowedGroups
from ui.screens.screen import Screen
from ui.widgets.buttons import button
from ui.widgets.emptied import empty
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.follow_up import Followed, Overview
    from kiosk.desk.guide import Walk
    from kiosk.desk.opening import Desk


STEP = 20
"""Dossiers that are shown at once."""
_LETTERS = 66
"""Text heights of width from which three groups fit in a row beside the help."""


class FollowUpScreen(Screen):
    """The code of the slip at the top, then every dossier of the point, the newest first."""

    name = "follow_up"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("follow_up.title"))
        self.set_back(self.go_home)
        self.set_primary("", self._find)
        self.set_help(self.texts("follow_up.help"))
        self.code = QLineEdit()
        self.body.addWidget(self._search_part())
        self._groups = FollowedGroups(self.texts, self._choose)
        self.body.addWidget(self._groups)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def entered(self, **kwargs: Any) -> None:
        """``dossier``: only this one; ``code``: look for this slip code; ``said``: what was just done."""
        if done := str(kwargs.get("said", "")):
            self.body.insertWidget(0, words(done, "ok", "said"))
        self._only = str(kwargs.get("dossier", ""))
        self._group, self._most = "", STEP
        self._actions = FollowedActions(self, self._load, self._failed)
        self.code.setText(str(kwargs.get("code", "")))
        self.shell.news_arrived.connect(self._load)
        if self.code.text():
            self._find()
        else:
            self._load()

    @property
    def _desk(self) -> "Desk":
        assert self.shell.desk is not None  # noqa: S101 - home leads here, and it has a desk
        return self.shell.desk

    def _search_part(self) -> QFrame:
        frame, inside = card(spacing=8)
        inside.addWidget(words(self.texts("follow_up.code"), "label"))
        self.code.setObjectName("code")
        self.code.setAccessibleName(self.texts("follow_up.code"))
        self.code.setPlaceholderText("NHAP-XXXX-XXXXX")
        find = button("do:find", self.texts("follow_up.find"), self._find, "primary")
        everything = button("do:all", self.texts("follow_up.all"), lambda: self._choose(""))
        row = QHBoxLayout()
        row.setSpacing(16)
        picture = button("do:picture", self.texts("follow_up.picture"), self._read)
        row.addWidget(self.code, 1)
        row.addWidget(find)
        other = QHBoxLayout()
        other.setSpacing(16)
        other.addWidget(picture)
        other.addWidget(everything)
        other.addStretch(1)
        inside.addLayout(row)
        inside.addLayout(other)
        return frame

    def _read(self) -> None:
        """The slip's QR code, from a picture."""
        read_code(self, self.texts("follow_up.loading"), self._picture_read, self._failed)

    def _picture_read(self, text: str) -> None:
        self.code.setText(text)
        self._find()

    def _choose(self, group: str) -> None:
        """Show one group of dossiers, or all (empty)."""
        self._only, self._group, self._most = "", group, STEP
        self.code.clear()
        self._load()

    def _show_more(self) -> None:
        self._most += STEP
        self._load()

    def _load(self, *_heard: object) -> None:
        from kiosk.desk import follow_up

        if self.shell.screen is not self:
            return
        desk, dossier, most = self._desk, self._only, self._most
        group = follow_up.Whose(self._group) if self._group else None

        def work() -> "Overview":
            return follow_up.only(desk, dossier) if dossier else follow_up.overview(desk, group, most)

        self.start_loading(self.texts("follow_up.loading"))
        self.shell.run(work, self._show, self._failed)

    def _find(self) -> None:
        desk, code = self._desk, self.code.text()
        if not code.strip():
            self.show_mends([Mend(self.texts("follow_up.missing"), self.code.setFocus, "code")])
            return
        self.code.setFocus()
        self.code.selectAll()  # the next slip that a reader reads replaces this one
        self.start_loading(self.texts("follow_up.loading"))
        self.shell.run(lambda: _look(desk, code), self._show_one, self._failed)

    def _show_one(self, found: "Followed | Walk | None") -> None:
        from kiosk.desk.guide import Walk

        if self.shell.screen is not self:
            return
        if isinstance(found, Walk):
            from ui.screens.guide_page import show_walk

            show_walk(self.shell, found)
            return
        if found is None:
            self.stop_loading()
            self.show_mends([Mend(self.texts("follow_up.not_found"), self.code.setFocus, "code")])
            return
        self._only = found.dossier
        self._load()

    def _failed(self, error: Exception) -> None:
        self.stop_loading()
        self.shell.fail(error)

    def _show(self, seen: "Overview") -> None:
        if self.shell.screen is not self:
            return
        self.stop_loading()
        self.show_mends([])
        empty(self._list)
        tight = self.beside.isVisible() and self.width() < _LETTERS * int(self.shell.theme.size)
        counts = {} if self._only else seen.counts
        self._groups.show_counts(counts, self._group, columns=2 if tight else 3)
        if seen.counts and not self._only:
            counted = self.texts("follow_up.counted", waiting=seen.waiting, citizens=seen.in_hand)
            self._list.addWidget(words(counted, "label", "whose"))
        if not seen.shown:
            self._list.addWidget(words(self.texts("follow_up.empty"), "muted", "empty"))
        for one in seen.shown:
            self._list.addWidget(self._card(one))
        if seen.more:
            self._list.addWidget(
                button("do:more", self.texts("follow_up.more", n=seen.more), self._show_more)
            )
        for no in self.page.findChildren(QPushButton, "do:keep"):
            no.setFocus()  # the list was made anew: the question that was just asked keeps the keyboard

    def _card(self, one: "Followed") -> QFrame:
        names, now = _paper_names(self._desk, one), self.shell.clock.now()
        offers, asked = self._actions.offers(one), one.dossier == self._actions.asked
        return followed_card(self.texts, one, names, now, offers, asked=asked)


def _look(desk: "Desk", code: str) -> "Followed | Walk | None":
    """The dossier of a slip; the sheets of a walkthrough have codes of the same shape (background)."""
    from kiosk.desk import follow_up, guide

    found = follow_up.find(desk, code)
    if found is not None:
        return found
    try:
        return guide.resume(desk, parse_slip_code(code) or "")
    except WorldError:
        return None


def _paper_names(desk: "Desk", one: "Followed") -> list[str]:
    """Papers by the names of the procedure; a kind it does not know stands as it is."""
    known = {
        paper.key: paper.name
        for procedure in desk.content.catalogue.procedures()
        if procedure.plain_name == one.procedure
        for paper in procedure.papers
    }
    return [known.get(kind, kind) for kind in one.papers]

"""What became of the dossiers: the commune's words, with dates, and what to do next."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.screens.followed_actions import FollowedActions
from ui.screens.followed_card import followed_card
from ui.screens.screen import Screen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import Shell, TextSource

if TYPE_CHECKING:
    from kiosk.desk.follow_up import Followed
    from kiosk.desk.opening import Desk


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
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def entered(self, **kwargs: Any) -> None:
        """``dossier``: only this one; ``code``: look for this slip code; ``said``: what was just done."""
        if done := str(kwargs.get("said", "")):
            self.body.insertWidget(0, words(done, "ok", "said"))
        self._only = str(kwargs.get("dossier", ""))
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
        everything = button("do:all", self.texts("follow_up.all"), self._show_all)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.code, 1)
        row.addWidget(find)
        row.addWidget(everything)
        inside.addLayout(row)
        return frame

    def _show_all(self) -> None:
        self._only = ""
        self.code.clear()
        self._load()

    def _load(self, *_heard: object) -> None:
        from kiosk.desk import follow_up

        if self.shell.screen is not self:
            return

        desk = self._desk
        self.start_loading(self.texts("follow_up.loading"))
        self.shell.run(lambda: follow_up.dossiers(desk), self._show, self._failed)

    def _find(self) -> None:
        from kiosk.desk import follow_up

        desk, code = self._desk, self.code.text()
        if not code.strip():
            self.show_mends([Mend(self.texts("follow_up.missing"), self.code.setFocus, "code")])
            return
        self.start_loading(self.texts("follow_up.loading"))
        self.shell.run(lambda: follow_up.find(desk, code), self._show_one, self._failed)

    def _show_one(self, found: "Followed | None") -> None:
        if found is None:
            self.stop_loading()
            self.show_mends([Mend(self.texts("follow_up.not_found"), self.code.setFocus, "code")])
            return
        self._only = found.dossier
        self._show([found])

    def _failed(self, error: Exception) -> None:
        self.stop_loading()
        self.shell.fail(error)

    def _show(self, found: "list[Followed]") -> None:
        if self.shell.screen is not self:
            return
        self.stop_loading()
        self.show_mends([])
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        wanted = [one for one in found if not self._only or one.dossier == self._only]
        if wanted:
            self._list.addWidget(words(_counted(self.texts, wanted), "label", "whose"))
        else:
            self._list.addWidget(words(self.texts("follow_up.empty"), "muted", "empty"))
        for one in wanted:
            names, now = _paper_names(self._desk, one), self.shell.clock.now()
            offers, asked = self._actions.offers(one), one.dossier == self._actions.asked
            shown = followed_card(self.texts, one, names, now, offers, asked=asked)
            self._list.addWidget(shown)


def _counted(texts: TextSource, shown: "list[Followed]") -> str:
    """How many wait for somebody else, and how many are in the people's hands."""
    waiting = sum(one.whose in {"point", "commune"} for one in shown)
    return texts("follow_up.counted", waiting=waiting, citizens=len(shown) - waiting)


def _paper_names(desk: "Desk", one: "Followed") -> list[str]:
    """Papers by the names of the procedure; a kind it does not know stands as it is."""
    known = {
        paper.key: paper.name
        for procedure in desk.content.catalogue.procedures()
        if procedure.plain_name == one.procedure
        for paper in procedure.papers
    }
    return [known.get(kind, kind) for kind in one.papers]

"""Before the citizen goes: logged out, browser closed, card given back. Each thing is ticked."""

from typing import Any

from PySide6.QtWidgets import QCheckBox

from kiosk.desk.guide import Walk
from kiosk.guides.model import Node
from ui.screens.guide_page import GuidePage
from ui.screens.guide_parts import address
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.words import words


class GuideEndScreen(GuidePage):
    """The last page wherever this computer's browser was used."""

    name = "guide_end"

    @property
    def node(self) -> Node:
        return self._walk.farewell

    def entered(self, walk: Walk | None = None, **kwargs: Any) -> None:
        assert walk is not None  # noqa: S101 - the exit brings it
        self.begin(walk)
        self.offline.hide()
        self._rows: list[ChoiceRow] = []
        self.set_primary(self.texts("guide.finished"), self.go_on, "check")
        self._lay()

    def go_on(self) -> None:
        """The end, once everything is ticked."""
        open_ticks = [row for row in self._rows if not row.button.isChecked()]
        if open_ticks:
            first = open_ticks[0].button
            self.show_mends([Mend(self.say("guide.need.ticks"), first.setFocus, first.objectName())])
            return
        self.finish()

    def go_back(self) -> None:
        self.shell.show("guide_exit", walk=self._walk)

    def _lay(self) -> None:
        self.body.addWidget(words(address(self.say, self.node.ask), "huge", "ask"))
        frame, inside = card(margin=16, spacing=4)
        for number, text in enumerate(self.node.ticks, 1):
            row = ChoiceRow(QCheckBox(), f"tick:{number}", address(self.say, text))
            self._rows.append(row)
            inside.addWidget(row)
        self.body.addWidget(frame)
        self.body.addStretch(1)
        self.panel("say", "help", self.node.say)
        self.panel("must_not", "notice", self.node.must_not)
        self.draw_diagram(self.aside_column)
        self.aside_column.addStretch(1)
        self.show_aside()

"""Whose move it is, as buttons with counters: what waits is told apart from what is in the people's hands."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.widgets.buttons import button
from ui.widgets.emptied import empty
from ui.window import TextSource

if TYPE_CHECKING:
    from kiosk.desk.follow_up import Whose


class FollowedGroups(QWidget):
    """One button for each group that has a dossier, and one for all; ``choose`` gets the group.

    It is empty for all.
    """

    def __init__(self, texts: TextSource, choose: Callable[[str], None]) -> None:
        super().__init__()
        self._texts, self._choose = texts, choose
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_counts(self, counts: "Mapping[Whose, int]", chosen: str, columns: int) -> None:
        """With one group or none there is nothing to choose."""
        empty(self._grid)
        groups = [("", sum(counts.values())), *counts.items()] if len(counts) > 1 else []
        for place, (group, count) in enumerate(groups):
            made = self._button(group, count, pressed=group == chosen)
            self._grid.addWidget(made, place // columns, place % columns)
        self.setVisible(bool(groups))

    def _button(self, group: str, count: int, *, pressed: bool) -> QPushButton:
        said = self._texts(f"follow_up.group.{group or 'all'}", n=count)
        made = button(f"group:{group or 'all'}", said, lambda: self._choose(group), "choice")
        made.setCheckable(True)
        made.setChecked(pressed)
        return made

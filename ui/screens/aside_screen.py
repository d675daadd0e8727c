"""A screen that keeps something to do on the right, where other screens have the help."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.visit_screen import VisitScreen
from ui.widgets.scrolled import scrolled
from ui.window import Shell

_LETTERS = 54
"""Text heights of width from which there is room beside the page."""


class AsideScreen(VisitScreen):
    """``aside`` stands on the right and F1 swaps it for the help; in a narrow window it ends the page."""

    def __init__(self, shell: Shell) -> None:
        self.aside = QWidget()
        self.aside_column = QVBoxLayout(self.aside)
        self.aside_column.setContentsMargins(0, 0, 0, 0)
        self.aside_column.setSpacing(16)
        self.aside.hide()
        self._area = scrolled()
        self._helping = False
        self._wanted = False
        super().__init__(shell)
        beside = self.beside.layout()
        assert beside is not None  # noqa: S101 - the base made it
        beside.addWidget(self._area)

    def show_aside(self) -> None:
        """From now on there is something to do."""
        self._wanted = True
        self._place_help()

    def toggle_help(self) -> None:
        """F1: the help, in turn with what stands in its place."""
        self._helping = not self._helping
        self._place_help()

    @property
    def has_room(self) -> bool:
        """Whether anything fits beside the page."""
        return self.width() >= _LETTERS * int(self.shell.theme.size)

    def _place_help(self) -> None:
        super()._place_help()
        room = self.has_room
        if room and self._area.widget() is None:
            self.body.removeWidget(self.aside)
            self._area.setWidget(self.aside)
            self.aside.setAutoFillBackground(False)
        if not room:
            self._area.takeWidget()
            self.body.addWidget(self.aside)
        self.aside.setVisible(self._wanted)
        self._area.setVisible(room and not self._helping)
        self.help.setVisible(self._helping or not room)
        self.beside.setVisible(room or self._helping)

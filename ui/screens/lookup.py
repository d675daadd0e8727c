"""Where procedures are looked for, or stands the one that was found, with its notice to print."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from kiosk.catalogue.catalogue import Found
from kiosk.desk import choose
from ui.screens.finding import FindingView
from ui.screens.notice_printing import NoticePrinting
from ui.screens.procedure_view import ProcedureView
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button


class Lookup:
    """Fills the rest of a screen's body: the finding, or ``view`` of what was found and a way back."""

    def __init__(
        self, screen: VisitScreen, picked: Callable[[Found], None], again: Callable[[], None]
    ) -> None:
        """``again`` is asked for by the button beside what was found; it calls ``close``."""
        self._screen = screen
        self.finding = FindingView(screen)
        self.finding.picked.connect(picked)
        self.printing = NoticePrinting(screen)
        self.view: ProcedureView | None = None
        self._place = screen.body.count()
        self.other = button("do:other", screen.texts("choose.other"), again)
        screen.body.addWidget(self.finding)
        screen.body.addWidget(self.printing.state)
        screen.body.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        screen.body.addStretch(1)
        self.other.hide()

    def open(self, found: Found, *, may_send: bool = False, roads: bool = True) -> None:
        """Show what was found; ``roads``: and ask by which road, if there is more than one."""
        screen, printing = self._screen, self.printing
        told = choose.facts(screen.desk, found)
        view = ProcedureView(
            told, may_send, screen.say, lambda what: printing.print(what, found), roads=roads
        )
        self.view = view
        screen.body.insertWidget(self._place, view)
        view.show()
        self.finding.hide()
        self.other.show()
        screen.page_area.verticalScrollBar().setValue(0)
        view.take_focus()

    def close(self) -> None:
        """Look for another one."""
        if self.view is not None:
            self._screen.body.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None
        self.printing.clear()
        self.finding.show()
        self.other.hide()
        self.finding.search.setFocus()

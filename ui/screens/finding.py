"""Finding a procedure: words in any spelling, or what happened in the family; what was found below."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from kiosk.catalogue.catalogue import Found
from kiosk.desk import choose
from kiosk.domain.notice import Notice
from kiosk.domain.told_fact import ToldFact
from ui.screens.visit_screen import VisitScreen
from ui.widgets.results_list import ResultsList
from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton

_PAUSE = 80
"""Milliseconds without a key before the catalogue is searched."""
_COLUMNS = 2
_LONGEST = 40
"""Letters of a fee or a time limit in the list; the whole stands beside the procedure."""


class FindingView(QFrame):
    """``picked`` carries what was taken by Enter or a click."""

    picked = Signal(object)

    def __init__(self, screen: VisitScreen) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._screen = screen
        self._say = screen.say
        self._found: Sequence[Found] = ()
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setAccessibleName(self._say("choose.search"))
        self.search.setPlaceholderText(self._say("choose.search_hint"))
        self._results = ResultsList("results", self._say("choose.results"))
        self._none = words(role="muted", name="none")
        self._heading = words(self._say("choose.events"), "label")
        self._events = QGridLayout()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self._look)
        self._results.picked.connect(lambda row: self.picked.emit(self._found[row]))
        self._lay()

    def begin(self, event: str = "") -> None:
        """Show what may have happened; with an event, what it asks for at once."""
        desk = self._screen.desk
        self._screen.run(lambda: choose.life_events(desk), self._show_events)
        if event:
            self._happened(event)

    def marked(self) -> Found | None:
        """What Enter would take."""
        row = self._results.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(words(self._say("choose.search"), "label"))
        for part in (self.search, self._none, self._results, self._heading):
            column.addWidget(part)
        self._events.setSpacing(12)
        column.addLayout(self._events)
        for hidden in (self._none, self._results, self._heading):
            hidden.hide()

    def _show_events(self, events: Sequence[choose.LifeEvent]) -> None:
        self._heading.setVisible(bool(events))
        for number, event in enumerate(events):
            made = WrapButton(event.label, event.hint)
            made.setObjectName(f"do:event:{event.key}")
            made.clicked.connect(lambda _on, key=event.key: self._happened(key))
            self._events.addWidget(made, number // _COLUMNS, number % _COLUMNS)

    def _happened(self, event: str) -> None:
        desk = self._screen.desk
        self._screen.run(
            lambda: choose.looked_at(desk, choose.by_life_event(desk, event)),
            lambda found: self._show_found("", found),
        )

    def _look(self) -> None:
        typed, desk = self.search.text().strip(), self._screen.desk
        if not typed:
            self._show_found(typed, [])
            return
        self._screen.run(
            lambda: choose.looked_at(desk, choose.search(desk, typed)),
            lambda found: self._show_found(typed, found),
        )

    def _show_found(self, typed: str, found: Sequence[tuple[Found, Notice]]) -> None:
        """Show what was found, unless other words were typed meanwhile."""
        if typed and typed != self.search.text().strip():
            return
        self._found = [each for each, _ in found]
        self._results.show_rows([self._row(told) for _, told in found])
        self._none.setText(self._say("choose.none", words=typed))
        self._none.setVisible(bool(typed) and not found)

    def _row(self, told: Notice) -> str:
        """Three lines: as villagers say it; officially, with its code; what it costs and takes."""
        form = self._say("choose.has_form" if told.has_form else "choose.no_form")
        facts = self._say("choose.row", fee=self._short(told.fee), time_limit=self._short(told.time_limit))
        official = " · ".join(filter(None, (told.name, told.code)))
        return f"{told.plain_name}\n{official}\n{form} · {facts}"

    def _short(self, fact: ToldFact) -> str:
        text = fact.text or self._say("fact.unknown")
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"

"""What a card said: shown for a look, with the few questions that a card leaves open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from kiosk.desk.welcome import CardReading
from kiosk.domain.card import Card
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.editor import Editor
from ui.widgets.id_number import grouped
from ui.widgets.long_list import LongList
from ui.widgets.radios import MOST, Radios
from ui.widgets.words import words

Say = Callable[..., str]


@dataclass(frozen=True)
class Option:
    """One answer of a list."""

    name: str
    label: str


class ReadingView(QFrame):
    """Shows one reading; ``ward``, ``only_year`` and ``whose`` hold what the person answered."""

    def __init__(self, reading: CardReading, roles: Sequence[Option], role: str, say: Say) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._say = say
        self.reading = reading
        self.only_year = QCheckBox()
        self.ward = self._ward_editor()
        self.whose = Radios(roles)
        self.whose.setObjectName("whose")
        self.whose.set_value(role)
        self.whose.set_named(say("card.whose"), "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(16)
        self._lay()

    def ward_code(self) -> str | None:
        """Code of the commune that was chosen or is certain; ``None`` if nobody knows."""
        if self.ward is not None:
            return self.ward.value() or None
        candidates = self.reading.place.candidates
        return candidates[0].code if len(candidates) == 1 else None

    def begin(self, otherwise: QWidget) -> None:
        """Put the keyboard on the first thing that is really asked; the primary action where nothing is."""
        if self.ward is not None:
            self.ward.take_focus()
        elif self.reading.ask_only_year:
            self.only_year.setFocus()
        elif not self.whose.value():
            self.whose.take_focus()
        else:
            otherwise.setFocus()

    def only_year_chosen(self) -> bool:
        """Whether the person said that only the year is known."""
        return self.reading.ask_only_year and self.only_year.isChecked()

    def _ward_editor(self) -> Editor | None:
        """Asked only where an old commune was split or the name is not certain."""
        candidates = self.reading.place.candidates
        if not candidates or (len(candidates) == 1 and self.reading.place.certain):
            return None
        options = [Option(ward.code, ward.name) for ward in candidates]
        few = len(options) <= MOST
        editor: Editor = Radios(options) if few else LongList(options, self._say("question.search"))
        editor.setObjectName("ward")
        editor.set_named(self._say("card.ward"), self._say("card.ward_hint"))
        return editor

    def _lay(self) -> None:
        self._column.addWidget(words(self._say("card.read_heading"), "heading"))
        self._column.addLayout(self._facts())
        for warning in self.reading.warnings:
            self._column.addWidget(words(self._say(f"card.warning.{warning}"), "warn"))
        if self.ward is not None:
            self._column.addWidget(words(self._say("card.ward"), "label"))
            self._column.addWidget(words(self._say("card.ward_hint"), "muted"))
            self._column.addWidget(self.ward)
        if self.reading.ask_only_year:
            hint = self._say("card.only_year_hint")
            self._column.addWidget(ChoiceRow(self.only_year, "only_year", self._say("card.only_year"), hint))
        self._column.addWidget(words(self._say("card.whose"), "label"))
        self._column.addWidget(self.whose)

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(self._shown(self.reading.card)):
            grid.addWidget(words(label, "muted"), row, 0)
            grid.addWidget(words(value or self._say("card.unknown"), "label"), row, 1)
        return grid

    def _shown(self, card: Card) -> list[tuple[str, str]]:
        say = self._say
        facts = [
            (say("card.name"), card.name),
            (say("card.birth"), card.birth.shown()),
            (say("card.sex"), card.sex.value if card.sex else ""),
            (say("card.number"), grouped(card.number)),
            (say("card.address"), card.address),
        ]
        candidates = self.reading.place.candidates
        if self.ward is None and len(candidates) == 1:
            facts.append((say("card.today"), candidates[0].name))
        if not candidates:
            facts.append((say("card.today"), say("card.ward_unknown")))
        return facts

"""The beginning of a visit: what the citizen agrees to, one purpose at a time."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.catalogue.consent_text import ConsentItem
from kiosk.desk import welcome
from kiosk.domain.consent import Purpose
from ui.screens.visit_screen import ADDRESSES, VisitScreen
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.radios import Radios
from ui.widgets.text_line import TextLine
from ui.widgets.words import words
from ui.window import Shell


@dataclass(frozen=True)
class Word:
    """One way to address somebody, as a choice."""

    name: str
    label: str


class WelcomeScreen(VisitScreen):
    """Nothing is ticked beforehand; without the first purpose the visit does not go on."""

    name = "welcome"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("welcome.title"))
        self._rows: dict[Purpose, ChoiceRow] = {}
        self._text: welcome.ConsentText | None = None
        self._heading = words(role="title")
        self._lead = words(role="muted")
        self._address = Radios([Word(key, self.texts(f"address.{key}")) for key in ADDRESSES], True)
        self._address.setObjectName("address_as")
        self._address.set_value(ADDRESSES[0])
        self._address.changed.connect(self._speak)
        self._witness = TextLine()
        self._witness.edit.setObjectName("witness")
        self._agreed, self._agreed_column = card(margin=16, spacing=4)
        self._version = words(role="small", name="version")
        self._lay()
        self._speak(ADDRESSES[0])

    def entered(self, **kwargs: Any) -> None:
        self.start_loading(self.texts("welcome.loading"))
        self.run(lambda: welcome.consent_text(self.desk), self._show)

    def go_on(self) -> None:
        """Start the visit with what was agreed to, or say what is missing."""
        if self._text is None:
            return
        mends = self._missing()
        self.show_mends(mends)
        if mends:
            return
        purposes = frozenset(purpose for purpose, row in self._rows.items() if row.button.isChecked())
        witness, called = self._witness.value(), str(self.shell.visit.notes["address_as"])
        self.start_loading(self.texts("welcome.loading"))
        self.run(lambda: welcome.start_visit(self.desk, purposes, witness, called), self._started)

    def _started(self, visit: welcome.Visit) -> None:
        self.shell.visit.visit = visit
        self.shell.show("card")

    def _missing(self) -> list[Mend]:
        mends = []
        for item in self._text.items if self._text else ():
            box = self._rows[item.purpose].button
            if item.needed and not box.isChecked():
                sentence = self.say(f"welcome.need.{item.purpose.value}", title=item.title)
                mends.append(Mend(sentence, box.setFocus, item.purpose.value))
        if not self._witness.value():
            mends.append(Mend(self.say("welcome.need.witness"), self._witness.take_focus, "witness"))
        return mends

    def _lay(self) -> None:
        for part in (
            self._heading,
            self._lead,
            self._agreed,
            _pair(self._address_part(), self._witness_part()),
        ):
            self.body.addWidget(part)
        self.body.addWidget(self._version)
        self.body.addStretch(1)

    def _address_part(self) -> QWidget:
        self._address.set_named(self.texts("welcome.address_as"), "")
        return _labelled(self.texts("welcome.address_as"), self._address)

    def _witness_part(self) -> QWidget:
        self._witness.set_named(self.texts("welcome.witness"), "")
        return _labelled(self.texts("welcome.witness"), self._witness)

    def _speak(self, address: str) -> None:
        """Speak to the person from now on as chosen."""
        self.shell.visit.notes["address_as"] = self.texts(f"address.{address}")
        self._heading.setText(self.say("welcome.heading"))
        self._lead.setText(self.say("welcome.lead"))
        self._say_purposes()

    def _show(self, text: welcome.ConsentText) -> None:
        self._text = text
        for item in text.items:
            name = f"consent:{item.purpose.value}"
            self._rows[item.purpose] = ChoiceRow(QCheckBox(), name, item.title, self._means(item))
            self._agreed_column.addWidget(self._rows[item.purpose])
            self._rows[item.purpose].show()
        self._version.setText(self.texts("welcome.version", version=text.version))
        self._witness.set_value(self.desk.volunteer)
        self._say_purposes()
        self.focus_first()

    def _say_purposes(self) -> None:
        if self._text is None:
            return
        told = (self._text.intro, self._text.controller, self._text.rights, self._text.child)
        help_text = "\n\n".join((*told, self.say("welcome.help")))
        self.set_help(help_text, self.say("welcome.help_title"))
        for item in self._text.items:
            self._rows[item.purpose].set_words(item.title, self._means(item))

    def _means(self, item: ConsentItem) -> str:
        """What is done with this consent, and what without."""
        return f"{item.text} {self.say(f'welcome.without.{item.purpose.value}')}"


def _labelled(label: str, widget: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(words(label, "label"))
    column.addWidget(widget)
    column.addStretch(1)
    return part


def _pair(left: QWidget, right: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(24)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return pair

"""Cards: what the QR code says fills the declaration, so that nobody types it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from kiosk.desk import fill, welcome
from kiosk.domain.people import Person
from ui.screens.card_people import ROLES, keep, likely_role, people, roles
from ui.screens.card_reading import ReadingView
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.text_line import TextLine
from ui.widgets.words import words
from ui.window import Shell


class CardScreen(VisitScreen):
    """Reads one card after the other; each belongs to one person of the procedure."""

    name = "card"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("card.title"))
        self.explain("card")
        self._then = "choose"
        self._role = ""
        self._view: ReadingView | None = None
        self._asking, self._asking_column = card()
        self._line = TextLine()
        self._line.edit.setObjectName("card:text")
        self._kept = words(role="ok", name="kept")
        self._another = button("do:another", self.texts("card.another"), self._read_another)
        self._lay()
        self._show_reading(None)

    def entered(self, role: str = "", then: str = "choose", **kwargs: Any) -> None:
        """``role`` is whose card is wanted, ``then`` the screen that comes after."""
        self._then, self._role = then, role
        self._show_reading(None)

    def go_on(self) -> None:
        """Take the card that is shown; else read what was typed; else go on with the cards so far."""
        if self._view is not None:
            self._take(self._leave)
        elif self._line.value():
            self._read_text()
        elif people(self.shell.visit):
            self._leave()
        else:
            self.show_mends([Mend(self.say("card.need.card"), self._line.take_focus, "card:text")])

    def go_back(self) -> None:
        if self._view is not None:
            self._show_reading(None)
        elif self._then == "choose":
            self.go_home()
        else:
            self.shell.show(self._then)

    def offer_picture(self, path: Path) -> None:
        """Read a picture of a card; the picture is not kept."""
        self._read(lambda: welcome.read_card_picture(self.desk, path.read_bytes()))

    def _leave(self) -> None:
        self.shell.show(self._then)

    def _lay(self) -> None:
        self.body.addWidget(words(self.say("card.heading"), "title"))
        self.body.addWidget(self._kept)
        column = self._asking_column
        column.addWidget(words(self.texts("card.text"), "label"))
        column.addWidget(words(self.texts("card.text_hint"), "muted"))
        column.addWidget(self._line)
        self._line.set_named(self.texts("card.text"), self.texts("card.text_hint"))
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(button("do:picture", self.texts("card.picture"), self._take_picture))
        buttons.addWidget(button("do:skip", self.texts("card.skip"), self._leave, "plain"))
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.body.addWidget(self._asking)
        self.bottom.add_before_primary(self._another)
        self.body.addStretch(1)

    def _read_text(self) -> None:
        text = self._line.edit.text()
        self._read(lambda: welcome.read_card_text(self.desk, text))

    def _take_picture(self) -> None:
        """Ask the scanner or the drop folder for a picture and read the code on it."""

        def work() -> welcome.CardReading:
            pages = self.shell.devices.scanner.scan()
            return welcome.read_card_picture(self.desk, pages[0])

        self._read(work)

    def _read(self, work: Callable[[], welcome.CardReading]) -> None:
        self.show_mends([])
        self.start_loading(self.texts("card.reading"))
        self.run(work, self._show_reading)

    def _show_reading(self, reading: welcome.CardReading | None) -> None:
        """Show what was read, or ask for a card when there is nothing."""
        if self._view is not None:
            self.body.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
            self._view = None
        if reading is not None:
            role = self._role or likely_role(self.shell.visit)
            self._view = ReadingView(reading, roles(self.shell.visit, self.texts), role, self.say)
            self.body.insertWidget(2, self._view)
            self._view.show()
            self._line.edit.clear()
        self._asking.setVisible(reading is None)
        self._another.setVisible(reading is not None)
        self._say_kept()
        if self._view is not None:
            self._view.begin(self.bottom.primary)
        else:
            self._line.take_focus()

    def _take(self, then: Callable[[], None]) -> None:
        """Turn the reading into a person of the visit."""
        view = self._view
        if view is None:
            return
        role = view.whose.value()
        if not role:
            self.show_mends([Mend(self.say("card.need.whose"), view.whose.take_focus, "whose")])
            return
        self.show_mends([])
        only_year, ward = view.only_year_chosen(), view.ward_code()

        def taken(person: Person) -> None:
            keep(self.shell.visit, role, person)
            self._role = ""
            self._fill_form(role, person, then)

        self.run(lambda: welcome.confirm_card(view.reading, only_year, ward), taken)

    def _read_another(self) -> None:
        self._take(lambda: self._show_reading(None))

    def _fill_form(self, role: str, person: Person, then: Callable[[], None]) -> None:
        """A card read in the middle of a declaration fills it at once."""
        filling = self.shell.visit.filling
        if filling is None:
            then()
            return
        fill.apply_person(filling, role, person)
        self.run(lambda: fill.save(self.desk, filling), lambda _at: then())

    def _say_kept(self) -> None:
        names = [
            self.texts(f"card.person.{role}") if role in ROLES else person.name
            for role, person in people(self.shell.visit).items()
        ]
        self._kept.setText(self.texts("card.kept", people=", ".join(names)))
        self._kept.setVisible(bool(names))

"""The persons of a page: whose card may be read, and whom of this visit a role may be given to."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.catalogue.procedures import PersonRole
from kiosk.desk.fill import Filling, person_of
from kiosk.desk.visit_people import KnownPerson
from ui.screens.form_words import Say
from ui.widgets.buttons import button


class PagePeople(QWidget):
    """Buttons above the questions; while nobody is named in a role, whom the visit knows is offered."""

    card_wanted = Signal(str)
    """The role of the person whose card is to be read."""
    taken = Signal(str, object)
    """A role, and the ``KnownPerson`` who is to fill it."""

    def __init__(
        self, filling: Filling, roles: Sequence[PersonRole], known: Sequence[KnownPerson], say: Say
    ) -> None:
        super().__init__()
        self._say = say
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for role in roles:
            wanted = partial(self.card_wanted.emit, role.prefix)
            self._add(f"do:card:{role.prefix}", say("form.read_card", person=role.label), wanted)
            if not person_of(filling, role, "ho_ten"):
                self._offer(role.prefix, known)
        if not roles:
            self.hide()

    def _offer(self, role: str, known: Sequence[KnownPerson]) -> None:
        for person in known:
            take = partial(self.taken.emit, role, person)
            self._add(
                f"do:reuse:{role}:{person.role}", self._say("form.reuse", name=person.name), take, "plain"
            )

    def _add(self, name: str, text: str, pressed: "partial[None]", role: str = "") -> None:
        made = button(name, text, pressed, role) if role else button(name, text, pressed)
        self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

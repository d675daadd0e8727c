"""How the citizen can be reached: asked only where that was agreed to."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kiosk.desk.hand_over import Contact
from ui.widgets.number_line import NumberLine
from ui.widgets.text_line import TextLine
from ui.widgets.words import words

_PHONE_LETTERS = 16


class ContactView(QFrame):
    """A name and a telephone number; both may stay empty."""

    def __init__(self, name: str, say: Callable[..., str]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.name = TextLine()
        self.name.edit.setObjectName("contact:name")
        self.name.set_value(name)
        self.phone = NumberLine(letters=_PHONE_LETTERS)
        self.phone.edit.setObjectName("contact:phone")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(words(say("review.contact_heading"), "heading"))
        column.addWidget(words(say("review.contact_hint"), "muted"))
        for key, line in (("review.contact_name", self.name), ("review.contact_phone", self.phone)):
            line.set_named(say(key), say("review.contact_hint"))
            column.addWidget(words(say(key), "label"))
            column.addWidget(line)

    def given(self) -> Contact | None:
        """Whom to call; ``None`` without a number."""
        phone = self.phone.value()
        return Contact(self.name.value(), phone) if phone else None

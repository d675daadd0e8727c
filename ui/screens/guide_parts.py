"""How the sentences of a guide are spoken to this person, and lists of them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from kiosk.domain.next_step import Statement
from kiosk.guides.model import Node
from ui.widgets.frames import card
from ui.widgets.words import words

Say = Callable[..., str]
"""``VisitScreen.say``: sentences that know how the citizen is addressed."""


def address(say: Say, text: str) -> str:
    """A sentence of the guide with the words by which this person is spoken to."""
    called = say("guide.called")
    return text.replace("{you}", called.lower()).replace("{You}", called)


def speak(say: Say, line: Statement, node: Node) -> str:
    """A sentence as it is said to this person; what nobody verified says so."""
    text = address(say, line.text)
    return text if line.verified and node.verified else say("guide.unverified", text=text)


def plain_card(title: str, lines: Sequence[str], name: str, role: str = "card") -> QFrame:
    """A framed list of sentences under a heading."""
    frame, inside = card(role, 16, 8)
    frame.setObjectName(name)
    inside.addWidget(words(title, "label"))
    for line in lines:
        inside.addWidget(words(line))
    return frame

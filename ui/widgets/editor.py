"""The part of a question widget into which a person answers; one subclass per kind of answer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.question import Choice


class Editor(QWidget):
    """Holds one raw answer. ``changed`` is emitted only for what a person did, never for ``set_value``."""

    changed = Signal(str)
    half_typed = Signal(str)
    """Words in the box of a long list while they are no answer; empty once they are one, or gone."""
    wide = True
    """Whether it takes the whole column; narrow ones show by their width how long the answer is."""

    def value(self) -> str:
        """The raw answer as the form stores it; an empty text if there is none."""
        raise NotImplementedError

    def set_value(self, value: str) -> None:
        """Show a stored answer. An equal one leaves cursor and half-typed text alone."""
        raise NotImplementedError

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these answers; only lists care."""

    def bring_back(self, words: str) -> None:
        """Show words again that were half typed before; only long lists have any."""

    def set_readonly(self, readonly: bool) -> None:
        self.setEnabled(not readonly)

    def set_named(self, name: str, description: str) -> None:
        """What a screen reader says for the whole editor: its label, then hint and problem."""
        raise NotImplementedError

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field's border; the words stand beside it in the question box."""
        for field in self.fields():
            field.setProperty("problem", wrong)
            field.style().unpolish(field)
            field.style().polish(field)

    def fields(self) -> Sequence[QWidget]:
        """The widgets that take the keyboard, in order; the first one gets the focus."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Take the keyboard; a list that offers nothing now leaves it where it is."""
        for field in self.fields()[:1]:
            field.setFocus()

"""A label that exists only once it has something to say: most questions of a page say little."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from ui.widgets.words import words


class Said:
    """Makes its label at the first words and hides it when there are none."""

    def __init__(self, role: str, name: str, put: Callable[[QLabel], object]) -> None:
        """``put`` is called once, with the new label, to lay it out."""
        self._role = role
        self._name = name
        self._put = put
        self.label: QLabel | None = None

    def say(self, text: str) -> None:
        """Say this from now on; an empty text says nothing."""
        if self.label is None:
            if not text:
                return
            self.label = words(text, self._role, self._name)
            self._put(self.label)
        if text != self.label.text():
            self.label.setText(text)
        self.label.setVisible(bool(text))

    def text(self) -> str:
        """What is said now."""
        return self.label.text() if self.label is not None else ""

    def is_seen(self) -> bool:
        """Whether it can be read on the screen."""
        return self.label is not None and self.label.isVisible()

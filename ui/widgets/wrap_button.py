"""A button whose words wrap, for sentences and for long names."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout

from ui.widgets.words import words


class WrapButton(QPushButton):
    """A push button as wide as its column; a smaller second line may follow the first."""

    def __init__(self, text: str, detail: str = "", role: str = "row", text_role: str = "row-text") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setAccessibleName(f"{text}. {detail}" if detail else text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._text = text
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 10, 16, 10)
        self._inside.setSpacing(2)
        self._add(text, text_role)
        if detail:
            self._add(detail, "small")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """The first line; the style draws nothing of its own."""
        return self._text

    def hug_left(self) -> None:
        """No inner margin at the sides, for a link in a list."""
        self._inside.setContentsMargins(0, 4, 0, 4)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(44, self._inside.heightForWidth(width))

    def _add(self, text: str, role: str) -> None:
        label: QLabel = words(text, role)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside.addWidget(label)

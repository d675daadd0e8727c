"""What is done before the portal's window is closed, to be ticked one by one."""

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.widgets.choice_row import ChoiceRow


class LeavingList(QWidget):
    """Nothing is ticked beforehand."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[tuple[QCheckBox, str]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_steps(self, steps: Iterable[tuple[str, str]]) -> None:
        """Steps by key and words."""
        for key, text in steps:
            box = QCheckBox()
            box.setAccessibleName(text)
            self._column.addWidget(ChoiceRow(box, f"leaving:{key}", text))
            self._boxes.append((box, text))

    def undone(self) -> "tuple[QCheckBox, str] | None":
        """The first step that is not ticked."""
        return next(((box, text) for box, text in self._boxes if not box.isChecked()), None)

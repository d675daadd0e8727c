"""The short list that opens under a search box: a model of what was found, and its view."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from kiosk.catalogue.search import Entry, SearchIndex
from kiosk.domain.folding import fold_loosely
from ui.widgets.question import Choice

_SEEN = 6
"""Rows that are seen without scrolling."""
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Found(QAbstractListModel):
    """The choices that match the typed words, better ones first; no item is ever made beforehand."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._folded: tuple[str, ...] = ()
        self._rows: Sequence[int] = range(len(self._choices))
        self.exact = True
        """Whether what was typed stands in each row; otherwise the rows are only like it."""

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.choice(index.row()).label

    def choice(self, row: int) -> Choice:
        return self._choices[self._rows[row]]

    def look_for(self, words: str) -> None:
        """Keep what contains every word, with or without accents; all of it when nothing is typed.

        Where nothing does, keep what is like it: a finger slipped, or the keyboard spells Telex.
        """
        wanted = fold_loosely(words)
        self.beginResetModel()
        self._rows = self._matching(wanted) if wanted else range(len(self._choices))
        self.exact = bool(self._rows) or not wanted
        if not self.exact:
            self._rows = _index_of(self._keys()).find(wanted, _SEEN)
        self.endResetModel()

    def exactly(self, text: str) -> Choice | None:
        """The one choice written like this; else, if that leaves one, without accents and punctuation."""
        same = [choice for choice in self._choices if choice.label.casefold() == text.casefold()]
        if not same:
            wanted = fold_loosely(text)
            pairs = zip(self._choices, self._keys(), strict=True)
            same = [choice for choice, key in pairs if key == wanted]
        return same[0] if len(same) == 1 else None

    def _matching(self, wanted: str) -> list[int]:
        words = wanted.split()
        ranked = [
            (_rank(key, wanted), row)
            for row, key in enumerate(self._keys())
            if all(word in key for word in words)
        ]
        return [row for _rank, row in sorted(ranked)]

    def _keys(self) -> tuple[str, ...]:
        if not self._folded:
            self._folded = tuple(_key_of(choice.label) for choice in self._choices)
        return self._folded


class FoundList(QListView):
    """Lies over the page under its box; never takes the keyboard, so that typing goes on."""

    def __init__(self, model: Found, under: QWidget) -> None:
        super().__init__(under.window())
        self.setObjectName("found")
        self.setProperty("role", "found")
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._under = under

    def lay(self) -> None:
        """Take the place under the box, or above it where there is no room, and mark the first row."""
        rows = self.model().rowCount()
        height = self.sizeHintForRow(0) * min(rows, _SEEN) + 4 if rows else 0
        window = self._under.window()
        top = self._under.mapTo(window, QPoint(0, self._under.height() + 2))
        if top.y() + height > window.height():
            top = self._under.mapTo(window, QPoint(0, -height - 2))
        self.setGeometry(top.x(), top.y(), self._under.width(), height)
        self.setVisible(rows > 0)
        self.raise_()
        self.mark(0)

    def mark(self, row: int) -> None:
        """Make a row the one that Enter picks."""
        rows = self.model().rowCount()
        if rows:
            self.setCurrentIndex(self.model().index(max(0, min(row, rows - 1)), 0))

    def marked(self) -> int:
        return self.currentIndex().row()


@lru_cache(maxsize=4096)
def _key_of(label: str) -> str:
    """The key of a choice; the same lists stand on many pages. What a person types never comes here."""
    return fold_loosely(label)


@lru_cache(maxsize=4)
def _index_of(keys: tuple[str, ...]) -> SearchIndex[int]:
    """An index over the keys of a list; nothing that a person typed is kept in it."""
    return SearchIndex(Entry(row, (key,)) for row, key in enumerate(keys))


def _rank(key: str, wanted: str) -> int:
    """Equal first, then what begins with it, then what has a word beginning with it."""
    if key == wanted:
        return 0
    if key.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in key else 3

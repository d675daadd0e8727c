"""Birth and issue of a card, to reckon an answer. Dates are the only thing ever typed into a guide."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kiosk.domain.card import Card
from kiosk.domain.partial_date import PartialDate, parse_partial_date
from kiosk.guides.model import Helper
from kiosk.guides.walk import Dates
from ui.widgets.date_boxes import DateBoxes, PartialDateBoxes
from ui.widgets.words import words


class DatesView(QFrame):
    """Says ``changed`` with the dates as far as they can be read; nothing of it is stored."""

    changed = Signal(object)

    def __init__(self, helper: Helper, card: Card | None, texts: Callable[..., str]) -> None:
        """``card`` is the one read in this visit: its dates stand there already."""
        super().__init__()
        self.setObjectName("dates")
        self.setProperty("role", "card")
        names = [texts(f"question.{part}") for part in ("day", "month", "year")]
        self.birth = PartialDateBoxes(names)
        self.issued = DateBoxes(names) if helper is Helper.CARD_EXPIRY else None
        self._expires = card.expires if card and self.issued else None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)
        self.column.addWidget(words(texts(f"guide.dates.{helper.value}"), "label"))
        self._add(self.birth, texts("guide.dates.birth"))
        if self.issued is not None:
            self._add(self.issued, texts("guide.dates.issued"))
        if card is not None and helper is Helper.CARD_EXPIRY:
            self._take(card)
            self.column.addWidget(words(texts("guide.dates.from_card"), "small", "from_card"))

    def dates(self) -> Dates:
        """What can be read of them."""
        issued = _day(self.issued.value()) if self.issued is not None else None
        return Dates(_partial(self.birth.value()), issued, self._expires)

    @property
    def is_touched(self) -> bool:
        """Whether anything stands in the boxes, readable or not."""
        issued = self.issued.value() if self.issued is not None else ""
        return bool(self.birth.value() or issued)

    def _add(self, boxes: DateBoxes, name: str) -> None:
        boxes.set_named(name, "")
        boxes.setObjectName(f"dates:{'birth' if boxes is self.birth else 'issued'}")
        boxes.changed.connect(lambda _value: self._edited())
        self.column.addWidget(words(name, "muted"))
        self.column.addWidget(boxes)

    def _take(self, card: Card) -> None:
        self.birth.set_value(str(card.birth))
        if self.issued is not None and card.issued is not None:
            self.issued.set_value(card.issued.isoformat())

    def _edited(self) -> None:
        """What somebody typed counts before what the card said."""
        self._expires = None
        self.changed.emit(self.dates())


def _partial(text: str) -> PartialDate | None:
    try:
        return parse_partial_date(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

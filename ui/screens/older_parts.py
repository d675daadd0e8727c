"""What the review says of a form that has a newer version, and of answers that a carry-over left behind."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from kiosk.desk.carry_over import Dropped
from ui.screens.answers_view import AnswersView, ShownAnswer
from ui.widgets.frames import notice

Say = Callable[..., str]


def older_parts(behind: str, dropped: Sequence[Dropped], say: Say) -> list[QWidget]:
    """A notice where the draft stayed with an older version (``behind`` is the newest), a card of answers
    that no question of the form has any more."""
    parts: list[QWidget] = []
    if behind:
        parts.append(notice(say("review.older_form", version=behind), "notice", "older-form"))
    if dropped:
        shown = tuple(ShownAnswer(item.label, item.text) for item in dropped)
        view = AnswersView(say("review.dropped"), shown, say("review.empty"))
        view.setObjectName("dropped")
        parts.append(view)
    return parts

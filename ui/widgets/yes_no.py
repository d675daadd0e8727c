"""A yes or no question: two radio buttons side by side."""

from collections.abc import Sequence

from ui.widgets.question import Choice
from ui.widgets.radios import Radios

NAMES = {"co", "khong"}
"""The choice names of yes and no in our forms."""


class YesNo(Radios):
    """Có and Không; neither is chosen until a person or the form chooses."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(choices, side_by_side=True)


def is_yes_no(choices: Sequence[Choice]) -> bool:
    """Whether these two answers are yes and no."""
    return {choice.name for choice in choices} == NAMES

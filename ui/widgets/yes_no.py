"""A yes or no question: two radio buttons side by side."""

from collections.abc import Sequence

from ui.widgets.question import Choice
from ui.widgets.radios import Radios

NAMES = {"co", "khong"}
"""The choice names of yes and no in our forms."""

_STORED = {"1": "true", "0": "false"}


class YesNo(Radios):
    """Có and Không; neither is chosen until a person or the form chooses."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(choices, side_by_side=True)


class TrueFalse(YesNo):
    """The same for a question of the type ``boolean``, which forms store as ``true`` or ``false``."""

    def set_value(self, value: str) -> None:
        super().set_value(_STORED.get(value, value))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """The two answers stay: a form has no list for them."""
        if choices:
            super().set_choices(choices)


def is_yes_no(choices: Sequence[Choice]) -> bool:
    """Whether these two answers are yes and no."""
    return {choice.name for choice in choices} == NAMES

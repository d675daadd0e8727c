"""How a trial point reaches its hub."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class HubAccess:
    """How to reach a hub without asking anybody."""

    url: str
    authority: str
    """The hub's authority in PEM."""
    code: Callable[[], str]
    """Gives an enrolment code that was not used yet."""

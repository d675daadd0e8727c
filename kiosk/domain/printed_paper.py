"""A paper that can be shown and printed."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PrintedPaper:
    """One paper of a procedure with its answers; what is shown on a screen is what is printed."""

    number: int
    """Its place among the prints of the procedure, from 1, whether or not the others apply."""
    title: str
    pdf: bytes = field(repr=False)

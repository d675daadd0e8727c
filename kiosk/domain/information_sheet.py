"""What is printed where no official form is known to us: every question of the form with its answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SheetLine:
    """One question; ``text`` is what a person reads as its answer, empty if there is none."""

    name: str
    label: str
    text: str = ""
    group: str = ""
    """Label of the composite field that it is a part of (an address, an identity paper)."""
    choices: tuple[str, ...] = ()
    """What can be ticked by hand; only on a sheet for handwriting."""


@dataclass(frozen=True)
class SheetRepeat:
    """A list of the form: the lines of each of its rows."""

    name: str
    label: str
    rows: tuple[tuple[SheetLine, ...], ...]


@dataclass(frozen=True)
class SheetPage:
    """One page of the form, which becomes a section of the sheet."""

    name: str
    title: str
    items: tuple[SheetLine | SheetRepeat, ...]


@dataclass(frozen=True)
class InformationSheet:
    """A whole sheet. It is never an official form, and says so."""

    procedure: str
    code: str
    title: str
    why: str
    """Why there is no form: one honest sentence."""
    source: str
    """Where the questions come from."""
    pages: tuple[SheetPage, ...]
    by_hand: bool = False
    """Whether it is to be filled in by hand, which needs room."""

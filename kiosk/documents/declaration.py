"""The official declaration as PDF: what the screen previews is what the printer gets."""

from pathlib import Path

from kiosk.documents.compose import compose
from kiosk.documents.faces import load_faces
from kiosk.documents.filling import Answers, PlaceAndDay
from kiosk.documents.layout import Layout
from kiosk.documents.painting import paint
from kiosk.domain.filled_form import FilledForm

__all__ = ["PlaceAndDay", "blank_declaration", "declaration"]


def declaration(
    layout: Layout, filled: FilledForm, fonts: Path, signed_at: PlaceAndDay | None = None, mark: str = ""
) -> bytes:
    """The form with its answers; blanks without an answer stay dotted for the hand.

    ``mark`` stands large across every page of a sheet that nobody is to sign (a draft, practice).
    Raises ``WorldError``: ``document.glyph`` if an answer has a sign that no letter of ours shows,
    ``document.fonts`` if the fonts are missing.
    """
    faces = load_faces(fonts)
    pages = compose(layout, Answers(filled, signed_at), faces)
    return paint(pages, layout.front.title, faces, mark)


def blank_declaration(layout: Layout, fonts: Path) -> bytes:
    """The empty form, to be filled by hand."""
    return declaration(layout, FilledForm("", "", ()), fonts)

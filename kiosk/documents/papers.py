"""All papers of a procedure: which ones these answers ask for, and each of them as PDF."""

from collections.abc import Callable, Sequence
from datetime import date

from kiosk.catalogue.prints import Print
from kiosk.catalogue.procedures import Procedure
from kiosk.documents.declaration import blank_declaration, declaration
from kiosk.documents.information_sheet import information_sheet
from kiosk.documents.reading import load_layout
from kiosk.domain.filled_form import FilledForm
from kiosk.domain.information_sheet import InformationSheet, SheetPage
from kiosk.domain.printed_paper import PrintedPaper
from kiosk.domain.renamed import renamed
from kiosk.packs.content import Content

Pages = Callable[[], Sequence[SheetPage]]
"""Gives the pages of the form for an information sheet."""


def titles(
    content: Content, procedure: Procedure, value_of: Callable[[str], str], day: date
) -> dict[int, str]:
    """The papers of a day in order: their numbers among the prints of the procedure, counted from 1."""
    return {
        number: title_of(content, one)
        for number, one in _in_force(content, procedure, day)
        if one.applies(value_of)
    }


def with_declaration(
    content: Content, procedure: Procedure, value_of: Callable[[str], str], day: date
) -> bool:
    """Whether any of these papers is an official form; information sheets are signed by nobody's rule."""
    return any(one.layout and one.applies(value_of) for _, one in _in_force(content, procedure, day))


def blank_titles(content: Content, procedure: Procedure, day: date) -> dict[int, str]:
    """The papers that can be filled in by hand: all that are in force on a day."""
    return {number: title_of(content, one) for number, one in _in_force(content, procedure, day)}


def draw(
    content: Content, procedure: Procedure, number: int, filled: FilledForm, pages: Pages, mark: str = ""
) -> PrintedPaper:
    """One paper with its answers. ``IndexError`` for a number that the procedure does not print.

    Raises ``WorldError`` document.glyph, document.fonts.
    """
    one = _print(content, procedure, number)
    if one.layout:
        layout = load_layout(content.layouts[one.layout])
        pdf = declaration(layout, renamed(filled, one.answers), content.fonts, mark=mark)
    else:
        pdf = information_sheet(_sheet(procedure, one, pages()), content.fonts, content.texts, mark)
    return PrintedPaper(number, title_of(content, one), pdf)


def draw_blank(content: Content, procedure: Procedure, number: int, pages: Pages) -> PrintedPaper:
    """One paper for handwriting: every line of the form, or every question."""
    one = _print(content, procedure, number)
    if one.layout:
        pdf = blank_declaration(load_layout(content.layouts[one.layout]), content.fonts)
    else:
        pdf = information_sheet(_sheet(procedure, one, pages(), by_hand=True), content.fonts, content.texts)
    return PrintedPaper(number, title_of(content, one), pdf)


def title_of(content: Content, one: Print) -> str:
    """The name of a paper on screens: its own, or the layout's without capitals."""
    if one.title:
        return one.title
    title = load_layout(content.layouts[one.layout]).front.title
    return title.capitalize() if title.isupper() else title


def _in_force(content: Content, procedure: Procedure, day: date) -> list[tuple[int, Print]]:
    """The papers of a day by number; on a day for which nobody wrote down a form, the stand-in alone."""
    found = [
        (number, one) for number, one in enumerate(procedure.prints, start=1) if _holds(content, one, day)
    ]
    stand_in = len(procedure.prints) + 1
    return found or [(stand_in, _print(content, procedure, stand_in))]


def _holds(content: Content, one: Print, day: date) -> bool:
    holds = not one.layout or load_layout(content.layouts[one.layout]).holds_on(day)
    return holds and one.holds_on(day)


def _print(content: Content, procedure: Procedure, number: int) -> Print:
    """A paper by number; the one after the last is the honest sheet of a day without a known form."""
    if number != len(procedure.prints) + 1:
        return procedure.prints[number - 1]
    say = content.texts
    return Print(
        layout="",
        title=say("document.sheet.no_form.title"),
        why=say("document.sheet.no_form.why"),
        pages=(),
        answers={},
        when=None,
        effective_from=None,
        effective_to=None,
    )


def _sheet(
    procedure: Procedure, one: Print, pages: Sequence[SheetPage], *, by_hand: bool = False
) -> InformationSheet:
    wanted = tuple(page for page in pages if not one.pages or page.name in one.pages)
    source = "; ".join(procedure.sources)
    return InformationSheet(procedure.name, procedure.noted_code, one.title, one.why, source, wanted, by_hand)

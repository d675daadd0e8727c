"""The copy of a result that goes to a point: always a PDF, and every page says what it is not."""

import io
from pathlib import Path

import pikepdf
from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kiosk.documents.faces import load_faces, printable
from kiosk.domain.errors import WorldError

MAX_BYTES = 5 * 1024 * 1024
"""Limit of a result: a line of 256 kbit/s needs three minutes for it."""
_MAX_PAGES = 40
_MAX_PIXELS = 60_000_000
_A4 = (595.28, 841.89)
_MARGIN, _BAND, _SIZE = 24.0, 30.0, 11.0


def label(place: str) -> str:
    """What stands on every page: the copy is no original."""
    return f"BẢN ĐỂ BIẾT – bản chính nhận tại: {place}"


def labelled(data: bytes, place: str, fonts: Path) -> bytes:
    """The PDF, JPEG or PNG as a PDF whose pages carry the label in a band of their own at the top.

    Raises WorldError ``office.result_kind``, ``office.result_damaged``, ``office.result_big`` (with ``limit``
    in MB), ``office.result_pages``, and ``document.glyph`` for a place that cannot be printed.
    """
    if len(data) > MAX_BYTES:
        raise _too_big()
    if data.startswith(b"%PDF-"):
        done = _labelled_pages(data, label(place), fonts)
    elif data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        done = _picture(data, label(place), fonts)
    else:
        raise WorldError("office.result_kind")
    if len(done) > MAX_BYTES:
        raise _too_big()
    return done


def _too_big() -> WorldError:
    return WorldError("office.result_big", limit=MAX_BYTES // 1024 // 1024)


def _labelled_pages(data: bytes, words: str, fonts: Path) -> bytes:
    """Each page shrunk below the band, on a new sheet: scripts, forms and attachments do not come along."""
    try:
        with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as target:
            if not 0 < len(source.pages) <= _MAX_PAGES:
                raise WorldError("office.result_pages", limit=_MAX_PAGES)
            for page in source.pages:
                _add_page(target, page, words, fonts)
            target.remove_unreferenced_resources()
            return _saved(target)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError) as error:
        raise WorldError("office.result_damaged") from error


def _add_page(target: pikepdf.Pdf, page: pikepdf.Page, words: str, fonts: Path) -> None:
    """One sheet: the label, and the page as a picture of itself in the room that is left."""
    with pikepdf.open(io.BytesIO(_sheet(words, fonts))) as sheet:
        target.pages.extend(sheet.pages)
    width, height = _A4
    room = pikepdf.Rectangle(_MARGIN, _MARGIN, width - _MARGIN, height - _BAND - _MARGIN)
    target.pages[-1].add_overlay(page, room)


def _saved(target: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    target.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def _picture(data: bytes, words: str, fonts: Path) -> bytes:
    """A scan on a sheet; only its pixels are kept, not where and when it was taken."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                raise _too_big()
            plain = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise WorldError("office.result_damaged") from error
    pixels = io.BytesIO()
    plain.save(pixels, "JPEG", quality=85)
    return _sheet(words, fonts, ImageReader(pixels))


def _sheet(words: str, fonts: Path, picture: ImageReader | None = None) -> bytes:
    """One A4 page with the label, and with a picture below it."""
    width, height = _A4
    face = load_faces(fonts).bold
    text = printable(words)
    size = min(_SIZE, (width - 2 * _MARGIN) / face.width(text))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=_A4, invariant=1, lang="vi", initialFontName=face.name)
    canvas.setFont(face.name, size)
    canvas.drawCentredString(width / 2, height - _BAND + 6, text)
    canvas.line(_MARGIN, height - _BAND, width - _MARGIN, height - _BAND)
    if picture is not None:
        room = (width - 2 * _MARGIN, height - _BAND - 2 * _MARGIN)
        canvas.drawImage(picture, _MARGIN, _MARGIN, *room, preserveAspectRatio=True, anchor="n")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()

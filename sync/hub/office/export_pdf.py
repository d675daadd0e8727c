"""Dossiers on paper for the officer's own use: what they are, how they stand, and what was answered."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate, Spacer

from kiosk.documents.faces import Faces, load_faces, printable
from sync.hub.office.exports import UNTRIED, Exported

_MARGIN = 50
_SHOWN = ("MaHoSo", "MaTTHC", "TenTTHC", "ChuHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "GhiChu")
_UNKNOWN = "□"
"""Stands for a letter that the typeface lacks: one odd name must not stop a list of a hundred."""


def as_pdf(items: Sequence[Exported], commune: str, fonts: Path) -> bytes:
    """All dossiers one after the other. Raises WorldError ``document.fonts``."""
    faces = load_faces(fonts)
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        invariant=1,
        lang="vi",
        title=f"Hồ sơ chuẩn bị – {commune}",
        initialFontName=faces.regular.name,
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN),
    )
    document.build(list(_story(items, commune, faces)))
    return buffer.getvalue()


def _story(items: Sequence[Exported], commune: str, faces: Faces) -> Iterator[Flowable]:
    text = ParagraphStyle("text", fontName=faces.regular.name, fontSize=11, leading=15)
    bold = ParagraphStyle("bold", parent=text, fontName=faces.bold.name, spaceBefore=6)
    title = ParagraphStyle("title", parent=bold, fontSize=14, leading=19)
    yield Paragraph(_safe(f"{commune}: {len(items)} hồ sơ chuẩn bị", faces), title)
    yield Paragraph(_safe(f"Không phải giấy tờ tiếp nhận. {UNTRIED}.", faces), text)
    for item in items:
        yield Spacer(1, 8)
        yield HRFlowable(width="100%", thickness=0.7)
        yield Paragraph(_safe(f"{item.code} – {item.state}", faces), bold)
        for name in _SHOWN:
            if value := item.flat[name]:
                yield Paragraph(_safe(f"{name}: {value}", faces), text)
        for section in item.sections:
            yield Paragraph(_safe(section.label or "Câu trả lời", faces), bold)
            for line in section.lines:
                yield Paragraph(_safe(f"{line.label}: {line.text}", faces), text)


def _safe(text: str, faces: Faces) -> str:
    """Text for a paragraph: no markup of its own, no letter that cannot be printed."""
    widths = faces.regular.widths
    return escape("".join(sign if _can(widths, sign) else _UNKNOWN for sign in printable(text)))


def _can(widths: object, sign: str) -> bool:
    try:
        widths[sign]  # type: ignore[index]
    except KeyError:
        return False
    return True

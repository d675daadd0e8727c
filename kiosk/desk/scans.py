"""A scan becomes a paper: checked, turned upright, stripped of its metadata, and shrunk.

Pictures come out as one JPEG, several pages as one PDF; a PDF passes through after a look at its ends.
Everything stays in memory. (Imported only when a paper is there: Pillow is big.)
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import (
    Image,
    ImageOps,
    ImageSequence,
    JpegImagePlugin,
    PdfImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
)

from kiosk.domain.errors import WorldError

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_PAGES = 60
MAX_PIXELS = 80_000_000
"""A sheet of A4 at 600 dpi has 35 million."""
LONG_SIDE = 2000
"""Pixels: A4 at 170 dpi, legible and some 300 KB."""
_QUALITY = 60
_SMALLER = ((1800, 55), (1600, 50), (1400, 45))
"""Long side in pixels, and quality: A4 at 120 dpi can still be read."""
_FORMATS = ("JPEG", "PNG", "TIFF")
_PLUGINS = (JpegImagePlugin, PngImagePlugin, TiffImagePlugin, PdfImagePlugin)
"""Imported by name, because Pillow would load all its forty at the first TIFF."""
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, MemoryError)
"""What Pillow raises for a file that stops, lies, or is none."""
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


@dataclass(frozen=True)
class Scan:
    """One paper, ready to be kept."""

    media_type: str
    body: bytes
    pages: int


def to_paper(files: Sequence[bytes]) -> Scan:
    """Make one paper of the files that a scanner or telephone gave, in their order.

    Raises ``WorldError``: paper.empty, paper.too_big (``limit_mb``), paper.not_image, paper.unreadable (cut
    off or damaged), paper.too_many_pixels, paper.too_many_pages, paper.locked (a PDF with a password),
    paper.mixed (a PDF among other files).
    """
    if not files:
        raise WorldError("paper.empty")
    for data in files:
        _check_size(data)
    if any(_is_pdf(data) for data in files):
        if len(files) > 1:
            raise WorldError("paper.mixed")
        return _pdf(files[0])
    return _pictures(files)


def smaller(body: bytes, media_type: str, limit: int) -> bytes:
    """A kept paper in at most ``limit`` bytes, where it is one picture that stays legible; else as small as
    that goes. A PDF is left as it is."""
    for longest, quality in _SMALLER:
        if len(body) <= limit or media_type != "image/jpeg":
            return body
        picture = open_picture(body)
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        body = min(body, out.getvalue(), key=len)
    return body


def open_picture(data: bytes) -> Image.Image:
    """A picture whose size is harmless, not decoded yet; raises ``WorldError`` paper.*."""
    _check_size(data)
    try:
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except _BOMBS as error:
        raise WorldError("paper.too_many_pixels") from error
    except _BROKEN as error:
        raise WorldError("paper.not_image") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise WorldError("paper.too_many_pixels")
    return picture


def grey(data: bytes, longest: int) -> Image.Image:
    """A picture upright in eight bits of grey, to look for a code in it; raises ``WorldError`` paper.*."""
    with _trouble():
        upright = _grey(ImageOps.exif_transpose(open_picture(data)))
        upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        return upright


@contextmanager
def _trouble() -> Iterator[None]:
    """What goes wrong while pixels are decoded."""
    try:
        yield
    except _BOMBS as error:
        raise WorldError("paper.too_many_pixels") from error
    except _BROKEN as error:
        raise WorldError("paper.unreadable") from error


def _check_size(data: bytes) -> None:
    if not data:
        raise WorldError("paper.empty")
    if len(data) > MAX_FILE_BYTES:
        raise WorldError("paper.too_big", limit_mb=MAX_FILE_BYTES // (1024 * 1024))


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _pdf(data: bytes) -> Scan:
    if b"%%EOF" not in data[-2048:]:
        raise WorldError("paper.unreadable")
    if b"/Encrypt" in data:
        raise WorldError("paper.locked")
    pages = max(1, len(_PAGE.findall(data)))
    if pages > MAX_PAGES:
        raise WorldError("paper.too_many_pages", limit=MAX_PAGES)
    return Scan("application/pdf", data, pages)


def _pictures(files: Sequence[bytes]) -> Scan:
    pages: list[Image.Image] = []
    for data in files:
        for page in _pages_of(data):
            if len(pages) == MAX_PAGES:
                raise WorldError("paper.too_many_pages", limit=MAX_PAGES)
            pages.append(page)
    out = io.BytesIO()
    if len(pages) == 1:
        pages[0].save(out, "JPEG", quality=_QUALITY, optimize=True)
        return Scan("image/jpeg", out.getvalue(), 1)
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], quality=_QUALITY, resolution=170)
    return Scan("application/pdf", out.getvalue(), len(pages))


def _pages_of(data: bytes) -> Iterator[Image.Image]:
    picture = open_picture(data)
    with _trouble():
        if picture.format in ("JPEG", "MPO"):
            picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
            yield _shrunk(picture)
            return
        for frame in ImageSequence.Iterator(picture):
            if frame.width * frame.height > MAX_PIXELS:
                raise WorldError("paper.too_many_pixels")
            yield _shrunk(frame)


def _shrunk(picture: Image.Image) -> Image.Image:
    """Upright, on white, no larger than needed; a new picture, so that no metadata comes along."""
    upright = _on_white(ImageOps.exif_transpose(picture))
    upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    return bare


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("1", "L", "I;16", "I"):
        return _grey(picture)
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        sheet = Image.new("RGB", picture.size, "white")
        sheet.paste(layer, mask=layer.getchannel("A"))
        return sheet
    return picture.convert("RGB")


def _grey(picture: Image.Image) -> Image.Image:
    """Eight bits of grey; sixteen are scaled, because ``convert`` would clip them to white."""
    if picture.mode in ("I;16", "I"):
        return picture.convert("I").point(lambda value: value / 257).convert("L")
    return picture.convert("L")

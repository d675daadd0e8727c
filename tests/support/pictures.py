"""Synthetic pages as a scanner or telephone gives them."""

import io

from PIL import Image, ImageDraw


def page(width: int = 1240, height: int = 1754, colour: str = "white") -> Image.Image:
    """A sheet with a black bar across its top, so that turning it shows."""
    picture = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(picture).rectangle((0, 0, width, height // 8), fill="black")
    return picture


def as_file(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def jpeg(width: int = 1240, height: int = 1754) -> bytes:
    return as_file(page(width, height))


def small_pdf(pages: int = 1) -> bytes:
    sheets = [page(200, 280) for _ in range(pages)]
    return as_file(sheets[0], "PDF", save_all=True, append_images=sheets[1:])

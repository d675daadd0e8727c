"""A scan is made small, upright and silent about the telephone; anything odd gets a sentence."""

import io
import struct
import zlib
from collections.abc import Sequence

import pytest
from PIL import Image

from kiosk.desk import scans
from kiosk.desk.scans import LONG_SIDE, to_paper
from kiosk.domain.errors import WorldError
from tests.support.pictures import as_file, jpeg, page, small_pdf


def refused(files: Sequence[bytes]) -> str:
    with pytest.raises(WorldError) as caught:
        to_paper(files)
    return caught.value.code


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_picture_becomes_a_small_jpeg(form: str) -> None:
    options = {"compression": "tiff_lzw"} if form == "TIFF" else {}
    scan = to_paper([as_file(page(2480, 3508), form, **options)])
    assert (scan.media_type, scan.pages) == ("image/jpeg", 1)
    picture = opened(scan.body)
    assert picture.format == "JPEG"
    assert max(picture.size) == LONG_SIDE
    assert abs(picture.width / picture.height - 2480 / 3508) < 0.002


def test_a_small_picture_is_not_blown_up() -> None:
    assert opened(to_paper([jpeg(300, 400)]).body).size == (300, 400)


def test_a_noisy_page_of_300_dpi_shrinks_to_what_a_thin_line_can_carry() -> None:
    noisy = Image.effect_noise((2480, 3508), 60).convert("RGB")
    scan = to_paper([as_file(noisy, quality=95)])
    assert len(scan.body) < 1_500_000


def test_a_telephone_picture_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn 90 degrees clockwise
    exif[0x010F] = "Secret Phone"
    exif.get_ifd(0x8825)[1] = "N"
    scan = to_paper([as_file(page(800, 600), exif=exif, comment=b"taken at home")])
    picture = opened(scan.body)
    assert picture.size == (600, 800)
    assert not dict(picture.getexif())
    assert b"Secret" not in scan.body
    assert b"taken at home" not in scan.body
    dark = picture.convert("L").getpixel((590, 400))
    assert isinstance(dark, int)
    assert dark < 60


def test_text_kept_in_a_png_does_not_come_along() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Secret Author")
    assert b"Secret" not in to_paper([as_file(page(200, 200), "PNG", pnginfo=info)]).body


def test_several_pages_become_one_pdf_in_their_order() -> None:
    scan = to_paper([jpeg(600, 800), as_file(page(600, 800), "PNG"), jpeg(600, 800)])
    assert (scan.media_type, scan.pages) == ("application/pdf", 3)
    assert scan.body.startswith(b"%PDF-")
    assert scan.body.count(b"/DCTDecode") == 3


def test_a_tiff_of_many_pages_is_many_pages() -> None:
    sheets = [page(300, 400) for _ in range(4)]
    many = as_file(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    assert to_paper([many]).pages == 4


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_every_kind_of_scanner_mode_comes_out_readable(mode: str) -> None:
    white = Image.new("L", (200, 300), 255)
    sheet = Image.new("I;16", (200, 300), 65535) if mode == "I;16" else white.convert(mode)
    picture = opened(to_paper([as_file(sheet, "TIFF" if mode != "P" else "PNG")]).body).convert("L")
    assert picture.getextrema()[0] > 240  # type: ignore[operator]


def test_what_is_see_through_lies_on_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert opened(to_paper([as_file(clear, "PNG")]).body).convert("L").getextrema() == (255, 255)


def test_a_pdf_passes_through_untouched() -> None:
    data = small_pdf(3)
    scan = to_paper([data])
    assert (scan.media_type, scan.body, scan.pages) == ("application/pdf", data, 3)


@pytest.mark.parametrize("files", [[], [b""], [b"", b""]])
def test_nothing_is_empty(files: list[bytes]) -> None:
    assert refused(files) == "paper.empty"


def test_an_empty_page_among_good_ones_is_told_not_skipped() -> None:
    assert refused([jpeg(100, 100), b""]) == "paper.empty"


@pytest.mark.parametrize(
    "data",
    [b"x", b"GIF89a" + bytes(100), b"<html>", b"\x00" * 5000, b"PK\x03\x04 a zip", "Ngày sinh".encode()],
)
def test_what_is_no_picture_is_named(data: bytes) -> None:
    assert refused([data]) == "paper.not_image"


def test_a_gif_is_not_accepted_though_pillow_could_read_it() -> None:
    assert refused([as_file(page(50, 50), "GIF")]) == "paper.not_image"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_file_that_was_cut_off_is_unreadable(form: str, part: float) -> None:
    data = as_file(Image.effect_noise((900, 900), 80).convert("RGB"), form)
    assert refused([data[: int(len(data) * part)]]) in ("paper.unreadable", "paper.not_image")


def test_a_damaged_png_is_unreadable() -> None:
    data = bytearray(as_file(Image.effect_noise((300, 300), 80), "PNG"))
    data[len(data) // 2] ^= 0xFF
    assert refused([bytes(data)]) == "paper.unreadable"


@pytest.mark.parametrize("end", [b"", b"%%EO"])
def test_a_pdf_that_was_cut_off_is_unreadable(end: bytes) -> None:
    assert refused([small_pdf().split(b"%%EOF")[0] + end]) == "paper.unreadable"


def test_a_locked_pdf_is_of_no_use_to_the_officer() -> None:
    assert refused([small_pdf().replace(b"/Root", b"/Encrypt 9 0 R /Root")]) == "paper.locked"


def test_a_pdf_among_pictures_is_told() -> None:
    assert refused([jpeg(100, 100), small_pdf()]) == "paper.mixed"


def test_a_file_over_the_limit_is_refused_before_it_is_opened() -> None:
    with pytest.raises(WorldError) as caught:
        to_paper([b"%PDF-" + bytes(scans.MAX_FILE_BYTES)])
    assert (caught.value.code, caught.value.params) == ("paper.too_big", {"limit_mb": 20})


def test_too_many_pages_are_refused() -> None:
    assert refused([jpeg(20, 20)] * (scans.MAX_PAGES + 1)) == "paper.too_many_pages"
    assert refused([small_pdf(scans.MAX_PAGES + 1)]) == "paper.too_many_pages"


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that claims to be enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [9_000, 9_500, 20_000, 60_000])
def test_a_bomb_of_pixels_is_refused_without_opening_it(side: int) -> None:
    assert refused([bomb(side, side)]) == "paper.too_many_pixels"


def test_a_small_first_page_does_not_smuggle_a_large_second_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MAX_PIXELS", 10_000)
    many = as_file(page(50, 50), "TIFF", save_all=True, append_images=[page(200, 200)])
    assert refused([many]) == "paper.too_many_pixels"

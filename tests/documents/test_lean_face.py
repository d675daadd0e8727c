"""The lean face is the same face: the same letters, widths and bytes; and it says when its file is gone."""

import shutil
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from kiosk.documents.lean_face import LeanFace, PackedPairs, PackedTable
from kiosk.domain.errors import WorldError
from tests.documents.samples import FONTS

BOLD = FONTS / "Tinos-Bold.ttf"
LETTERS = [ord(letter) for letter in " aạăậđêữỹ–“0Ж"]


@pytest.fixture(scope="module")
def plain() -> TTFontFace:
    return TTFontFace(str(BOLD))


@pytest.fixture(scope="module")
def lean(plain: TTFontFace) -> LeanFace:
    return LeanFace(plain, BOLD)


def test_it_knows_the_same_letters_and_widths(plain: TTFontFace, lean: LeanFace) -> None:
    assert dict(lean.charToGlyph) == plain.charToGlyph
    assert dict(lean.charWidths) == plain.charWidths
    assert lean.getCharWidth(0x6F22) == plain.defaultWidth
    assert list(lean.hmetrics) == plain.hmetrics


def test_letters_are_taken_out_as_from_the_plain_face(plain: TTFontFace, lean: LeanFace) -> None:
    assert lean.makeSubset(LETTERS) == plain.makeSubset(LETTERS)


def test_threads_may_take_letters_out_at_once(lean: LeanFace) -> None:
    wanted = [LETTERS[:end] for end in range(2, len(LETTERS))] * 4
    alone = [lean.makeSubset(letters) for letters in wanted]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lean.makeSubset, wanted)) == alone


def test_it_does_not_keep_the_file_nor_an_entry_for_each_letter() -> None:
    tracemalloc.start()
    try:
        plain = TTFontFace(str(BOLD))
        lean = LeanFace(plain, BOLD)
        both = tracemalloc.get_traced_memory()[0]
        del plain
        alone = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert lean.numGlyphs > 3000
    assert alone < (both - alone) / 5


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"another font")])
def test_a_file_that_is_gone_or_another_is_said(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    path = tmp_path / "Tinos-Bold.ttf"
    shutil.copy(BOLD, path)
    lean = LeanFace(TTFontFace(str(path)), path)
    assert lean.makeSubset(LETTERS)
    spoil(path)
    with pytest.raises(WorldError) as caught:
        lean.makeSubset(LETTERS)
    assert (caught.value.code, caught.value.params) == ("document.fonts", {"file": "Tinos-Bold.ttf"})


def test_a_packed_table_has_only_what_was_put_in() -> None:
    table = PackedTable({7: 1, 3: 65535, 70000: 0}, "H")
    assert (table[3], table.get(4), table.get(70001), 7 in table, 8 in table) == (
        65535,
        None,
        None,
        True,
        False,
    )
    assert list(table) == [3, 7, 70000]
    assert 1 not in PackedTable({}, "d")


def test_packed_pairs_end() -> None:
    pairs = PackedPairs([(1, 65535), (0, 2)])
    assert (len(pairs), pairs[0], pairs[1]) == (2, (1, 65535), (0, 2))
    with pytest.raises(IndexError):
        _ = pairs[2]

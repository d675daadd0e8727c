"""Papers for the portal: named plainly, small enough, gone after the visit."""

import random

import pytest
from PIL import Image

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.portal_rules import load_portal_rules
from kiosk.desk import attach_papers, opening, portal_files, welcome
from kiosk.desk.desk import Desk
from kiosk.desk.scans import smaller
from tests.support.pictures import as_file
from tests.support.points import PIN
from tests.support.visits import begin

WHITE = as_file(Image.new("RGB", (300, 200), "white"))


def noise(width: int, height: int) -> bytes:
    """A picture that no compression makes small."""
    drawn = random.Random(5).randbytes(width * height)
    return as_file(Image.frombytes("L", (width, height), drawn), quality=60)


def test_files_are_named_after_the_papers_in_their_order(desk: Desk) -> None:
    _, filling = begin(desk)
    attach_papers.attach(desk, filling.dossier, attach_papers.SIGNED_SHEET, [WHITE])
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [WHITE])
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [WHITE, WHITE])
    files = portal_files.lay_out(desk, filling)
    names = [file.name for file in files]
    assert names[:2] == ["01-giay-chung-sinh.jpg", "02-giay-chung-sinh.pdf"]
    assert names[2].startswith("03-to-khai")
    folder = portal_files.folder_of(desk.home)
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert [(folder / file.name).stat().st_size for file in files] == [file.size for file in files]
    assert all(file.fits for file in files)


def test_laying_out_again_leaves_nothing_of_what_was_taken_away(desk: Desk) -> None:
    _, filling = begin(desk)
    paper = attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [WHITE])
    portal_files.lay_out(desk, filling)
    attach_papers.detach(desk, paper.id)
    assert portal_files.lay_out(desk, filling) == ()
    assert not portal_files.folder_of(desk.home).exists()


def test_the_end_of_the_visit_wipes_them(desk: Desk) -> None:
    visit, filling = begin(desk)
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [WHITE])
    portal_files.lay_out(desk, filling)
    welcome.end_visit(desk, visit.id)
    assert not portal_files.folder_of(desk.home).exists()


def test_what_a_power_cut_left_is_wiped_at_the_next_opening(desk: Desk) -> None:
    _, filling = begin(desk)
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [WHITE])
    portal_files.lay_out(desk, filling)
    opening.close(desk)
    again = opening.unlock(desk.home, desk.content, desk.clock, PIN)
    assert not portal_files.folder_of(desk.home).exists()
    opening.close(again)


def test_a_big_picture_is_made_smaller_until_it_fits() -> None:
    big = noise(2000, 1400)
    small = smaller(big, "image/jpeg", len(big) // 2)
    assert len(small) <= len(big) // 2
    assert as_size(small)[0] >= 1400


def as_size(data: bytes) -> tuple[int, int]:
    import io

    return Image.open(io.BytesIO(data)).size


def test_it_is_never_made_illegible_to_fit() -> None:
    big = noise(2000, 1400)
    assert as_size(smaller(big, "image/jpeg", 100))[0] == 1400


def test_what_fits_or_is_a_pdf_stays_as_it_is() -> None:
    assert smaller(WHITE, "image/jpeg", len(WHITE)) is WHITE
    assert smaller(b"%PDF-1.7 ...", "application/pdf", 1) == b"%PDF-1.7 ..."


def test_the_portals_rules_say_that_its_limit_is_not_known(desk: Desk) -> None:
    rules = portal_files.rules(desk)
    assert rules.address == "https://dichvucong.gov.vn"
    assert (rules.max_bytes, rules.limit_known) == (1000 * 1024, False)
    assert [step.key for step in rules.leaving] == ["dang_xuat", "tra_the"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (("aim_kilobytes = 1000", ""), "aim_kilobytes"),
        (("checked = 2026-11-21", ""), "checked"),
        (("name_letters = 48", "name_letters = -1"), "name_letters"),
        (('key = "tra_the"', 'kye = "tra_the"'), "key"),
    ],
)
def test_bad_rules_are_refused_with_their_place(desk: Desk, change: tuple[str, str], field: str) -> None:
    good = (desk.content.folder / "parameters" / "portal.toml").read_text("utf-8")
    bad = desk.home / "portal.toml"
    bad.write_text(good.replace(*change), encoding="utf-8")
    with pytest.raises(BadContentError) as refused:
        load_portal_rules(bad)
    assert field in str(refused.value)

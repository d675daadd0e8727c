"""Two versions of a form on one point: each draft is printed with the layout of its own version."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.documents import papers
from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Session, load_form
from kiosk.packs.as_printed import as_printed
from kiosk.packs.content import Content, assets_folder, load_content
from tests.documents.samples import flat, pdf_text
from tests.support.content import DAY, compiled_forms
from tests.support.next_form import NEW, OLD, next_compiled

OURS, NEXT = "TỜ KHAI ĐĂNG KÝ KHAI SINH", "TỜ KHAI THEO MẪU NĂM SAU"


def content_with(folder: Path, behind: Path) -> Content:
    """A pack with the new form and changed files of the procedure; behind it another pack."""
    assets = folder / "assets"
    shutil.copytree(assets_folder() / "procedures", assets / "procedures")
    for name in ("texts", "parameters", "lists", "fonts"):
        (assets / name).symlink_to(assets_folder() / name)
    layout = assets / "procedures" / "khai_sinh" / "to_khai.md"
    layout.write_text(layout.read_text("utf-8").replace(OURS, NEXT), "utf-8")
    return load_content(assets, next_compiled(), DAY, behind=[(behind, compiled_forms())])


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return content_with(tmp_path, assets_folder())


def printed(content: Content, version: str) -> str:
    """The declaration of a version of the form, as far as nobody answered anything."""
    known = content.catalogue.by_slug("khai_sinh")
    session = Session(load_form(content.form("khai_sinh", version), content.rows), ShiftedClock(DAY))
    shown, procedure = as_printed(content, known, ("khai_sinh", version))
    paper = papers.draw(shown, procedure, 1, session.filled(), session.sheet)
    return flat(pdf_text(paper.pdf))


def test_each_version_of_a_form_has_the_paper_of_its_own_pack(content: Content) -> None:
    assert OURS in printed(content, OLD)
    assert NEXT not in printed(content, OLD)
    assert NEXT in printed(content, NEW)


def test_what_this_pack_offers_is_printed_as_it_says(content: Content) -> None:
    procedure = content.catalogue.by_slug("khai_sinh")
    assert as_printed(content, procedure, ("khai_sinh", NEW)) == (content, procedure)


def test_only_the_papers_come_from_the_other_pack(content: Content) -> None:
    known = content.catalogue.by_slug("khai_sinh")
    shown, procedure = as_printed(content, known, ("khai_sinh", OLD))
    assert replace(procedure, prints=known.prints) == known
    assert (shown.texts, shown.fonts, shown.catalogue) == (content.texts, content.fonts, content.catalogue)


@pytest.mark.parametrize("damage", ["no procedure", "no layout", "no pack"])
def test_another_pack_that_is_of_no_use_leaves_the_paper_of_today(tmp_path: Path, damage: str) -> None:
    behind = tmp_path / "behind"
    shutil.copytree(assets_folder() / "procedures", behind / "procedures")
    content = content_with(tmp_path, behind)
    if damage == "no procedure":
        shutil.rmtree(behind / "procedures" / "khai_sinh")
    elif damage == "no layout":
        (behind / "procedures" / "khai_sinh" / "to_khai.md").unlink()
    else:
        content = replace(content, behind=())
    assert NEXT in printed(content, OLD)

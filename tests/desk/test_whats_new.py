""" "Có gì mới": dated changes in their order, and what a newer pack brought."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.listings import COLUMNS, Listing, write_listings
from kiosk.catalogue.procedures import Change
from kiosk.desk.desk import Desk
from kiosk.desk.whats_new import whats_new
from kiosk.packs.choose import Choice, Pack, load
from kiosk.packs.content import assets_folder
from tests.support.content import DAY, compiled_forms

LISTING = Listing(
    **{**dict.fromkeys(COLUMNS, ""), "code": "1.009999", "name": "Giám hộ", "source": "thử", "fee": "Miễn"}
)  # fmt: skip


def with_changes(desk: Desk, *changes: Change, last: date | None = None) -> Desk:
    birth = desk.content.catalogue.by_slug("khai_sinh")
    catalogue = Catalogue([replace(birth, changes=changes, effective_to=last)])
    return replace(desk, content=replace(desk.content, catalogue=catalogue))


def test_what_comes_stands_before_what_came_and_old_news_are_none(desk: Desk) -> None:
    news = whats_new(
        with_changes(
            desk,
            Change("mới đây", date(2026, 9, 1), None),
            Change("sau nữa", date(2027, 3, 1), None),
            Change("sắp tới", date(2026, 12, 1), date(2027, 1, 31)),
            Change("đã lâu", date(2025, 7, 1), None),
            Change("đã qua", date(2026, 10, 1), date(2026, 11, 1)),
            Change("không ngày", None, None),
        )
    )
    assert [each.sentence for each in news] == [
        "Khai sinh cho bé. Từ 01/12/2026 đến hết 31/01/2027: sắp tới",
        "Khai sinh cho bé. Từ 01/03/2027: sau nữa",
        "Khai sinh cho bé. Từ 01/09/2026: mới đây",
    ]
    assert [each.coming for each in news] == [True, True, False]


def test_a_procedure_that_ends_is_told(desk: Desk) -> None:
    (news,) = whats_new(with_changes(desk, last=date(2026, 12, 31)))
    assert news.sentence == "Khai sinh cho bé (1.001193): mã này dùng đến hết 31/12/2026."


@pytest.fixture
def newer(tmp_path: Path) -> Pack:
    """A pack with one more entry, another fee, and no papers of one kind."""
    assets = tmp_path / "assets"
    shutil.copytree(assets_folder(), assets)
    (assets / "procedures" / "catalogue.csv").write_text(write_listings([LISTING]), "utf-8")
    path = assets / "procedures" / "khai_sinh" / "procedure.toml"
    path.write_text(
        path.read_text("utf-8").replace('text = "Miễn lệ phí', 'text = "Nay miễn lệ phí'), "utf-8"
    )
    return Pack(2, assets, compiled_forms(), date(2026, 1, 1))


def test_what_a_newer_pack_brought(desk: Desk, newer: Pack) -> None:
    own = Pack(0, assets_folder(), compiled_forms())
    content, _ = load(Choice(newer, False, (own,), ()), DAY, own)
    brought = [each for each in whats_new(replace(desk, content=content)) if each.day is None]
    assert brought[-1].sentence == "Mới có trong danh mục: Giám hộ (1.009999)."
    assert brought[0].sentence.startswith("Khai sinh cho bé: lệ phí nay là “Nay miễn lệ phí")
    assert len(brought) == 2


def test_the_first_pack_and_a_broken_one_before_it_tell_nothing(
    desk: Desk, newer: Pack, tmp_path: Path
) -> None:
    own = Pack(0, assets_folder(), compiled_forms())
    content, _ = load(Choice(own, False, (newer,), ()), DAY, own)
    assert content.previous is None
    broken = replace(desk, content=replace(content, previous=(tmp_path / "nothing", tmp_path)))
    assert [each for each in whats_new(broken) if each.day is None] == []

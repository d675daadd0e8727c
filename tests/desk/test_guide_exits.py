"""Every end of every walk through the account guide, printed: its own words, on one page, nothing cut."""

from dataclasses import replace

import pytest

from kiosk.desk import guide
from kiosk.desk.desk import Desk
from kiosk.documents.next_step import _MARGINS, next_step_pages
from kiosk.guides.walk import Progress, after, here, reason
from tests.documents.geometry import faults
from tests.documents.samples import flat, pdf_text
from tests.guides.made import ACCOUNT, all_walks


def ends() -> dict[tuple[str, str], Progress]:
    """One walk for each end and reason that a walk can come to."""
    found: dict[tuple[str, str], Progress] = {}
    for progress in [*all_walks(ACCOUNT), *(after(ACCOUNT, Progress(), key) for key in "XL")]:
        found.setdefault((here(ACCOUNT, progress).id, reason(ACCOUNT, progress)), progress)
    return found


ENDS = ends()


def test_every_reason_comes_to_an_end() -> None:
    assert {name for name, _ in ENDS} == {node.id for node in ACCOUNT.exits}
    assert {why for _, why in ENDS} == set(ACCOUNT.reasons) - {"can_hoi_tong_dai"}


@pytest.mark.parametrize("end", sorted(ENDS), ids="-".join)
def test_the_sheet_of_an_end_says_all_of_it_on_one_page(desk: Desk, end: tuple[str, str]) -> None:
    name, why = end
    walk = replace(guide.start(desk), progress=ENDS[end])
    step = guide.next_step_of(desk, walk)
    pages = next_step_pages(step, desk.content.fonts, desk.content.texts)
    assert len(pages) == 1
    assert faults(pages, _MARGINS) == []
    text = flat(pdf_text(guide.sheet(desk, walk)))
    sheet = ACCOUNT.nodes[name].sheet
    assert sheet is not None
    own = [sheet.tell_for[why]] if why in sheet.tell_for else []
    for statement in (*sheet.where, *sheet.bring, *own, *sheet.tell):
        said = statement.text + ("" if statement.verified else " (chưa kiểm chứng, hỏi xã)")
        assert said in text, said
    for phone in sheet.phones:
        assert f"{phone.number} – {phone.purpose}" in text
        assert phone.source in text
    assert (walk.code in text) is (name != "DONE")
    wanted = [sheet.title, ACCOUNT.reasons[why], "Thôn Phò Nam", "21/11/2026"]
    wanted.append(step.commune.name or "?")
    assert [each for each in wanted if each not in text] == []
    assert "{" not in text


def test_words_for_another_reason_are_left_out(desk: Desk) -> None:
    for (name, why), progress in ENDS.items():
        sheet = ACCOUNT.nodes[name].sheet
        assert sheet is not None
        said = {
            each.text for each in guide.next_step_of(desk, replace(guide.start(desk), progress=progress)).say
        }
        others = {each.text for key, each in sheet.tell_for.items() if key != why}
        assert not said & others

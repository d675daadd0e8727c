"""A newer form never kills a draft; what it has no place for stays readable."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from kiosk.desk import carry_over, choose, fill
from kiosk.desk.desk import Desk
from kiosk.domain.dossier import Answer, Road, Source
from kiosk.domain.errors import WorldError
from kiosk.storage import drafts, dropped
from tests.support.next_form import ADDED, CHOICE, GONE, NEW, OLD, REWORDED, forgetful_content, next_content
from tests.support.visits import answer_everything, begin

BOOK = "Quyển 3, tờ 12"


@pytest.fixture
def dossier(desk: Desk) -> str:
    """A draft of the old form, everything answered, with an answer that the new one does not ask for."""
    _, filling = begin(desk)
    answer_everything(desk, filling)
    filling.answer(GONE, BOOK)
    filling.answer(CHOICE, "1")
    fill.save(desk, filling, place="trang_ket_hon")
    return filling.dossier


@pytest.fixture
def later(desk: Desk, dossier: str) -> Desk:
    """The same point after a new pack."""
    return replace(desk, content=next_content())


def names(lines: tuple[carry_over.Line, ...]) -> set[str]:
    return {line.name for line in lines}


def stored(desk: Desk, dossier: str) -> list[Answer]:
    with desk.database.read() as connection:
        return drafts.answers_of(connection, dossier, 1)


def test_a_draft_keeps_its_version(later: Desk, dossier: str) -> None:
    filling = fill.open_filling(later, dossier)
    assert filling.form_version == OLD
    assert filling.value(GONE) == BOOK
    assert carry_over.newer_version(later, dossier) == NEW


def test_a_new_draft_gets_the_newest_version(later: Desk) -> None:
    visit, _ = begin(later)
    started = choose.start_dossier(later, visit, "khai_sinh", Road.COMMUNE)
    assert fill.open_filling(later, started).form_version == NEW
    assert carry_over.newer_version(later, started) == ""


def test_the_preview_says_what_becomes_of_each_answer(later: Desk, dossier: str) -> None:
    seen = carry_over.preview(later, dossier)
    assert (seen.old, seen.new, seen.needed) == (OLD, NEW, True)
    assert seen.dropped == (carry_over.Line(GONE, "Quyển số", BOOK),)
    assert ADDED in names(seen.newly_asked)
    assert REWORDED in names(seen.changed)
    assert "tre_ho_ten" in names(seen.kept)
    given = {answer.name for answer in stored(later, dossier) if answer.value}
    assert names(seen.kept) | names(seen.changed) | names(seen.dropped) == given
    assert len(seen.kept) + len(seen.changed) + len(seen.dropped) == len(given)


def test_a_reworded_question_is_shown_with_its_old_wording(later: Desk, dossier: str) -> None:
    line = next(line for line in carry_over.preview(later, dossier).changed if line.name == REWORDED)
    assert (line.before, line.label) == ("Đăng ký tại", "Nơi đăng ký kết hôn")
    assert line.text


def test_looking_changes_nothing(later: Desk, dossier: str) -> None:
    before = stored(later, dossier)
    carry_over.preview(later, dossier)
    assert stored(later, dossier) == before
    assert fill.open_filling(later, dossier).form_version == OLD
    assert carry_over.dropped(later, dossier) == ()


def test_carrying_over_keeps_every_answer_somewhere(later: Desk, dossier: str) -> None:
    before = {answer.name: answer for answer in stored(later, dossier)}
    done = carry_over.carry_over(later, dossier)
    filling = fill.open_filling(later, dossier)
    assert filling.form_version == NEW
    after = {answer.name: answer for answer in stored(later, dossier)}
    left = {item.answer.name: item.answer for item in carry_over.dropped(later, dossier)}
    assert left == {GONE: Answer(GONE, BOOK, Source.TYPED)}
    assert after | left == before
    assert filling.value("tre_ho_ten") == before["tre_ho_ten"].value
    assert filling.sources["tre_ho_ten"] is before["tre_ho_ten"].source
    assert filling.place == "trang_ket_hon"
    assert names(done.dropped) == {GONE}


def test_dropped_answers_are_listed_as_people_read_them(later: Desk, dossier: str) -> None:
    carry_over.carry_over(later, dossier)
    (item,) = carry_over.dropped(later, dossier)
    assert (item.label, item.text, item.form_version) == ("Quyển số", BOOK, OLD)


def test_a_choice_that_is_not_offered_any_more_is_asked_again(later: Desk, dossier: str) -> None:
    filling = fill.open_filling(later, dossier)
    filling.answer("yc_giay_to.loai", "1")
    filling.answer(CHOICE, "2")
    fill.save(later, filling)
    done = carry_over.carry_over(later, dossier)
    assert carry_over.Line(CHOICE, "Đây là nơi", "Tạm trú") in done.dropped
    assert CHOICE in names(done.newly_asked) or fill.open_filling(later, dossier).value(CHOICE) == "1"
    assert "Tạm trú" in [item.text for item in carry_over.dropped(later, dossier)]


def test_an_answer_that_was_wrong_before_is_not_thrown_out_for_it(later: Desk, dossier: str) -> None:
    filling = fill.open_filling(later, dossier)
    filling.answer("tre_ngay_sinh", "hôm qua")
    fill.save(later, filling)
    assert "tre_ngay_sinh" not in names(carry_over.preview(later, dossier).dropped)
    carry_over.carry_over(later, dossier)
    assert fill.open_filling(later, dossier).value("tre_ngay_sinh") == "hôm qua"


def test_carrying_over_again_does_nothing(later: Desk, dossier: str) -> None:
    carry_over.carry_over(later, dossier)
    before = stored(later, dossier)
    again = carry_over.carry_over(later, dossier)
    assert not again.needed
    assert (again.changed, again.dropped) == ((), ())
    assert stored(later, dossier) == before
    assert len(carry_over.dropped(later, dossier)) == 1


def test_a_draft_whose_form_is_not_known_any_more_can_still_be_carried_over(
    later: Desk, dossier: str
) -> None:
    forgetful = replace(later, content=forgetful_content())
    with pytest.raises(WorldError, match=r"form\.missing"):
        fill.open_filling(forgetful, dossier)
    done = carry_over.carry_over(forgetful, dossier)
    assert done.dropped == (carry_over.Line(GONE, GONE, BOOK),)
    assert fill.open_filling(forgetful, dossier).value("tre_ho_ten")


def test_a_point_whose_clock_went_back_leaves_a_newer_draft_alone(
    later: Desk, dossier: str, desk: Desk
) -> None:
    carry_over.carry_over(later, dossier)
    earlier = replace(later, content=replace(later.content, offered=desk.content.offered))
    assert carry_over.newer_version(earlier, dossier) == ""
    assert not carry_over.carry_over(earlier, dossier).needed
    assert fill.open_filling(earlier, dossier).form_version == NEW


def test_it_happens_wholly_or_not_at_all(later: Desk, dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_connection: Connection, _dossier: str, **_values: object) -> None:
        raise WorldError("disk.full")

    before = stored(later, dossier)
    monkeypatch.setattr(drafts, "change", fails)
    with pytest.raises(WorldError, match=r"disk\.full"):
        carry_over.carry_over(later, dossier)
    assert stored(later, dossier) == before
    assert carry_over.dropped(later, dossier) == ()
    assert fill.open_filling(later, dossier).form_version == OLD


def test_what_was_dropped_goes_with_the_draft(later: Desk, dossier: str) -> None:
    carry_over.carry_over(later, dossier)
    with later.database.write() as connection:
        drafts.wipe(connection, dossier)
    assert carry_over.dropped(later, dossier) == ()


@pytest.mark.parametrize("errand", [carry_over.preview, carry_over.carry_over, carry_over.newer_version])
def test_only_a_draft_can_be_carried_over(later: Desk, dossier: str, errand: object) -> None:
    with later.database.write() as connection:
        drafts.change(connection, dossier, draft=None)
    for each in (dossier, "không có"):
        with pytest.raises(WorldError, match=r"draft\.closed"):
            errand(later, each)  # type: ignore[operator]


def test_the_same_question_dropped_twice_is_kept_for_both_forms(later: Desk, dossier: str) -> None:
    carry_over.carry_over(later, dossier)
    (item,) = carry_over.dropped(later, dossier)
    with later.database.write() as connection:
        dropped.keep(connection, dossier, [replace(item, form_version=NEW, text="khác")])
    assert [each.form_version for each in carry_over.dropped(later, dossier)] == [OLD, NEW]

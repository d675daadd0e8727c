"""What blocks on the screens: a broken rule at its question, a sentence without a tick before signing."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QCheckBox

from kiosk.catalogue.checks import Check
from kiosk.desk import attach_papers, checks, fill, today
from kiosk.domain.errors import WorldError
from tests.support.pictures import jpeg
from tests.ui.visit.conftest import PaperStack
from tests.ui.visit.steps import Visitor, settle

FIRST = "ask:1"
OF_AGE = Check(
    key="tuoi_me",
    kind="age_at_least",
    question="me_ngay_sinh",
    at="me_ngay_sinh",
    other="",
    on="",
    years=99,
    days=0,
    working=False,
    warn_before=0,
    message="Mẹ chưa đủ tuổi; xem lại năm sinh.",
    level="stop",
    when=None,
    source="nguồn",
)


@pytest.fixture
def unlooked(visitor: Visitor) -> Visitor:
    """At the review of a whole dossier of which nothing was ticked."""
    filling = visitor.prepare(ticked=False)
    attach_papers.attach(visitor.desk, filling.dossier, "giay_chung_sinh", [jpeg(200, 200)])
    visitor.shell.show("review")
    settle()
    return visitor


def box(visitor: Visitor, name: str = FIRST) -> QCheckBox:
    found = visitor.look(name)
    assert isinstance(found, QCheckBox)
    return found


def filling_of(visitor: Visitor) -> fill.Filling:
    filling = visitor.shell.visit.filling
    assert filling is not None
    return filling


def test_nothing_is_ticked_beforehand_and_nobody_is_scolded_yet(unlooked: Visitor) -> None:
    assert [box(unlooked, name).isChecked() for name in ("ask:1", "ask:2")] == [False, False]
    assert unlooked.errors() == {}
    assert unlooked.shell.texts("review.unlooked") in unlooked.words()
    assert unlooked.shell.texts("review.no_problems") not in unlooked.words()


def test_without_its_ticks_a_dossier_is_not_handed_over(unlooked: Visitor) -> None:
    unlooked.press("primary")
    assert unlooked.screen == "review"
    assert list(unlooked.errors()) == ["ask:1", "ask:2"]
    unlooked.press("error:ask:2")
    assert box(unlooked, "ask:2").hasFocus()
    unlooked.press("ask:1")
    assert list(unlooked.errors()) == ["ask:2"]
    unlooked.press("ask:2")
    assert unlooked.errors() == {}
    unlooked.press("primary")
    assert unlooked.screen == "done"
    assert today.queue(unlooked.desk).waiting == 1


def test_without_its_ticks_nothing_to_sign_is_printed(unlooked: Visitor, printer: PaperStack) -> None:
    unlooked.press("do:print")
    assert printer.printed == []
    assert list(unlooked.errors()) == ["ask:1", "ask:2"]
    unlooked.press("do:slip")
    assert len(printer.printed) == 1


def test_a_tick_is_still_there_when_the_review_is_opened_again(unlooked: Visitor) -> None:
    unlooked.press(FIRST)
    unlooked.shell.show("papers")
    settle()
    unlooked.shell.show("review")
    settle()
    assert [box(unlooked, name).isChecked() for name in ("ask:1", "ask:2")] == [True, False]
    unlooked.press(FIRST)
    assert [ask.ticked for ask in checks.asks(unlooked.desk, filling_of(unlooked))] == [False, False]


def test_a_tick_that_could_not_be_kept_is_not_shown(
    unlooked: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WorldError("disk.full")

    monkeypatch.setattr(checks, "tick", full)
    unlooked.press(FIRST)
    assert not box(unlooked).isChecked()
    assert unlooked.errors()


def test_a_broken_rule_is_said_at_its_question_and_blocks(visitor: Visitor) -> None:
    filling = visitor.prepare()
    filling.procedure = replace(filling.procedure, checks=(OF_AGE,))
    visitor.shell.show("form", question="me_ngay_sinh")
    settle()
    visitor.press("primary")
    assert visitor.errors() == {"me_ngay_sinh": f"Ngày, tháng, năm sinh của mẹ: {OF_AGE.message}"}
    visitor.shell.show("review")
    settle()
    visitor.press("primary")
    assert visitor.screen == "review"
    assert "me_ngay_sinh" in visitor.errors()
    assert fill.problems(filling)[0].code == "check"

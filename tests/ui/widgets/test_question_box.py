"""One question on a page: which editor asks it, what it says, what it says when something is wrong."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support.typing import type_vi
from tests.ui.widgets.asking import SAID, Asked, Option, options
from ui.widgets.check_boxes import CheckBoxes, Confirm
from ui.widgets.date_boxes import CoarseDateBoxes, DateBoxes, PartialDateBoxes
from ui.widgets.decimal_number import DecimalNumber
from ui.widgets.editor import Editor
from ui.widgets.editors import make_editor
from ui.widgets.file_field import FileField
from ui.widgets.id_number import IdNumber
from ui.widgets.long_list import LongList
from ui.widgets.many_of import ManyOf
from ui.widgets.multi_line import MultiLine
from ui.widgets.number_line import NumberLine
from ui.widgets.question_box import QuestionBox
from ui.widgets.question_page import QuestionPage, Sight
from ui.widgets.radios import Radios
from ui.widgets.range_steps import RangeSteps
from ui.widgets.rank_list import RankList
from ui.widgets.repeat_rows import RowActions, RowWords
from ui.widgets.text_line import TextLine
from ui.widgets.time_boxes import MomentBoxes, TimeBoxes
from ui.widgets.whole_number import WholeNumber
from ui.widgets.yes_no import TrueFalse, YesNo

SIX = options(*"abcdef")
SEVEN = options(*"abcdefg")
YES_NO = (Option("co", "Có"), Option("khong", "Không"))


@pytest.mark.parametrize(
    ("asked", "editor"),
    [
        (Asked(), TextLine),
        (Asked(appearance="name-upper"), TextLine),
        (Asked(appearance="multiline"), MultiLine),
        (Asked(appearance="partial-date"), PartialDateBoxes),
        (Asked(appearance="id12"), IdNumber),
        (Asked(appearance="numbers"), NumberLine),
        (Asked(kind="date"), DateBoxes),
        (Asked(kind="int"), WholeNumber),
        (Asked(kind="decimal"), DecimalNumber),
        (Asked(kind="boolean"), TrueFalse),
        (Asked(kind="time"), TimeBoxes),
        (Asked(kind="dateTime"), MomentBoxes),
        (Asked(kind="date", appearance="year"), CoarseDateBoxes),
        (Asked(kind="rank", choices=SIX), RankList),
        (Asked(kind="range"), RangeSteps),
        (Asked(kind="barcode"), TextLine),
        (Asked(kind="file", parameters={"mediatype": "image/*"}), FileField),
        (Asked(parameters={"rows": "3"}), MultiLine),
        (Asked(kind="select", choices=SIX, appearance="minimal"), ManyOf),
        (Asked(kind="select", choices=options(*"abcdefghijk")), ManyOf),
        (Asked(kind="select1", choices=SIX), Radios),
        (Asked(kind="select1", choices=SEVEN), LongList),
        (Asked(kind="select1", choices=SIX, appearance="autocomplete"), LongList),
        (Asked(kind="select1", choices=SIX, appearance="w1 minimal"), LongList),
        (Asked(kind="select1", choices=YES_NO), YesNo),
        (Asked(kind="select", choices=SIX), CheckBoxes),
        (Asked(kind="trigger"), Confirm),
        (Asked(kind="a kind of tomorrow"), TextLine),
    ],
)
def test_which_editor_asks_a_question(qtbot: QtBot, asked: Asked, editor: type[Editor]) -> None:
    made = make_editor(asked, SAID)
    assert made is not None
    qtbot.addWidget(made)
    assert type(made) is editor


def test_a_note_asks_nothing(qtbot: QtBot) -> None:
    box = shown(qtbot, Asked(kind="note", label="Hỏi xã trước khi gửi.", required=False))
    assert box.editor is None
    assert box.label.text() == "Hỏi xã trước khi gửi."
    box.show_problem("gì đó")
    box.take_focus()


def shown(qtbot: QtBot, asked: Asked) -> QuestionBox:
    box = QuestionBox(asked, SAID)
    qtbot.addWidget(box)
    box.resize(600, 200)
    box.show()
    return box


def test_optional_is_said_in_words_and_required_carries_no_star(qtbot: QtBot) -> None:
    assert shown(qtbot, Asked(required=False)).label.text() == f"{Asked().label} {SAID.optional}"
    assert shown(qtbot, Asked(required=True)).label.text() == Asked().label


def test_the_hint_stands_under_the_label_only_where_there_is_one(qtbot: QtBot) -> None:
    assert shown(qtbot, Asked(hint="Như trên thẻ")).hint.is_seen()
    assert not shown(qtbot, Asked()).hint.is_seen()


def test_a_problem_is_said_marked_and_read_to_a_screen_reader(qtbot: QtBot) -> None:
    box = shown(qtbot, Asked(hint="Như trên thẻ"))
    box.show_problem("Nhập họ tên.")
    assert box.problem.is_seen()
    assert box.editor is not None
    edit = box.editor.fields()[0]
    assert edit.property("problem")
    assert edit.accessibleDescription().startswith("Nhập họ tên.")
    box.show_problem("")
    assert not box.problem.is_seen()
    assert not edit.property("problem")


def test_a_source_and_a_warning_come_and_go(qtbot: QtBot) -> None:
    box = shown(qtbot, Asked(value="Bưởi"))
    box.show_source("✓ từ thẻ")
    box.show_warning("Xem lại.")
    assert box.source.is_seen()
    assert box.warning.is_seen()
    box.show_source("")
    box.show_warning("")
    assert not box.source.is_seen()
    assert not box.warning.is_seen()


def test_a_question_that_is_only_to_be_read_cannot_be_answered(qtbot: QtBot) -> None:
    box = shown(qtbot, Asked(readonly=True, value="Việt Nam"))
    assert box.editor is not None
    assert not box.editor.isEnabled()


def test_half_typed_words_of_a_list_are_told_and_brought_back(qtbot: QtBot) -> None:
    box = shown(qtbot, Asked(kind="select1", choices=SEVEN))
    told: list[str] = []
    box.half_typed.connect(told.append)
    assert isinstance(box.editor, LongList)
    type_vi(box.editor.edit, "xyz")
    assert told == ["x", "xy", "xyz"]
    again = shown(qtbot, Asked(kind="select1", choices=SEVEN))
    again.bring_back("xyz")
    assert isinstance(again.editor, LongList)
    assert (again.editor.edit.text(), again.editor.value()) == ("xyz", "")


class Form:
    """Two questions; the second is there only after the first was answered."""

    def __init__(self) -> None:
        self.states = {name: Asked(name=name, label=name) for name in ("a", "b", "c")}
        self.rows: list[str] = []

    def sight(self) -> Sight:
        words = RowWords(lambda label, n: f"{label} {n}", lambda label: f"Thêm {label}", lambda n: f"Bỏ {n}")
        rows = RowActions(self.rows.append, lambda name, n: self.rows.append(f"{name} {n}"))
        return Sight(self.states.__getitem__, lambda _n: "", lambda _n: "", lambda _n: "", rows, words)

    def page(self, qtbot: QtBot) -> QuestionPage:
        page = QuestionPage(self.sight(), SAID)
        qtbot.addWidget(page)
        page.show()
        return page


def test_a_page_keeps_the_boxes_that_stay(qtbot: QtBot) -> None:
    page = Form().page(qtbot)
    page.show_parts(("q:a", "q:c"))
    kept = dict(page.boxes)
    page.show_parts(("q:a", "q:b", "q:c"))
    assert set(page.boxes) == {"a", "b", "c"}
    assert page.boxes["a"] is kept["a"]
    assert page.boxes["c"] is kept["c"]
    order = [page.layout().itemAt(place).widget().objectName() for place in range(3)]  # type: ignore[union-attr]
    assert order == ["q:a", "q:b", "q:c"]


def test_a_question_that_goes_takes_its_box_along(qtbot: QtBot) -> None:
    page = Form().page(qtbot)
    page.show_parts(("q:a", "q:b"))
    page.show_parts(("q:b",))
    assert list(page.boxes) == ["b"]


def test_a_page_says_who_was_answered(qtbot: QtBot) -> None:
    page = Form().page(qtbot)
    page.show_parts(("q:a", "q:b"))
    said: list[tuple[str, str]] = []
    page.answered.connect(lambda name, value: said.append((name, value)))
    editor = page.boxes["b"].editor
    assert editor is not None
    type_vi(editor.fields()[0], "x")
    assert said == [("b", "x")]


def test_a_group_is_named_once_above_its_first_question(qtbot: QtBot) -> None:
    form = Form()
    for name in "bc":
        form.states[name] = Asked(name=name, label=name, group="Nơi sinh")
    page = form.page(qtbot)
    page.show_parts(("q:a", "q:b", "q:c"))
    assert [page.boxes[name].group.is_seen() for name in "abc"] == [False, True, False]
    page.show_parts(("q:a", "q:c"))
    assert page.boxes["c"].group.is_seen()


def test_marks_are_set_for_exactly_these_questions(qtbot: QtBot) -> None:
    page = Form().page(qtbot)
    page.show_parts(("q:a", "q:b"))
    page.show_problems({"a": "Sai."})
    page.show_problems({"b": "Thiếu."})
    assert [page.boxes[name].problem.text() for name in "ab"] == ["", "Thiếu."]
    assert not page.go_to("không có")


@dataclass(frozen=True)
class Children:
    """A repeat of children."""

    name: str = "con"
    label: str = "Con"
    fixed: bool = False


def buttons(page: QuestionPage) -> dict[str, QPushButton]:
    return {made.objectName(): made for made in page.findChildren(QPushButton) if made.isVisible()}


def test_every_row_has_a_head_and_the_last_one_a_button_under_it(qtbot: QtBot) -> None:
    form = Form()
    form.states |= {name: Asked(name=name, label="Tên") for name in ("con[1].ten", "con[2].ten")}
    page = form.page(qtbot)
    parts = ("q:a", "row:con:1", "q:con[1].ten", "row:con:2", "q:con[2].ten", "add:con", "q:b")
    page.show_parts(parts, (Children(),))
    assert list(buttons(page)) == ["do:remove_row:con:1", "do:remove_row:con:2", "do:add_row:con"]
    buttons(page)["do:add_row:con"].click()
    buttons(page)["do:remove_row:con:2"].click()
    assert form.rows == ["con", "con 2"]


def test_a_row_that_goes_takes_its_head_along(qtbot: QtBot) -> None:
    form = Form()
    form.states |= {name: Asked(name=name, label="Tên") for name in ("con[1].ten", "con[2].ten")}
    page = form.page(qtbot)
    page.show_parts(("row:con:1", "q:con[1].ten", "row:con:2", "q:con[2].ten", "add:con"), (Children(),))
    kept = page.boxes["con[1].ten"]
    page.show_parts(("row:con:1", "q:con[1].ten", "add:con"), (Children(),))
    assert list(page.boxes) == ["con[1].ten"]
    assert page.boxes["con[1].ten"] is kept
    assert "do:remove_row:con:2" not in buttons(page)


def test_a_repeat_without_rows_can_begin_and_a_fixed_one_cannot_grow(qtbot: QtBot) -> None:
    form = Form()
    page = form.page(qtbot)
    page.show_parts(("q:a", "add:con"), (Children(),))
    assert list(buttons(page)) == ["do:add_row:con"]
    page.show_parts(("row:con:1", "q:b"), (Children(fixed=True),))
    assert buttons(page) == {}

"""Questions made by hand, for widgets that know no form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pytestqt.qtbot import QtBot

from ui.widgets.editor import Editor
from ui.widgets.question_words import QuestionWords
from ui.widgets.rank_list import RankWords


@dataclass(frozen=True)
class Option:
    name: str
    label: str


@dataclass(frozen=True)
class Asked:
    """One question's visible state."""

    name: str = "me_ho_ten"
    kind: str = "string"
    appearance: str = ""
    label: str = "Họ, chữ đệm, tên của mẹ"
    hint: str = ""
    guidance: str = ""
    value: str = ""
    text: str = ""
    relevant: bool = True
    required: bool = True
    readonly: bool = False
    choices: tuple[Option, ...] = ()
    group: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


SAID = QuestionWords(
    optional="(không bắt buộc)",
    day="Ngày",
    month="Tháng",
    year="Năm",
    search="Gõ vài chữ",
    nothing="Trả lời mục trên trước",
    confirm="Đúng vậy",
    hour="Giờ",
    minute="Phút",
    yes="Có",
    no="Không",
    between=lambda first, last, step: f"Từ {first} đến {last}, mỗi nấc {step}",
    less="− Bớt",
    more="+ Thêm",
    rank=RankWords("Lên", "Xuống", lambda move, label: f"{move}: {label}", "Đúng thứ tự này"),
    fetch="Lấy tệp",
    remove="Bỏ tệp",
    no_file="Chưa có tệp",
    file=lambda ending: f"Đã có tệp {ending}",
)


def options(*labels: str) -> tuple[Option, ...]:
    """Choices named 1, 2, 3 …"""
    return tuple(Option(str(number), label) for number, label in enumerate(labels, 1))


def shown(qtbot: QtBot, editor: Editor) -> list[str]:
    """Show an editor as a window that has the keyboard; what it says from then on."""
    qtbot.addWidget(editor)
    editor.resize(600, 400)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    said: list[str] = []
    editor.changed.connect(said.append)
    return said

"""Buttons whose words wrap, bars, icons: nothing is cut, everything is named."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import ASSETS
from ui.theme import Size, Theme, set_role
from ui.widgets.bars import BottomBar, TopActions, TopBar, TopWords
from ui.widgets.buttons import button
from ui.widgets.frames import card, notice
from ui.widgets.icons import icon
from ui.widgets.wrap_button import WrapButton

LONG = "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con cho trẻ sinh ra ở nước ngoài chưa được đăng ký"


def column(qtbot: QtBot, *widgets: QWidget, width: int = 300) -> QWidget:
    outer = QWidget()
    qtbot.addWidget(outer)
    layout = QVBoxLayout(outer)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    outer.resize(width, 600)
    outer.show()
    return outer


def test_a_long_name_wraps_in_its_button_and_is_never_cut(qtbot: QtBot) -> None:
    short, long = WrapButton("Khai sinh"), WrapButton(LONG, "sửa lần cuối hôm nay")
    outer = column(qtbot, short, long)
    assert outer.isVisible()
    assert long.height() > 2 * short.height() - 20
    label = long.findChild(QLabel)
    assert isinstance(label, QLabel)
    assert label.height() >= label.heightForWidth(label.width())
    assert long.rect().contains(label.geometry())


def test_a_wrapped_button_is_pressed_through_its_words_and_heard_whole(qtbot: QtBot) -> None:
    made, pressed = WrapButton("Khai sinh", "hôm nay"), []
    made.clicked.connect(lambda: pressed.append(True))
    outer = column(qtbot, made)
    QTest.mouseClick(
        outer.window().windowHandle(), Qt.MouseButton.LeftButton, pos=made.mapTo(outer, QPoint(40, 20))
    )
    assert pressed == [True]
    assert made.text() == "Khai sinh"
    assert made.accessibleName() == "Khai sinh. hôm nay"


def test_a_button_says_its_words_and_does_its_action(qtbot: QtBot) -> None:
    pressed: list[str] = []
    made = button("do:print", "In", lambda: pressed.append("print"), "primary")
    qtbot.addWidget(made)
    made.click()
    assert pressed == ["print"]
    assert (made.objectName(), made.accessibleName(), made.property("role")) == ("do:print", "In", "primary")


def test_a_role_can_change(qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    set_role(label, "error")
    assert label.property("role") == "error"


@pytest.mark.parametrize("name", sorted(path.stem for path in (ASSETS / "icons").glob("*.svg")))
def test_every_icon_draws(name: str, qtbot: QtBot) -> None:
    drawn = icon(ASSETS / "icons", name, "#14212B", 24)
    image = drawn.pixmap(24, 24).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_the_top_bar_says_where_we_are_and_offers_three_sizes(qtbot: QtBot) -> None:
    asked: list[object] = []

    def note(what: object) -> Callable[[], None]:
        return lambda: asked.append(what)

    words = TopWords("Về nhà", "Đọc", ("vừa", "to", "rất to"), "Giúp đỡ")
    bar = TopBar(words, TopActions(note("home"), note("read"), asked.append, note("help")))
    qtbot.addWidget(bar)
    bar.set_title("Khai sinh", "Bước 3/6")
    bar.dress(Theme(Size.L), ASSETS / "icons")
    assert bar.title.text() == "Khai sinh  ·  Bước 3/6"
    assert [size.isChecked() for size in bar.sizes] == [False, True, False]
    for made in (bar.home, bar.read_aloud, bar.sizes[2], bar.help):
        made.click()
    assert asked == ["home", "read", Size.XL, "help"]


def test_the_bottom_bar_has_back_left_and_primary_right(qtbot: QtBot) -> None:
    bar = BottomBar(lambda: None, lambda: None)
    bar.back.setText("Quay lại")
    bar.primary.setText("Tiếp tục")
    outer = column(qtbot, bar, width=900)
    assert outer.isVisible()
    assert bar.back.x() < bar.saved.x() < bar.primary.x()


def test_a_notice_keeps_its_words(qtbot: QtBot) -> None:
    outer, inside = card()
    inside.addWidget(notice("Phiếu này không phải giấy tiếp nhận.", name="note"))
    qtbot.addWidget(outer)
    label = outer.findChild(QLabel, "note")
    assert isinstance(label, QLabel)
    assert label.wordWrap()

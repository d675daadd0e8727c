"""The top bar: where am I, in two lines at most."""

import pytest
from pytestqt.qtbot import QtBot

from ui.theme import Size
from ui.widgets.bars import TopActions, TopBar, TopWords

LONG = "Liên thông khai sinh, nhập khẩu, cấp thẻ bảo hiểm y tế và thẻ căn cước cho bé dưới sáu tuổi"


def nothing(_size: Size | None = None) -> None:
    """No button is pressed here."""


@pytest.fixture
def bar(qtbot: QtBot) -> TopBar:
    made = TopBar(
        TopWords("Về nhà", "Đọc", ("A", "A", "A"), "Giúp đỡ"), TopActions(nothing, nothing, nothing, nothing)
    )
    qtbot.addWidget(made)
    made.resize(1400, 60)
    made.show()
    return made


def test_a_title_that_fits_stands_whole(bar: TopBar) -> None:
    bar.set_title("Khai sinh", "Bước 2/9: Người mẹ")
    assert bar.title.text() == "Khai sinh  ·  Bước 2/9: Người mẹ"
    assert not bar.title.toolTip()


def test_a_long_title_gives_way_to_the_step(bar: TopBar, qtbot: QtBot) -> None:
    bar.set_title(LONG, "Bước 2/9")
    bar.resize(560, 60)
    qtbot.waitUntil(lambda: "…" in bar.title.text())
    lines = bar.title.text().split("\n")
    assert lines[-1] == "Bước 2/9"
    assert len(lines) == 2
    assert bar.title.toolTip() == f"{LONG}  ·  Bước 2/9"
    bar.resize(2400, 60)
    qtbot.waitUntil(lambda: bar.title.text() == f"{LONG}  ·  Bước 2/9")


@pytest.mark.parametrize("width", [300, 560, 1400])
def test_a_title_without_a_step_is_never_cut(bar: TopBar, width: int) -> None:
    bar.resize(width, 60)
    bar.set_title(LONG)
    assert bar.title.text() == LONG

"""Links that wrap, what was found, the preview, help: small parts that every screen leans on."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.typing import key
from ui.widgets.error_summary import ErrorSummary, Mend
from ui.widgets.help_panel import HelpPanel
from ui.widgets.link_line import LinkLine
from ui.widgets.pdf_preview import PdfPreview, PreviewWords, draw_pages
from ui.widgets.results_list import ResultsList
from ui.widgets.text_line import TextLine

SAID = PreviewWords("Bản in", lambda n, count: f"Trang {n}/{count}", "Trang trước", "Trang sau")


def pdf(pages: int) -> bytes:
    out = io.BytesIO()
    sheets = [Image.new("RGB", (210, 297), "black") for _ in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


@pytest.mark.parametrize("pressed", [Qt.Key.Key_Return, Qt.Key.Key_Space, None])
def test_a_link_is_followed_by_key_and_click(qtbot: QtBot, pressed: Qt.Key | None) -> None:
    followed: list[int] = []
    link = LinkLine("Sửa ngày sinh", lambda: followed.append(1))
    qtbot.addWidget(link)
    link.show()
    if pressed is None:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    else:
        key(link, pressed)
    assert followed == [1]
    assert link.accessibleName() == "Sửa ngày sinh"


def test_a_summary_lists_and_hides_itself_when_all_is_mended(qtbot: QtBot) -> None:
    summary = ErrorSummary("Cần xem lại")
    qtbot.addWidget(summary)
    went: list[str] = []
    summary.show_mends([Mend("Nhập tên.", lambda: went.append("ten"), "ten"), Mend("Đĩa đầy.", None, "disk")])
    assert summary.isVisible()
    line = summary.findChild(LinkLine, "error:ten")
    assert line is not None
    key(line, Qt.Key.Key_Return)
    assert went == ["ten"]
    assert summary.accessibleDescription() == "Nhập tên. Đĩa đầy."
    summary.show_mends([])
    assert not summary.isVisible()


def test_the_same_summary_is_not_built_again(qtbot: QtBot) -> None:
    summary = ErrorSummary("Cần xem lại")
    qtbot.addWidget(summary)
    summary.show_mends([Mend("Nhập tên.", lambda: None, "ten")])
    line = summary.findChild(LinkLine, "error:ten")
    summary.show_mends([Mend("Nhập tên.", lambda: None, "ten")])
    assert summary.findChild(LinkLine, "error:ten") is line


def test_pages_of_a_pdf_are_drawn_from_memory() -> None:
    pages = draw_pages(pdf(2), 200)
    assert [page.width() for page in pages] == [200, 200]
    assert pages[0].pixelColor(100, 100).lightness() < 50


def test_what_is_no_pdf_has_no_pages() -> None:
    assert draw_pages(b"no pdf", 200) == []


def test_a_preview_turns_its_pages_and_stops_at_the_ends(qtbot: QtBot) -> None:
    preview = PdfPreview(SAID)
    qtbot.addWidget(preview)
    preview.show()
    preview.show_pages(draw_pages(pdf(2), 100))
    assert preview.sheet.accessibleName() == "Bản in. Trang 1/2"
    for _ in range(3):
        preview._turn(1)
    assert preview.sheet.accessibleName() == "Bản in. Trang 2/2"
    preview.show_pages([])
    assert preview.sheet.pixmap().isNull()


def test_what_was_found_is_picked_by_enter(qtbot: QtBot) -> None:
    found = ResultsList("results", "Việc tìm thấy")
    qtbot.addWidget(found)
    found.show_rows(["Khai sinh\n1.001193", "Khai tử\n1.000656"])
    found.show()
    picked: list[int] = []
    found.picked.connect(picked.append)
    found.setFocus()
    key(found, Qt.Key.Key_Down)
    key(found, Qt.Key.Key_Return)
    assert picked == [1]
    found.show_rows([])
    assert not found.isVisible()


def test_help_says_what_it_is_told_under_its_own_title_or_the_usual_one(qtbot: QtBot) -> None:
    panel = HelpPanel("Giúp đỡ")
    qtbot.addWidget(panel)
    panel.say("Viết như trên thẻ.", "Họ tên")
    assert (panel.heading.text(), panel.body.text()) == ("Họ tên", "Viết như trên thẻ.")
    panel.say("Chung.")
    assert panel.heading.text() == "Giúp đỡ"


def test_what_is_longer_than_its_box_stands_under_it_whole(qtbot: QtBot) -> None:
    line = TextLine()
    qtbot.addWidget(line)
    line.resize(300, 100)
    line.show()
    line.set_value("Nguyễn")
    assert not line.whole.is_seen()
    line.set_value("Nguyễn Hoàng Phương Thảo Nguyên Bảo Ngọc Thiên Kim Ánh Dương")
    assert line.whole.is_seen()
    assert line.whole.text() == line.value()


@pytest.mark.parametrize(("width", "drawn"), [(480, 432), (900, 620)])
def test_a_page_is_drawn_smaller_where_there_is_less_room(qtbot: QtBot, width: int, drawn: int) -> None:
    preview = PdfPreview(SAID)
    qtbot.addWidget(preview)
    preview.show_pages([QImage(620, 877, QImage.Format.Format_RGB32)])
    preview.resize(width, 700)
    preview.show()
    # A style sheet that an earlier test left may take some room around the page.
    qtbot.waitUntil(lambda: drawn - 48 <= preview.sheet.pixmap().width() <= drawn)
    assert preview.minimumSizeHint().width() <= width

"""Following a dossier: the commune's words, its date, and what can be done."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QPushButton, QWidget

from kiosk.desk.opening import Desk
from kiosk.domain.dossier import State
from kiosk.domain.events import NewsItem
from kiosk.storage import drafts, link, news, outbox, stick_copies
from kiosk.storage.drafts import DossierRow
from tests.support.points import add_queued, enrolment, outbox_item, receipt_for
from tests.support.typing import key, type_vi
from ui.screens.follow_up import STEP
from ui.theme import Size, Theme
from ui.window import Shell

See = Callable[..., QWidget]


@dataclass
class OnePage:
    """A scanner with one page."""

    page: bytes

    def scan(self) -> list[bytes]:
        return [self.page]


SENTENCE = "Bác bổ sung bản chụp giấy chứng sinh, trang có dấu đỏ còn mờ."


@pytest.fixture
def row(open_shell: Shell, desk: Desk) -> DossierRow:
    with desk.database.write() as connection:
        return add_queued(connection)


def told(desk: Desk, row: DossierRow, state: State, **facts: object) -> None:
    """The commune says something about a dossier."""
    item = NewsItem(1, row.id, 1, state.value, "2026-11-21T08:00:00+07:00", **facts)  # type: ignore[arg-type]
    with desk.database.write() as connection:
        drafts.change(connection, row.id, state=State.AT_HUB)
        news.apply(connection, [item], 1)


def part(see: See, row: DossierRow, name: str) -> str:
    label = see(f"followed:{row.id}", QFrame).findChild(QLabel, name)
    assert isinstance(label, QLabel), name
    return label.text()


def shown(shell: Shell) -> set[str]:
    """The dossiers whose cards can be seen."""
    QApplication.processEvents()
    frames = [frame for frame in shell.window.findChildren(QFrame) if frame.isVisible()]
    names = [frame.objectName() for frame in frames]
    return {name.removeprefix("followed:") for name in names if name.startswith("followed:")}


def test_a_queued_dossier_is_said_to_be_safe(open_shell: Shell, row: DossierRow, see: See) -> None:
    open_shell.show("follow_up")
    assert part(see, row, "state") == "Đã cất an toàn trong máy, chờ mạng để gửi"
    assert part(see, row, "slip") == f"Mã phiếu: {row.slip_code}"


def test_the_officers_sentence_and_papers_are_shown_in_words(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    told(desk, row, State.ASKED_FOR_MORE, sentence=SENTENCE, papers=("giay_chung_sinh", "la_lam"))
    open_shell.show("follow_up")
    assert part(see, row, "sentence") == f"Xã nhắn: “{SENTENCE}”"
    assert part(see, row, "papers") == "Giấy tờ xã cần thêm: Giấy chứng sinh; la_lam"


@pytest.mark.parametrize("papers", [(), ("",), (" ", "")])
def test_no_line_of_papers_where_none_is_named(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See, papers: tuple[str, ...]
) -> None:
    told(desk, row, State.ASKED_FOR_MORE, sentence=SENTENCE, papers=papers)
    open_shell.show("follow_up")
    assert see(f"followed:{row.id}", QFrame).findChild(QLabel, "papers") is None


@pytest.mark.parametrize(
    ("state", "words"),
    [(State.INVITED, "Hẹn đến xã ngày 01/12/2026."), (State.RECEIVED, "Hẹn trả kết quả ngày 01/12/2026.")],
)
def test_the_day_that_the_commune_named_is_shown_in_words(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See, state: State, words: str
) -> None:
    told(desk, row, state, day="2026-12-01")
    open_shell.show("follow_up")
    assert part(see, row, "day") == words


def test_a_formal_receipt_shows_its_code(open_shell: Shell, desk: Desk, row: DossierRow, see: See) -> None:
    told(desk, row, State.RECEIVED, portal_code="000.00.21.H17-261121-0007")
    open_shell.show("follow_up")
    assert part(see, row, "portal_code") == "Mã hồ sơ: 000.00.21.H17-261121-0007"


def test_the_slips_code_finds_its_dossier_however_it_is_typed(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    with desk.database.write() as connection:
        other = add_queued(connection)
    open_shell.show("follow_up")
    type_vi(see("code", QLineEdit), row.slip_code.lower().replace("-", " "))
    see("do:find", QPushButton).click()
    assert see(f"followed:{row.id}", QFrame)
    assert not any(
        frame.isVisible() for frame in open_shell.window.findChildren(QFrame, f"followed:{other.id}")
    )
    see("do:all", QPushButton).click()
    assert see(f"followed:{other.id}", QFrame)


def test_a_reader_reads_one_slip_after_the_other(open_shell: Shell, desk: Desk, row: DossierRow) -> None:
    with desk.database.write() as connection:
        other = add_queued(connection)
    open_shell.show("follow_up")
    for one in (row, other):
        line = QApplication.focusWidget()
        type_vi(line, f"THON:1:{one.slip_code}")
        key(line, Qt.Key.Key_Return)
        assert shown(open_shell) == {one.id}


@pytest.mark.parametrize("width", [1024, 1366])
def test_in_large_letters_what_was_found_is_seen_at_once(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See, width: int
) -> None:
    with desk.database.write() as connection:
        drafts.change(connection, add_queued(connection).id, state=State.INVITED)
    open_shell.set_theme(Theme(Size.XL))
    open_shell.window.resize(width, 768)
    open_shell.show("follow_up")
    type_vi(see("code", QLineEdit), row.slip_code)
    see("do:find", QPushButton).click()
    state = see(f"followed:{row.id}", QFrame).findChild(QLabel, "state")
    assert isinstance(state, QLabel)
    assert state.visibleRegion().boundingRect() == state.rect()


def test_nothing_is_pushed_over_the_edge_by_many_groups(
    open_shell: Shell, desk: Desk, row: DossierRow
) -> None:
    told(desk, row, State.ASKED_FOR_MORE, sentence=SENTENCE)
    with desk.database.write() as connection:
        link.save_enrolment(connection, enrolment(), "token")
        for state in (State.RESULT_READY, State.SEEN, State.WITHDRAWN, State.HANDED_BACK, State.PARKED):
            drafts.change(connection, add_queued(connection).id, state=state)
    open_shell.window.resize(1024, 768)
    for name in ("follow_up", "home"):
        screen = open_shell.show(name)
        QApplication.processEvents()
        assert screen.page.minimumSizeHint().width() <= screen.page_area.viewport().width(), name


@pytest.mark.parametrize(
    ("typed", "line"), [("", "code"), ("NHAP-9MB2-B3A1R", "code"), ("NHAP-1111-11111", "slip.code")]
)
def test_a_code_that_finds_nothing_is_said(
    open_shell: Shell, row: DossierRow, see: See, typed: str, line: str
) -> None:
    open_shell.show("follow_up")
    type_vi(see("code", QLineEdit), typed)
    see("do:find", QPushButton).click()
    assert see(f"error:{line}", QLabel).text()
    assert see("code", QLineEdit).text() == typed


def test_the_slip_is_read_from_a_picture(open_shell: Shell, row: DossierRow, see: See) -> None:
    drawn = io.BytesIO()
    segno.make(f"THON:1:{row.slip_code}").save(drawn, kind="png", scale=5)
    open_shell.show("follow_up")
    see("do:picture", QPushButton).click()
    assert see("error:scanner.none", QLabel).text()
    open_shell.devices = replace(open_shell.devices, scanner=OnePage(drawn.getvalue()))
    see("do:picture", QPushButton).click()
    assert shown(open_shell) == {row.id}


def test_the_first_day_is_empty(open_shell: Shell, see: See) -> None:
    open_shell.show("follow_up")
    assert see("empty", QLabel).text() == "Chưa có hồ sơ nào."


def test_only_the_one_that_was_pressed_on_home(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    with desk.database.write() as connection:
        other = add_queued(connection)
    open_shell.show("follow_up", dossier=row.id)
    assert see(f"followed:{row.id}", QFrame)
    assert not open_shell.window.findChildren(QFrame, f"followed:{other.id}")


def test_supplementing_begins_the_next_revision_and_opens_its_form(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {"sentence": SENTENCE, "answers": (("tre_ho_ten", "Trần Bảo Ngọc"),)}
    told(desk, row, State.ASKED_FOR_MORE, form="khai_sinh", form_version="2026.11", **facts)
    open_shell.show("follow_up")
    shown: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(open_shell, "show", lambda name, **kwargs: shown.append((name, kwargs)))
    see("do:correct", QPushButton).click()
    assert shown == [("form", {"dossier": row.id})]
    with desk.database.read() as connection:
        begun = drafts.load(connection, row.id)
    assert begun is not None
    assert begun.draft == 2


@pytest.mark.parametrize("name", ["follow_up", "supplement"])
def test_a_web_address_in_the_officers_words_pushes_nothing_off_the_page(
    open_shell: Shell, desk: Desk, row: DossierRow, name: str
) -> None:
    address = "https://dichvucong.gov.vn/" + "huong-dan/" * 30
    told(desk, row, State.ASKED_FOR_MORE, sentence=f"Xem {address}", papers=("giay_chung_sinh",))
    screen = open_shell.show(name, dossier=row.id)
    QApplication.processEvents()
    assert screen.page.minimumSizeHint().width() <= screen.page_area.viewport().width()
    shown = "".join(label.text() for label in screen.findChildren(QLabel))
    assert address in shown.replace("\u200b", "")


def test_nothing_is_offered_where_nothing_can_be_done(open_shell: Shell, row: DossierRow) -> None:
    open_shell.show("follow_up")
    for name in ("do:correct", "do:again", "do:hand_back"):
        assert not open_shell.window.findChildren(QPushButton, name)


def test_a_parked_dossier_is_sent_again(open_shell: Shell, desk: Desk, row: DossierRow, see: See) -> None:
    with desk.database.write() as connection:
        item = outbox_item(row.id)
        outbox.add(connection, item)
        outbox.park(connection, item.id, "envelope.damaged")
    open_shell.show("follow_up")
    see("do:again", QPushButton).click()
    assert part(see, row, "state") == "Đã cất an toàn trong máy, chờ mạng để gửi"


def test_a_result_is_handed_back(open_shell: Shell, desk: Desk, row: DossierRow, see: See) -> None:
    with desk.database.write() as connection:
        drafts.change(connection, row.id, state=State.RESULT_READY)
    open_shell.show("follow_up")
    assert part(see, row, "whose").startswith("Kết quả đang chờ")
    see("do:hand_back", QPushButton).click()
    assert open_shell.screen.name == "hand_back"


def test_what_is_in_the_peoples_hands_is_told_from_what_waits(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    with desk.database.write() as connection:
        invited, handed = add_queued(connection), add_queued(connection)
        drafts.change(connection, invited.id, state=State.INVITED)
        drafts.change(connection, handed.id, state=State.HANDED_BACK)
    open_shell.show("follow_up")
    assert part(see, row, "whose").startswith("Đang chờ")
    assert part(see, invited, "whose").startswith("Đang chờ người dân")
    assert part(see, handed, "whose").startswith("Trong tay dân")
    counted = [label.text() for label in open_shell.window.findChildren(QLabel, "whose")]
    assert "Đang chờ: 2 hồ sơ. Trong tay dân: 1 hồ sơ." in counted
    texts = {group: see(f"group:{group}", QPushButton).text() for group in ("all", "point", "citizen")}
    assert texts == {"all": "Tất cả: 3", "point": "Chờ ở điểm: 1", "citizen": "Việc của dân: 1"}
    see("group:in_hand", QPushButton).click()
    assert shown(open_shell) == {handed.id}
    assert see("group:in_hand", QPushButton).isChecked()
    see("group:all", QPushButton).click()
    assert shown(open_shell) == {row.id, invited.id, handed.id}


def test_a_long_list_is_shown_bit_by_bit(open_shell: Shell, desk: Desk, see: See) -> None:
    with desk.database.write() as connection:
        for _ in range(STEP + 3):
            add_queued(connection)
    open_shell.show("follow_up")
    assert len(shown(open_shell)) == STEP
    assert see("do:more", QPushButton).text() == "Xem thêm (còn 3 hồ sơ)"
    see("do:more", QPushButton).click()
    assert len(shown(open_shell)) == STEP + 3
    assert not [each for each in open_shell.window.findChildren(QPushButton, "do:more") if each.isVisible()]


def test_a_copy_on_a_stick_is_said_and_what_it_means(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    item = outbox_item(row.id)
    with desk.database.write() as connection:
        outbox.add(connection, item)
        stick_copies.note(connection, [item.id], "USB THON", "2026-11-20T16:05:00+07:00")
    open_shell.show("follow_up")
    assert part(see, row, "copied").startswith("Đã chép ra USB “USB THON” hôm qua lúc 16:05.")
    with desk.database.write() as connection:
        outbox.record_receipt(connection, receipt_for(item), "sig")
    open_shell.show("follow_up")
    assert not see(f"followed:{row.id}", QFrame).findChild(QLabel, "copied")


def test_every_state_has_words(open_shell: Shell) -> None:
    for state in State:
        assert open_shell.texts(f"state.{state}")


def parked(desk: Desk, row: DossierRow) -> None:
    item = outbox_item(row.id)
    with desk.database.write() as connection:
        outbox.add(connection, item)
        outbox.park(connection, item.id, "envelope.mismatch", "Phong bì không khớp.")


def test_a_parked_dossier_says_why_and_is_taken_back_after_a_question(
    open_shell: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    parked(desk, row)
    open_shell.show("follow_up")
    assert part(see, row, "sentence") == "Vì sao: Phong bì không khớp."
    see("do:withdraw", QPushButton).click()
    assert part(see, row, "sure").startswith("Rút rồi thì máy xóa")
    assert see("do:keep", QPushButton).hasFocus()
    see("do:keep", QPushButton).click()
    see("do:withdraw", QPushButton).click()
    see("do:sure", QPushButton).click()
    assert part(see, row, "state") == "Đã rút lại"
    with desk.database.read() as connection:
        assert outbox.summary(connection).parked == 0


def test_a_parked_dossier_goes_by_stick(open_shell: Shell, desk: Desk, row: DossierRow, see: See) -> None:
    parked(desk, row)
    open_shell.show("follow_up")
    see("do:stick", QPushButton).click()
    with desk.database.read() as connection:
        assert [item.dossier for item in outbox.waiting(connection, 10**6)] == [row.id]
    assert open_shell.screen is not None
    assert open_shell.screen.name == "usb"

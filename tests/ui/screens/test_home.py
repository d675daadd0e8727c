"""Home: locked it asks for the PIN, open it says honestly how things stand."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from kiosk.desk.opening import Desk
from kiosk.domain.dossier import State
from kiosk.domain.events import EventKind, NewsItem
from kiosk.storage import drafts, link, news, outbox, stick_copies
from tests.support.points import PIN, StoppedClock, add_draft, add_queued, enrolment, outbox_item
from tests.support.typing import key, type_vi
from ui.background import Otherwise
from ui.point import TRIAL_PIN, Point, Site
from ui.theme import Size
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

See = Callable[..., QWidget]
T = TypeVar("T")


def reload(shell: Shell) -> None:
    shell.show("home")
    QApplication.processEvents()


def test_the_first_thing_is_the_pin(shell: Shell, see: See) -> None:
    assert QApplication.focusWidget() is see("pin", QLineEdit)
    assert see("pin", QLineEdit).echoMode() is QLineEdit.EchoMode.Password


def test_a_right_pin_opens_the_point(shell: Shell, desk: Desk, see: See) -> None:
    type_vi(see("pin", QLineEdit), PIN)
    see("do:unlock", QPushButton).click()
    assert not shell.locked
    assert shell.desk is not None
    assert see("primary", QPushButton).text() == "Đón người dân"


def test_enter_opens_the_point(shell: Shell, desk: Desk, see: See) -> None:
    type_vi(see("pin", QLineEdit), PIN)
    key(see("pin", QLineEdit), Qt.Key.Key_Return)
    assert not shell.locked


def test_a_wrong_pin_is_said_and_emptied(shell: Shell, desk: Desk, see: See) -> None:
    type_vi(see("pin", QLineEdit), "999999")
    see("do:unlock", QPushButton).click()
    assert shell.locked
    assert see("error:pin", QLabel).text() == "Mã PIN chưa đúng. Xin xem lại rồi nhập lại."
    assert see("pin", QLineEdit).text() == ""
    assert QApplication.focusWidget() is see("pin", QLineEdit)


def test_many_wrong_pins_cost_waiting_and_it_is_said(shell: Shell, desk: Desk, see: See) -> None:
    for _ in range(6):
        type_vi(see("pin", QLineEdit), "999999")
        see("do:unlock", QPushButton).click()
    assert "Đợi" in see("error:pin", QLabel).text()
    assert shell.locked


def test_no_pin_at_all_is_said(shell: Shell, desk: Desk, see: See) -> None:
    see("do:unlock", QPushButton).click()
    assert see("error:pin", QLabel).text() == "Xin nhập mã PIN"


def test_a_damaged_database_is_said_in_full(shell: Shell, desk: Desk, see: See, tmp_path: Path) -> None:
    desk.database.close()
    (tmp_path / "point" / "point.db").write_bytes(b"no database at all" * 400)
    for beside in ("point.db-wal", "point.db-shm"):
        (tmp_path / "point" / beside).unlink(missing_ok=True)
    type_vi(see("pin", QLineEdit), PIN)
    see("do:unlock", QPushButton).click()
    assert shell.screen.name == "trouble"
    assert see("trouble:text", QLabel).text()


def test_nothing_of_anybody_is_seen_while_locked(open_shell: Shell, desk: Desk, see: See) -> None:
    with desk.database.write() as connection:
        row = add_draft(connection)
    open_shell.lock()
    assert not open_shell.window.findChildren(QWidget, f"draft:{row.id}")
    assert see("pin", QLineEdit)


def test_a_locked_point_opens_again_with_the_pin_only(open_shell: Shell, desk: Desk, see: See) -> None:
    open_shell.lock()
    type_vi(see("pin", QLineEdit), "999999")
    see("do:unlock", QPushButton).click()
    assert open_shell.locked
    type_vi(see("pin", QLineEdit), PIN)
    see("do:unlock", QPushButton).click()
    assert not open_shell.locked


def test_the_trial_point_makes_itself_with_its_pin(
    shell: Shell, pack: Path, clock: StoppedClock, see: See, tmp_path: Path
) -> None:
    site = Site(tmp_path / "point", shell.assets, pack, trial=True)
    point = Point(shell, site, clock)
    shell.errands, shell.hint = point, shell.texts("trial.hint", pin=TRIAL_PIN)
    shell.closers.append(point.close)
    shell.show("home")
    assert see("hint", QLabel).text() == "Điểm dùng thử – mã PIN: 123456"
    type_vi(see("pin", QLineEdit), TRIAL_PIN)
    see("do:unlock", QPushButton).click()
    assert shell.desk is not None
    assert shell.desk.volunteer == "Tình nguyện viên thử"


def test_the_first_day_is_empty_and_says_so(open_shell: Shell, see: See) -> None:
    assert see("empty", QLabel).text().startswith("Chưa có hồ sơ nào")
    assert see("queue", QLabel).text() == "Không có hồ sơ nào chờ gửi."
    assert see("contact", QLabel).text() == "Chưa liên lạc với xã lần nào."


def test_counters_are_honest(open_shell: Shell, desk: Desk, clock: StoppedClock, see: See) -> None:
    with desk.database.write() as connection:
        row = add_queued(connection)
        outbox.add(connection, outbox_item(row.id, queued_at="2026-11-20T08:00:00+07:00"))
        link.save_enrolment(connection, enrolment(), "token")
        link.put(connection, replace(link.get(connection), last_contact="2026-11-21T08:30:00+07:00"))
    reload(open_shell)
    assert see("queue", QLabel).text() == "1 hồ sơ chờ gửi, lâu nhất từ hôm qua. Có mạng máy sẽ tự gửi."
    assert see("contact", QLabel).text() == "Xã trả lời lần cuối hôm nay lúc 08:30."
    assert "Thôn Phò Nam" in see("point", QLabel).text()


def test_a_draft_is_listed_by_its_work_and_opens_its_form(
    open_shell: Shell, desk: Desk, see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.database.write() as connection:
        row = add_draft(connection)
    reload(open_shell)
    shown: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(open_shell, "show", lambda name, **kwargs: shown.append((name, kwargs)))
    entry = see(f"draft:{row.id}", WrapButton)
    assert entry.text() == "Khai sinh cho bé"
    assert row.slip_code in entry.accessibleName()
    entry.click()
    assert shown == [("form", {"dossier": row.id})]


def test_what_the_commune_asks_comes_first_and_leads_there(open_shell: Shell, desk: Desk, see: See) -> None:
    with desk.database.write() as connection:
        row = add_queued(connection)
        drafts.change(connection, row.id, state=State.ASKED_FOR_MORE)
    reload(open_shell)
    entry = see(f"followed:{row.id}", WrapButton)
    assert "Xã yêu cầu bổ sung" in entry.accessibleName()
    entry.click()
    assert open_shell.screen.name == "follow_up"


def test_news_that_arrive_are_shown_at_once(open_shell: Shell, desk: Desk, see: See) -> None:
    with desk.database.write() as connection:
        row = add_queued(connection)
        drafts.change(connection, row.id, state=State.RESULT_READY)
    open_shell.news_arrived.emit()
    QApplication.processEvents()
    assert see(f"followed:{row.id}", WrapButton)


def test_send_now_asks_the_wiring(open_shell: Shell, see: See, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(open_shell.errands, "send_now", lambda: asked.append(True))
    see("do:send_now", QPushButton).click()
    assert asked == [True]


def test_practice_is_switched_here(open_shell: Shell, see: See) -> None:
    see("do:practice", QPushButton).click()
    assert see("practice", QLabel)
    assert see("do:practice", QPushButton).text() == "Ra khỏi tập huấn"


def test_high_contrast_is_switched_here(open_shell: Shell, see: See) -> None:
    see("do:contrast", QPushButton).click()
    assert open_shell.theme.high_contrast
    assert see("do:contrast", QPushButton).text() == "Màu thường"


def test_the_primary_action_begins_a_visit(open_shell: Shell, see: See) -> None:
    key(see("primary", QPushButton), Qt.Key.Key_Return)
    assert open_shell.screen.name == "welcome"


def test_a_point_without_a_commune_offers_to_join_one(open_shell: Shell, desk: Desk) -> None:
    offered = open_shell.window.findChildren(QPushButton, "do:enrol")
    assert bool(offered) is not desk.content.commune.trial


class Later:
    """A worker that answers when it is told to."""

    def __init__(self) -> None:
        self.answers: list[Callable[[], None]] = []

    def run(
        self, work: Callable[[], T], then: Callable[[T], None], otherwise: Otherwise | None = None
    ) -> None:
        self.answers.append(lambda: then(work()))

    def finish(self) -> None:
        """Nothing was begun."""


def test_an_answer_for_an_earlier_home_is_dropped(open_shell: Shell) -> None:
    open_shell.background = later = Later()
    open_shell.show("home")
    earlier, later.answers = later.answers, []
    open_shell.show("home")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for answer in earlier:
        answer()
    assert not open_shell.screen.findChildren(WrapButton, "do:event:nha_co_em_be")
    for answer in later.answers:
        answer()
    assert open_shell.screen.findChildren(WrapButton, "do:event:nha_co_em_be")


@pytest.mark.parametrize(("size", "beside"), [(Size.M, True), (Size.XL, False)])
def test_columns_stand_under_each_other_where_words_have_no_room(
    open_shell: Shell, see: See, size: Size, beside: bool
) -> None:
    open_shell.window.resize(1024, 768)
    open_shell.set_size(size)
    QApplication.processEvents()
    start, find = see("primary", QPushButton), see("do:follow_up", QPushButton)
    spots = [button.mapTo(open_shell.window, button.rect().topLeft()) for button in (start, find)]
    assert (spots[0].x() < spots[1].x()) is beside
    assert (spots[0].x() == spots[1].x()) is not beside


def test_a_word_of_the_commune_stays_until_it_was_read(open_shell: Shell, desk: Desk, see: See) -> None:
    item = NewsItem(1, "", 1, "message", "2026-11-21T08:00:00+07:00", "Mai xã nghỉ.")
    with desk.database.write() as connection:
        news.apply(connection, [item], 1)
    open_shell.show("home")
    assert "Mai xã nghỉ." in see("message:1", QLabel).text()
    see("do:read:1", QPushButton).click()
    open_shell.show("home")
    assert not [one for one in open_shell.window.findChildren(QLabel, "message:1") if one.isVisible()]


def wait_in_queue(desk: Desk, *kinds: EventKind) -> list[str]:
    """Events that wait since yesterday; their ids."""
    with desk.database.write() as connection:
        row = add_queued(connection)
        items = [
            outbox_item(row.id, kind=kind, queued_at="2026-11-20T08:00:00+07:00", revision=number)
            for number, kind in enumerate(kinds, start=1)
        ]
        for item in items:
            outbox.add(connection, item)
    return [item.id for item in items]


def say_trouble(desk: Desk, code: str, contact: str = "") -> None:
    with desk.database.write() as connection:
        link.put(connection, replace(link.get(connection), last_error=code, last_contact=contact))


def test_short_words_and_copies_on_a_stick_are_counted_apart(open_shell: Shell, desk: Desk, see: See) -> None:
    first, _, _ = wait_in_queue(desk, EventKind.DOSSIER, EventKind.SUPPLEMENT, EventKind.HANDED_BACK)
    with desk.database.write() as connection:
        stick_copies.note(connection, [first], "USB", "2026-11-21T08:00:00+07:00")
    open_shell.show("home")
    assert see("queue", QLabel).text().startswith("2 hồ sơ chờ gửi")
    assert see("copied", QLabel).text() == "Trong đó 1 hồ sơ đã chép ra USB, chờ tin của xã."
    assert see("small", QLabel).text() == "1 lời báo ngắn cho xã cũng đang chờ."


def test_a_short_word_that_waits_alone_joins_nothing(open_shell: Shell, desk: Desk, see: See) -> None:
    wait_in_queue(desk, EventKind.HANDED_BACK)
    open_shell.show("home")
    assert see("queue", QLabel).text() == "Không có hồ sơ nào chờ gửi."
    assert see("small", QLabel).text() == "Chỉ còn 1 lời báo ngắn cho xã. Có mạng máy sẽ tự gửi."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Tin của xã về bằng USB lần cuối hôm nay lúc 08:00."),
        ("2026-11-20T08:00:00+07:00", "Tin của xã về bằng USB lần cuối hôm nay lúc 08:00."),
        ("2026-11-21T01:30:00+00:00", "Xã trả lời lần cuối hôm nay lúc 08:30."),
    ],
)
def test_the_last_word_counts_whichever_road_it_took(
    open_shell: Shell, desk: Desk, see: See, line: str, words: str
) -> None:
    with desk.database.write() as connection:
        state = replace(link.get(connection), last_contact=line, last_stick="2026-11-21T08:00:00+07:00")
        link.put(connection, state)
    open_shell.show("home")
    assert see("contact", QLabel).text() == words


def test_all_copied_is_said_in_one_word(open_shell: Shell, desk: Desk, see: See) -> None:
    ids = wait_in_queue(desk, EventKind.DOSSIER)
    with desk.database.write() as connection:
        stick_copies.note(connection, ids, "A", "2026-11-20T08:00:00+07:00")
        stick_copies.note(connection, ids, "B", "2026-11-21T08:00:00+07:00")
        assert stick_copies.count_waiting(connection) == (0, 1)
    open_shell.show("home")
    assert see("copied", QLabel).text() == "Tất cả đã chép ra USB, chờ tin của xã."


@pytest.mark.parametrize(
    ("contact", "beginning"),
    [
        ("2026-11-21T08:00:00+07:00", "Lần thử vừa rồi chưa tới được xã."),
        ("2026-11-18T08:00:00+07:00", "Đã 3 ngày chưa tới được xã. Nên chép hồ sơ ra USB"),
        ("", "Lần thử vừa rồi chưa tới được xã."),
    ],
)
def test_a_dead_line_is_said_and_what_to_do(
    open_shell: Shell, desk: Desk, see: See, contact: str, beginning: str
) -> None:
    wait_in_queue(desk, EventKind.DOSSIER)
    say_trouble(desk, "hub.no_line", contact)
    open_shell.show("home")
    assert see("trouble", QLabel).text().startswith(beginning)
    see("do:why", QPushButton).click()
    assert open_shell.screen.name == "trouble"
    assert see("trouble:text", QLabel).text().startswith("Chưa có đường truyền")


def test_a_pressed_try_is_answered(open_shell: Shell, desk: Desk, see: See) -> None:
    see("do:send_now", QPushButton).click()
    assert see("sending", QLabel).text() == "Đang thử gửi…"
    open_shell.line_changed.emit(True)
    assert see("answered", QLabel).text() == "Xã vừa trả lời."
    see("do:send_now", QPushButton).click()
    say_trouble(desk, "hub.captive_portal")
    open_shell.line_changed.emit(False)
    assert see("trouble", QLabel)
    for gone in ("sending", "answered"):
        assert not [each for each in open_shell.window.findChildren(QLabel, gone) if each.isVisible()]


def test_more_words_of_the_commune_than_there_is_room_for(open_shell: Shell, desk: Desk, see: See) -> None:
    with desk.database.write() as connection:
        for _ in range(5):
            drafts.change(connection, add_queued(connection).id, state=State.INVITED)
    open_shell.show("home")
    assert see("more_told", QLabel).text().startswith("Còn 2 hồ sơ")

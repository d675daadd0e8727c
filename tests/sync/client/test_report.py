"""A round says how the point stands, and brings words for the point itself."""

from kiosk.storage import news, walks
from sync.client.loop import Link, run_round
from sync.client.report import MOST_ENDS, report_of
from sync.protocol import PointReport
from tests.support.fake_hub import FakeHub
from tests.support.point import Point


def two_reports(hub: FakeHub, point: Point, line: Link) -> tuple[PointReport, PointReport]:
    """What the point says of itself while something is queued, and afterwards."""
    point.queue()
    run_round(line)
    run_round(line)
    first, second = (one.report for one in hub.rounds[:2])
    assert first is not None
    assert second is not None
    return first, second


def test_each_round_says_how_the_point_stands(hub: FakeHub, point: Point, line: Link) -> None:
    first, second = two_reports(hub, point, line)
    assert (first.queue, second.queue, first.parked, first.pack) == (1, 0, 0, "")
    assert first.program
    assert first.free_mb > 0
    assert first.last_visit == "2026-11-21"


def test_how_walkthroughs_ended_goes_along_when_nothing_else_wants_the_line(
    hub: FakeHub, point: Point, line: Link
) -> None:
    with point.database.write() as connection:
        for month, times in (("2026-10", 1), ("2026-11", 2)):
            for _ in range(times):
                walks.count_end(connection, month, "tai_khoan", "S_SIM", "khong_co_sim")
    first, second = two_reports(hub, point, line)
    assert first.guide_ends == []
    assert [(end.month, end.exit, end.reason, end.times) for end in second.guide_ends] == [
        ("2026-11", "S_SIM", "khong_co_sim", 2),
        ("2026-10", "S_SIM", "khong_co_sim", 1),
    ]


def test_a_long_history_is_cut(point: Point) -> None:
    with point.database.write() as connection:
        for number in range(MOST_ENDS + 5):
            walks.count_end(connection, f"20{number:02}-11", "tai_khoan", "S_SIM", "khong_co_sim")
    ends = report_of(point.database).guide_ends
    assert len(ends) == MOST_ENDS
    assert ends[0].month == f"20{MOST_ENDS + 4:02}-11"


def test_a_message_is_kept_until_it_is_put_away(hub: FakeHub, point: Point, line: Link) -> None:
    for text in ("Mai xã nghỉ.", "Có gói nội dung mới."):
        hub.tell(dossier="", revision=1, state="message", sentence=text)
    run_round(line)
    with point.database.read() as connection:
        said = news.messages(connection)
    assert [one.sentence for one in said] == ["Có gói nội dung mới.", "Mai xã nghỉ."]
    with point.database.write() as connection:
        news.forget_message(connection, said[0].number)
    run_round(line)
    with point.database.read() as connection:
        assert [one.sentence for one in news.messages(connection)] == ["Mai xã nghỉ."]

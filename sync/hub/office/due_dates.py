"""The day of return: suggested from the procedure's limit, typed by the officer, shown with how it stands."""

from datetime import date, timedelta

from kiosk.catalogue.calendar import due
from kiosk.catalogue.deadlines import deadline_on
from kiosk.catalogue.local_rules import rule_on
from kiosk.domain.errors import WorldError
from sync.hub.context import Hub
from sync.hub.office.words import shown_day, typed_day
from sync.hub.store.deadlines import Due, Promise

_SOON = 3
"""Days until a promise counts as near."""
_FARTHEST = timedelta(days=366)
_AFTERNOON = 15
"""Hour from which some procedures count from the next working day."""


def suggested(hub: Hub, procedure_code: str) -> str:
    """The day (ISO 8601) on which a dossier accepted now is due; empty where nobody verified a limit, or
    where the commune has one of its own."""
    procedure, now = hub.library.procedure(procedure_code), hub.clock.now()
    content = hub.library.content
    if procedure is None or rule_on(content.commune.local_time_limits, procedure.slug, now.date()):
        return ""
    limit = deadline_on(procedure.deadlines, now.date())
    if limit is None:
        return ""
    return due(content.calendar, limit, now.date(), now.hour >= _AFTERNOON).isoformat()


def hint(hub: Hub, day: str) -> str:
    """What to make of the suggested day (ISO 8601, empty for none): holidays of a year that nobody announced
    yet are known by rule only."""
    if not day:
        return "Chưa rõ thời hạn của thủ tục này; chép theo giấy tiếp nhận."
    today, last = hub.clock.now().date(), date.fromisoformat(day)
    if hub.library.content.calendar.is_official(today, last):
        return "Ngày gợi ý tính từ thời hạn của thủ tục; sửa theo giấy tiếp nhận."
    return f"Ngày gợi ý có thể sai: năm {last.year} chưa có lịch nghỉ chính thức. Chép theo giấy tiếp nhận."


def checked(hub: Hub, typed: str, promised: str = "") -> str:
    """The typed day as it is kept, empty for none. Raises WorldError ``office.due_odd``: no day, a day that
    is over (but the one ``promised`` already may stay), or more than a year away."""
    if not typed:
        return ""
    today = hub.clock.now().date()
    try:
        day = typed_day(typed)
    except ValueError as error:
        raise WorldError("office.due_odd") from error
    if day.isoformat() == promised:
        return promised
    if not today <= day <= today + _FARTHEST:
        raise WorldError("office.due_odd")
    return day.isoformat()


def soon(today: date) -> str:
    return (today + timedelta(days=_SOON)).isoformat()


def shown(promise: Promise | None, today: date) -> tuple[str, str]:
    """How a promise stands: a word for its colour and the words for people; empty without one."""
    if promise is None:
        return "", ""
    day, now = shown_day(promise.due_on), today.isoformat()
    if promise.done_on:
        late = promise.done_on > promise.due_on
        return ("late", f"Trễ hẹn {day}") if late else ("kept", f"Đúng hẹn {day}")
    if promise.due_on < now:
        return "late", f"Quá hẹn {day}"
    return ("soon" if promise.due_on <= soon(today) else "open"), f"Hẹn trả {day}"


FILTERS = {Due.LATE: "Quá hẹn", Due.SOON: f"Còn không quá {_SOON} ngày", Due.OPEN: "Còn hạn"}

"""Vietnamese words of the officer's pages that belong to a value rather than to a page."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from kiosk.domain.dossier import State
from kiosk.domain.folding import tidy

STATES = {
    State.AT_HUB: "Mới đến",
    State.SEEN: "Đã xem bản chuẩn bị",
    State.ASKED_FOR_MORE: "Chờ bổ sung",
    State.INVITED: "Đã mời đến ký, nộp",
    State.RECEIVED: "Đã tiếp nhận chính thức",
    State.NOT_ACCEPTED: "Không tiếp nhận",
    State.RESULT_READY: "Đã có kết quả",
    State.HANDED_BACK: "Đã trao tận tay",
    State.FILED_ON_PORTAL: "Người dân nộp trên Cổng",
    State.WITHDRAWN: "Đã rút",
    State.ERASED: "Đã xóa nội dung",
}
"""States that the commune sees, in the order of the work."""
ACTIONS = {
    "login": "Đăng nhập",
    "login_failed": "Đăng nhập sai",
    "search": "Tìm kiếm",
    "stick": "Nhận từ USB",
    "view": "Mở hồ sơ",
    "declaration": "Xem tờ khai PDF",
    "paper": "Xem giấy tờ",
    "export": "Xuất ra tệp",
    "point_code": "Cấp mã đăng ký điểm",
    "point_revoked": "Ngừng quyền của điểm",
    "point_told": "Nhắn cho điểm",
    "user_added": "Thêm người dùng",
    "user_password": "Đổi mật khẩu người dùng",
    "user_removed": "Ngừng quyền của người dùng",
    "seen": "Đã xem bản chuẩn bị",
    "ask": "Yêu cầu bổ sung",
    "invite": "Mời đến ký, nộp",
    "receive": "Tiếp nhận chính thức",
    "refuse": "Không tiếp nhận",
    "result": "Báo đã có kết quả",
    "hand": "Ghi đã trao kết quả",
    "correct": "Sửa mã hồ sơ / ngày hẹn",
    "resend": "Gửi lại bản kết quả",
    "retract": "Bỏ lần ghi không tiếp nhận",
    "data_asked": "Ghi yêu cầu về dữ liệu",
    "data_told": "Báo đã nhận yêu cầu về dữ liệu",
    "data_day": "Sửa ngày yêu cầu về dữ liệu",
    "data_dropped": "Bỏ yêu cầu về dữ liệu",
    "withdraw": "Ngừng xử lý theo yêu cầu",
    "erase": "Xóa nội dung hồ sơ",
}
_DATA_REQUESTS = {"withdraw": "rút lại sự đồng ý", "erase": "xóa dữ liệu"}
_DETAILS = {
    "data_asked": _DATA_REQUESTS,
    "data_dropped": _DATA_REQUESTS,
    "erase": {"on request": "theo yêu cầu"},
    "stick": {
        "stick.foreign": "không nhận: USB của nơi khác, hoặc tệp đã sửa",
        "stick.signature": "không nhận: chữ ký không đúng",
        "stick.damaged": "không nhận: tệp hỏng",
        "point.revoked": "không nhận: điểm đã ngừng quyền",
        "request.version": "không nhận: phiên bản chương trình khác",
    },
}
"""What an action was about, as the log of who did what keeps it: action → detail → words."""
_AFTER_DAYS = re.compile(r"after (\d+) days")
_PORTAL_CODE = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*-\d{6,8}-\d{3,8}")
"""Shapes seen so far (TT 01/2018/TT-VPCP Đ19 and 2026 samples): a warning only, the code is opaque."""

_UNSEEN = {"Cc", "Cs"}
_TURNS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows: a sentence with one reads otherwise than it was written."""
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


def plain(typed: str) -> str:
    """What somebody typed into a form: tidy, without control signs and without signs that turn the text."""
    kept = (sign for sign in tidy(typed) if unicodedata.category(sign) not in _UNSEEN and sign not in _TURNS)
    return tidy("".join(kept))


def typed_day(typed: str) -> date:
    """The day typed as ``25/11/2026`` or, by a date picker, ``2026-11-25``. Raises ValueError for no day."""
    if found := _DAY.fullmatch(typed.strip()):
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    return date.fromisoformat(typed.strip())


def state_words(state: State) -> str:
    return STATES.get(state, state.value)


def told_apart(points: Mapping[str, str]) -> dict[str, str]:
    """Names of points by their ids; where several stand in one hamlet, with the end of the id."""
    machines = Counter(points.values())
    return {
        key: f"{hamlet} (máy {key[-4:].upper()})" if machines[hamlet] > 1 else hamlet
        for key, hamlet in points.items()
    }


def detail_words(action: str, detail: str) -> str:
    """What an action was about, in words; what needs none stays as it is."""
    if found := _AFTER_DAYS.fullmatch(detail):
        return f"đã giữ đủ {found[1]} ngày"
    return _DETAILS.get(action, {}).get(detail, detail)


def shown_time(stored: str) -> str:
    """``21/11/2026 09:15`` for a stored time."""
    return datetime.fromisoformat(stored).strftime("%d/%m/%Y %H:%M")


def shown_day(stored: str) -> str:
    """``21/11/2026`` for a stored day; empty for what is no day."""
    try:
        day = date.fromisoformat(stored)
    except ValueError:
        return ""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def looks_like_portal_code(code: str) -> bool:
    """Whether a mã hồ sơ has a shape that was seen before; an unusual one is kept all the same."""
    return _PORTAL_CODE.fullmatch(code) is not None

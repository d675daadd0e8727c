"""A whole synthetic visit at the desk, without a window."""

from kiosk.desk import checks, choose, fill, welcome
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.desk.welcome import Visit
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Answer, Road
from kiosk.forms import Session

ALL_BUT_CONTACT = frozenset({Purpose.PREPARE, Purpose.SEND_TO_COMMUNE, Purpose.SENSITIVE})
MOTHER_CARD = "048195001234||Nguyễn Thị Bưởi|12081995|Nữ|Thôn Phò Nam, Hòa Bắc, Hòa Vang, Đà Nẵng|15062021"
FATHER_CARD = "048090004321||Trần Văn Cam|01011990|Nam|Thôn Phò Nam, Hòa Bắc, Hòa Vang, Đà Nẵng|20082021"
CHILD = "Trần Nguyễn Bảo Ngọc"
ANSWERS = {
    "yc_quan_he.chon": "me",
    "loai_dang_ky": "dung_han",
    "loai_khai_sinh": "ca_cha_lan_me",
    "tre_ho_ten": CHILD,
    "tre_ngay_sinh": "2026-10-05",
    "tre_gioi_tinh": "2",
    "tre_noi_sinh.noi": "co_so_y_te",
    "tre_noi_sinh.co_so": "Trung tâm Y tế khu vực Hòa Vang",
    "cha_me_ket_hon": "co",
    "gcnkh_so": "27/2024",
    "gcnkh_ngay": "2024-02-14",
    "gcnkh_noi": "UBND xã Hòa Bắc, huyện Hòa Vang, thành phố Đà Nẵng",
    "cap_ban_sao": "khong",
    "so_ban_sao": "0",
}


def begin(
    desk: Desk, purposes: frozenset[Purpose] = ALL_BUT_CONTACT, road: Road = Road.COMMUNE
) -> tuple[Visit, Filling]:
    visit = welcome.start_visit(desk, purposes, "Lê Văn Thử", "chị")
    filling = fill.open_filling(desk, choose.start_dossier(desk, visit, "khai_sinh", road))
    fill.prefill_commune(desk, filling)
    return visit, filling


def read_card(
    desk: Desk, filling: Filling, role: str, text: str, *, only_year: bool = False
) -> tuple[str, ...]:
    reading = welcome.read_card_text(desk, text)
    ward = reading.place.candidates[0].code if reading.place.candidates else None
    return fill.apply_person(filling, role, welcome.confirm_card(reading, only_year, ward))


_complete: list[Answer] = []
"""The answers of a whole dossier, typed once for all tests of a process."""


def answer_everything(desk: Desk, filling: Filling) -> None:
    """Both cards and the rest by hand, as in the example visit; saved."""
    if not _complete:
        type_everything(desk, filling)
        values = filling.session.values()
        _complete.extend(Answer(name, values[name], source) for name, source in filling.sources.items())
    answers = [(answer.name, answer.value) for answer in _complete]
    filling.session = Session(filling.session.form, desk.clock, answers)
    filling.sources |= {answer.name: answer.source for answer in _complete}
    filling.put_back(_complete, ())
    fill.save(desk, filling)
    tick_everything(desk, filling)


def tick_everything(desk: Desk, filling: Filling) -> None:
    """The volunteer looked at every sentence that asks for it."""
    for ask in checks.asks(desk, filling):
        checks.tick(desk, filling, ask.key, on=True)


def type_everything(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", MOTHER_CARD)
    for name, value in ANSWERS.items():
        filling.answer(name, value)
    read_card(desk, filling, "cha", FATHER_CARD, only_year=True)
    province, ward = desk.content.commune.province, desk.content.commune.ward
    for name in ("tre_noi_sinh", "tre_que_quan"):
        filling.answer(f"{name}.tinh", province)
        filling.answer(f"{name}.xa", ward)
    for problem in filling.session.problems():
        choices = filling.session.question(problem.name).choices
        filling.answer(problem.name, choices[0].name if choices else "Việt Nam")


def ready_dossier(desk: Desk, purposes: frozenset[Purpose] = ALL_BUT_CONTACT) -> Filling:
    """A complete dossier of the commune road, saved."""
    _, filling = begin(desk, purposes)
    answer_everything(desk, filling)
    return filling

"""Synthetic filled forms and slips, and where the things to print with stand."""

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kiosk.catalogue.texts import Texts, load_texts
from kiosk.documents.layout import Layout
from kiosk.documents.reading import load_layout
from kiosk.domain.dossier import Road
from kiosk.domain.filled_form import FilledEntry, FilledForm
from kiosk.domain.slip import KeptData, Slip, SlipCommune, SlipPaper
from kiosk.domain.told_fact import ToldFact

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "assets" / "fonts"
EMPTY = FilledForm("khai_sinh", "2026.11", ())

_BIRTH: dict[str, str | tuple[str, str]] = {
    "kinh_gui.xa": ("20194", "Xã Hòa Vang"),
    "kinh_gui.tinh": ("48", "Thành phố Đà Nẵng"),
    "yc_ho_ten": "Nguyễn Thị Bưởi",
    "yc_ngay_sinh": "1996-08-05",
    "yc_giay_to.loai": ("the_can_cuoc", "Thẻ căn cước"),
    "yc_giay_to.so": "048196001234",
    "yc_giay_to.noi_cap": "Cục Cảnh sát QLHC về TTXH",
    "yc_giay_to.ngay_cap": ("2021-11-20", "20/11/2021"),
    "yc_quan_he.chon": ("me", "Mẹ"),
    "tre_ho_ten": "Trần Nguyễn Bảo Ngọc",
    "tre_ngay_sinh": ("2026-08-12", "12/08/2026"),
    "tre_gioi_tinh": ("nu", "Nữ"),
    "tre_dan_toc": ("01", "Kinh"),
    "tre_quoc_tich": ("VN", "Việt Nam"),
    "tre_noi_sinh.co_so": "Trung tâm Y tế khu vực Hòa Vang",
    "tre_noi_sinh.xa": ("20194", "Xã Hòa Vang"),
    "tre_noi_sinh.tinh": ("48", "Thành phố Đà Nẵng"),
    "tre_que_quan.xa": ("20200", "Phường Hải Vân"),
    "tre_que_quan.tinh": ("48", "Thành phố Đà Nẵng"),
    "me_ho_ten": "Nguyễn Thị Bưởi",
    "me_ngay_sinh": "1996-08-05",
    "me_dan_toc": ("01", "Kinh"),
    "me_quoc_tich": ("VN", "Việt Nam"),
    "me_noi_cu_tru.chi_tiet": "Thôn Phú Sơn 2",
    "me_noi_cu_tru.xa": ("20194", "Xã Hòa Vang"),
    "me_noi_cu_tru.tinh": ("48", "Thành phố Đà Nẵng"),
    "me_giay_to.loai": ("the_can_cuoc", "Thẻ căn cước"),
    "me_giay_to.so": "048196001234",
    "me_in_cu_tru": "0",
    "cha_ho_ten": "Trần Văn Cam",
    "cha_ngay_sinh": "1990",
    "cha_dan_toc": ("03", "Cơ Tu"),
    "cha_quoc_tich": ("VN", "Việt Nam"),
    "cha_noi_cu_tru.chi_tiet": "Thôn Phò Nam",
    "cha_noi_cu_tru.xa": ("20200", "Phường Hải Vân"),
    "cha_noi_cu_tru.tinh": ("48", "Thành phố Đà Nẵng"),
    "cha_giay_to.loai": ("ho_chieu", "Hộ chiếu"),
    "cha_giay_to.so": "C1234567",
    "cha_in_cu_tru": "1",
    "gcnkh_so": "27/2024",
    "gcnkh_quyen": "01/2024",
    "gcnkh_ngay": "2024-02-14",
    "gcnkh_noi": "UBND xã Hòa Bắc",
    "cap_ban_sao": "co",
    "so_ban_sao": "2",
}


def form(answers: Mapping[str, str | tuple[str, str]]) -> FilledForm:
    """A filled form of these answers: a text, or (stored value, shown text)."""
    entries = []
    for name, answer in answers.items():
        value, text = answer if isinstance(answer, tuple) else (answer, answer)
        entries.append(FilledEntry(name, "string", name, value, text))
    return FilledForm("khai_sinh", "2026.11", tuple(entries))


def birth(**changes: str | tuple[str, str] | None) -> FilledForm:
    """The birth of a synthetic child; ``a__b`` stands for ``a.b``, ``None`` takes an answer away."""
    answers = _BIRTH | {name.replace("__", "."): answer for name, answer in changes.items()}
    return form({name: answer for name, answer in answers.items() if answer is not None})


def birth_layout() -> Layout:
    return load_layout(ROOT / "assets" / "procedures" / "khai_sinh" / "to_khai.md")


def pdf_text(pdf: bytes, *options: str) -> str:
    """What a reader's search finds in a PDF."""
    command = ["pdftotext", "-layout", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def flat(text: str) -> str:
    return " ".join(text.split())


def texts() -> Texts:
    return load_texts(ROOT / "assets" / "texts")


CHECKED = date(2026, 11, 21)


def slip_content(**changes: object) -> Slip:
    """A slip of a synthetic dossier."""
    facts: dict[str, object] = {
        "code": "NHAP-7K3M-9Q2PX",
        "procedure": "Đăng ký khai sinh",
        "procedure_code": "1.001193",
        "authority": "UBND cấp xã nơi cư trú",
        "channels": ("Trực tuyến toàn trình", "Trực tiếp"),
        "papers": (
            SlipPaper("Giấy chứng sinh", have=True, note="bản chính"),
            SlipPaper("Văn bản ủy quyền", have=False),
        ),
        "fee": ToldFact("Miễn lệ phí khi đúng hạn", "Cổng Dịch vụ công quốc gia", CHECKED),
        "time_limit": ToldFact("Trong ngày", "Cổng Dịch vụ công quốc gia", CHECKED),
        "road": Road.COMMUNE,
        "commune": SlipCommune("UBND xã Hòa Vang", "Quốc lộ 14B", "7:30–11:30", "0236 000 000"),
        "hamlet": "thôn Phú Sơn 2",
        "prepared_on": CHECKED,
        "kept": (KeptData("Mã phiếu", "90 ngày"),),
        "data_contact": "UBND xã Hòa Vang",
    }
    return Slip(**(facts | changes))  # type: ignore[arg-type]

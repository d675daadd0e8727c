"""Dossiers taken out of the hub: in the portal's own field names (JSON, CSV), or as a PDF to read.

Field names and status codes are those of ``DongBoHoSoMC`` as public implementations of the ministry's
interface show them. **No real system has taken such a file yet**, and every file says so. What the hub does
not know stays empty: it never makes up a mã hồ sơ, a mã lĩnh vực or a receipt number.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from kiosk.domain.dossier import State
from kiosk.domain.ids import slip_code
from kiosk.domain.paper import SealedPaper
from kiosk.envelope.payload import Payload
from sync.hub.context import Hub
from sync.hub.office import paper_names, reading
from sync.hub.office.notes import Note, read_note
from sync.hub.office.words import state_words
from sync.hub.store import deadlines, dossiers
from sync.hub.store.dossiers import HistoryLine

UNTRIED = "Chưa thử với hệ thống thật"
_STATUS = {
    State.AT_HUB: "1",
    State.SEEN: "1",
    State.INVITED: "1",
    State.FILED_ON_PORTAL: "1",
    State.RECEIVED: "2",
    State.NOT_ACCEPTED: "3",
    State.ASKED_FOR_MORE: "5",
    State.WITHDRAWN: "7",
    State.RESULT_READY: "9",
    State.HANDED_BACK: "10",
}
"""Status codes of the national interface: 1 mới đăng ký, 2 được tiếp nhận, 3 không được tiếp nhận, 5 yêu cầu
bổ sung, 7 công dân rút, 9 đã xử lý xong, 10 đã trả kết quả."""
_CITIZEN, _COUNTER = "1", "0"
"""LoaiDoiTuong: người dân. HinhThuc: trực tiếp."""
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet run a cell instead of showing it, also in the wide form of some keyboards."""


@dataclass(frozen=True)
class Exported:
    """One dossier: the portal's fields, and what a person reads."""

    fields: Mapping[str, object]
    code: str
    state: str
    sections: Sequence[reading.Section]

    @property
    def flat(self) -> dict[str, str]:
        """The fields of a line of a table; lists are counted."""
        return {
            name: str(len(value)) if isinstance(value, list) else str(value)
            for name, value in self.fields.items()
        }


def export(hub: Hub, dossier_id: str) -> Exported:
    """One dossier, opened for it. Raises WorldError ``office.dossier_unknown``."""
    opened = reading.open_dossier(hub, dossier_id)
    with hub.database.read() as connection:
        lines = dossiers.history_of(connection, dossier_id)
        promise = deadlines.of_dossier(connection, dossier_id)
    told = [(line, read_note(hub, line)) for line in lines]
    payload, dossier = opened.current, opened.dossier
    subject, requester = reading.people(payload) if payload else ("", "")
    procedure, kinds = hub.library.procedure(dossier.procedure), paper_names.askable(hub, opened)
    name = hub.library.procedure_name(dossier.procedure)
    fields: dict[str, object] = {
        "MaHoSo": _portal_code(opened, told),
        "MaTTHC": dossier.procedure,
        "TenTTHC": name,
        "MaLinhVuc": "",
        "TenLinhVuc": procedure.sector if procedure else "",
        "SoBienNhan": "",
        "ChuHoSo": subject or requester,
        "LoaiDoiTuong": _CITIZEN,
        "MaDoiTuong": "",
        "ThongTinKhac": "",
        "Email": "",
        "Fax": "",
        "SoDienThoai": "",
        "TrichYeuHoSo": f"{name}: {subject or requester}".rstrip(": "),
        "NgayTiepNhan": _first_day(told, State.RECEIVED),
        "NgayHenTra": promise.due_on if promise else "",
        "TrangThaiHoSo": _STATUS.get(dossier.state, ""),
        "NgayTra": _first_day(told, State.HANDED_BACK),
        "ThongTinTra": "",
        "HinhThuc": _COUNTER,
        "NgayKetThucXuLy": _first_day(told, State.RESULT_READY),
        "DonViXuLy": hub.settings.commune_name,
        "GhiChu": f"{UNTRIED}. Mã phiếu {slip_code(dossier.id)}, {dossier.hamlet}",
        "TaiLieuNop": [_paper(kinds, paper) for paper in opened.papers().items()],
        "DanhSachLePhi": [],
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": [
            _asked(kinds, *each) for each in told if each[0].state is State.ASKED_FOR_MORE
        ],
        "DanhSachGiayToKetQua": [],
    }
    pages = reading.sections(hub, payload) if payload else []
    return Exported(fields, slip_code(dossier.id), state_words(dossier.state), pages)


def as_json(items: Sequence[Exported]) -> bytes:
    """The request body of ``DongBoHoSoMC`` as far as it is known, with a word that nobody tried it."""
    body = {"GhiChu": UNTRIED, "isUpdating": "False", "data": [item.fields for item in items]}
    return msgspec.json.format(msgspec.json.encode(body), indent=2)


def as_csv(items: Sequence[Exported]) -> bytes:
    """One line for each dossier; no cell can become a formula. UTF-8 with a mark that spreadsheets know."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for number, item in enumerate(items):
        if number == 0:
            writer.writerow(item.flat)
        writer.writerow([tame(text) for text in item.flat.values()])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def tame(text: str) -> str:
    """The text as a cell that is only ever shown."""
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_FORMULA) else text


def _portal_code(opened: reading.OpenDossier, told: Sequence[tuple[HistoryLine, Note]]) -> str:
    """The newest mã hồ sơ: the officer's, or the one of who filed on the portal."""
    filed = [held.payload.portal for held in opened.held if isinstance(held.payload, Payload)]
    codes = [one.portal_code for one in filed if one]
    noted = [note.portal_code for _, note in told if note.portal_code]
    return next(iter([*reversed(noted), *reversed(codes)]), "")


def _first_day(told: Sequence[tuple[HistoryLine, Note]], state: State) -> str:
    """The first time of a state, ISO 8601; empty if it was never reached."""
    return next((line.at for line, _ in told if line.state is state), "")


def _paper(kinds: Mapping[str, str], paper: tuple[str, SealedPaper]) -> dict[str, str]:
    sha256, found = paper
    return {
        "TepDinhKemId": sha256,
        "TenTepDinhKem": kinds[found.kind],
        "IsDeleted": "False",
        "MaThanhPhanHoSo": "",
        "DuongDanTaiTepTin": "",
    }


def _asked(kinds: Mapping[str, str], line: HistoryLine, note: Note) -> dict[str, object]:
    return {
        "HoSoBoSungId": "",
        "NguoiYeuCauBoSung": line.actor,
        "NoiDungBoSung": note.sentence,
        "NgayBoSung": line.at,
        "DanhSachGiayToBoSung": [kinds.get(kind, kind) for kind in note.papers],
    }

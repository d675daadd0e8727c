"""What the citizen takes home: the facts of a slip (Phiếu chuẩn bị hồ sơ), which is never a receipt."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.dossier import Road
from kiosk.domain.told_fact import ToldFact


@dataclass(frozen=True)
class SlipPaper:
    """One line of the checklist."""

    name: str
    have: bool
    """Whether the point has a scan of it."""
    note: str = ""


@dataclass(frozen=True)
class SlipCommune:
    """Where the citizen goes next; what the commune did not tell us is ``None``."""

    name: str | None
    address: str | None = None
    hours: str | None = None
    hotline: str | None = None
    suggestion_box: str | None = None
    notices: tuple[str, ...] = ()
    """What the commune wants everybody to read."""


@dataclass(frozen=True)
class KeptData:
    """What the point keeps of this visit, and until when, as one can say it to a citizen."""

    what: str
    until: str


@dataclass(frozen=True)
class Slip:
    """A whole slip. No name and no identity number stands on it: it may be lost on the way home."""

    code: str
    """Short code such as ``NHAP-7K3M-9Q2PX``."""
    procedure: str
    procedure_code: str
    authority: str
    """Who decides; not always the commune (BHXH)."""
    channels: tuple[str, ...]
    """Ways to file; some procedures are filed online only."""
    papers: tuple[SlipPaper, ...]
    fee: ToldFact
    time_limit: ToldFact
    road: Road
    commune: SlipCommune
    hamlet: str
    prepared_on: date
    kept: tuple[KeptData, ...] = ()
    data_contact: str | None = None
    """Whom to ask for erasure (the commune's data controller); ``None`` = not told to us."""
    portal_code: str = ""
    """The mã hồ sơ that the portal gave; empty until the citizen filed there."""
    practice: bool = False

    @property
    def qr_text(self) -> str:
        """What the QR code says."""
        return f"THON:1:{self.code}"

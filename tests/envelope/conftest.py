"""A point's and a commune's keys, and a payload of a synthetic dossier."""

from dataclasses import dataclass

import pytest

from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.dossier import Answer, Source
from kiosk.domain.paper import SealedPaper
from kiosk.envelope import keys
from kiosk.envelope.payload import Payload


@dataclass(frozen=True)
class Keys:
    signing: str
    identity: str

    @property
    def recipient(self) -> str:
        return keys.recipient_of(self.identity)


def make_payload(**changes: object) -> Payload:
    facts: dict[str, object] = {
        "dossier": "01900000-0000-7000-8000-000000000001",
        "revision": 1,
        "procedure": "1.001193",
        "point": "01900000-0000-7000-8000-00000000000a",
        "hamlet": "Thôn Thử",
        "prepared_on": "2026-11-21",
        "form": "khai_sinh",
        "form_version": "2026.11",
        "slip_code": "NHAP-0000-0000V",
        "answers": (Answer("me.ho_ten", "Vũ Thị Thử", Source.CARD), Answer("me.ghi_chu", "")),
        "papers": (SealedPaper("giay_chung_sinh", "image/jpeg", 1, "a" * 64, "b" * 64, 300),),
        "consent": Consent(frozenset(Purpose), "2026.11", "2026-11-21T09:00:00+07:00", "TN"),
    }
    return Payload(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def commune() -> Keys:
    return Keys(keys.generate_signing_key(), keys.generate_age_identity())


@pytest.fixture(scope="session")
def point() -> Keys:
    return Keys(keys.generate_signing_key(), keys.generate_age_identity())


@pytest.fixture
def payload() -> Payload:
    return make_payload()

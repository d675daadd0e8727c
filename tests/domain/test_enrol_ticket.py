"""One QR code holds what a point needs to join its commune."""

import pytest

from kiosk.domain.enrol_ticket import PREFIX, EnrolTicket, read_ticket
from kiosk.domain.errors import WorldError
from sync.hub.authority import make_authority

AUTHORITY = make_authority("Phường Hải Vân")[0].decode()
TICKET = EnrolTicket("https://hub.xa.example:8443", "7KMP-Q2XR-9HTD", AUTHORITY)


def test_what_was_written_is_read_again() -> None:
    assert read_ticket(f" {TICKET.as_text()}\n") == TICKET
    assert TICKET.as_text().isascii()
    assert len(TICKET.as_text()) < 2300


def test_a_code_read_in_part_is_none() -> None:
    text = TICKET.as_text()
    for length in range(len(text)):
        with pytest.raises(WorldError, match=r"enrol\.ticket"):
            read_ticket(text[:length])


@pytest.mark.parametrize(
    "text",
    ["", "7KMP-Q2XR-9HTD", PREFIX + "::!", TICKET.as_text().replace("https", "http"),
     TICKET.as_text().replace("7KMP", "7K<P"), "THON:1:NHAP-1111-11111", TICKET.as_text() + "A" * 4000 + "!"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(WorldError, match=r"enrol\.ticket"):
        read_ticket(text)

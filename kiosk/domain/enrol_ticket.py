"""What an officer hands to a point in one QR code: address of the hub, one-time code, authority to pin."""

import base64
import binascii
import re
from dataclasses import dataclass

from kiosk.domain.errors import WorldError

PREFIX = "THON-DK:1:"
_MOST = 4000
_LAST = "!"
"""Says that the reader has typed everything."""
_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
_CODE = re.compile(r"[0-9A-Z-]{6,40}")


@dataclass(frozen=True)
class EnrolTicket:
    """``authority`` is a PEM certificate; ``hub_url`` begins with https://."""

    hub_url: str
    code: str
    authority: str

    def as_text(self) -> str:
        """The content of the QR code: three parts behind a prefix, ASCII."""
        body = self.authority.partition(_BEGIN)[2].partition(_END)[0]
        return f"{PREFIX}{self.code}:{''.join(body.split())}:{self.hub_url}{_LAST}"


def read_ticket(text: str) -> EnrolTicket:
    """Raises ``WorldError`` enrol.ticket for what is no such code, or was read only in part."""
    text = "".join(text.split())
    code, _, rest = text.removeprefix(PREFIX).partition(":")
    body, _, url = rest.partition(":")
    try:
        certificate = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise WorldError("enrol.ticket") from error
    whole = text.startswith(PREFIX) and url.endswith(_LAST) and len(text) <= _MOST and len(certificate) > 100
    if not (whole and _CODE.fullmatch(code) and url.startswith("https://")):
        raise WorldError("enrol.ticket")
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    return EnrolTicket(url.removesuffix(_LAST), code, "\n".join([_BEGIN, *lines, _END, ""]))

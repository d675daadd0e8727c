"""Content packs come down piece by piece into ``<home>/incoming``; the volunteer's press installs them.

Nothing of a pack is believed here: whose it is, is checked when it is installed.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from kiosk.domain.errors import WorldError
from kiosk.packs.manifest import LARGEST_PACK
from kiosk.storage.trouble import disk_error
from sync.client.transport import Transport, refusal
from sync.client.trouble import Kind, TransportError
from sync.protocol import PACKS_PATH, PackOffer

FOLDER = "incoming"
_MOST = 256 * 1024


def fetch_pack(
    home: Path, transport: Transport, offer: PackOffer, piece_bytes: int, go_on: Callable[[], bool]
) -> WorldError | None:
    """Fetch what is offered while ``go_on`` says so; the trouble that ended the turn, if any."""
    if not 0 < offer.size <= LARGEST_PACK or len(offer.sha256) != 64 or not offer.sha256.isalnum():
        return TransportError(Kind.GARBLED)
    folder = home / FOLDER
    part, whole = folder / f"{offer.sha256}.part", folder / f"pack-{offer.version}.zip"
    if whole.exists():
        return None
    try:
        folder.mkdir(exist_ok=True)
        while go_on() and (there := part.stat().st_size if part.exists() else 0) < offer.size:
            with part.open("ab") as file:
                file.write(_piece(transport, offer, there, min(piece_bytes, _MOST)))
        return _finish(part, whole, offer)
    except WorldError as error:
        return error
    except OSError as error:
        return disk_error(error)


def _piece(transport: Transport, offer: PackOffer, start: int, size: int) -> bytes:
    headers = {"Range": f"bytes={start}-{start + size - 1}"}
    reply = transport.send("GET", f"{PACKS_PATH}/{offer.sha256}", headers)
    if reply.status not in {200, 206}:
        raise refusal(reply)
    fits = reply.headers.get("content-range", "").startswith(f"bytes {start}-")
    if not reply.body or not (fits if reply.status == 206 else start == 0):
        raise TransportError(Kind.GARBLED, reply.status)
    return reply.body


def _finish(part: Path, whole: Path, offer: PackOffer) -> WorldError | None:
    """Name a whole pack as such, in place of older ones; a wrong one begins again."""
    if part.stat().st_size < offer.size:
        return None
    if hashlib.sha256(part.read_bytes()).hexdigest() != offer.sha256:
        part.unlink()
        return TransportError(Kind.GARBLED)
    part.replace(whole)
    for older in whole.parent.iterdir():
        if older != whole:
            older.unlink()
    return None

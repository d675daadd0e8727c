"""Signed packs for the points: taken in by command, handed out piece by piece. No signing key is ever here.

published/<version>-<sha256>.zip    one pack; the newest is offered
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anyio import to_thread
from litestar import Response, get
from litestar.params import FromPath

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from kiosk.packs.source import open_source
from kiosk.packs.trust import read_trust
from kiosk.packs.verify import check_files, vouched
from sync.hub.home import Home, write_durably
from sync.hub.results import piece
from sync.hub.wire import AnyRequest, hub_of, point_of
from sync.protocol import PACKS_PATH, PackOffer

_FOLDER = "published"
HIGHEST = "published-version"
"""In a copy, and in a hub that came from one: packs themselves are not copied."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_NAME = re.compile(r"(\d{1,9})-([0-9a-f]{64})\.zip")


@dataclass(frozen=True)
class Published:
    """One pack on the hub's disk."""

    offer: PackOffer
    path: Path


def publish(home: Home, pack: Path, trust: Path, today: date = date.min) -> int:
    """Offer a signed pack (.zip) to all points; returns its version. Every file and signature is checked.

    Raises WorldError pack.no_trust, pack.trust, pack.zip, those of ``kiosk.packs.verify``, and
    ``publish.expired`` (its last day is before ``today``), ``publish.not_newer`` for a version that is not
    above the highest that was ever offered.
    """
    with open_source(pack) as source:
        manifest = vouched(source, read_trust(trust))
        check_files(manifest, source, lambda _name, _content: None)
    if not pack.is_file():
        raise WorldError("publish.zip")
    if manifest.valid_to is not None and manifest.valid_to < today:
        raise WorldError("publish.expired", version=manifest.version, until=f"{manifest.valid_to:%d/%m/%Y}")
    if manifest.version <= (now := highest(home)):
        raise WorldError("publish.not_newer", version=now)
    data = pack.read_bytes()
    folder = home.folder / _FOLDER
    folder.mkdir(exist_ok=True)
    write_durably(folder / f"{manifest.version}-{digest_of(data)}.zip", data)
    return manifest.version


def highest(home: Home) -> int:
    """The highest version that points were ever offered, also before this hub came back from a copy."""
    note, now = home.folder / HIGHEST, newest(home)
    noted = int(note.read_text("ascii")) if note.is_file() else 0
    return max(noted, now.offer.version if now else 0)


def newest(home: Home) -> Published | None:
    """What points are offered; ``None`` before anything was published."""
    found = [
        Published(PackOffer(version=int(name[1]), sha256=name[2], size=path.stat().st_size), path)
        for path in (home.folder / _FOLDER).glob("*.zip")
        if (name := _NAME.fullmatch(path.name))
    ]
    return max(found, key=lambda each: each.offer.version, default=None)


def offer_to(home: Home, has: str) -> PackOffer | None:
    """The newest pack for a point that has another one (``has`` as it reports it)."""
    found = newest(home)
    older = found is not None and (not _NUMBER.fullmatch(has) or int(has) < found.offer.version)
    return found.offer if found and older else None


@get(f"{PACKS_PATH}/{{sha256:str}}")
async def pack(request: AnyRequest, sha256: FromPath[str]) -> Response[bytes]:
    """The offered pack, or the range that is asked for (206)."""
    hub = hub_of(request)
    await to_thread.run_sync(point_of, hub, request.headers.get("authorization", ""))
    body = await to_thread.run_sync(_body, hub.home, sha256)
    start, end = piece(request.headers.get("range", ""), len(body))
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "bytes"}
    if (start, end) == (0, len(body)):
        return Response(body, media_type="application/zip", headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(body)}"
    return Response(body[start:end], status_code=206, media_type="application/zip", headers=headers)


def _body(home: Home, sha256: str) -> bytes:
    found = newest(home)
    if found is None or found.offer.sha256 != sha256:
        raise WorldError("pack.unknown")
    return found.path.read_bytes()

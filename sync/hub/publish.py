"""Signed packs for the points: taken in by command, handed out piece by piece. No signing key is ever here.

published/<version>-<sha256>.zip    one pack; the newest is offered
published-version                   in a hub that came from a copy: version and SHA-256 of the newest
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
from kiosk.packs.manifest import Manifest
from kiosk.packs.source import open_source
from kiosk.packs.trust import Trust, read_trust
from kiosk.packs.verify import check_files, vouched
from sync.hub.home import Home, write_durably
from sync.hub.results import piece
from sync.hub.wire import AnyRequest, hub_of, point_of
from sync.protocol import PACKS_PATH, PackOffer

_FOLDER = "published"
HIGHEST = "published-version"
"""In a copy, and in a hub that came from one: packs themselves are not copied."""
_TRUST = {"pack.no_trust": "publish.no_trust", "pack.trust": "publish.trust"}
_PACK = {
    "pack.none": "publish.none",
    "pack.unreadable": "publish.none",
    "pack.signature": "publish.signature",
    "pack.threshold": "publish.threshold",
    "pack.newer": "publish.newer",
}
"""What a point is told of a pack, and what the clerk at the hub is told; all else is a damaged pack."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_NAME = re.compile(r"(\d{1,9})-([0-9a-f]{64})\.zip")


@dataclass(frozen=True)
class Published:
    """One pack on the hub's disk."""

    offer: PackOffer
    path: Path


def publish(home: Home, pack: Path, trust: Path, today: date = date.min) -> int:
    """Offer a signed pack (.zip) to all points; returns its version. Every file and signature is checked.

    Raises WorldError, in words for the clerk at the hub: ``publish.no_trust``, ``publish.trust`` (the file of
    whom to believe), ``publish.none``, ``publish.damaged``, ``publish.signature``, ``publish.threshold``,
    ``publish.newer``, ``publish.zip``, ``publish.expired`` (its last day is before ``today``) and
    ``publish.not_newer`` for a version that is not above the highest that was ever offered. That very pack
    again is taken where a restored hub has lost it.
    """
    manifest = _vouched(pack, _trusted(trust))
    if not pack.is_file():
        raise WorldError("publish.zip")
    if manifest.valid_to is not None and manifest.valid_to < today:
        raise WorldError("publish.expired", version=manifest.version, until=f"{manifest.valid_to:%d/%m/%Y}")
    data = pack.read_bytes()
    digest, now = digest_of(data), highest(home)
    if manifest.version <= now and not _is_lost(home, f"{manifest.version} {digest}"):
        raise WorldError("publish.not_newer", version=now)
    folder = home.folder / _FOLDER
    folder.mkdir(exist_ok=True)
    write_durably(folder / f"{manifest.version}-{digest}.zip", data)
    return manifest.version


def _trusted(trust: Path) -> Trust:
    try:
        return read_trust(trust)
    except WorldError as error:
        raise WorldError(_TRUST[error.code], name=str(trust)) from error


def _vouched(pack: Path, trust: Trust) -> Manifest:
    """The manifest of a pack that is whole and signed by whom ``trust`` names."""
    try:
        with open_source(pack) as source:
            manifest = vouched(source, trust)
            check_files(manifest, source, lambda _name, _content: None)
    except WorldError as error:
        if not error.code.startswith("pack."):
            raise
        told = {"name": str(pack), **error.params}
        raise WorldError(_PACK.get(error.code, "publish.damaged"), **told) from error
    return manifest


def _is_lost(home: Home, noted: str) -> bool:
    """Whether it is the pack that a restored hub is to offer again."""
    return lost(home) > 0 and (home.folder / HIGHEST).read_text("ascii").strip() == noted


def lost(home: Home) -> int:
    """The version that points were offered before this hub came back from a copy, which holds no packs;
    0 if there was none, or if that version or a higher one is offered again."""
    now = newest(home)
    noted = _noted(home)
    return noted if noted > (now.offer.version if now else 0) else 0


def highest(home: Home) -> int:
    """The highest version that points were ever offered, also before this hub came back from a copy."""
    now = newest(home)
    return max(_noted(home), now.offer.version if now else 0)


def note_for_copy(home: Home) -> str:
    """What a copy keeps of the packs: version and SHA-256 of the newest, or what this hub's own copy kept."""
    now, note = newest(home), home.folder / HIGHEST
    if now is not None and now.offer.version >= _noted(home):
        return f"{now.offer.version} {now.offer.sha256}"
    return note.read_text("ascii") if note.is_file() else "0"


def _noted(home: Home) -> int:
    note = home.folder / HIGHEST
    return int(note.read_text("ascii").split()[0]) if note.is_file() else 0


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

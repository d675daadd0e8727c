"""A round on foot: what lies on a memory stick between a point and its hub, and how either end reads it.

``<stick>/thon-dien-tu/di/<point>/`` goes to the commune: sealed envelopes (``<sha256>.envelope``), sealed
papers (``<sha256>.age``) and, written last, ``<export>.manifest``: the round itself, signed by the point and
sealed to the commune. ``…/ve/<point>/<export>.answer`` goes back: the hub's answer, signed by the hub and
sealed to the point; beside it copies of results (``<sha256>.result``). All names are plain ASCII that FAT32
keeps, and no file is larger than 25 MiB.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.envelope.reading import read_json
from kiosk.envelope.seal import open_bytes, seal_bytes
from sync.protocol import VERSION, Event, Message, RoundAnswer

FOLDER = "thon-dien-tu"
TO_COMMUNE = "di"
TO_POINT = "ve"
MANIFEST = ".manifest"
ENVELOPE = ".envelope"
PAPER = ".age"
ANSWER = ".answer"
RESULT = ".result"
MAX_FILE_BYTES = 25 * 1024 * 1024
"""Above every file that belongs here, far below the 4 GiB of FAT32."""
_MANIFEST_SIGNED = b"thon-stick-1\n"
_ANSWER_SIGNED = b"thon-stick-answer-1\n"
_SIGNATURE = 128
"""Hex letters of an Ed25519 signature."""
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DEPTH = 4
_MOST_FOLDERS = 2000
_Record = TypeVar("_Record", "StickManifest", "StickAnswer")


class StickManifest(Message, frozen=True, kw_only=True):
    """What a point says by stick: a round without a sequence, because it may arrive at any time."""

    version: int
    export: str
    """UUIDv7 of this copying; the answer repeats it."""
    point: str
    epoch: str
    """The hub's epoch as the point knew it when it copied."""
    receipt: int
    """Highest receipt number that the point held of that epoch."""
    cursor: int
    """Number of the last news item that the point had applied."""
    events: list[Event]
    """Their bodies are empty here and lie beside the manifest, named by their digest."""
    papers: list[str]
    """Sealed digests of the papers that lie beside it."""


class StickAnswer(Message, frozen=True, kw_only=True):
    """What the hub says back by stick."""

    version: int
    export: str
    point: str
    epoch: str
    """The manifest's epoch: tells whether the point has heard of a newer one meanwhile."""
    answer: RoundAnswer


def seal_manifest(manifest: StickManifest, signing_key: str, recipient: str) -> bytes:
    """As it lies on the stick. Raises WorldError ``envelope.key``, ``envelope.too_big``."""
    return _seal(_MANIFEST_SIGNED, msgspec.json.encode(manifest), signing_key, recipient)


def seal_answer(answer: StickAnswer, signing_key: str, recipient: str) -> bytes:
    """As it lies on the stick. Raises WorldError ``envelope.key``, ``envelope.too_big``."""
    return _seal(_ANSWER_SIGNED, msgspec.json.encode(answer), signing_key, recipient)


def open_manifest(data: bytes, identity: str) -> tuple[StickManifest, str, bytes]:
    """The manifest, its signature and what that stands over: whose key it is only the manifest tells.

    Raises WorldError ``stick.foreign`` (not for this commune, or damaged), ``stick.damaged``,
    ``request.version``.
    """
    signature, body = _open(data, identity)
    return _read(body, StickManifest), signature, _MANIFEST_SIGNED + body


def open_answer(data: bytes, identity: str, hub_key: str) -> StickAnswer:
    """The hub's answer. Raises WorldError ``stick.foreign``, ``stick.signature``, ``stick.damaged``,
    ``request.version``."""
    signature, body = _open(data, identity)
    if not keys.verify(_ANSWER_SIGNED + body, signature, hub_key):
        raise WorldError("stick.signature")
    return _read(body, StickAnswer)


def is_digest(text: str) -> bool:
    """Whether a text can be a digest, and so a part of a file's name."""
    return _SHA256.fullmatch(text) is not None


def find_files(folder: Path, ending: str) -> list[Path]:
    """Files named ``<export>`` + ``ending`` in a folder or a few levels below, in the order in which their
    exports were made. Links are not followed; a folder that cannot be listed holds nothing."""
    found = [
        path
        for each in _folders(folder)
        for path in _listed(each)
        if path.name.endswith(ending)
        and _ID.fullmatch(path.name.removesuffix(ending))
        and path.is_file()
        and not path.is_symlink()
    ]
    return sorted(found, key=lambda path: path.name)


def read_file(path: Path) -> bytes | None:
    """The bytes of a small file; ``None`` where it is gone, too big or cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        return None
    return data if len(data) <= MAX_FILE_BYTES else None


def _folders(folder: Path) -> Iterator[Path]:
    level, seen = [folder], 0
    for _ in range(_DEPTH):
        yield from level
        level = [path for each in level for path in _listed(each) if path.is_dir() and not path.is_symlink()]
        seen += len(level)
        if seen > _MOST_FOLDERS:
            return


def _listed(folder: Path) -> Sequence[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return ()


def _seal(context: bytes, body: bytes, signing_key: str, recipient: str) -> bytes:
    return seal_bytes(keys.sign(context + body, signing_key).encode() + b"\n" + body, recipient)


def _open(data: bytes, identity: str) -> tuple[str, bytes]:
    try:
        plain = open_bytes(data, identity)
    except WorldError as error:
        raise WorldError("stick.foreign") from error
    signature, _, body = plain.partition(b"\n")
    if len(signature) != _SIGNATURE:
        raise WorldError("stick.damaged")
    return signature.decode("ascii", "replace"), body


def _read(body: bytes, record: type[_Record]) -> _Record:
    try:
        read = read_json(msgspec.json.Decoder(record), body)
    except msgspec.DecodeError as error:
        raise WorldError("stick.damaged") from error
    if read.version != VERSION:
        raise WorldError("request.version", version=VERSION)
    if not (_ID.fullmatch(read.export) and _ID.fullmatch(read.point)):  # files are named after them
        raise WorldError("stick.damaged")
    return read

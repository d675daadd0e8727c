"""The manifest of a pack: which files it holds, when it is valid, and who vouches for it.

``manifest.json`` is ``{"signatures": […], "signed": {…}}`` in one writing only (keys sorted, no spaces,
UTF-8): a file that is written otherwise is no manifest, so no byte of it can be changed unseen.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.packs.paths import clashing, is_fit, shown

NAME = "manifest.json"
FORMAT = 1
MOST_FILES = 4096
LARGEST_FILE = 16 * 2**20
LARGEST_PACK = 64 * 2**20
LARGEST_MANIFEST = 2**20
HIGHEST_VERSION = 10**9
_MOST_KEYS = 16
_PURPOSE = b"thon-pack-1\n"
"""Stands before what is signed, so that no signature made for something else fits a pack."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True)
class Signers:
    """Public keys (Ed25519, hex), and how many of them have to sign."""

    keys: tuple[str, ...]
    threshold: int = 1

    def plain(self) -> dict[str, Any]:
        return {"keys": list(self.keys), "threshold": self.threshold}


@dataclass(frozen=True)
class PackFile:
    """One file: its path inside the pack, its length in bytes, its SHA-256."""

    path: str
    length: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the author says of a pack."""

    version: int
    """Grows with every pack, whatever its dates are."""
    valid_from: date
    valid_to: date | None
    """The last day; ``None`` until something newer begins."""
    signers: Signers
    """Who may sign what comes after this pack."""
    files: tuple[PackFile, ...]

    def message(self) -> bytes:
        """What signatures are made over."""
        return _PURPOSE + canonical(self.plain())

    def plain(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": self.version,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            **self.signers.plain(),
            "files": [
                {"path": file.path, "length": file.length, "sha256": file.sha256} for file in self.files
            ],
        }

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class SignedManifest:
    """A manifest with its signatures: (public key, signature), both in hex."""

    manifest: Manifest
    signatures: tuple[tuple[str, str], ...]

    def to_bytes(self) -> bytes:
        signatures = [{"key": key, "signature": signature} for key, signature in self.signatures]
        return canonical({"signed": self.manifest.plain(), "signatures": signatures})


def canonical(value: object) -> bytes:
    """The only writing of a manifest."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def sign(manifest: Manifest, signing_keys: tuple[str, ...]) -> SignedManifest:
    """Vouch for a manifest with some private keys (seeds in hex)."""
    message = manifest.message()
    signatures = [(keys.public_key(key), keys.sign(message, key)) for key in signing_keys]
    return SignedManifest(manifest, tuple(sorted(signatures)))


def read(data: bytes) -> SignedManifest:
    """Read ``manifest.json``; signatures are not looked at.

    Raises ``WorldError`` pack.manifest, pack.newer (made for a later program), pack.path, pack.too_big.
    """
    try:
        whole = json.loads(data.decode("utf-8"))
        made_for = whole["signed"]["format"]
        if type(made_for) is int and made_for > FORMAT:
            raise WorldError("pack.newer")
        found = _signed(whole)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise WorldError("pack.manifest") from error
    if found.to_bytes() != data:
        raise WorldError("pack.manifest")
    _check_files(found.manifest.files)
    return found


def signers_of(plain: Mapping[str, Any]) -> Signers:
    """Keys and threshold as they are written; ``ValueError`` for keys that nobody could sign with."""
    found = Signers(tuple(plain["keys"]), _number(plain["threshold"], _MOST_KEYS))
    fit = all(isinstance(key, str) and _DIGEST.fullmatch(key) for key in found.keys)
    if (
        not fit
        or len(set(found.keys)) != len(found.keys)
        or not found.threshold <= len(found.keys) <= _MOST_KEYS
    ):
        raise ValueError("keys")
    return found


def _signed(whole: Mapping[str, Any]) -> SignedManifest:
    signed = whole["signed"]
    until = signed["valid_to"]
    manifest = Manifest(
        version=_number(signed["version"], HIGHEST_VERSION),
        valid_from=date.fromisoformat(signed["valid_from"]),
        valid_to=None if until is None else date.fromisoformat(until),
        signers=signers_of(signed),
        files=tuple(_file(each) for each in signed["files"]),
    )
    if manifest.valid_to is not None and manifest.valid_to < manifest.valid_from:
        raise ValueError("dates")
    signatures = tuple((each["key"], each["signature"]) for each in whole["signatures"])
    if len(signatures) > _MOST_KEYS or len({key for key, _ in signatures}) != len(signatures):
        raise ValueError("signatures")
    if not all(_DIGEST.fullmatch(key) and _SIGNATURE.fullmatch(made) for key, made in signatures):
        raise ValueError("signatures")
    return SignedManifest(manifest, signatures)


def _file(plain: Mapping[str, Any]) -> PackFile:
    length, digest = plain["length"], plain["sha256"]
    if type(length) is not int or length < 0 or not _DIGEST.fullmatch(digest):
        raise ValueError("file")
    return PackFile(plain["path"], length, digest)


def _number(value: object, highest: int) -> int:
    if type(value) is not int or not 1 <= value <= highest:
        raise ValueError("number")
    return value


def _check_files(files: tuple[PackFile, ...]) -> None:
    for file in files:
        if not is_fit(file.path):
            raise WorldError("pack.path", file=shown(file.path))
        if file.length > LARGEST_FILE:
            raise WorldError("pack.too_big", file=file.path)
    if clash := clashing(file.path for file in files):
        raise WorldError("pack.path", file=clash)
    if len(files) > MOST_FILES or sum(file.length for file in files) > LARGEST_PACK:
        raise WorldError("pack.too_big", file=NAME)

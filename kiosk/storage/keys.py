"""The database key, wrapped for each volunteer: it opens with the device's secret and a PIN together.

A copied disk without ``device.secret`` cannot be tried at all; with it a PIN is slowed by Argon2id.
"""

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from kiosk.domain.folding import fold
from kiosk.storage import durable

FREE_TRIES = 4
"""Wrong PINs in a row that cost no waiting."""
SHORTEST_PIN = 6
_LONGEST_WAIT = 15 * 60.0


@dataclass(frozen=True)
class Cost:
    """What Argon2id spends on one PIN. The default takes about a quarter of a second."""

    memory_kib: int = 64 * 1024
    passes: int = 3


@dataclass(frozen=True)
class PointKeys:
    """What a right PIN opens, and whose PIN it was."""

    database_key: bytes = field(repr=False)
    volunteer: str = ""


@dataclass(frozen=True)
class _Slot:
    volunteer: str
    salt: bytes
    cost: Cost
    wrapped: bytes


def has_slots(home: Path) -> bool:
    """Whether anybody can unlock this point, that is: whether it was ever set up."""
    return any((home / "keys").glob("*.json"))


def create_slots(home: Path, name: str, pin: str, cost: Cost | None = None) -> PointKeys:
    """Draw a new database key and wrap it for the first volunteer.

    Raises ``WorldError``: pin.weak; point.exists where the point has keys already.
    """
    if has_slots(home):
        raise WorldError("point.exists")
    keys = PointKeys(os.urandom(32), name)
    add_slot(home, name, pin, keys, cost)
    return keys


def add_slot(home: Path, name: str, pin: str, keys: PointKeys, cost: Cost | None = None) -> None:
    """Wrap the key for one more volunteer, or anew after a change of PIN; raises pin.weak."""
    if len(pin) < SHORTEST_PIN or not pin.isascii() or not pin.isdigit() or len(set(pin)) < 2:
        raise WorldError("pin.weak", digits=SHORTEST_PIN)
    cost, salt = cost or Cost(), os.urandom(16)
    wrapped = aes_key_wrap(_wrapping_key(_device_secret(home), pin, salt, cost), keys.database_key)
    slot = {
        "format": 1,
        "volunteer": name,
        "salt": salt.hex(),
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "wrapped": wrapped.hex(),
    }
    durable.make_folder(home / "keys")
    durable.write_file(_slot_path(home, name), json.dumps(slot).encode("ascii"))


def unlock(home: Path, pin: str, clock: Clock, name: str | None = None) -> PointKeys:
    """The point's keys for the PIN of one volunteer, or of any of them.

    Raises ``WorldError``: pin.wait (``seconds`` to wait before another try), pin.wrong (``seconds``
    that the next try has to wait, ``tries`` so far), keys.lost (the device's secret or slot is gone or
    damaged: only the commune can help).
    """
    paths = sorted((home / "keys").glob("*.json")) if name is None else [_slot_path(home, name)]
    slots = [_load_slot(path) for path in paths]
    secret = _read(home / "device.secret")
    if not slots:
        raise WorldError("keys.lost")
    _refuse_haste(home, clock)
    for slot in slots:
        if key := _unwrap(slot, secret, pin):
            _forget_failures(home)
            return PointKeys(key, slot.volunteer)
    tries = _count_failure(home, clock)
    raise WorldError("pin.wrong", tries=tries, seconds=round(_wait_after(tries)))


def _unwrap(slot: _Slot, secret: bytes, pin: str) -> bytes | None:
    try:
        return aes_key_unwrap(_wrapping_key(secret, pin, slot.salt, slot.cost), slot.wrapped)
    except InvalidUnwrap:
        return None


def _slot_path(home: Path, name: str) -> Path:
    """File names carry no personal name: a digest of it serves."""
    return home / "keys" / f"{hashlib.sha256(fold(name).encode('utf-8')).hexdigest()[:24]}.json"


def _load_slot(path: Path) -> _Slot:
    try:
        kept = json.loads(_read(path))
        cost = Cost(int(kept["memory_kib"]), int(kept["passes"]))
        if not 8 <= cost.memory_kib <= 1 << 20 or not 1 <= cost.passes <= 20:
            raise ValueError("a cost that no point ever wrote")
        return _Slot(
            str(kept["volunteer"]), bytes.fromhex(kept["salt"]), cost, bytes.fromhex(kept["wrapped"])
        )
    except (ValueError, KeyError, TypeError) as error:
        raise WorldError("keys.lost") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorldError("keys.lost") from error


def _device_secret(home: Path) -> bytes:
    """A random secret of this computer, made on first use; the folder is private to the program's user."""
    path = home / "device.secret"
    if not path.exists():
        durable.make_folder(home)
        durable.write_file(path, os.urandom(32))
        path.chmod(0o600)
    return path.read_bytes()


def _wrapping_key(secret: bytes, pin: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=1, memory_cost=cost.memory_kib)
    return hmac.digest(secret, kdf.derive(pin.encode("utf-8")), "sha256")


def _wait_after(tries: int) -> float:
    """Seconds to wait after so many wrong PINs in a row: 0, then 30, 60, 120 … up to a quarter hour."""
    if tries <= FREE_TRIES:
        return 0.0
    return min(30.0 * 2.0 ** min(tries - FREE_TRIES - 1, 10), _LONGEST_WAIT)


def _failures(home: Path) -> tuple[int, float]:
    try:
        kept = json.loads((home / "keys" / "failures").read_text("ascii"))
        return int(kept["tries"]), float(kept["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0.0


def _refuse_haste(home: Path, clock: Clock) -> None:
    """Waiting is measured by the computer's uptime; after a restart it begins again, never shorter."""
    tries, at = _failures(home)
    now = clock.monotonic()
    waited = now - at if now >= at else now
    left = _wait_after(tries) - waited
    if left > 0:
        raise WorldError("pin.wait", seconds=int(left) + 1)


def _count_failure(home: Path, clock: Clock) -> int:
    tries = _failures(home)[0] + 1
    kept = json.dumps({"tries": tries, "at": clock.monotonic()}).encode("ascii")
    durable.write_file(home / "keys" / "failures", kept)
    return tries


def _forget_failures(home: Path) -> None:
    (home / "keys" / "failures").unlink(missing_ok=True)

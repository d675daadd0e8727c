"""Our own errors: written to a log without personal data, and given a code to tell the commune."""

import hashlib
import logging
import traceback
from pathlib import Path
from types import TracebackType

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def support_code(error: BaseException) -> str:
    """A short code such as ``7K3M-9Q``: the same mistake at the same place gives the same code."""
    number = int.from_bytes(hashlib.sha256("\n".join(_frames(error)).encode()).digest()[:4], "big")
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(25, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def log_error(error: BaseException) -> str:
    """Write where it happened, never what was in it: messages may carry names. Gives the support code."""
    code = support_code(error)
    logging.getLogger("kiosk").error("support %s\n  %s", code, "\n  ".join(_frames(error)))
    return code


def open_log(folder: Path) -> None:
    """Log to ``kiosk.log`` in this folder, warnings and worse, at most about a megabyte."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "kiosk.log"
    if path.exists() and path.stat().st_size > 1_000_000:
        path.replace(folder / "kiosk.log.1")
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("kiosk")
    logger.addHandler(handler)
    logger.propagate = False


def _frames(error: BaseException) -> list[str]:
    """The kind of the error and its places, innermost last; causes are followed."""
    lines = [type(error).__name__, *_places(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    return [*_frames(cause), *lines] if cause is not None else lines


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]

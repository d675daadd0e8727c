"""SQLite's errors told as errors of the world; sqlcipher3's are not sqlite3's own."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kiosk.domain.errors import WorldError

_FULL, _BUSY, _READONLY, _IO, _CORRUPT, _CANNOT_OPEN, _NOT_A_DATABASE = 13, 5, 8, 10, 11, 14, 26
_CODES = {
    _FULL: "disk.full",
    _BUSY: "database.busy",
    _READONLY: "disk.readonly",
    _IO: "disk.failing",
    _CORRUPT: "database.damaged",
    _CANNOT_OPEN: "disk.readonly",
    _NOT_A_DATABASE: "database.damaged",
}
_NEXT_TO_NOTHING = 256 * 1024


@contextmanager
def world_errors(path: Path) -> Iterator[None]:
    """Raise ``WorldError`` for a disk or file in trouble; our own mistakes (bad SQL) pass unchanged."""
    try:
        yield
    except DBAPIError as error:
        told = _told(error, path)
        if told is None:
            raise
        raise told from error


def disk_error(error: OSError) -> WorldError:
    """A file that could not be written, as an error of the world: disk.full, disk.readonly, disk.failing."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WorldError("disk.full")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return WorldError("disk.readonly")
    return WorldError("disk.failing")


def _told(error: DBAPIError, path: Path) -> WorldError | None:
    code = _CODES.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
    if code == "disk.failing" and shutil.disk_usage(path.parent).free < _NEXT_TO_NOTHING:
        code = "disk.full"
    return WorldError(code) if code else None

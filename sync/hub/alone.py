"""One program at a time: a lock in the hub's folder that ends with the process, however it ends."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from kiosk.domain.errors import WorldError

if sys.platform != "win32":
    import fcntl

SERVE_LOCK = "serve.lock"
"""Held while the hub serves; who replaces its files takes it first."""
COPY_LOCK = "copy.lock"
"""Held while papers are copied, checked or erased: none vanishes half-way through a copy."""


@contextmanager
def alone(folder: Path, name: str, code: str) -> Iterator[None]:
    """Hold the lock ``name``. Raises WorldError ``code`` where another process holds it, ``hub.path``
    where it cannot be taken at all (a full disk, another user's file)."""
    with closing(sqlite3.connect(folder / name, isolation_level=None, timeout=0)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise WorldError(code) from error
            raise WorldError("hub.path", name=str(folder / name)) from error
        yield


@contextmanager
def held(file: BinaryIO | FileIO) -> Iterator[None]:
    """For a moment nobody else who asks in the same way has this file. (On Windows one process serves.)"""
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_UN)

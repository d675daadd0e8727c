"""What gets in a command's way: every end that is not a good one is a sentence and an exit status."""

import argparse
import errno
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import SQLAlchemyError

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.texts import Texts, load_texts
from kiosk.domain.errors import WorldError
from kiosk.packs.content import assets_folder

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells know it."""
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_LEAST = 64 * 1024
"""Bytes below which a disk is full: SQLite cannot even make the files that it opens a database with."""
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class Parser(argparse.ArgumentParser):
    """Arguments that do not fit are told in Vietnamese first; exit status 2."""

    def error(self, message: str) -> NoReturn:
        """``message`` is argparse's own, which names the argument."""
        texts = load_texts(assets_folder() / "texts")
        self.exit(2, texts("command.arguments", prog=self.prog) + f"\n{message}\n")


def run_in_words(run: Callable[[], None], texts: Callable[[], Texts], folder: Path) -> int:
    """Exit status 0 if it worked; else 1, or 130 after Ctrl-C, with a sentence on standard error.

    ``folder`` is the hub's: whether its disk is full decides between two sentences.
    """
    try:
        with world_only():
            run()
    except BadContentError as error:
        return _end(str(error))
    except WorldError as error:
        said = WorldError("hub.full", name=str(folder)) if _has_no_room(error, folder) else error
        return _end(texts()(f"error.{said.code}", **said.params))
    except KeyboardInterrupt:
        _end(texts()("command.interrupted"))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the edge of the program: our own mistake, told by its place
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"
        return _end(texts()("command.own_mistake", place=place))
    return 0


@contextmanager
def world_only() -> Iterator[None]:
    """What the system or the database refuses, as WorldError ``hub.full``, ``hub.forbidden``, ``hub.path``,
    ``hub.database`` or ``hub.passphrase_needed``."""
    try:
        yield
    except OSError as error:
        raise _of_system(error) from error
    except SQLAlchemyError as error:
        raise WorldError("hub.database") from error
    except EOFError as error:
        raise WorldError("hub.passphrase_needed") from error


def _has_no_room(error: WorldError, folder: Path) -> bool:
    """A database and a lock on a full disk only say that they cannot be opened."""
    if error.code not in {"hub.database", "hub.path"} or not folder.is_dir():
        return False
    return shutil.disk_usage(folder).free < _LEAST


def _of_system(error: OSError) -> WorldError:
    name = str(error.filename or error.strerror or "?")
    if error.errno in _NO_ROOM:
        return WorldError("hub.full", name=name)
    if error.errno in _FORBIDDEN:
        return WorldError("hub.forbidden", name=name)
    return WorldError("hub.path", name=name)


def _end(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1

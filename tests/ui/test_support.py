"""Our own errors: told by a code, logged without anybody's data."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.support import log_error, open_log, support_code

SECRET = "NGUYỄN THỊ BƯỞI 048095001234"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    open_log(tmp_path / "log")
    yield tmp_path / "log" / "kiosk.log"
    logger = logging.getLogger("kiosk")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def broken(what: str) -> Exception:
    try:
        raise KeyError(what)
    except KeyError as error:
        return error


def caused() -> Exception:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as inner:
            raise ValueError(SECRET) from inner
    except ValueError as error:
        return error


def test_the_same_mistake_has_the_same_code() -> None:
    assert support_code(broken("one")) == support_code(broken("other"))


def test_another_mistake_has_another_code() -> None:
    assert support_code(broken("one")) != support_code(caused())


def test_the_code_can_be_read_over_the_telephone() -> None:
    code = support_code(broken("x"))
    assert len(code) == 7
    assert not set(code) & set("ILOU")


def test_the_log_says_where_and_never_who(log: Path) -> None:
    code = log_error(caused())
    written = log.read_text(encoding="utf-8")
    assert code in written
    assert "test_support.py" in written
    assert "KeyError" in written
    assert "BƯỞI" not in written
    assert "048095001234" not in written


def test_a_log_does_not_grow_for_ever(tmp_path: Path, log: Path) -> None:
    log.write_text("x" * 1_100_000, encoding="utf-8")
    open_log(tmp_path / "log")
    assert not log.exists()
    assert (tmp_path / "log" / "kiosk.log.1").exists()

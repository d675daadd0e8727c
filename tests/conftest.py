"""For every test: Qt without a screen, before anything imports it; no time limit on generated examples; no
garbage collected in the middle of what Qt does."""

import gc
import importlib
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_QPA_FONTDIR", None)

settings.register_profile("steady", deadline=None)  # a busy machine is no failure
settings.load_profile("steady")
importlib.import_module("ui")  # its guards against PySide's faults, after the environment is set


@pytest.fixture(autouse=True, scope="session")
def _no_collector_inside_qt() -> Iterator[None]:
    """As the program itself does it (``ui.memory``): a collection that begins while Qt destroys an object may
    wait for ever for Qt's lock."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collected_between_tests(_no_collector_inside_qt: None) -> Iterator[None]:
    yield
    gc.collect(1)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything was installed for it (``TESTS_MAY_NOT_SKIP``), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and os.environ.get("TESTS_MAY_NOT_SKIP"):
        reporter.write_line("skipped where nothing may be skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

"""For every test: Qt without a screen, before anything imports it; no time limit on generated examples."""

import importlib
import os

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_QPA_FONTDIR", None)

settings.register_profile("steady", deadline=None)  # a busy machine is no failure
settings.load_profile("steady")
importlib.import_module("ui")  # its guards against PySide's faults, after the environment is set


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything was installed for it (``TESTS_MAY_NOT_SKIP``), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and os.environ.get("TESTS_MAY_NOT_SKIP"):
        reporter.write_line("skipped where nothing may be skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

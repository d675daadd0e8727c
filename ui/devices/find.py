"""Which devices this computer has."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ui.devices.browser import find_browser
from ui.devices.printer import FolderPrinter, Printer
from ui.devices.scanner import FolderScanner
from ui.devices.set import Devices
from ui.devices.system_printer import LpPrinter, QtPrinter
from ui.devices.voice import find_voice


def find_devices(folder: Path) -> Devices:
    """The system's printer, else a folder for PDFs; a drop folder for scans; a voice if there is one."""
    drop = folder / "quet"
    drop.mkdir(parents=True, exist_ok=True)
    return Devices(
        FolderScanner(drop), find_printer(folder / "in"), find_voice(), find_browser(folder / "trinh-duyet")
    )


def find_printer(folder: Path) -> Printer:
    """The default printer; without one, papers are kept as PDF files in ``folder``."""
    if sys.platform == "win32":
        return QtPrinter()
    program = shutil.which("lp")
    if program and _has_default_printer():
        return LpPrinter(program)
    return FolderPrinter(folder)


def _has_default_printer() -> bool:
    program = shutil.which("lpstat")
    if program is None:
        return False
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        asked = subprocess.run([program, "-d"], capture_output=True, timeout=3, env=environment, check=False)  # noqa: S603 - a fixed program
    except (OSError, subprocess.SubprocessError):
        return False
    return asked.returncode == 0 and b"no system default" not in asked.stdout

"""The real content pack, built once per test process."""

import atexit
import functools
import shutil
import tempfile
from datetime import date
from pathlib import Path

from kiosk.author.build import build
from kiosk.packs.content import Content, assets_folder, load_content

DAY = date(2026, 11, 21)


@functools.cache
def compiled_forms() -> Path:
    """A folder with every form of ``assets`` compiled."""
    compiled = Path(tempfile.mkdtemp(prefix="pack-"))
    atexit.register(shutil.rmtree, compiled, ignore_errors=True)
    build(assets_folder() / "procedures", compiled)
    return compiled


@functools.cache
def real_content() -> Content:
    """The pack of ``assets`` with its forms compiled, as the trial point has it."""
    return load_content(assets_folder(), compiled_forms(), DAY)

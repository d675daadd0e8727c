"""The real content pack, built once per test process."""

import functools
import tempfile
from datetime import date
from pathlib import Path

from kiosk.author.build import build
from kiosk.packs.content import Content, assets_folder, load_content

DAY = date(2026, 11, 21)


@functools.cache
def real_content() -> Content:
    """The pack of ``assets`` with its forms compiled, as the trial point has it."""
    compiled = Path(tempfile.mkdtemp(prefix="pack-"))
    build(assets_folder() / "procedures", compiled)
    return load_content(assets_folder(), compiled, DAY)

"""Icons of the one licensed set, in a colour of the theme."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QIcon, QPixmap


@lru_cache(maxsize=128)
def icon(folder: Path, name: str, colour: str, pixels: int) -> QIcon:
    """An icon drawn sharp at ``pixels``; it always stands beside words."""
    drawing = (folder / f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", colour)
    drawing = drawing.replace('width="24"', f'width="{pixels}"').replace('height="24"', f'height="{pixels}"')
    pixmap = QPixmap()
    pixmap.loadFromData(drawing.encode(), "SVG")
    return QIcon(pixmap)

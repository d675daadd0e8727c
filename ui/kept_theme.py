"""Text size and contrast over a restart: one small file beside the database, nothing about anybody."""

import json
from pathlib import Path

from ui.theme import Size, Theme

_FILE = "screen.json"
_MOST = 1000
"""Bytes; whatever is longer was not written here."""


def kept_theme(home: Path) -> Theme:
    """As it was left; the usual one where nothing readable was kept."""
    try:
        with (home / _FILE).open("rb") as file:
            found = json.loads(file.read(_MOST))
        return Theme(Size[found["size"]], found["high_contrast"] is True)
    except (OSError, ValueError, KeyError, TypeError):
        return Theme()


def keep_theme(home: Path, theme: Theme) -> bool:
    """Keep it for the next start; false where the disk does not take it, which nobody needs to hear of."""
    text = json.dumps({"size": theme.size.name, "high_contrast": theme.high_contrast})
    fresh = home / f"{_FILE}.new"
    try:
        home.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text + "\n", encoding="utf-8")
        fresh.replace(home / _FILE)
    except OSError:
        return False
    return True

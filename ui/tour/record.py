"""What a tour leaves behind: pictures of the screens, seconds per step, ``summary.json``."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget


class Record:
    """The out folder of one tour."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.problems: dict[str, str] = {}
        self.prefilled: dict[str, dict[str, str]] = {}
        self.facts: dict[str, Any] = {}
        self._seconds: dict[str, float] = {}
        self._step = ("start", time.monotonic())
        self._pictures = 0
        out.mkdir(parents=True, exist_ok=True)

    def step(self, name: str) -> None:
        """From now on time counts for this step."""
        self.close_step()
        self._step = (name, time.monotonic())

    def close_step(self) -> None:
        name, since = self._step
        self._seconds[name] = round(self._seconds.get(name, 0.0) + time.monotonic() - since, 3)
        self._step = (name, time.monotonic())

    def picture(self, window: QWidget, name: str) -> None:
        """Keep a picture of the window as it is now."""
        self._pictures += 1
        window.grab().save(str(self.out / f"{self._pictures:02}-{name}.png"))

    def write(self) -> dict[str, Any]:
        """Write ``summary.json``: what happened, and every file left with its SHA-256."""
        self.close_step()
        summary = self.facts | {
            "problems": self.problems,
            "prefilled": self.prefilled,
            "seconds": self._seconds,
            "files": {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(self.out.iterdir())
                if path.is_file() and path.name != "summary.json"
            },
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self.out / "summary.json").write_text(text + "\n", encoding="utf-8")
        return summary

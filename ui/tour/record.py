"""What a tour leaves behind: pictures of the screens, seconds per step, ``summary.json``."""

import hashlib
import json
import re
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from kiosk.domain.folding import fold

_OURS = re.compile(r"\d{2,3}-[a-z0-9-]+\.(png|pdf)|summary\.json")
"""Names of what a tour leaves: ASCII, so that any file system takes them."""


@dataclass(frozen=True)
class Prefilled:
    """An answer that nobody typed."""

    value: str
    """As it stood on the screen."""
    source: str
    """The mark beside it."""
    stored: str


class Record:
    """The out folder of one tour."""

    def __init__(self, out: Path, pictures: bool = True) -> None:
        """Without ``pictures`` the screens are only looked at, for measuring."""
        self.out = out
        self.takes_pictures = pictures
        self.problems: dict[str, str] = {}
        self.unheard: list[str] = []
        """What the far end did not do although the visit expects it."""
        self.remarks: list[str] = []
        """What of the visit file was left out, and why; told beside the verdict."""
        self.prefilled: dict[str, Prefilled] = {}
        self.unasked: dict[str, str] = {}
        """Stored values of questions that were filled in and never shown; not written down."""
        self.facts: dict[str, Any] = {}
        self._seconds: dict[str, float] = {}
        self._step = ("start", time.monotonic())
        self._pictures = 0
        out.mkdir(parents=True, exist_ok=True)
        _forget_earlier_tour(out)

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
        plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
        window.grab().save(str(self.out / f"{self._pictures:02}-{plain}.png"))

    @property
    def summary(self) -> dict[str, Any]:
        """What happened, and every file left with its SHA-256."""
        return self.facts | {
            "problems": self.problems,
            "prefilled": {name: asdict(found) for name, found in self.prefilled.items()},
            "seconds": self._seconds,
            "files": {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(self.out.iterdir())
                if path.is_file() and path.name != "summary.json"
            },
        }

    def write(self) -> None:
        """Write ``summary.json``."""
        self.close_step()
        text = json.dumps(self.summary, ensure_ascii=False, indent=2)
        (self.out / "summary.json").write_text(text + "\n", encoding="utf-8")


def _forget_earlier_tour(out: Path) -> None:
    """Remove what an earlier tour left in the same folder, and nothing else."""
    for path in out.iterdir():
        if _OURS.fullmatch(path.name):
            path.unlink()

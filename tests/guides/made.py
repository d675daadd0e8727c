"""The real guide, every walk through it, and small files that a test may break."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.guides.load import load_guide
from kiosk.guides.model import Guide
from kiosk.guides.walk import Progress, after, here

FOLDER = Path(__file__).parents[2] / "assets" / "guides"
ACCOUNT = load_guide(FOLDER / "tai_khoan" / "guide.toml")

SMALL = """slug = "thu"
version = "1"
title = "Thử"
lead = "Thử."
start = "A"
log_out = "L"
checked = 2026-11-21
effective_from = 2026-01-01

[offline]
key = "X"
text = "Không"
to = "P"
reason = "giay"

[later]
key = "L"
text = "Sau"
to = "P"

[sources]
s = "Nguồn"

[reasons]
giay = "Giấy"

[diagrams]
h = "Hình"

[[nodes]]
id = "A"
kind = "question"
ask = "Hỏi?"
say = ["Nói"]
check = ["Kiểm"]
must_not = ["Đừng"]
diagram = "h"
sources = ["s"]
confidence = "high"
browser = true
answers = [
  { key = "co", text = "Có", to = "D" },
  { key = "khong", text = "Không", to = "P", reason = "giay" },
]

[[nodes]]
id = "D"
kind = "done"
ask = "Xong"
reason = "giay"
say = ["Nói"]
must_not = ["Đừng"]
diagram = "h"
sources = ["s"]
confidence = "low"
title = "Xong"
place = "here"
where = ["Đây"]
bring = ["Thẻ"]
tell = ["(?) Nhớ"]

[[nodes]]
id = "P"
kind = "exit"
ask = "Giấy"
reason = "giay"
say = ["Nói"]
must_not = ["Đừng"]
diagram = "h"
sources = ["s"]
confidence = "high"
title = "Giấy"
place = "commune"
where = ["Xã"]
bring = ["Thẻ"]
tell = ["Nhớ"]

[[nodes]]
id = "L"
kind = "log_out"
ask = "Ra về"
say = ["Nói"]
must_not = ["Đừng"]
diagram = "h"
sources = ["s"]
confidence = "high"
ticks = ["Đã đóng"]
"""
"""A guide of four nodes with nothing wrong in it."""


def written(folder: Path, *changes: tuple[str, str], text: str = SMALL) -> Path:
    """The small guide as a file, with pieces replaced; each must stand in it."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    home = folder / "thu"
    home.mkdir(parents=True, exist_ok=True)
    (home / "h.svg").write_text("<svg/>")
    (home / "guide.toml").write_text(text, encoding="utf-8")
    return home / "guide.toml"


def all_walks(guide: Guide, most: int = 2) -> Iterator[Progress]:
    """Every walk from the start to an end by the nodes' own answers, in which no node comes more often than
    ``most``."""
    waiting = [(Progress(), {guide.start: 1})]
    while waiting:
        progress, times = waiting.pop()
        node = here(guide, progress)
        if node.kind.ends:
            yield progress
        for answer in node.answers:
            seen = times.get(answer.to, 0)
            if seen < most:
                waiting.append((after(guide, progress, answer.key), times | {answer.to: seen + 1}))


def all_stops(guide: Guide, most: int = 2) -> Iterator[Progress]:
    """Every place of every walk, each once."""
    found: dict[str, Progress] = {}
    for progress in all_walks(guide, most):
        for n in range(len(progress.steps) + 1):
            part = Progress(progress.steps[:n])
            found[str(part)] = part
    yield from found.values()

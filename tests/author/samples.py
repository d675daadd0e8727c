"""Opens the sample forms that pyxform used to bring along, and writes the count into ``docs/conformance.md``.

``python -m tests.author.samples`` fetches the source packages with pip; ``--from DIR`` uses a folder.
"""

import argparse
import subprocess
import sys
import tarfile
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.author.check import Checked, check
from kiosk.author.try_session import clock_of, report
from kiosk.author.words import Words
from kiosk.forms import Session, load_form

VERSIONS = ("0.9.24", "0.12.0", "0.15.1", "1.5.1")
"""Later source packages hold no sample forms."""
PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"
BEGIN, END = "<!-- samples: begin -->", "<!-- samples: end -->"
KINDS = frozenset({".xls", ".xlsx", ".csv", ".md", ".xml"})


@dataclass
class Count:
    """What came of the sample forms."""

    loaded: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    crashed: list[tuple[str, str]] = field(default_factory=list)


def main() -> int:
    """Count, write the section; 1 if a form crashed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", type=Path, dest="folder")
    folder = parser.parse_args().folder
    warnings.simplefilter("ignore")
    if folder is not None:
        count = tally(folder)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            fetch(Path(temporary))
            count = tally(Path(temporary))
    write_section(PAGE, section(count))
    print(f"{count.loaded} loaded, {len(count.refused)} refused, {len(count.crashed)} crashed")
    return 1 if count.crashed else 0


def fetch(folder: Path) -> None:
    """The source packages, unpacked."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    for version in VERSIONS:
        subprocess.run([*pip, "--dest", str(folder), f"pyxform=={version}"], check=True)
    for package in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(package) as archive:
            archive.extractall(folder, filter="data")


def samples(folder: Path) -> Iterator[Path]:
    """Each different sample form once."""
    seen = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix in KINDS and "tests" in path.parts and (content := path.read_bytes()) not in seen:
            seen.add(content)
            yield path


def tally(folder: Path) -> Count:
    """Open every sample, and begin a session of those that load."""
    count = Count()
    words = Words()
    for path in samples(folder):
        try:
            checked = check(path)
            if checked.runs:
                _begin(checked)
        except Exception as error:  # noqa: BLE001 -- a crash of whatever kind is what is counted
            count.crashed.append((path.name, f"{type(error).__name__}: {error}"))
            continue
        if checked.runs:
            count.loaded += 1
        else:
            why = words.line(checked.obstacles[0], path.name, checked.places)
            count.refused.append((path.name, why.partition(": ")[2].rpartition(" / ")[2]))
    return count


def _begin(checked: Checked) -> None:
    assert checked.compiled is not None
    report(Session(load_form(checked.compiled.form, lambda name: ()), clock_of("2026-11-20")))


def section(count: Count) -> str:
    """The section of the page."""
    refused, crashed = count.refused, count.crashed
    lines = [
        "## Biểu mẫu mẫu của pyxform",
        "",
        f"Do `python -m tests.author.samples` ghi. Nguồn: gói nguồn pyxform {', '.join(VERSIONS)} (các bản",
        "sau không còn kèm biểu mẫu); tệp trùng nội dung tính một lần. Mở được nghĩa là dịch được và chạy",
        "được một phiên.",
        "",
        "| Mở được | Từ chối, có nêu lý do | Đổ vỡ |",
        "|---|---|---|",
        f"| {count.loaded} | {len(refused)} | {len(crashed)} |",
        "",
        "| Tệp bị từ chối | Lý do |",
        "|---|---|",
        *(f"| {name} | {why.replace('|', '/')} |" for name, why in [*refused, *crashed]),
    ]
    return "\n".join(lines)


def write_section(page: Path, text: str) -> None:
    """Put a section between its markers, at the end of a page that has none yet."""
    old = page.read_text(encoding="utf-8") if page.is_file() else "# Mức đúng chuẩn\n"
    head, _, rest = old.partition(BEGIN)
    tail = rest.partition(END)[2]
    after = f"\n{tail.lstrip()}" if tail.strip() else ""
    page.write_text(f"{head.rstrip()}\n\n{BEGIN}\n{text}\n{END}\n{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())

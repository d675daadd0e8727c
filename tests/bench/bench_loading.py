"""Loading the content of 1,782 procedures, beside the time to the first frame in the same run.

23 of them have a form (copies of the birth registration under other codes), the others are entries of the
table. Each load is made by a fresh interpreter that has imported what the app has imported by then.
"""

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from kiosk.catalogue.listings import COLUMNS, Listing, write_listings
from tests.bench.bench_search import names
from tests.bench.bench_start import ROOT, compile_probe, start_once
from tests.bench.figure import Figure

ALL, WITH_FORM = 1782, 23
ROUNDS = 5
DAY = date(2026, 11, 21)
FACTS = {
    "sector": "Hộ tịch", "level": "xã", "authority": "UBND cấp xã", "fee": "Miễn lệ phí khi đúng hạn",
    "time_limit": "03 ngày làm việc", "source": "bảng thử", "checked": "2026-11-21",
}  # fmt: skip


def make_pack(folder: Path) -> None:
    """``assets`` and ``compiled`` with so many procedures below a folder."""
    from kiosk.author.build import build
    from kiosk.packs.compiled_catalogue import write_compiled

    procedures = folder / "assets" / "procedures"
    shutil.copytree(ROOT / "assets", folder / "assets", ignore=shutil.ignore_patterns("procedures"))
    shutil.copytree(ROOT / "assets" / "procedures" / "khai_sinh", procedures / "khai_sinh")
    shutil.copy(ROOT / "assets" / "procedures" / "sources.toml", procedures)
    build(procedures, folder / "compiled")
    for number in range(1, WITH_FORM):
        _copy(procedures, folder / "compiled" / "forms", f"khai_sinh_{number}", f"1.9{number:05}")
    listed = enumerate(names(random.Random(1))[: ALL - WITH_FORM])
    empty = dict.fromkeys(COLUMNS, "")
    rows = [Listing(**{**empty, **FACTS, "code": f"2.{n:06}", "name": name}) for n, name in listed]
    (procedures / "catalogue.csv").write_text(write_listings(rows), encoding="utf-8")
    write_compiled(procedures, folder / "compiled")


def _copy(procedures: Path, forms: Path, slug: str, code: str) -> None:
    shutil.copytree(procedures / "khai_sinh", procedures / slug)
    path = procedures / slug / "procedure.toml"
    text = path.read_text(encoding="utf-8").replace("1.001193", code)
    for key in ("slug", "form_id"):
        text = text.replace(f'{key} = "khai_sinh"', f'{key} = "{slug}"')
    path.write_text(text, encoding="utf-8")
    (source,) = forms.glob("khai_sinh-*.json")
    shutil.copy(source, forms / source.name.replace("khai_sinh", slug, 1))


def load_once(folder: Path) -> float:
    """Milliseconds of one load in a fresh interpreter."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.bench.bench_loading", str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return float(done.stdout)


def inside(folder: Path) -> None:
    """What ``load_once`` starts: the imports of the app, then one load."""
    import kiosk.desk.opening  # noqa: F401 - as the next
    import ui.conversation  # noqa: F401 - imported by the app before it loads the content
    from kiosk.packs.choose import content_of

    start = time.perf_counter()
    content = content_of(folder / "home", DAY, folder / "assets", folder / "compiled")
    taken = time.perf_counter() - start
    entries = len(content.catalogue.procedures()) + len(content.catalogue.listings())
    if entries != ALL:
        raise RuntimeError(f"{entries} instead of {ALL} procedures")
    print(taken * 1000)


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_pack(folder)
        probe = compile_probe(folder)
        command = [sys.executable, "-X", "utf8", "-m", "ui.app", "--trial", "--home", str(folder / "point")]
        frames, loads = [], []
        for _ in range(ROUNDS):
            shutil.rmtree(folder / "point", ignore_errors=True)
            frames.append(start_once(command, probe, folder, settle=0.2).first_frame)
            loads.append(load_once(folder))
    frame, load = statistics.median(frames), statistics.median(loads)
    return [Figure("content of 1,782 procedures", load, frame, "ms", 0.2, "beside our own first frame")]


if __name__ == "__main__":
    if sys.argv[1:]:
        inside(Path(sys.argv[1]))
    else:
        for figure in run():
            print(figure.line())

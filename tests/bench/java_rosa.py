"""JavaRosa, the reference implementation, on the same form in the same run, where Java is there.

ODK Validate's jar, which pyxform brings along, holds it; ``JavaRosaBench.java`` is run from its source, which
takes a JDK of 11 or later. Without one there is only the floor to measure against.
"""

import json
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tests.bench.figure import Figure

SOURCE = Path(__file__).with_name("JavaRosaBench.java")
_PATIENCE = 300


def measured(xform: str, edits: int) -> dict[str, float]:
    """Milliseconds of ``open``, ``edit`` and ``flip``; empty where JavaRosa cannot be run."""
    java, jar = shutil.which("java"), _jar()
    if java is None or not jar.is_file():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        form = Path(folder) / "form.xml"
        form.write_text(xform, encoding="utf-8")
        command = [java, "-cp", str(jar), str(SOURCE), str(form), str(edits)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=_PATIENCE, check=False)
    lines = done.stdout.splitlines()
    found: dict[str, float] = json.loads(lines[-1]) if done.returncode == 0 and lines else {}
    return found


def _jar() -> Path:
    pyxform = find_spec("pyxform")
    folder = Path(str(pyxform.origin)).parent if pyxform else Path()
    return folder / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


def figures(ours: dict[str, float], theirs: dict[str, float], growth: dict[str, float]) -> list[Figure]:
    """Ours beside JavaRosa's, 5,000 questions; at most a two-hundredth of an edit, a tenth of an opening."""
    if not theirs:
        return []
    return [
        _figure("edit beside JavaRosa", ours, theirs, "edit", 1 / 200, growth),
        _figure("edit that flips a fifth beside JavaRosa", ours, theirs, "flip", 1 / 200, growth),
        _figure("opening beside JavaRosa", ours, theirs, "open", 1 / 10, growth),
    ]


def _figure(
    name: str,
    ours: dict[str, float],
    theirs: dict[str, float],
    what: str,
    target: float,
    growth: dict[str, float],
) -> Figure:
    faster = theirs[what] / ours[what]
    note = f"5,000 questions: {faster:,.0f} times as fast; JavaRosa grows {growth[what]:.0f} x from 500"
    return Figure(name, ours[what], theirs[what], "ms", target, note)

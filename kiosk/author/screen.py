"""``hamlet-forms try --screen``: the real window in practice mode, with the form an author is working on."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.author.build import dictionary
from kiosk.packs.content import assets_folder, compiled_folder


def practise(file: Path, form: Mapping[str, Any]) -> int:
    """Open the window and wait until it is closed; its exit code. ``LookupError`` as ``make_content``.

    Nothing of it stays: the point and its hub live in a temporary folder.
    """
    with tempfile.TemporaryDirectory(prefix="hamlet-try-") as temporary:
        folder = Path(temporary)
        make_content(folder / "content", file, form)
        where = ["--home", str(folder / "home"), "--content", str(folder / "content")]
        command = [*program(), "--trial", "--practice", *where]
        return subprocess.run(command, check=False).returncode  # noqa: S603 -- our own program


def program() -> list[str]:
    """How the window is started from here."""
    return [sys.executable, "-X", "utf8", "-m", "ui"]


def make_content(folder: Path, file: Path, form: Mapping[str, Any]) -> None:
    """The installed content with this form in the place of its procedure's; ``LookupError`` if there is none.

    The procedure is one of the installed ones, or its ``procedure.toml`` lies beside the form.
    """
    shutil.copytree(assets_folder(), folder / "assets")
    slug = str(form["id"])
    own = folder / "assets" / "procedures" / slug
    if (file.parent / "procedure.toml").is_file():
        shutil.copytree(file.parent, own, dirs_exist_ok=True)
    if not (own / "procedure.toml").is_file():
        raise LookupError(slug)
    shutil.copytree(compiled_folder(), folder / "compiled")
    for old in folder.glob(f"compiled/*/{slug}-*"):
        old.unlink()
    name = f"{slug}-{form['version']}"
    (folder / "compiled" / "forms" / f"{name}.json").write_text(json.dumps(form), encoding="utf-8")
    (folder / "compiled" / "dictionaries" / f"{name}.zdict").write_bytes(dictionary(dict(form)))

"""``hamlet-forms try --screen``: the real window in practice mode, with the form an author is working on."""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.author.attached import csv_rows, find_file
from kiosk.author.dictionary import dictionary
from kiosk.packs.content import assets_folder, compiled_folder


def practise(file: Path, form: Mapping[str, Any], picture: Path | None = None) -> int:
    """Open the window at the form's first page and wait until it is closed; its exit code.

    With ``picture`` the page is drawn into that file instead. Nothing else stays: the point and its hub
    live in a temporary folder.
    """
    with tempfile.TemporaryDirectory(prefix="hamlet-try-") as temporary:
        folder = Path(temporary)
        slug = make_content(folder / "content", file, form)
        where = ["--home", str(folder / "home"), "--content", str(folder / "content"), "--begin", slug]
        drawn = ["--picture", str(picture.resolve())] if picture else []
        command = [*program(), "--trial", "--practice", *where, *drawn]
        return subprocess.run(command, check=False).returncode  # noqa: S603 -- our own program


def program() -> list[str]:
    """How the window is started from here."""
    return [sys.executable, "-X", "utf8", "-m", "ui"]


def make_content(folder: Path, file: Path, form: Mapping[str, Any]) -> str:
    """The installed content with this form in the place of its procedure's, and no other procedure; its slug.

    The procedure is one of the installed ones, or its ``procedure.toml`` lies beside the form; for a form
    without any a stand-in is made, in which every fact is unknown.
    """
    shutil.copytree(assets_folder(), folder / "assets")
    shutil.copytree(compiled_folder(), folder / "compiled")
    _take_lists(folder / "assets" / "lists", file.parent, form)
    procedures = folder / "assets" / "procedures"
    slug = _slug_of(procedures, file, form)
    for other in procedures.glob("*/procedure.toml"):
        if other.parent.name != slug:
            other.unlink()  # only its layouts may be wanted; what is wrong with it must not stop this one
    form = {**form, "id": slug, "version": _fit_version(str(form["version"]))}
    for old in folder.glob(f"compiled/*/{slug}-*"):
        old.unlink()
    name = f"{slug}-{form['version']}"
    (folder / "compiled" / "forms" / f"{name}.json").write_text(json.dumps(form), encoding="utf-8")
    (folder / "compiled" / "dictionaries" / f"{name}.zdict").write_bytes(dictionary(dict(form)))
    return slug


def _slug_of(procedures: Path, file: Path, form: Mapping[str, Any]) -> str:
    """The procedure that asks this form, put among the others if it is not there yet."""
    slug = str(form["id"])
    if (file.parent / "procedure.toml").is_file():
        shutil.copytree(file.parent, procedures / slug, dirs_exist_ok=True)
    if (procedures / slug / "procedure.toml").is_file():
        return slug
    own = procedures / STAND_IN
    own.mkdir()
    title = json.dumps(str(form["title"] or form["id"]), ensure_ascii=False)
    (own / "procedure.toml").write_text(_PROCEDURE.format(slug=STAND_IN, title=title), encoding="utf-8")
    with (procedures / "sources.toml").open("a", encoding="utf-8") as sources:
        sources.write(f'\n{_SOURCE} = "biểu mẫu đang soạn, chưa có thủ tục"\n')
    return STAND_IN


def _take_lists(lists: Path, beside: Path, form: Mapping[str, Any]) -> None:
    """Bring along the lists that lie beside the form."""
    for instance in form["instances"].values():
        path = find_file(str(instance.get("file", "")), [beside])
        if path is not None and path.suffix.lower() == ".csv":
            rows = csv_rows(path)
            with (lists / path.name).open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(out, list(rows[0]) if rows else ["name", "label"])
                writer.writeheader()
                writer.writerows(rows)


def _fit_version(version: str) -> str:
    """A version as built forms have it; others are 1 while they are tried."""
    return version if re.fullmatch(r"[0-9][0-9A-Za-z.]*", version) else "1"


STAND_IN = "bieu_mau_dang_soan"
_SOURCE = "DANG_SOAN"
_PROCEDURE = """\
slug = "{slug}"
code = "0.000000"
former_codes = []
name = {title}
plain_name = {title}
sector = "Đang soạn"
level = "chưa rõ"
authority = "chưa rõ"
channels = []
keywords = []
life_events = []
sensitive = false
official_form = "chưa rõ"
form_id = "{slug}"
legal_basis = []
return_reasons = []
sources = ["DANG_SOAN"]
checked = 2026-01-01
confidence = "unverified"
agency = {{}}
fee = {{ sources = ["DANG_SOAN"], confidence = "unverified" }}
time_limit = {{ sources = ["DANG_SOAN"], confidence = "unverified" }}
result = {{ sources = ["DANG_SOAN"], confidence = "unverified" }}

[[prints]]
information_sheet = true
title = {title}
why = "Biểu mẫu đang soạn, chưa có mẫu in."
"""
"""A procedure of which nobody knows anything yet."""

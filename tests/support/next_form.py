"""The birth declaration of next year: one question less, one more, one reworded, one choice less."""

import atexit
import functools
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from kiosk.author.build import build
from kiosk.packs.content import Content, assets_folder, load_content
from tests.support.content import DAY, compiled_forms

OLD, NEW = "2026.11", "2026.12"
GONE = "gcnkh_quyen"
ADDED = "gcnkh_ban_chinh"
REWORDED = "gcnkh_noi"
CHOICE = "yc_noi_cu_tru.loai_cu_tru"
"""A question whose choice ``2`` is not offered any more."""


def next_form() -> str:
    """The text of the form, version 2026.12."""
    text = (assets_folder() / "procedures" / "khai_sinh" / "form.md").read_text(encoding="utf-8")
    lines = text.splitlines()
    gone = next(line for line in lines if f"| {GONE} |" in line)
    lines[lines.index(gone)] = gone.replace(GONE, ADDED).replace("Quyển số |", "Đã xem bản chính |")
    lines.remove("| | loai_cu_tru | 2 | Tạm trú |")
    text = "\n".join(lines) + "\n"
    for before, after in (("Đăng ký tại |", "Nơi đăng ký kết hôn |"), (f"| {OLD} |", f"| {NEW} |")):
        assert before in text
        text = text.replace(before, after)
    return text


@functools.cache
def next_compiled() -> Path:
    """A folder with every form compiled, the new one in place of the old."""
    folder = Path(mkdtemp(prefix="next-form-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    source = folder / "procedures" / "khai_sinh"
    source.mkdir(parents=True)
    (source / "form.md").write_text(next_form(), encoding="utf-8")
    compiled = folder / "compiled"
    shutil.copytree(compiled_forms(), compiled)
    for old in compiled.glob("*/khai_sinh-*"):
        old.unlink()
    build(source.parent, compiled)
    return compiled


@functools.cache
def next_content() -> Content:
    """Content that offers the new form and still knows the old one."""
    return load_content(assets_folder(), next_compiled(), DAY, behind=[(assets_folder(), compiled_forms())])


def forgetful_content() -> Content:
    """Content that does not know the old form any more."""
    content = next_content()
    forms = {key: form for key, form in content.forms.items() if key in content.offered}
    return replace(content, forms=forms)

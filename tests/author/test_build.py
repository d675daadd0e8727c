"""What a build leaves: forms, dictionaries that fit, an index; the same bytes from the same form."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from kiosk.author.build import build
from kiosk.author.dictionary import dictionary
from kiosk.author.findings import FormError
from kiosk.domain.dossier import Answer, Source
from kiosk.envelope.payload import Payload, to_json
from kiosk.packs.content import assets_folder
from tests.forms.made import birth, compiled

_DIGEST = """
import hashlib
from tests.author.test_build import SMALL, dictionary
from tests.forms.made import compiled
print(hashlib.sha256(dictionary(compiled(*SMALL))).hexdigest())
"""
SMALL = (
    "| | type | name | label | default |\n| | text | ten | Tên | |\n| | date | ngay | Ngày | |\n"
    "| | select_one mau | mau | Màu | do |\n| | note | luu_y | Lưu ý | |",
    "| | list_name | name | label |\n| | mau | do | Đỏ |\n| | mau | xanh | Xanh |",
)
ANSWERS = {
    "kinh_gui.tinh": "48", "kinh_gui.xa": "20194", "yc_ho_ten": "TRẦN THỊ BƯỞI", "yc_ngay_sinh": "1990-02-03",
    "yc_giay_to.loai": "5", "yc_giay_to.so": "048190001234", "yc_quan_he.chon": "me",
    "loai_dang_ky": "dung_han", "loai_khai_sinh": "ca_cha_lan_me", "tre_ho_ten": "NGUYỄN VĂN HỢP",
    "tre_ngay_sinh": "2026-11-02", "tre_gioi_tinh": "1", "tre_noi_sinh.noi": "co_so_y_te",
    "tre_noi_sinh.co_so": "Trạm y tế", "me_ho_ten": "TRẦN THỊ BƯỞI", "me_giay_to.so": "048190001234",
    "cha_ho_ten": "NGUYỄN VĂN NAM", "cha_giay_to.so": "048088004321", "cap_ban_sao": "co", "so_ban_sao": "2",
}  # fmt: skip


def payload() -> bytes:
    some = birth(list(ANSWERS.items()))
    answers = tuple(Answer(entry.name, entry.value, Source.TYPED) for entry in some.filled())
    return to_json(
        Payload(
            dossier="0192f3a4-5b6c-7d8e-9f00-112233445566", revision=1, procedure="1.001193", point="p-7f3a",
            hamlet="Thôn Hòa Vang", prepared_on="2026-11-21", slip_code="K7M2P9", form="khai_sinh",
            form_version="2026.11", answers=answers,
        )
    )  # fmt: skip


def squeezed(data: bytes, words: bytes | None = None) -> int:
    known = zstandard.ZstdCompressionDict(words, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if words else None
    return len(zstandard.ZstdCompressor(level=19, dict_data=known).compress(data))


def test_a_dictionary_makes_a_dossier_small(tmp_path: Path) -> None:
    build(assets_folder() / "procedures", tmp_path)
    words = (tmp_path / "dictionaries" / "khai_sinh-2026.11.zdict").read_bytes()
    content = payload()
    assert squeezed(content, words) < 0.55 * squeezed(content)
    assert squeezed(content, words) < 0.15 * len(content)


def test_a_dictionary_knows_the_questions_and_choices_of_its_form() -> None:
    words = dictionary(compiled(*SMALL)).decode()
    for known in ('"ten"', '"ngay"', '"mau"', '"do"', '"xanh"', '"typed"', '"form":"thu"'):
        assert known in words
    assert "luu_y" not in words


def test_the_same_form_gives_the_same_dictionary_in_every_process() -> None:
    here = hashlib.sha256(dictionary(compiled(*SMALL))).hexdigest()
    for seed in ("1", "2"):
        command = [sys.executable, "-X", "utf8", "-c", _DIGEST]
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True)
        assert done.stdout.strip() == here


def test_a_build_names_its_files_with_their_digests(tmp_path: Path) -> None:
    names = build(assets_folder() / "procedures", tmp_path)
    index = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert index["forms"] == names
    for place, told in index["files"].items():
        content = (tmp_path / place).read_bytes()
        assert (told["length"], told["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert "forms/khai_sinh-2026.11.json" in index["files"]


@pytest.mark.parametrize(
    ("form", "version"), [("../x", "1"), ("khai-sinh", "1"), ("Don", "1"), ("don", "v1")]
)
def test_a_name_that_no_pack_can_hold_is_refused(tmp_path: Path, form: str, version: str) -> None:
    (tmp_path / "procedures" / "x").mkdir(parents=True)
    survey = "| survey |\n| | type | name | label |\n| | text | a | A |\n"
    settings = f"| settings |\n| | form_id | version |\n| | {form} | {version} |\n"
    (tmp_path / "procedures" / "x" / "form.md").write_text(survey + settings, encoding="utf-8")
    with pytest.raises(FormError, match=f"build_name.*{form}-{version}"):
        build(tmp_path / "procedures", tmp_path / "out")
    assert not list(tmp_path.rglob("*.json"))

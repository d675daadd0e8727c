"""Sentences by key."""

from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.texts import load_texts


def written(folder: Path, **files: str) -> Path:
    (folder / "vi").mkdir()
    for name, text in files.items():
        (folder / "vi" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_files_of_a_language_make_one_set_of_keys(tmp_path: Path) -> None:
    texts = load_texts(written(tmp_path, one='[a.b]\nc = "Xin chào"', two='d = "Tạm biệt"'))
    assert texts("a.b.c") == "Xin chào"
    assert texts.keys() == {"a.b.c", "d"}
    assert "d" in texts
    assert "a.b" not in texts


def test_parameters_are_put_in(tmp_path: Path) -> None:
    texts = load_texts(written(tmp_path, one='waiting = "{n} hồ sơ chờ gửi"'))
    assert texts("waiting", n=3) == "3 hồ sơ chờ gửi"


def test_a_missing_key_or_parameter_is_our_mistake(tmp_path: Path) -> None:
    texts = load_texts(written(tmp_path, one='waiting = "{n} hồ sơ"'))
    with pytest.raises(KeyError):
        texts("nowhere")
    with pytest.raises(KeyError):
        texts("waiting")


@pytest.mark.parametrize("value", ['""', '"   "', "3", "true", "[]"])
def test_a_sentence_is_a_text(tmp_path: Path, value: str) -> None:
    with pytest.raises(BadContentError, match=r"one\.toml:2: a\.b: "):
        load_texts(written(tmp_path, one=f"[a]\nb = {value}"))


def test_a_key_stands_in_one_file_only(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match=r"two\.toml:1: a: this key stands in two files"):
        load_texts(written(tmp_path, one='a = "x"', two='a = "y"'))


def test_a_language_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match="no texts"):
        load_texts(tmp_path, "en")

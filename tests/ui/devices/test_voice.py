"""Reading aloud: the text goes in by a pipe, and a second press is silence."""

import sys
from pathlib import Path

import pytest

from ui.devices.voice import EspeakVoice, NullVoice, find_voice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")


def program(folder: Path, body: str) -> str:
    path = folder / "espeak-ng"
    path.write_text(f"#!{sys.executable}\nimport sys\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_text_is_not_seen_in_the_list_of_processes(tmp_path: Path) -> None:
    got = tmp_path / "got"
    body = f"open({str(got)!r}, 'wb').write(sys.stdin.buffer.read() + str(sys.argv[1:]).encode())"
    voice = EspeakVoice(program(tmp_path, body))
    assert voice.toggle("Khai sinh cho bé")
    assert voice._process is not None
    voice._process.wait(10)
    written = got.read_text(encoding="utf-8")
    assert written.startswith("Khai sinh cho bé[")
    assert "bé" not in written.partition("[")[2]


def test_pressing_again_stops_it(tmp_path: Path) -> None:
    voice = EspeakVoice(program(tmp_path, "sys.stdin.read(); import time; time.sleep(60)"))
    assert voice.toggle("một câu dài")
    assert not voice.toggle("một câu dài")
    assert voice._process is not None
    assert voice._process.poll() is not None


def test_no_voice_is_no_error() -> None:
    voice = NullVoice()
    assert not voice.toggle("xin chào")
    voice.stop()


def test_without_the_program_it_is_silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(find_voice(), NullVoice)

"""What is fetched is not guessed at: the tables for it stay unloaded, and the network works without them."""

import subprocess
import sys

from tests.ui.conftest import ROOT

PROGRAM = """
import sys
if sys.argv[1] == "guarded":
    import ui
import requests
answer = requests.Response()
answer._content = "Bưởi".encode()
print("charset_normalizer.md" in sys.modules, answer.text)
"""


def told(word: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", PROGRAM, word],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split()


def test_the_tables_of_encodings_stay_unloaded_and_nobody_is_warned() -> None:
    assert told("guarded") == ["False", "Bưởi"]


def test_without_the_guard_they_are_loaded() -> None:
    assert told("bare")[0] == "True"

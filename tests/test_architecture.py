"""The house rules that import-linter does not know: what stands where, and how big it may be."""

import ast
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kiosk", "sync", "ui")
TOP_LEVEL = {
    "kiosk", "sync", "ui", "assets", "tests", "docs", "decisions", "examples", ".ci",
    "pyproject.toml", "build.spec", "Makefile", "README.md", "ARCHITECTURE.md", "PROTOCOL.md",
    "CHANGELOG.md", "LICENSE", ".gitignore", ".gitattributes",
}  # fmt: skip

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).exists()]


def source_files() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def functions() -> Iterator[tuple[str, int]]:
    for path in source_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, FUNCTIONS):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", length


def test_the_top_level_holds_only_what_the_layout_names() -> None:
    assert {name.split("/")[0] for name in tracked_files()} <= TOP_LEVEL


def test_no_function_is_longer_than_sixty_lines() -> None:
    assert [row for row in functions() if row[1] > 60] == []


def test_most_functions_are_short() -> None:
    lengths = sorted(length for _, length in functions())
    assert statistics.median(lengths) <= 8
    assert lengths[int(len(lengths) * 0.9)] <= 25


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in source_files()
    }
    assert {name: size for name, size in sizes.items() if size > 400} == {}
    assert statistics.median(sizes.values()) <= 120


def test_no_class_has_more_than_fifteen_methods() -> None:
    crowded = {}
    for path in source_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                methods = [
                    item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                ]
                if len(methods) > 15:
                    crowded[f"{path.relative_to(ROOT)} {node.name}"] = len(methods)
    assert crowded == {}


EDGES = {
    "sync/client/loop.py",
    "sync/client/two_starts.py",
    "sync/hub/cli_trouble.py",
    "ui/sync_thread.py",
    "ui/background.py",
    "sync/hub/app.py",
    "ui/app.py",
}
"""Where a broad ``except`` may stand: the loop, the edge of a thread, a slot, the HTTP handler, ``main``."""


def test_broad_except_stands_only_at_the_edges() -> None:
    found = set()
    for path in source_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            ):
                found.add(str(path.relative_to(ROOT)))
    assert found <= EDGES


@pytest.mark.parametrize("word", ["password", "passcode", "otp"])
def test_no_widget_of_the_point_asks_for_a_secret_of_the_citizen(word: str) -> None:
    """Law and design: the point never takes a password, passcode or OTP. (Officers log in at the hub.)"""
    asking = [
        str(path)
        for path in (ROOT / "ui" / "screens").rglob("*.py")
        if f'"{word}' in path.read_text(encoding="utf-8").lower()
    ]
    assert asking == []


def test_tests_keep_up_with_the_code() -> None:
    """The aim is as many lines as the code has; this is the mark below which it must not fall again."""

    def filled(paths: list[Path]) -> int:
        return sum(1 for path in paths for line in lines_of(path) if line.strip())

    assert filled(sorted((ROOT / "tests").rglob("*.py"))) >= 0.7 * filled(source_files())

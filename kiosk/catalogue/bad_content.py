"""Reading TOML data so that a clerk's mistake is refused with its file and line."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_.*\-\"]+)\s*=")


class BadContentError(ValueError):
    """Data that cannot be used; the message begins with ``file:line``."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; ``BadContentError`` if it is missing, no UTF-8 or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadContentError(path, 0, "the file is missing") from error
    except UnicodeDecodeError as error:
        raise BadContentError(path, 0, "not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise BadContentError(path, int(found[1]) if found else 0, f"not TOML: {error}") from error


def refuse(path: Path, where: Sequence[str | int], reason: str) -> BadContentError:
    """The error for one place of a file, such as ``("papers", 2, "key")``."""
    return BadContentError(path, line_of(path, where), f"{_shown(where)}: {reason}")


def line_of(path: Path, where: Sequence[str | int]) -> int:
    """The line of a key, or of the nearest table around it if the key itself is missing."""
    table: tuple[str | int, ...] = ()
    counts: dict[str, int] = {}
    best, depth = 1, 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            table = _table_path(header, counts)
            here = table
        elif key := _KEY.match(line):
            here = (*table, *key[1].replace('"', "").split("."))
        else:
            continue
        if len(here) > depth and tuple(where[: len(here)]) == here:
            best, depth = number, len(here)
    return best


def _table_path(header: re.Match[str], counts: dict[str, int]) -> tuple[str | int, ...]:
    name = header[2].replace('"', "")
    parts: tuple[str | int, ...] = tuple(name.split("."))
    if header[1] == "[":  # a table inside the last of several: [prints.answers]
        number = counts.get(str(parts[0]))
        return parts if number is None else (parts[0], number, *parts[1:])
    parts = (name,)
    counts[name] = counts.get(name, -1) + 1
    return (*parts, counts[name])


def _shown(where: Sequence[str | int]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return text.removeprefix(".")

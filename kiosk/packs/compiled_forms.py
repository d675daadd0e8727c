"""Compiled forms of a pack: which there are is known at once, what is in them when it is first asked for."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.catalogue.bad_content import BadContentError

_COMPILED = re.compile(r"(?P<form>[a-z][a-z0-9_]*)-(?P<version>[0-9][0-9A-Za-z.]*)")

FormKey = tuple[str, str]
"""Form id and version, such as ``("khai_sinh", "2026.11")``."""


class Forms(Mapping[FormKey, Mapping[str, Any]]):
    """Forms by their key; asking for one may raise ``BadContentError`` if its file is broken."""

    def __init__(self, paths: Mapping[FormKey, Path]) -> None:
        self._paths = dict(paths)
        self._read: dict[FormKey, Mapping[str, Any]] = {}

    @classmethod
    def of(cls, *folders: Path) -> "Forms":
        """Those in some folders; a later folder counts. ``BadContentError`` for a file that is no form."""
        return cls({_key(path): path for folder in folders for path in sorted(folder.glob("*.json"))})

    def __getitem__(self, key: FormKey) -> Mapping[str, Any]:
        if key not in self._read:
            self._read[key] = _load(self._paths[key])
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._paths

    def __iter__(self) -> Iterator[FormKey]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def read_all(self) -> None:
        """Read every form now, so that a broken one is found."""
        for key in self:
            self[key]


def newest_version(keys: Iterable[FormKey], form_id: str) -> str:
    """The newest version of a form among these; ``KeyError`` if there is none."""
    versions = [version for each, version in keys if each == form_id]
    if not versions:
        raise KeyError(form_id)
    return max(versions, key=version_order)


def version_order(version: str) -> tuple[int, ...]:
    """The numbers of a version, so that 2026.9 comes before 2026.11."""
    return tuple(int(number) for number in re.findall(r"[0-9]+", version))


def key_of(name: str) -> FormKey | None:
    """The form and version that a name such as ``khai_sinh-2026.11`` stands for; ``None`` for other names."""
    match = _COMPILED.fullmatch(name)
    return (match["form"], match["version"]) if match else None


def _key(path: Path) -> FormKey:
    key = key_of(path.stem)
    if key is None:
        raise BadContentError(path, 1, "not a compiled form")
    return key


def _load(path: Path) -> Mapping[str, Any]:
    try:
        form = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadContentError(path, getattr(error, "lineno", 0), "not a compiled form") from error
    if not isinstance(form, dict):
        raise BadContentError(path, 1, "not a compiled form")
    return form

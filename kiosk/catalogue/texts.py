"""Every sentence that people read, by key; one key names one moment."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.catalogue.bad_content import BadContentError, read_toml, refuse


class Texts:
    """The sentences of one language. A missing key or parameter raises ``KeyError``: that is our mistake."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    def __call__(self, key: str, **params: object) -> str:
        """The sentence of a key, with ``{name}`` filled from ``params``."""
        return self._sentences[key].format(**params)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def below(self, name: str) -> tuple[str, ...]:
        """The names that stand right below one (``life_event`` → ``nha_co_em_be``), as they were written."""
        parts = (key.split(".") for key in self._sentences if key.startswith(f"{name}."))
        depth = name.count(".") + 1
        return tuple(dict.fromkeys(part[depth] for part in parts))

    def keys(self) -> frozenset[str]:
        return frozenset(self._sentences)


def load_texts(folder: Path, language: str = "vi", behind: Path | None = None) -> Texts:
    """Merge the files of ``folder/<language>``; ``BadContentError`` for a text that is empty or doubled.

    ``behind`` is a folder whose sentences stand in where ``folder`` has none.
    """
    others = _sentences(behind, language) if behind and behind != folder else {}
    return Texts(others | _sentences(folder, language))


def _sentences(folder: Path, language: str) -> dict[str, str]:
    sentences: dict[str, str] = {}
    files = sorted((folder / language).glob("*.toml"))
    if not files:
        raise BadContentError(folder / language, 0, "no texts here")
    for path in files:
        for where, sentence in _leaves(read_toml(path)):
            key = ".".join(where)
            if not isinstance(sentence, str) or not sentence.strip():
                raise refuse(path, where, "a sentence is a text that is not empty")
            if key in sentences:
                raise refuse(path, where, "this key stands in two files")
            sentences[key] = sentence.strip()
    return sentences


def _leaves(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value

"""What the hub knows of forms, procedures and sentences: the same content that its points have."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.texts import Texts, load_texts
from kiosk.domain.errors import WorldError


@dataclass(frozen=True)
class Library:
    """Read-only content; loaded once at start."""

    texts: Texts
    dictionaries: Mapping[str, bytes]
    """Compression dictionaries by name, such as ``khai_sinh-2026.11``."""

    def dictionary(self, name: str) -> bytes:
        """Raises KeyError for a form version that this hub does not have."""
        return self.dictionaries[name]

    def sentence(self, error: WorldError) -> str:
        """The Vietnamese sentence of a refusal."""
        key = f"error.{error.code}"
        if key not in self.texts:
            return self.texts("error.server.error")
        return self.texts(key, **error.params)


def load_library(assets: Path, compiled: Path) -> Library:
    """Texts from ``assets``, forms and dictionaries from ``compiled`` (made by ``hamlet-forms build``)."""
    found = sorted((compiled / "dictionaries").glob("*.zdict"))
    return Library(load_texts(assets / "texts"), {path.stem: path.read_bytes() for path in found})

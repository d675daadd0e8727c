"""Papers: the scanned documents that go with a dossier."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A paper attached to a draft. Its bytes live in the encrypted database, not here."""

    id: str
    kind: str
    """ASCII key of the procedure's list of papers, such as ``giay_chung_sinh``."""
    media_type: str
    pages: int
    size: int
    """Bytes."""
    sha256: str
    """Hex digest of the plain bytes."""


@dataclass(frozen=True)
class SealedPaper:
    """A paper as it travels: named by the digest of its sealed bytes."""

    kind: str
    media_type: str
    pages: int
    plain_sha256: str
    sealed_sha256: str
    sealed_size: int

"""A guard against the guessing of encodings: what we fetch is JSON and bytes, and never asks for it.

``requests`` imports ``charset_normalizer`` all the same: 2 MiB of tables about the letters of all languages.
"""

import sys
from types import ModuleType

_DETECTOR = "charset_normalizer"


def leave_encodings_unguessed() -> None:
    """From now on ``requests`` finds a detector that takes everything for UTF-8; one already loaded stays."""
    detector = ModuleType(_DETECTOR, "Takes everything for UTF-8.")
    vars(detector).update(__version__="3.0.0", detect=_utf_8)
    sys.modules.setdefault(_DETECTOR, detector)


def _utf_8(_content: bytes) -> dict[str, str | float]:
    return {"encoding": "utf-8", "confidence": 1.0, "language": ""}

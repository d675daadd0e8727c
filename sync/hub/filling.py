"""Answers of a payload, read by the very form version that asked them."""

from pathlib import Path

from kiosk.domain.filled_form import FilledForm
from kiosk.envelope.payload import Payload


def fill(forms: Path, payload: Payload) -> FilledForm | None:
    """``None`` if the compiled form is not in ``forms``."""
    return None

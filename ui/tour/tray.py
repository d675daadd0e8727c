"""The devices of a tour: the glass on which the visit's sheets are laid, a printer that keeps its sheets."""

from pathlib import Path

from kiosk.domain.errors import WorldError


class TrayScanner:
    """A scanner whose glass holds what the person laid there; each scan takes the sheets off again."""

    def __init__(self) -> None:
        self._sheets: list[Path] = []

    def lay(self, sheets: list[Path]) -> None:
        self._sheets = sheets

    def scan(self) -> list[bytes]:
        """The sheets on the glass; ``WorldError`` scanner.empty if there are none."""
        sheets, self._sheets = self._sheets, []
        if not sheets:
            raise WorldError("scanner.empty")
        return [sheet.read_bytes() for sheet in sheets]

"""The computer's own web browser, for the portal; we neither see nor steer what happens in it."""

from typing import Protocol

from kiosk.domain.errors import WorldError


class Browser(Protocol):
    """Opens a page for the citizen's own login."""

    def open(self, address: str) -> None:
        """``WorldError`` browser.none."""


class NullBrowser:
    """No browser may be opened here."""

    def open(self, address: str) -> None:
        raise WorldError("browser.none")


class SystemBrowser:
    """Whatever opens web pages on this computer."""

    def open(self, address: str) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if not QDesktopServices.openUrl(QUrl(address)):
            raise WorldError("browser.none")

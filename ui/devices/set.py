"""The devices of a point, passed in as one."""

from dataclasses import dataclass, field

from ui.devices.browser import Browser, NullBrowser
from ui.devices.printer import Printer
from ui.devices.scanner import Scanner
from ui.devices.voice import Voice


@dataclass(frozen=True)
class Devices:
    """What stands beside the computer."""

    scanner: Scanner
    printer: Printer
    voice: Voice
    browser: Browser = field(default_factory=NullBrowser)

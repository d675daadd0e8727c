"""What a running hub is made of; built once in ``app.py`` or by the command line, passed to everything."""

from dataclasses import dataclass

from kiosk.domain.clock import Clock
from sync.hub.home import Home, HubSettings
from sync.hub.keys import HubKeys
from sync.hub.library import Library
from sync.hub.store.database import Database


@dataclass(frozen=True)
class Hub:
    """One commune's hub while it runs."""

    home: Home
    settings: HubSettings
    database: Database
    keys: HubKeys
    library: Library
    clock: Clock

    @property
    def commune(self) -> str:
        """The id under which this commune's rows stand."""
        return self.settings.commune

    def now(self) -> str:
        """The wall time as it is stored and shown, never compared."""
        return self.clock.now().isoformat(timespec="seconds")

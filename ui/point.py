"""What the wiring does for the screens of one point: open its desk, and talk with its hub."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.clock import Clock
from ui.hub_access import HubAccess
from ui.sync_thread import SyncThread
from ui.window import SCREENS, Shell, screen_class

if TYPE_CHECKING:
    from kiosk.desk.opening import Desk
    from kiosk.packs.content import Content
    from ui.conversation import Conversation
    from ui.sticks import PointSticks

TRIAL_PIN = "123456"
PACKS = "goi-noi-dung"
"""The folder beside the point's own where a content pack may be put."""


@dataclass(frozen=True)
class Site:
    """Where a point's things are."""

    home: Path
    """The point's own folder."""
    assets: Path
    compiled: Path
    trial: bool
    access: Callable[[], HubAccess] | None = None
    """For a trial point: how to reach its hub; called on the sync thread."""
    practice: bool = False
    """Whether the desk begins in practice mode."""


class Point:
    """The errands of ``ui.window``, for real. Heavy imports happen in the background."""

    def __init__(self, shell: Shell, site: Site, clock: Clock) -> None:
        self._shell = shell
        self._site = site
        self._clock = clock
        self._content: Content | None = None
        self._seen: tuple[date, tuple[int, ...]] | None = None
        """The day and the packs for which the content was read."""
        self._desk: Desk | None = None
        self._conversation: Conversation | None = None
        self._sync: SyncThread | None = None

    def prepare(self) -> bool:
        """Load what the first frame did without (background). Whether the point is still to be made."""
        from kiosk.desk import opening
        from ui import conversation  # noqa: F401 - it is wanted as soon as the point is opened

        self._load()
        for name in SCREENS:
            screen_class(name)
        return opening.is_new(self._site.home)

    def unlock(self, pin: str) -> "Desk":
        from kiosk.desk import guide, opening, supplement, today

        new = self.prepare()
        assert self._content is not None  # noqa: S101 - prepare loaded it
        if self._desk is not None:
            opening.check_pin(self._desk, pin)
        elif new and self._site.trial and pin == TRIAL_PIN:
            self._desk = self.create(self._shell.texts("trial.volunteer"), pin)
        else:
            self._desk = opening.unlock(self._site.home, self._content, self._clock, pin)
            today.erase_old_drafts(self._desk)
            guide.erase_old(self._desk)
            supplement.erase_old(self._desk)
        return self._desk

    def create(self, volunteer: str, pin: str) -> "Desk":
        from kiosk.desk import opening

        self.prepare()
        assert self._content is not None  # noqa: S101 - prepare loaded it
        self._desk = opening.create(self._site.home, self._content, self._clock, volunteer, pin)
        return self._desk

    def enrol(self, hub_url: str, code: str, authority: str) -> None:
        from ui.conversation import enrol_desk

        assert self._desk is not None  # noqa: S101 - the screen opened it first
        enrol_desk(self._desk, hub_url, code, authority)
        self.send_now()

    def opened(self, desk: "Desk") -> None:
        from ui.conversation import Conversation
        from ui.support import log_error

        self._conversation = Conversation(desk, self._site.access)
        if self._site.practice:
            self._shell.set_practice(True)
        self._sync = SyncThread(self._conversation.turn)
        self._sync.news_arrived.connect(self._shell.news_arrived)
        self._sync.queue_changed.connect(self._shell.queue_changed)
        self._sync.line_changed.connect(self._shell.line_changed)
        self._sync.failed.connect(log_error)
        self._sync.start()

    def send_now(self) -> None:
        if self._sync is not None:
            self._sync.wake()

    def fresh(self, desk: "Desk") -> "Desk":
        before = self._content
        content = self._load() if before is not None else None
        return desk if content is before or content is None else replace(desk, content=content)

    def take_pack(self) -> tuple[int, date]:
        from kiosk.desk.renew_content import renew_content
        from kiosk.packs.found import newest_in
        from sync.client.packs import FOLDER as INCOMING
        from sync.volumes import sticks

        site, drop = self._site, self._site.home.parent / PACKS
        drop.mkdir(parents=True, exist_ok=True)
        made = renew_content(
            site.home,
            newest_in([drop, site.home / INCOMING, *sticks(disks_too=True)]),
            site.assets,
            site.compiled,
        )
        return made.version, made.valid_from

    def sticks(self) -> "PointSticks":
        from ui.sticks import PointSticks

        assert self._shell.desk is not None  # noqa: S101 - the screen opened it first
        return PointSticks(self._shell.desk)

    def set_aside(self) -> Path:
        from kiosk.desk import opening

        return opening.set_aside(self._site.home, self._clock)

    def give_trust(self, file: Path) -> None:
        from kiosk.packs.choose import FOLDER
        from kiosk.packs.trust import give_trust, read_trust

        give_trust(self._site.home / FOLDER, read_trust(file))

    def _load(self) -> "Content":
        """The content of today, read again only when a pack came or a day began."""
        from kiosk.packs.choose import FOLDER, content_of, installed_versions

        site, today = self._site, self._clock.now().date()
        seen = (today, tuple(installed_versions(site.home / FOLDER)))
        if self._content is None or seen != self._seen:
            self._content = content_of(site.home, today, site.assets, site.compiled)
            self._seen = seen
        return self._content

    def close(self) -> None:
        """Stop talking, then close the database; a round that will not end keeps it open."""
        ended = self._sync is None or self._sync.stop()
        if self._conversation is not None and ended:
            self._conversation.close()
        if self._desk is not None and ended:
            from kiosk.desk import opening

            opening.close(self._desk)

"""What the buttons of a followed dossier's card do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.screens.followed_card import Offers
from ui.screens.screen import Screen

if TYPE_CHECKING:
    from kiosk.desk.follow_up import Followed
    from kiosk.desk.opening import Desk


class FollowedActions:
    """Works in the background and shows the list again; ``asked`` is the dossier that may be taken back."""

    def __init__(
        self, screen: Screen, reload: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        self.asked = ""
        self._screen, self._shell = screen, screen.shell
        self._reload, self._failed = reload, failed

    @property
    def _desk(self) -> "Desk":
        assert self._shell.desk is not None  # noqa: S101 - home leads here, and it has a desk
        return self._shell.desk

    def offers(self, one: "Followed") -> Offers:
        return Offers(
            correct=lambda: self._correct(one),
            papers=lambda: self._send_papers(one),
            again=lambda: self._unpark(one, self._changed),
            hand_back=lambda: self._shell.show("hand_back"),
            by_stick=lambda: self._unpark(one, self._show_sticks),
            withdraw=lambda: self._ask(one.dossier),
            sure=lambda: self._withdraw(one),
            keep=lambda: self._ask(""),
        )

    def _ask(self, dossier: str) -> None:
        """Ask whether this one shall really be taken back; empty to ask no more."""
        self.asked = dossier
        self._reload()

    def _withdraw(self, one: "Followed") -> None:
        from kiosk.desk import withdraw

        desk, self.asked = self._desk, ""
        self._shell.run(lambda: withdraw.withdraw(desk, one.dossier), self._changed, self._failed)

    def _correct(self, one: "Followed") -> None:
        from kiosk.desk import follow_up

        desk = self._desk
        self._screen.start_loading(self._screen.texts("follow_up.loading"))
        self._shell.end_visit()
        self._shell.run(lambda: follow_up.start_correction(desk, one.dossier), self._open, self._failed)

    def _open(self, draft: str) -> None:
        self._shell.show("form", dossier=draft)

    def _send_papers(self, one: "Followed") -> None:
        self._shell.end_visit()
        self._shell.show("supplement", dossier=one.dossier)

    def _unpark(self, one: "Followed", then: Callable[[None], None]) -> None:
        """Let a parked dossier wait for its road again."""
        from kiosk.desk import follow_up

        desk = self._desk
        self._shell.run(lambda: follow_up.try_again(desk, one.dossier), then, self._failed)

    def _show_sticks(self, _nothing: None) -> None:
        self._shell.show("usb")

    def _changed(self, _nothing: None) -> None:
        self._shell.errands.send_now()
        self._reload()

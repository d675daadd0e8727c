"""What the screens of a visit share: how the citizen is addressed, and the open desk."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import shiboken6

from kiosk.desk import welcome
from kiosk.domain.errors import WorldError
from ui.screens.form_words import corrected_sentence
from ui.screens.screen import Screen
from ui.widgets.error_summary import Mend
from ui.widgets.words import breakable, words
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.fill import Filling
    from kiosk.desk.opening import Desk
    from kiosk.desk.welcome import Visit

T = TypeVar("T")
_LETTERS = 54
"""Text heights of width from which the top bar has room for a whole step."""

ADDRESSES = ("bac", "anh", "chi")
"""Keys of ``address.…`` in the texts; the first is the default until the card tells more."""


class VisitScreen(Screen):
    """Base of the screens between welcome and done."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_primary(self.texts("shell.continue"), self.go_on)
        self.set_back(self.go_back)
        self.asked = words(role="warn", name="asked")
        self.asked.hide()

    def show_asked(self) -> None:
        """Show what the commune asked for when this is a correction, and what another draft of the visit
        corrected here; a screen lays ``asked``."""
        sentence = self.filling.asked
        asked = self.texts("form.asked", sentence=sentence) if sentence else ""
        told = "\n".join(part for part in (asked, corrected_sentence(self.filling, self.say)) if part)
        self.asked.setText(breakable(told))
        self.asked.setVisible(bool(told))

    def set_step(self, n: int, count: int, page: str) -> None:
        """Say which step of the dossier this is; a narrow window leaves the page's name to its heading."""
        wide = self.shell.window.width() >= _LETTERS * int(self.shell.theme.size)
        step = self.texts("form.step" if wide else "form.step_short", n=n, count=count, page=page)
        self.set_title(self.filling.procedure.plain_name, step)

    def mends(self) -> list[Mend]:
        """What is still to be mended on this page; listed again under any trouble."""
        return []

    def show_world_error(self, error: WorldError) -> None:
        self.show_mends([Mend(self.shell.sentence(error), name=error.code), *self.mends()])

    def go_on(self) -> None:
        """What the primary action does."""

    def go_back(self) -> None:
        """What Back does; home unless a screen knows better."""
        self.go_home()

    def go_home(self) -> None:
        """Home; everything is saved already, and the visit is over."""
        shell, visit = self.shell, self.shell.visit.visit
        super().go_home()
        if visit is not None and shell.desk is not None:
            desk = shell.desk
            shell.run(lambda: welcome.end_visit(desk, visit.id), _done)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do slow work; its result is dropped if this screen was left meanwhile, its error never is."""

        def deliver(result: T) -> None:
            if self.is_here():
                self.stop_loading()
                then(result)

        def fail(error: Exception) -> None:
            if not (self.is_here() and isinstance(error, WorldError)):
                self.shell.fail(error)
                return
            self.stop_loading()
            (otherwise or self.shell.fail)(error)

        self.shell.run(work, deliver, fail)

    def is_here(self) -> bool:
        """Whether this screen is still the one that is shown."""
        return shiboken6.isValid(self) and self.shell.screen is self

    def say(self, key: str, **params: object) -> str:
        """A sentence that may speak to the citizen as {you} or {You}."""
        return self.texts(key, **{**called(self.shell), **params})

    def explain(self, area: str) -> None:
        """Put the page's own help on the right."""
        self.set_help(self.say(f"{area}.help"), self.say(f"{area}.help_title"))

    @property
    def desk(self) -> "Desk":
        """The open desk; a visit never starts without one."""
        assert self.shell.desk is not None  # noqa: S101 - the home screen starts visits after unlocking
        return self.shell.desk

    @property
    def visit(self) -> "Visit":
        """The visit that welcome started."""
        assert self.shell.visit.visit is not None  # noqa: S101 - welcome comes before every other screen
        return self.shell.visit.visit

    @property
    def filling(self) -> "Filling":
        """The dossier being filled."""
        assert self.shell.visit.filling is not None  # noqa: S101 - choose opened it
        return self.shell.visit.filling


def called(shell: Shell) -> dict[str, str]:
    """How the citizen wants to be addressed, for sentences with {you} or {You}."""
    word = str(shell.visit.notes.get("address_as", shell.texts(f"address.{ADDRESSES[0]}")))
    return {"you": word.lower(), "You": word}


def _done(_none: None) -> None:
    """Nothing more to do."""

"""When something goes wrong that no field on a page can mend."""

from typing import Any

from kiosk.domain.errors import WorldError
from ui.screens.screen import Screen
from ui.support import log_error
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import Shell


class TroubleScreen(Screen):
    """The world's errors with what to do; ours with a code to tell the commune."""

    name = "trouble"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("trouble.title"))
        self.set_primary(self.texts("trouble.go_on"), self.go_home, icon="house")
        self.set_back(None)
        self.top.home.hide()

    def entered(self, **kwargs: Any) -> None:
        """``error``: what happened."""
        error: Exception = kwargs["error"]
        if isinstance(error, WorldError):
            self._say(self.texts("trouble.world"), self.shell.sentence(error))
        else:
            self._say(self.texts("trouble.ours"), self.texts("trouble.ours_text"), log_error(error))

    def _say(self, title: str, text: str, code: str = "") -> None:
        self.body.addWidget(words(title, "title"))
        frame, inside = card()
        inside.addWidget(words(text, name="trouble:text"))
        if code:
            inside.addWidget(words(self.texts("trouble.code"), "label"))
            inside.addWidget(words(code, "huge", "trouble:code"))
        inside.addWidget(words(self.texts("trouble.safe"), "muted"))
        self.body.addWidget(frame)
        self.body.addStretch(1)

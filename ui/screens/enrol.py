"""Setting up a point: who sits here, and which commune it belongs to."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kiosk.domain.enrol_ticket import PREFIX, EnrolTicket, read_ticket
from kiosk.domain.errors import WorldError
from ui.screens.code_reading import read_code
from ui.screens.screen import Screen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.opening import Desk

_MOST_AUTHORITY = 64 * 1024


class EnrolScreen(Screen):
    """First the volunteer's name and PIN (a new point only), then the commune's address and one-time code."""

    name = "enrol"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("enrol.title"))
        self.set_primary(self.texts("shell.continue"), self._go_on)
        self.set_back(None)
        self.set_help(self.texts("enrol.help"))
        self.top.home.hide()
        self._volunteer_card, self.volunteer, self.pin, self.pin_again = self._volunteer_part()
        self._hub_card, self.hub, self.code, self.authority = self._hub_part()
        self.body.addWidget(self._volunteer_card)
        self.body.addWidget(self._hub_card)
        self.body.addStretch(1)
        self._volunteer_card.hide()

    def entered(self, **kwargs: Any) -> None:
        """``new``: the point has no volunteer yet."""
        new = bool(kwargs.get("new", False))
        self._volunteer_card.setVisible(new)
        if not new:
            self.set_back(self.go_home, self.texts("enrol.later"))
        if missing := _missing_card(self.shell):
            self.body.insertWidget(self.body.count() - 1, missing)

    def _volunteer_part(self) -> tuple[QFrame, QLineEdit, QLineEdit, QLineEdit]:
        frame, inside = card()
        inside.addWidget(words(self.texts("enrol.volunteer.title"), "heading"))
        name = self._line(inside, "volunteer", "enrol.volunteer.name")
        pin = self._line(inside, "pin", "enrol.volunteer.pin", secret=True)
        again = self._line(inside, "pin_again", "enrol.volunteer.pin_again", secret=True)
        return frame, name, pin, again

    def _hub_part(self) -> tuple[QFrame, QLineEdit, QLineEdit, QPlainTextEdit]:
        frame, inside = card()
        inside.addWidget(words(self.texts("enrol.hub.title"), "heading"))
        inside.addWidget(words(self.texts("enrol.hub.lead"), "muted"))
        code = self._line(inside, "code", "enrol.hub.code")
        inside.addWidget(button("do:picture", self.texts("enrol.hub.picture"), self._read))
        hub = self._line(inside, "hub", "enrol.hub.address")
        hub.setPlaceholderText("https://")
        for line in (code, hub):
            line.textChanged.connect(self._take_ticket)
        authority = QPlainTextEdit()
        authority.setTabChangesFocus(True)
        authority.setFixedHeight(self.shell.theme.pixels(110))
        _name(authority, "authority", self.texts("enrol.hub.authority"))
        inside.addWidget(words(self.texts("enrol.hub.authority"), "label"))
        inside.addWidget(words(self.texts("enrol.hub.authority_hint"), "small"))
        inside.addWidget(authority)
        self.trust = self._line(inside, "trust", "enrol.hub.trust")
        return frame, hub, code, authority

    def _read(self) -> None:
        """The commune's sheet, from a picture."""
        read_code(self, self.texts("enrol.reading"), self._picture_read, self._failed)

    def _picture_read(self, text: str) -> None:
        try:
            self._fill(read_ticket(text))
        except WorldError as error:
            self.show_world_error(error)

    def _take_ticket(self, text: str) -> None:
        """The commune's QR code, read into the field of the code or of the address, fills all three."""
        if not text.startswith(PREFIX):
            return
        try:
            ticket = read_ticket(text)
        except WorldError:
            return  # a reader types letter by letter: it is whole only at the end
        self._fill(ticket)

    def _fill(self, ticket: EnrolTicket) -> None:
        self.hub.setText(ticket.hub_url)
        self.authority.setPlainText(ticket.authority)
        self.code.setText(ticket.code)

    def _line(self, inside: QVBoxLayout, name: str, key: str, *, secret: bool = False) -> QLineEdit:
        line = QLineEdit()
        _name(line, name, self.texts(key))
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setMaximumWidth(self.shell.theme.pixels(240))
        inside.addWidget(words(self.texts(key), "label"))
        inside.addWidget(line)
        return line

    def _go_on(self) -> None:
        mends = [Mend(self.texts(key), line.setFocus, line.objectName()) for key, line in self._missing()]
        self.show_mends(mends)
        if any(line.text().startswith(PREFIX) for line in (self.code, self.hub)):
            self.show_world_error(WorldError("enrol.ticket"))
            return
        if mends:
            return
        self.start_loading(self.texts("enrol.loading"))
        if self._volunteer_card.isVisible():
            self._create()
        else:
            self._enrol()

    def _missing(self) -> list[tuple[str, QWidget]]:
        new = self._volunteer_card.isVisible()
        checks: list[tuple[bool, str, QWidget]] = [
            (new and not self.volunteer.text().strip(), "enrol.missing.name", self.volunteer),
            (new and len(self.pin.text()) < 6, "enrol.missing.pin", self.pin),
            (new and self.pin.text() != self.pin_again.text(), "enrol.missing.pin_again", self.pin_again),
            (not self.hub.text().strip().startswith("https://"), "enrol.missing.hub", self.hub),
            (not self.code.text().strip(), "enrol.missing.code", self.code),
            (not self.authority.toPlainText().strip(), "enrol.missing.authority", self.authority),
        ]
        return [(key, widget) for wrong, key, widget in checks if wrong]

    def _create(self) -> None:
        errands, name, pin = self.shell.errands, self.volunteer.text().strip(), self.pin.text()

        def created(desk: "Desk") -> None:
            self.shell.open(desk)
            self._volunteer_card.hide()
            self._enrol()

        self.shell.run(lambda: errands.create(name, pin), created, self._failed)

    def _enrol(self) -> None:
        errands = self.shell.errands
        hub, code, given = self.hub.text().strip(), self.code.text().strip(), self.authority.toPlainText()
        trust = self.trust.text().strip().removeprefix("file://")

        def work() -> None:
            if trust:
                errands.give_trust(Path(trust))
            errands.enrol(hub, code, _authority(given))

        self.shell.run(work, self._enrolled, self._failed)

    def _enrolled(self, _nothing: object) -> None:
        self.shell.show("home")

    def _failed(self, error: Exception) -> None:
        self.stop_loading()
        self.shell.fail(error)


def _missing_card(shell: Shell) -> QFrame | None:
    """What the commune has not told its points yet; it does not hinder enrolling."""
    missing = shell.desk.content.commune.missing() if shell.desk is not None else ()
    if not missing:
        return None
    frame, inside = card()
    frame.setObjectName("commune_missing")
    inside.addWidget(words(shell.texts("enrol.commune_missing"), "heading"))
    for name in missing:
        inside.addWidget(words(shell.texts(f"commune.missing.{name}"), "muted"))
    return frame


def _name(widget: QWidget, name: str, label: str) -> None:
    widget.setObjectName(name)
    widget.setAccessibleName(label)


def _authority(given: str) -> str:
    """The certificate itself, or the text of the file that was named. Raises enrol.authority_file."""
    given = given.strip()
    if given.startswith("-----BEGIN"):
        return given + "\n"
    try:
        with Path(given.removeprefix("file://")).open(encoding="ascii") as file:
            return file.read(_MOST_AUTHORITY)
    except (OSError, ValueError) as error:
        raise WorldError("enrol.authority_file") from error

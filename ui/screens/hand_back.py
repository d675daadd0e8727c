"""Handing a result over: slip and card first, then the copy, then nothing of it stays."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from kiosk.desk import hand_back, welcome
from kiosk.desk.hand_back import Result
from kiosk.domain.errors import WorldError
from ui.screens.copy_printing import CopyPrinting
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.pdf_preview import PdfPreview, PreviewWords, draw_pages
from ui.widgets.text_line import TextLine
from ui.widgets.words import words
from ui.window import Shell

_SHEET_WIDTH = 620
"""Pixels of the previewed sheet."""
_NAME = "ban-de-biet"
"""Under which name the printer hears of it."""
_OF_THE_SLIP = frozenset({"slip.code", "hand_back.unknown", "handed_back.no_result", "hand_back.no_number"})
"""Errors that another slip may mend; all others want another card."""


class HandBackScreen(VisitScreen):
    """Two things to read, one look, one press. Leaving the screen forgets the copy."""

    name = "hand_back"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("hand_back.title"))
        self.set_help(self.texts("hand_back.help"))
        self._result: Result | None = None
        self._pages = 0
        self._printing = CopyPrinting(self.texts, self._print)
        self._slip, self._card = TextLine(), TextLine()
        self._state = words(role="ok", name="handed")
        self._state.hide()
        self._asking, column = card()
        self._lay_asking(column)
        self._heading = words(self.texts("hand_back.heading"), "title")
        self._shown, self._shown_column = card()
        self._shown.hide()
        for widget in (
            self._heading,
            self._asking,
            self._shown,
            self._state,
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def entered(self, **kwargs: Any) -> None:
        self.set_primary(self.texts("hand_back.check"), self.go_on)
        self._slip.take_focus()

    def go_on(self) -> None:
        """Compare slip and card; then note that it was handed over; then back to the list."""
        if self._state.isVisible():
            self.go_back()
        elif self._result is not None:
            self._finish(self._result)
        elif mends := self._missing():
            self.show_mends(list(mends.values()))
            next(iter(mends)).take_focus()  # a reader types its next code there
        else:
            text = self._card.edit.text()
            self.start_loading(self.texts("hand_back.checking"))
            self.run(lambda: welcome.read_card_text(self.desk, text), self._compare, self._refused)

    def go_back(self) -> None:
        self.shell.show("follow_up")

    def left(self) -> None:
        """No printed file stays behind."""
        printer = self.shell.devices.printer
        if self._printing.copies:
            self.shell.run(lambda: printer.forget(_NAME), _nothing_more)

    def _missing(self) -> dict[TextLine, Mend]:
        """What is still to be read, by the line into which it is read."""
        wanted = [(self._slip, "slip"), (self._card, "card")]
        return {
            line: Mend(self.texts(f"hand_back.need_{name}"), line.take_focus, f"{name}:text")
            for line, name in wanted
            if not line.value()
        }

    def _lay_asking(self, column: QVBoxLayout) -> None:
        hint = self.texts("hand_back.card_hint")
        for line, name, said in ((self._slip, "slip", ""), (self._card, "card", hint)):
            label = self.texts(f"hand_back.{name}")
            column.addWidget(words(label, "label"))
            if said:
                column.addWidget(words(said, "muted"))
            line.edit.setObjectName(f"{name}:text")
            line.set_named(label, said)
            column.addWidget(line)
        column.addWidget(button("do:picture", self.texts("hand_back.picture"), self._take_picture))

    def _take_picture(self) -> None:
        def work() -> welcome.CardReading:
            return welcome.read_card_picture(self.desk, self.shell.devices.scanner.scan()[0])

        self.start_loading(self.texts("hand_back.checking"))
        self.run(work, self._compare, self._refused)

    def _compare(self, reading: welcome.CardReading) -> None:
        slip = self._slip.edit.text()
        if not slip.strip():
            self.show_mends(list(self._missing().values())[:1])
            self._slip.take_focus()
            return
        self._card.edit.clear()
        self.show_mends([])
        self.run(lambda: hand_back.receive(self.desk, slip, reading.card), self._show, self._refused)

    def _refused(self, error: Exception) -> None:
        """Say why, and wait for what is to be read again: it replaces what stands in its field."""
        self.shell.fail(error)
        if isinstance(error, WorldError):
            line = self._slip if error.code in _OF_THE_SLIP else self._card
            line.take_focus()
            line.edit.selectAll()

    def _show(self, result: Result) -> None:
        """What may be handed over now."""
        self._result = result
        for part in (self._heading, self._asking):
            part.hide()
        self._shown_column.addWidget(
            words(self.texts("hand_back.matched", procedure=result.procedure), "ok", "matched")
        )
        if result.copy:
            self._shown_column.addWidget(self._printing)
        for role, text in _words_of(self, result):
            self._shown_column.addWidget(words(text, role))
        if result.copy:
            pages = draw_pages(result.copy, _SHEET_WIDTH)
            self._pages = len(pages)
            preview = PdfPreview(_preview_words(self))
            preview.show_pages(pages)
            self._shown_column.addWidget(preview)
        self._shown.show()
        self.set_primary(self.texts("shell.continue" if result.coming else "hand_back.finish"), self.go_on)
        if result.copy:
            self._printing.take_focus()
        else:
            self.bottom.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        result = self._result
        if result is not None:
            printer = self.shell.devices.printer
            self.show_mends([])
            self.run(
                lambda: printer.print_pdf(result.copy, _NAME),
                lambda _none: self._printing.show_sent(),
                self._not_sent,
            )

    def _not_sent(self, error: Exception) -> None:
        self._printing.show_failed()
        self.shell.fail(error)

    def _finish(self, result: Result) -> None:
        if result.coming:
            self.go_back()
            return
        if result.copy and not self._printing.is_settled:
            need = self.texts("hand_back.not_printed")
            self.show_mends([Mend(need, self._printing.take_focus, "not_printed")])
            return
        pages = self._pages * self._printing.copies
        self.run(lambda: hand_back.finish(self.desk, result, pages), self._finished)

    def _finished(self, _none: None) -> None:
        self._result = None
        self._shown.hide()
        self._state.setText(self.say("hand_back.finished"))
        self._state.show()
        self.set_primary(self.texts("shell.continue"), self.go_on)
        self.shell.errands.send_now()


def _nothing_more(_none: None) -> None:
    """What was printed is no file any more."""


def _words_of(screen: HandBackScreen, result: Result) -> list[tuple[str, str]]:
    """Role and text of each line about the result."""
    texts = screen.texts
    lines: list[tuple[str, str]] = []
    if result.sentence:
        lines.append(("", texts("follow_up.sentence", text=result.sentence)))
    if result.original_at:
        lines.append(("", texts("hand_back.original", place=result.original_at)))
    if result.coming:
        lines.append(("warn", screen.say("hand_back.coming")))
    elif not result.copy:
        lines.append(("", texts("hand_back.no_copy")))
    return lines


def _preview_words(screen: HandBackScreen) -> PreviewWords:
    texts = screen.texts
    return PreviewWords(
        title=texts("hand_back.preview"),
        page=lambda n, count: texts("hand_back.page", n=n, count=count),
        before=texts("hand_back.before"),
        after=texts("hand_back.after"),
    )

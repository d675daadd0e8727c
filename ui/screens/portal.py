"""The portal road: the citizen files under his own login; here are the lines and files for it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from kiosk.catalogue.portal_rules import PortalRules
from kiosk.desk import fill, papers_out, portal, portal_files
from kiosk.desk.portal_files import PortalFile
from ui.beside import Beside
from ui.screens.copy_row import CopyRow
from ui.screens.leaving_list import LeavingList
from ui.screens.visit_screen import VisitScreen, called
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.text_line import TextLine
from ui.widgets.words import words
from ui.window import Shell

_CODE_LETTERS = 30

Prepared = tuple[PortalRules, list[tuple[str, str, str]], tuple[PortalFile, ...]]


class PortalScreen(VisitScreen):
    """No field here takes a password, passcode or OTP."""

    name = "portal"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("portal.title"))
        self.explain("portal")
        self.set_primary(self.texts("portal.record"), self.go_on)
        self._address = ""
        self._beside = Beside(shell.window)
        self._opener = button("do:open_portal", self.texts("portal.open"), self._open)
        self._lines, self._column = card(spacing=4)
        self._files, self._file_column = card(spacing=4)
        self._leaving = LeavingList()
        self._code = TextLine(letters=_CODE_LETTERS)
        self._code.edit.setObjectName("portal:code")
        self._lay()

    def entered(self, **kwargs: Any) -> None:
        self.start_loading(self.texts("portal.loading"))
        self.run(self._prepare, self._show)

    def left(self) -> None:
        self._beside.give_back()
        QGuiApplication.clipboard().clear()

    def go_on(self) -> None:
        """Note the code that the portal gave; the draft's content is erased with it."""
        typed, filling = self._code.edit.text(), self.filling
        if not typed.strip():
            self.show_mends([Mend(self.say("portal.need.code"), self._code.take_focus, "portal:code")])
            return
        if (undone := self._leaving.undone()) is not None:
            box, what = undone
            sentence = self.texts("portal.need.leaving", what=what)
            self.show_mends([Mend(sentence, box.setFocus, box.objectName())])
            return

        def work() -> tuple[str, bytes]:
            slip = papers_out.slip(self.desk, filling)
            code = portal.record_code(self.desk, filling, typed)
            portal_files.wipe(self.desk.home)
            return code, slip

        self.show_mends([])
        self.start_loading(self.texts("portal.recording"))
        self.run(work, lambda result: self._recorded(*result))

    def go_back(self) -> None:
        self.shell.show("review")

    def _prepare(self) -> Prepared:
        fill.save(self.desk, self.filling, (), self.name)
        rows = portal.values_to_copy(self.desk, self.filling)
        return portal_files.rules(self.desk), rows, portal_files.lay_out(self.desk, self.filling)

    def _show(self, prepared: Prepared) -> None:
        rules, rows, files = prepared
        self._address = rules.address
        self._opener.setEnabled(True)
        for label, key, text in rows:
            named = self.texts("portal.key", label=label, field=key) if key else label
            self._column.addWidget(CopyRow(named, text, self.say))
        self._show_files(rules, files)
        you = called(self.shell)
        self._leaving.show_steps([(step.key, step.text.format(**you)) for step in rules.leaving])
        for copy in self.page.findChildren(QPushButton, "do:copy")[-1:]:
            self.setTabOrder(copy, self._code.edit)  # made before the lines that stand above it
        self.focus_first()

    def _show_files(self, rules: PortalRules, files: Sequence[PortalFile]) -> None:
        self._files.setVisible(bool(files))
        if not files:
            return
        self._file_column.addWidget(words(self.texts("portal.files"), "label"))
        self._file_column.addWidget(words(self.texts("portal.files_lead"), "muted"))
        folder = str(portal_files.folder_of(self.desk.home))
        self._file_column.addWidget(CopyRow(self.texts("portal.files_folder"), folder, self.say, path=True))
        for file in files:
            key = "portal.file" if file.fits else "portal.file_big"
            said = self.texts(key, name=file.name, size=max(1, file.size // 1024))
            self._file_column.addWidget(words(said, "" if file.fits else "warn", "portal:file"))
        if not rules.limit_known:
            self._file_column.addWidget(words(self.texts("portal.limit_unknown"), "muted"))

    def _recorded(self, code: str, slip: bytes) -> None:
        slip_code = self.filling.slip_code
        self.shell.visit.filling = None
        self.shell.queue_changed.emit()
        self.shell.show("done", code=slip_code, portal_code=code, slip=slip)

    def _open(self) -> None:
        """The portal at the left, this page beside it."""
        place = self._beside.make_room(int(self.shell.theme.size))
        if place is not None:
            self.top.set_title("")  # no room for it there; the page's heading and the window's title say it
        self.run(lambda: self.shell.devices.browser.open(self._address, place), lambda _none: None)

    def _walk(self) -> None:
        self.shell.show("guide", back_to=self.name)

    def _lay(self) -> None:
        self.body.addWidget(words(self.texts("portal.heading"), "title"))
        self.body.addWidget(words(self.say("portal.lead"), "muted"))
        self._opener.setEnabled(False)
        self.body.addWidget(self._opener, 0, Qt.AlignmentFlag.AlignLeft)
        guide = button("do:guide", self.texts("portal.guide"), self._walk, "plain")
        self.body.addWidget(guide, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._lines)
        self._files.hide()
        self.body.addWidget(self._files)
        frame, inside = card(spacing=8)
        inside.addWidget(words(self.texts("portal.code"), "label"))
        inside.addWidget(words(self.texts("portal.code_hint"), "muted"))
        inside.addWidget(self._code)
        inside.addWidget(words(self.texts("portal.leaving"), "label"))
        inside.addWidget(self._leaving)
        self._code.set_named(self.texts("portal.code"), self.texts("portal.code_hint"))
        self.body.addWidget(frame)
        self.body.addStretch(1)

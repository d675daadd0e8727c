"""The commune wants more papers: scan them and send them after the dossier; nothing is asked again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.errors import WorldError
from kiosk.domain.paper import Paper
from ui.screens.paper_row import PaperRow
from ui.screens.screen import Screen
from ui.widgets.error_summary import Mend
from ui.widgets.words import breakable, words
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.opening import Desk
    from kiosk.desk.supplement import Supplement


class SupplementScreen(Screen):
    """One row for each paper that was asked for."""

    name = "supplement"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("supplement.title"))
        self.set_back(lambda: self.shell.show("follow_up"))
        self.set_primary(self.texts("supplement.send"), self._send, icon="send")
        self.set_help(self.texts("supplement.help"))
        self._rows: dict[str, PaperRow] = {}
        self._pages = 0
        self._asked = words(role="warn", name="asked")
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self.body.addWidget(words(self.texts("supplement.heading"), "title"))
        self.body.addWidget(words(self.texts("supplement.lead"), "muted"))
        self.body.addWidget(self._asked)
        self.body.addLayout(self._column)
        self.body.addStretch(1)
        self._asked.hide()

    def entered(self, **kwargs: Any) -> None:
        """``dossier``: which one."""
        from kiosk.desk import supplement

        desk, dossier = self._desk, str(kwargs["dossier"])
        self._dossier = dossier
        self.start_loading(self.texts("supplement.loading"))
        self.shell.run(lambda: supplement.look(desk, dossier), self._show, self._failed)

    @property
    def _desk(self) -> "Desk":
        assert self.shell.desk is not None  # noqa: S101 - the follow-up leads here, and it has a desk
        return self.shell.desk

    def _show(self, wanted: "Supplement") -> None:
        if self.shell.screen is not self:
            return
        self.stop_loading()
        self._pages = wanted.pages
        self._asked.setText(breakable(self.texts("follow_up.sentence", text=wanted.sentence)))
        self._asked.setVisible(bool(wanted.sentence))
        for paper in wanted.papers:
            if paper.key not in self._rows:
                row = self._rows[paper.key] = PaperRow(paper, self.texts)
                row.scan_wanted.connect(self._scan)
                row.removal_wanted.connect(self._remove)
                self._column.addWidget(row)
            self._rows[paper.key].show_paper(paper)

    def _scan(self, kind: str) -> None:
        from kiosk.desk import supplement

        desk, dossier, scanner = self._desk, self._dossier, self.shell.devices.scanner

        def work() -> "Supplement":
            supplement.attach(desk, dossier, kind, scanner.scan())
            return supplement.look(desk, dossier)

        self.show_mends([])
        self._rows[kind].show_busy()
        self.shell.run(work, self._show, lambda error: self._scan_failed(kind, error))

    def _scan_failed(self, kind: str, error: Exception) -> None:
        if self.shell.screen is self:
            self._rows[kind].show_ready()
        self._failed(error)

    def _remove(self, papers: Sequence[Paper]) -> None:
        from kiosk.desk import attach_papers, supplement

        desk, dossier = self._desk, self._dossier

        def work() -> "Supplement":
            for paper in papers:
                attach_papers.detach(desk, paper.id)
            return supplement.look(desk, dossier)

        self.show_mends([])
        self.shell.run(work, self._show, self._failed)

    def _send(self) -> None:
        from kiosk.desk import supplement

        desk, dossier = self._desk, self._dossier
        if not self._pages:
            self.show_mends([Mend(self.texts("supplement.missing"), self.focus_first, "missing")])
            return
        self.start_loading(self.texts("supplement.sending"))
        self.shell.run(lambda: supplement.send(desk, dossier), self._sent, self._failed)

    def _sent(self, count: int) -> None:
        self.shell.errands.send_now()
        if self.shell.screen is self:
            self.shell.show("follow_up", dossier=self._dossier, said=self.texts("supplement.sent", n=count))

    def _failed(self, error: Exception) -> None:
        if self.shell.screen is self:
            self.stop_loading()
        if isinstance(error, WorldError) and self.shell.screen is self:
            self.show_world_error(error)
        else:
            self.shell.fail(error)

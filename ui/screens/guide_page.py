"""What the pages of a walkthrough share: its panels, the way out on paper, and where each answer leads."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.desk import guide
from kiosk.desk.guide import Walk
from kiosk.domain.next_step import Statement
from kiosk.guides.model import Node, NodeKind
from ui.screens.aside_screen import AsideScreen
from ui.screens.guide_parts import plain_card, speak
from ui.widgets.buttons import button
from ui.widgets.drawing import Drawing
from ui.window import Shell

_DRAWING = QSize(256, 144)
RETURN = "guide_back"
"""Note of a visit: the screen from which the guide was opened."""


class GuidePage(AsideScreen):
    """A page of a walk. Nothing on it, or on its kin, takes a password, passcode or OTP."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.walk: Walk | None = None
        self._busy = False
        self.offline = button("do:offline", self.texts("guide.offline"), self._leave_online)
        self.bottom.add_before_primary(self.offline)
        self.offline.hide()

    def begin(self, walk: Walk) -> None:
        """Take the walk that is shown; called first by ``entered``."""
        self.walk = walk
        self.set_title(walk.guide.title)
        self.offline.setVisible(walk.may_leave)
        self.offline.setAccessibleName(walk.guide.offline.text)
        self.offline.setToolTip(walk.guide.offline.text)

    @property
    def node(self) -> Node:
        """The node that is shown."""
        return self._walk.node

    @property
    def _walk(self) -> Walk:
        assert self.walk is not None  # noqa: S101 - entered brought it
        return self.walk

    def go_home(self) -> None:
        """Home: what nobody holds a sheet for is gone."""
        desk, walk, shell = self.shell.desk, self.walk, self.shell
        super().go_home()
        if desk is not None and walk is not None:
            shell.run(lambda: guide.leave(desk, walk), _done)

    def go_back(self) -> None:
        """One answer back; before the first one, out of the guide."""
        if self._walk.progress.steps:
            self.go_to(lambda: guide.back(self.desk, self._walk))
        else:
            self.out()

    def out(self) -> None:
        """Where the guide was opened: a screen of the visit, or its own first page."""
        self.shell.show(str(self.shell.visit.notes.pop(RETURN, "guide")))

    def finish(self) -> None:
        """Count how the walk ended; then back to the visit, or the wiped home."""
        self.run(lambda: guide.finish(self.desk, self._walk), lambda _none: self._over())

    def go_to(self, work: Callable[[], Walk]) -> None:
        """Go to another node; the answer is on the disk before the next page is shown."""
        if not self._busy:
            self._busy = True
            self.run(work, lambda walk: show_walk(self.shell, walk), self._stay)

    def _over(self) -> None:
        self.walk = None
        if RETURN in self.shell.visit.notes:
            self.out()
        else:
            self.go_home()

    def _stay(self, error: Exception) -> None:
        self._busy = False
        self.shell.fail(error)

    def _leave_online(self) -> None:
        self.go_to(lambda: guide.leave_online(self.desk, self._walk))

    def panel(self, name: str, role: str, lines: Sequence[Statement]) -> QWidget | None:
        """One of the panels on the right: what to say, to check, never to do; ``None`` without a line."""
        said = [speak(self.say, line, self.node) for line in lines]
        if not said:
            return None
        made = plain_card(self.say(f"guide.{name}"), said, f"panel:{name}", role)
        self.aside_column.addWidget(made)
        return made

    def draw_diagram(self, column: QVBoxLayout) -> None:
        """The drawing of this node."""
        path = self._walk.guide.drawing(self.node)
        if path is not None:
            said = self._walk.guide.diagrams[self.node.diagram]
            column.addWidget(Drawing(path, said, _DRAWING), 0, Qt.AlignmentFlag.AlignLeft)

    def spoken_text(self) -> str:
        """The page, and what is said to the person; what the volunteer must know is not read out."""
        return ". ".join(
            [super().spoken_text(), *(speak(self.say, line, self.node) for line in self.node.say)]
        )


def show_walk(shell: Shell, walk: Walk) -> None:
    """Show the page of the node where a walk stands."""
    shell.show("guide_exit" if walk.node.kind.ends else "guide_step", walk=walk)


def ends(node: Node) -> bool:
    """Whether the walk reached what it was for."""
    return node.kind is NodeKind.DONE


def _done(_none: None) -> None:
    """Nothing more to do."""

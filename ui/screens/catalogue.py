"""Looking things up without a visit: every procedure, what is new, and the notices to hang on the wall."""

from collections.abc import Sequence
from typing import Any

from kiosk.catalogue.catalogue import Found
from kiosk.desk.whats_new import News, whats_new
from ui.screens.aside_screen import AsideScreen
from ui.screens.lookup import Lookup
from ui.widgets.buttons import button
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import Shell

_MOST_NEWS = 40


class CatalogueScreen(AsideScreen):
    """On the left what is looked for, on the right what is new; nothing here is about a citizen."""

    name = "catalogue"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("catalogue.title"))
        self.explain("catalogue")
        self.set_primary("", self.go_on)
        self.body.addWidget(words(self.texts("catalogue.heading"), "title"))
        self._lookup = Lookup(self, self._pick, self._look_again)

    def entered(self, **kwargs: Any) -> None:
        self._lookup.finding.begin()
        self.run(lambda: whats_new(self.desk), self._show_news)

    def go_on(self) -> None:
        """Enter opens the marked row."""
        if self._lookup.view is None and (found := self._lookup.finding.marked()) is not None:
            self._pick(found)

    def go_back(self) -> None:
        if self._lookup.view is not None:
            self._look_again()
        else:
            self.go_home()

    def _show_news(self, news: Sequence[News]) -> None:
        frame, column = card(spacing=12)
        column.addWidget(words(self.texts("catalogue.news"), "heading"))
        if not news:
            column.addWidget(words(self.texts("catalogue.no_news"), "muted", "no_news"))
        for number, one in enumerate(news[:_MOST_NEWS]):
            column.addWidget(words(f"– {one.sentence}", "warn" if one.coming else "", f"news:{number}"))
        everything = button("do:notices", self.texts("catalogue.print_all"), self._print_all)
        self.aside_column.addWidget(everything)
        self.aside_column.addWidget(frame)
        self.aside_column.addStretch(1)
        self.show_aside()

    def _print_all(self) -> None:
        self._lookup.printing.print("all")

    def _pick(self, found: Found) -> None:
        self._lookup.open(found, roads=False)

    def _look_again(self) -> None:
        self._lookup.close()

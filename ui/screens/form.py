"""The declaration, one page after the other: every answer is saved, nothing is asked twice."""

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.desk import carry_over, corrections, fill
from kiosk.desk.desk import Desk
from kiosk.domain.errors import WorldError
from ui.screens.fetching import serve_files
from ui.screens.form_view import FormView
from ui.screens.form_words import place_of
from ui.screens.saver import Saver
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.question_words import question_words
from ui.window import Shell

AFTER = 2
"""Steps after the pages of the form: papers, review."""
_MARGIN = 24
"""Pixels kept above and below a question that gets the keyboard."""
_RELEASED = 30
"""Milliseconds until it is asked again whether the mouse was released."""
_OTHER_SCREENS = ("papers", "review")
"""Places of a draft that are screens of their own."""


class FormScreen(VisitScreen):
    """Shows the relevant pages of the form; what is wrong on a page is said when the person goes on."""

    name = "form"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._view: FormView | None = None
        self._checked = False
        self._aim = ""
        self._trouble: Mend | None = None
        self._said = question_words(self.texts)
        self._later = button("do:later", self.texts("form.later"), self._go_later)
        self._saver = Saver(self.run, lambda: _save(self, self._view))
        self._saver.saved.connect(self._show_saved)
        self._saver.failed.connect(shell.fail)
        self.body.addWidget(self.asked)
        self.body.addStretch(1)
        self.bottom.add_before_primary(self._later)
        self._later.hide()
        self._left_field = QTimer(self, singleShot=True, interval=0)
        self._left_field.timeout.connect(self._check_left)
        _application().focusChanged.connect(self._focus_moved)

    def entered(self, dossier: str = "", page: str = "", question: str = "", **kwargs: Any) -> None:
        """Open a draft (``dossier``) or go on with the one of this visit, at a page or a question. With
        ``stay`` the draft keeps the version of its form, even if there is a newer one."""
        if dossier:
            desk, stay = self.desk, bool(kwargs.get("stay", False))
            self.start_loading(self.texts("form.opening"))
            self.run(lambda: _open(desk, dossier, stay), lambda filling: self._resume(dossier, filling))
        else:
            self._show_page(page or _page_of(self.filling, question) or self.filling.place, question)

    def left(self) -> None:
        _application().focusChanged.disconnect(self._focus_moved)
        self._left_field.stop()
        self._saver.flush()
        if self.shell.visit.filling is not None:
            self.filling.read_in()

    def go_on(self) -> None:
        """To the next page, unless something on this one is to be mended."""
        if self._view is None:
            return
        self._checked = True
        wrong = self._check()
        if wrong:
            self.page_area.verticalScrollBar().setValue(0)
            self.errors.take_focus()
        else:
            self._go_later()

    def go_back(self) -> None:
        if self._view is None or self._view.at == 0:
            self.go_home()
        else:
            self._show_page(self._view.pages[self._view.at - 1].name)

    def focus_first(self) -> None:
        """Put the keyboard into the question that was wanted, else where the page begins; a page that asks
        nothing is left by Enter."""
        if self._view is None:
            super().focus_first()
        elif not (self._aim and self._view.questions.go_to(self._aim)) and not self._view.begin():
            self.bottom.primary.setFocus()

    def show_world_error(self, error: WorldError) -> None:
        """Keep the sentence beside what is to be mended on the page; what it is about is not saved yet."""
        self.stop_loading()
        self.show_saved(self.texts("visit.not_saved"))
        self._trouble = Mend(self.shell.sentence(error), name=error.code)
        self._check()
        self.page_area.verticalScrollBar().setValue(0)

    def _resume(self, dossier: str, filling: fill.Filling | None) -> None:
        """A draft as it was left, whose place may be a later screen; a newer form is asked about first."""
        if filling is None:
            self.shell.show("newer_form", dossier=dossier)
            return
        self.shell.visit.filling = filling
        if filling.place in _OTHER_SCREENS:
            self.shell.show(filling.place)
        else:
            self._show_page(filling.place)

    def _show_page(self, page: str, question: str = "") -> None:
        """Throw the page away that is shown and build another; what was answered is saved on the way."""
        if self._view is not None:
            self.body.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
        self._checked = False
        self.show_asked()
        known = self.shell.visit.notes.get("known", ())
        view = FormView(self.filling, page, self._said, self.say, known, self.body.parentWidget())
        view.changed.connect(self._changed)
        view.half_changed.connect(self._check)
        view.card_wanted.connect(lambda role: self.shell.show("card", role=role, then="form"))
        view.language_wanted.connect(lambda language: _read_in(self, view, language))
        serve_files(self, view)
        self.body.insertWidget(1, view)
        view.show()
        self._view = view
        self.set_step(view.at + 1, len(view.pages) + AFTER, view.page.label)
        self._focus_moved(None, None)
        self._check()
        self._saver.changed()
        self._saver.flush()
        self.page_area.verticalScrollBar().setValue(0)
        self._aim = question
        self.focus_first()

    def _changed(self) -> None:
        self.show_saved(self.texts("visit.saving"))
        self._check()
        self._saver.changed()

    def _check(self) -> dict[str, str]:
        """Mark what is wrong on this page once the person tried to go on, and before that only lists that
        were left half typed; list it with any trouble."""
        view = self._view
        wrong = {} if view is None else view.wrong() if self._checked else view.left_half_typed()
        mends = [self._trouble] if self._trouble else []
        if view is not None:
            view.mark(wrong)
            question = self.filling.session.question
            mends += [
                Mend(f"{place_of(question(name))}: {sentence}", partial(view.questions.go_to, name), name)
                for name, sentence in wrong.items()
            ]
        self.errors.show_mends(mends)
        self._later.setVisible(bool(wrong))
        return wrong

    def _go_later(self) -> None:
        """Go on, whatever is still open here; review will ask for it again."""
        view = self._view
        if view is None:
            return
        if view.at + 1 < len(view.pages):
            self._show_page(view.pages[view.at + 1].name)
        else:
            self.shell.show("papers")

    def _show_saved(self, at: datetime) -> None:
        self._trouble = None
        self._check()
        self.show_saved(self.texts("shell.saved_at", time=f"{at:%H:%M}"))

    def _check_left(self) -> None:
        """Complain of the list that was left; not while a mouse button is down, or its click would miss."""
        if QApplication.mouseButtons():
            self._left_field.start(_RELEASED)
        else:
            self._check()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._view is not None and self._view.isAncestorOf(now):
            for whole in (self._view.questions.box_of(now), now):
                self.page_area.ensureWidgetVisible(whole, 0, _MARGIN)
        if self.shell.visit.filling is not None and self.filling.half_typed:
            self._left_field.start()
        title, text = self._view.help_now() if self._view is not None else ("", "")
        self.set_help(text or self.texts("form.help"), title)


def _page_of(filling: fill.Filling, question: str) -> str:
    """The page on which a question stands, or an empty text."""
    pages = filling.session.screens()
    return next((page.name for page in pages if question and question in page.questions), "")


def _read_in(screen: FormScreen, view: FormView, language: str) -> None:
    """The same page in another language of the form."""
    screen.filling.read_in(language)
    screen.entered(page=view.place)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - no screen without an application
    return app


def _open(desk: Desk, dossier: str, stay: bool) -> fill.Filling | None:
    """A draft; ``None`` if its form has a newer version and nobody said yet that it stays."""
    if not stay and carry_over.newer_version(desk, dossier):
        return None
    return fill.open_filling(desk, dossier)


def _save(screen: FormScreen, view: FormView | None) -> datetime:
    """Save what is not on the disk yet, and where the person is; returns when it was safe. The other drafts
    of the visit hear of corrected persons."""
    place = view.place if view is not None else screen.filling.place
    at = fill.save(screen.desk, screen.filling, (), place)
    corrections.spread(screen.desk, screen.filling)
    return at

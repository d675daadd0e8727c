"""One page of a form on the screen: its heading, its questions, and the person whose card may fill it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.desk.fill import Filling, problems
from kiosk.desk.visit_people import KnownPerson, fill_from
from ui.screens.form_words import Say, inside_sentence, problem_sentence, source_sentence, warning_sentence
from ui.screens.languages import Languages
from ui.screens.page_people import PagePeople
from ui.widgets.question_page import QuestionPage, Sight
from ui.widgets.question_words import QuestionWords
from ui.widgets.repeat_rows import RowActions, RowWords
from ui.widgets.words import words

if TYPE_CHECKING:
    from kiosk.forms import Screen as Page


class FormView(QWidget):
    """Answers go straight into the filling; ``changed`` tells that there is something to save."""

    changed = Signal()
    half_changed = Signal()
    """Words of a long list that are no answer came or went: nothing to save, but something to mend."""
    card_wanted = Signal(str)
    """The role of the person whose card is to be read."""
    file_wanted = Signal(str)
    """The question for which a file is to be fetched."""
    language_wanted = Signal(str)
    """In which the questions are to be read."""
    file_removed = Signal()
    """An answer that was a file is gone or another one."""

    def __init__(
        self,
        filling: Filling,
        page: str,
        said: QuestionWords,
        say: Say,
        known: Sequence[KnownPerson] = (),
        parent: QWidget | None = None,
    ) -> None:
        """``known`` are persons of this visit who may be taken into a role. With the ``parent`` it will stand
        in it is styled once, without it again when it is put there."""
        super().__init__(parent)
        self._filling = filling
        self._say = say
        self._known = known
        self.pages: tuple[Page, ...] = filling.session.screens()
        self.place = page if page in {each.name for each in self.pages} else self.pages[0].name
        sight = Sight(
            filling.session.question,
            lambda name: source_sentence(filling, name, say),
            lambda name: warning_sentence(filling, name, say),
            lambda name: filling.half_typed.get(name, ""),
            RowActions(
                partial(self._move_rows, filling.add_row), partial(self._move_rows, filling.remove_row)
            ),
            RowWords(
                lambda label, n: say("form.row", label=label, n=n),
                lambda label: say("form.add_row", label=inside_sentence(label)),
                lambda n: say("form.remove_row", n=n),
            ),
        )
        self.questions = QuestionPage(sight, said)
        self.questions.answered.connect(self._answered)
        self.questions.half_typed.connect(self._half_typed)
        self.questions.file_wanted.connect(self.file_wanted)
        self._empty = words(say("form.empty"), "muted", "empty")
        self._lay()
        self._show_questions()

    @property
    def page(self) -> "Page":
        """The page that is shown."""
        return self.pages[self.at]

    @property
    def at(self) -> int:
        """Its place among the pages that are relevant now."""
        return next(n for n, each in enumerate(self.pages) if each.name == self.place)

    def wrong(self) -> dict[str, str]:
        """What is to be mended on this page: questions and sentences, in the order of the page."""
        found = {problem.name: problem for problem in problems(self._filling)}
        here = [name for name in self.page.questions if name in found]
        question = self._filling.session.question
        return {name: problem_sentence(found[name], question(name), self._say) for name in here}

    def left_half_typed(self) -> dict[str, str]:
        """The lists among them whose box was left with words of which none was picked."""
        left = self._filling.half_typed.keys() - {self.questions.asked_now()}
        return {name: text for name, text in self.wrong().items() if name in left} if left else {}

    def mark(self, sentences: dict[str, str]) -> None:
        """Mark these questions, and no others."""
        self.questions.show_problems(sentences)

    def begin(self) -> bool:
        """Put the keyboard into the first question that still needs an answer, else into the first; false
        if nothing is asked here."""
        names = [name for name in self.page.questions if self.questions.can_answer(name)]
        states = [self._filling.session.question(name) for name in names]
        open_ones = (state.name for state in states if state.required and not state.value)
        return self.questions.go_to(next(open_ones, names[0] if names else ""))

    def help_now(self) -> tuple[str, str]:
        """Title and text about the question that has the keyboard; empty texts if it needs none."""
        name = self.questions.asked_now()
        if name not in self.page.questions:
            return "", ""
        question = self._filling.session.question(name)
        return (question.label, question.guidance) if question.guidance else ("", "")

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        if self.page.parts != (f"q:{self.page.name}",):
            column.addWidget(words(self.page.label, "title", "page"))
        here = [
            role
            for role in self._filling.procedure.persons
            if role.fields.get("ho_ten") in self.page.questions
        ]
        languages = Languages(self._filling.other_languages(), self._say)
        languages.wanted.connect(self.language_wanted)
        column.addWidget(languages)
        people = PagePeople(self._filling, here, self._known, self._say)
        people.card_wanted.connect(self.card_wanted)
        people.taken.connect(self._take_person)
        column.addWidget(people)
        column.addWidget(self.questions)
        column.addWidget(self._empty)

    def _take_person(self, role: str, person: KnownPerson) -> None:
        changed = fill_from(self._filling, role, person)
        self.pages = self._filling.session.screens()
        self._show_questions()
        self.questions.refresh(frozenset(changed))
        self.changed.emit()

    def take_file(self, name: str, value: str) -> None:
        """Answer a question with a file that is kept now; nothing if the question went meanwhile."""
        if name in self.questions.boxes:
            self._answered(name, value)

    def _answered(self, name: str, value: str) -> None:
        changed = self._filling.answer(name, value)
        self.pages = self._filling.session.screens()
        self._show_questions()
        self.questions.refresh(changed)
        self.changed.emit()
        if self._filling.session.question(name).kind == "file":
            self.file_removed.emit()

    def _half_typed(self, name: str, typed: str) -> None:
        if typed != self._filling.half_typed.get(name, ""):
            self._filling.keep_words(name, typed)
            self.half_changed.emit()

    def _move_rows(self, move: Callable[..., None], repeat: str, *row: int) -> None:
        """Add or take a row; every name on the page may stand for another row then. The keyboard goes into
        the new row, or to where a row could be added."""
        before = set(self.page.parts)
        move(repeat, *row)
        self.pages = self._filling.session.screens()
        self._show_questions()
        self.questions.refresh(self.page.questions)
        new = [part for part in self.page.parts if part not in before]
        self.questions.take_focus_in(new or [f"add:{repeat}"])
        self.changed.emit()
        self.file_removed.emit()

    def _show_questions(self) -> None:
        self.questions.show_parts(self.page.parts, self.page.repeats)
        self._empty.setVisible(not self.page.parts)

"""The parts of the review, built anew whenever the background has looked at the dossier again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from kiosk.desk.attach_papers import ExpectedPaper
from kiosk.desk.checks import Ask
from kiosk.desk.fill import Filling
from kiosk.forms import Problem, Screen
from ui.screens.answers_view import AnswersView, ShownAnswer
from ui.screens.form_words import Say, place_of, problem_sentence
from ui.widgets.error_summary import Mend
from ui.widgets.frames import notice
from ui.widgets.id_number import grouped
from ui.widgets.question import looks

Go = Callable[..., object]


@dataclass(frozen=True)
class Ways:
    """Where the review leads."""

    page: Callable[[str], object]
    """To a page of the form, by name."""
    question: Callable[[str], object]
    papers: Callable[[], object]


def mends(filling: Filling, problems: Sequence[Problem], say: Say, ways: Ways) -> list[Mend]:
    """Every problem as a line that leads to its question; what is no question leads nowhere."""
    asked = {name: page.label for page in filling.session.screens() for name in page.questions}
    return [_mend(filling, problem, asked, say, ways) for problem in problems]


def _mend(filling: Filling, problem: Problem, asked: dict[str, str], say: Say, ways: Ways) -> Mend:
    if problem.name not in asked:
        return Mend(problem.message or say("problem.missing.default"), None, problem.name)
    question = filling.session.question(problem.name)
    sentence = f"{place_of(question)}: {problem_sentence(problem, question, say)}"
    return Mend(f"{asked[problem.name]} – {sentence}", lambda: ways.question(problem.name), problem.name)


def cards(
    filling: Filling, papers: Sequence[ExpectedPaper], say: Say, ways: Ways
) -> list[Callable[[], QWidget]]:
    """Makers of one card for each page with answers, and one for the papers; each is quick by itself."""
    pages = [page for page in filling.session.screens() if _asked(filling, page)]
    made: list[Callable[[], QWidget]] = [partial(_card, filling, page, say, ways) for page in pages]
    return [*made, partial(_papers, papers, say, ways)]


def _card(filling: Filling, page: Screen, say: Say, ways: Ways) -> AnswersView:
    edit = say("review.edit")
    shown = tuple(_shown(filling, name) for name in _asked(filling, page))
    view = AnswersView(page.label, shown, say("review.empty"))
    view.offer_edit(f"do:edit:{page.name}", edit, f"{edit}: {page.label}", partial(ways.page, page.name))
    return view


def verdict(problems: Sequence[Problem], asks: Sequence[Ask], say: Say, practice: bool = False) -> QWidget:
    """The one sentence at the top: complete, how many things are open, or that something is to be looked at;
    a whole practice goes nowhere."""
    if problems:
        return notice(say("review.problems", n=len(problems)), "notice", "verdict")
    if not all(ask.ticked for ask in asks):
        return notice(say("review.unlooked"), "notice", "verdict")
    if practice:
        return notice(say("review.practice_whole"), "good", "verdict")
    return notice(say("review.no_problems"), "good", "verdict")


def _papers(papers: Sequence[ExpectedPaper], say: Say, ways: Ways) -> AnswersView:
    shown = tuple(ShownAnswer(paper.name, _pages(paper, say)) for paper in papers)
    view = AnswersView(say("review.papers"), shown, say("papers.missing"))
    said = f"{say('review.edit')}: {say('review.papers')}"
    view.offer_edit("do:edit:papers", say("review.edit"), said, ways.papers)
    return view


def _pages(paper: ExpectedPaper, say: Say) -> str:
    pages = sum(one.pages for one in paper.attached)
    return say("papers.pages", n=pages) if pages else ""


def _asked(filling: Filling, page: Screen) -> list[str]:
    """The questions of a page that can have an answer."""
    return [name for name in page.questions if filling.session.question(name).kind != "note"]


def _shown(filling: Filling, name: str) -> ShownAnswer:
    question = filling.session.question(name)
    text = grouped(question.text) if looks(question, "id12") else question.text
    return ShownAnswer(question.label, text, question.group)

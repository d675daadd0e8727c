"""A procedure from its first question to its papers: what every test of a procedure looks at.

``official/<form>.txt`` holds every fixed piece of text of the published form in its order, one a line,
without raised marks; it was copied from the form itself, not from our layout.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from kiosk.catalogue.procedures import Procedure
from kiosk.desk.rule_checks import Looked
from kiosk.desk.rule_checks import broken as broken_checks
from kiosk.documents import papers
from kiosk.documents.declaration import blank_declaration, declaration
from kiosk.documents.filling import Answers, value_text
from kiosk.documents.layout import Layout, Row, Value, Words
from kiosk.documents.reading import load_layout
from kiosk.domain.clock import ShiftedClock
from kiosk.domain.filled_form import FilledForm
from kiosk.domain.renamed import renamed
from kiosk.forms import Form, Session, load_form
from tests.support.content import DAY, real_content

_A_FEW_LINES = 250
"""Letters from which a paragraph may go on over the foot of a page, where notes stand in between."""
OFFICIAL = Path(__file__).parent / "official"
PROVINCE, WARD = "48", "20320"
"""Thành phố Đà Nẵng, Xã Hòa Vang."""


def procedure(slug: str) -> Procedure:
    return real_content().catalogue.by_slug(slug)


def form_of(slug: str) -> Form:
    content = real_content()
    return load_form(content.form(slug, content.newest_version(slug)), content.rows)


def visit(slug: str, answers: Mapping[str, str], **changes: str | None) -> Session:
    """A visit with these answers; ``a__b`` stands for ``a.b``, ``None`` takes an answer away.

    A name that the form does not have raises ``KeyError``.
    """
    given: dict[str, str | None] = {**answers, **{k.replace("__", "."): v for k, v in changes.items()}}
    answered = [(name, value) for name, value in given.items() if value is not None]
    session = Session(form_of(slug), ShiftedClock(DAY), answered)
    if unknown := {name for name, _ in answered} - session.values().keys():
        raise KeyError(", ".join(sorted(unknown)))
    return session


def address(name: str, detail: str = "Thôn Phú Sơn 2", **more: str) -> dict[str, str]:
    """An address of synthetic people; no ``detail`` for two levels only."""
    parts = {"tinh": PROVINCE, "xa": WARD} | ({"chi_tiet": detail} if detail else {}) | more
    return {f"{name}.{part}": value for part, value in parts.items()}


def card(name: str, number: str = "048196001234") -> dict[str, str]:
    """A Thẻ căn cước."""
    return {f"{name}.loai": "9", f"{name}.so": number}


def problems(session: Session) -> dict[str, str]:
    """What is wrong or missing: question → its sentence."""
    return {problem.name: problem.message for problem in session.problems()}


def broken(slug: str, session: Session) -> dict[str, bool]:
    """The checks that these answers do not keep on the day of the tests: key → whether it is only unclear."""
    looked = Looked(session, real_content().calendar, DAY)
    return {each.check.key: each.unclear for each in broken_checks(looked, procedure(slug).checks)}


def asked(session: Session) -> list[str]:
    """Every question that is shown now, page by page."""
    return [name for screen in session.screens() for name in screen.questions]


def printed(slug: str, session: Session, day: date = DAY) -> dict[str, str]:
    """The papers that these answers ask for: title → what can be read on it (see ``read``)."""
    content, one, filled = real_content(), procedure(slug), session.filled()
    found = {}
    for number in papers.titles(content, one, filled.value, day):
        paper = papers.draw(content, one, number, filled, session.sheet)
        found[paper.title] = read(paper.pdf)
    return found


def read(pdf: bytes, *options: str) -> str:
    """The words of a PDF in one line, without raised marks and dots."""
    command = ["pdftotext", *(options or ("-raw",)), "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(re.sub(r"\(\d\)", "", text).split())


def layout(name: str) -> Layout:
    """``khai_tu/to_khai``."""
    return load_layout(real_content().layouts[name])


def assert_layout_is_whole(slug: str, name: str, answers: Mapping[str, str] | None = None) -> None:
    """Every question is printed or excused; every rule and blank is a question.

    ``answers`` renames, as in ``[prints.answers]``: question of the layout → question of this form.
    """
    paper, form = layout(name), form_of(slug)
    names = _names(form)
    groups = {each.rpartition(".")[0] for each in names}
    used = {name for name in paper.names() if not name.startswith("lam_tai.")}
    known = {*(str(item["as"]) for item in form.items if "as" in item), *groups, *(answers or {})}
    assert {each for each in used if not _is(each, known)} == set(), "the form has no such question"
    rules = {rule.condition.name for row in paper.rows for rule in row.rules}
    assert {each for each in rules if not _is(each, known)} == set(), "a rule names no question"
    accounted = {*used, *(each for each, _ in paper.not_printed)}
    assert [each for each in names if not _is_accounted(each, accounted)] == []


def assert_official(name: str, form: str = "", ours_last: str = "") -> None:
    """The layout holds the published words, each as often and in the same order, and no others; the notes
    at the feet of pages come last.

    ``form`` names the file of ``official``; the layout's folder unless it is given. ``ours_last`` is a
    sentence of our own at its end.
    """
    paper = layout(name)
    lines = (OFFICIAL / f"{form or name.partition('/')[0]}.txt").read_text(encoding="utf-8").splitlines()
    official = [_bare(line) for line in lines]
    rows = [*paper.rows, *(row for note in paper.notes.values() for row in note)]
    ours = _bare("".join(map(fixed, rows))).removesuffix(_bare(ours_last))
    at = 0
    for words in official:
        found = ours.find(words, at)
        assert found >= 0, f"“{words}” does not stand after “{ours[max(0, at - 40) : at]}”"
        between = ours[at:found]
        assert set(between) <= set(".…,;:/-)"), f"“{between}” is not on the form"
        at = found + len(words)
    assert set(ours[at:]) <= set(".…,"), f"“{ours[at:]}” is not on the form"
    blank = _squeezed(read(blank_declaration(paper, real_content().fonts)))
    assert [
        words
        for row in rows
        for words in _pieces(row)
        if _found(blank, words, 0, apart=len(row.cells) > 1 or len(words) > _A_FEW_LINES) < 0
    ] == []


def assert_answers_in_order(name: str, filled: FilledForm, answers: Mapping[str, str] | None = None) -> None:
    """Every answer that a layout names is printed, in the order of its lines; cells of a row in any order."""
    paper, seen = layout(name), Answers(renamed(filled, answers or {}))
    text = _squeezed(read(declaration(paper, seen.filled, real_content().fonts)))
    at = 0
    for row, values in _lines(paper, seen):
        beside = len(row.cells) > 1 or bool(row.style.column)
        for value in filter(None, values):
            found = _found(text, value, 0 if beside else at, apart=beside)
            assert found >= 0, f"line {row.number}: “{value}” is not printed where it belongs"
            at = at if beside else found + len(_squeezed(value))


def fixed(row: Row) -> str:
    """The fixed words of a line, cell after cell, without raised marks."""
    return "".join(_pieces(row))


def _pieces(row: Row) -> Iterator[str]:
    for cell in row.cells:
        yield from (span.text for span in cell if isinstance(span, Words) and not span.raised)


def _lines(paper: Layout, answers: Answers) -> Iterator[tuple[Row, list[str]]]:
    """The values of every line that is printed."""
    for row in paper.rows:
        shown = answers.quieted(row.rules)
        if shown is None:
            continue
        for each in shown.rows(row.style.repeat, row.style.where) if row.style.repeat else [shown]:
            spans = (span for cell in row.cells for span in cell if isinstance(span, Value))
            yield row, [value_text(span, each) for span in spans]


def _found(text: str, words: str, at: int, *, apart: bool) -> int:
    """Where words stand in squeezed text, or -1; ``apart``: each of them somewhere, as in a narrow cell."""
    found = text.find(_squeezed(words), at)
    if found < 0 and apart:
        return 0 if all(_squeezed(word) in text for word in words.split()) else -1
    return found


def _bare(text: str) -> str:
    """Without spaces and raised marks, which some forms print as plain ``(1)``."""
    return "".join(re.sub(r"\(\d\)", "", text).split())


def _squeezed(text: str) -> str:
    return _bare(text).casefold()


def _names(form: Form) -> list[str]:
    """The questions of a form; notes and calculations ask nothing."""
    quiet = ("group", "repeat", "note", "calculate")
    return [str(item["as"]) for item in form.items if "as" in item and item["kind"] not in quiet]


def _is(name: str, known: Iterable[str]) -> bool:
    return any(name == each or (each.endswith("*") and name.startswith(each[:-1])) for each in known)


def _is_accounted(name: str, accounted: set[str]) -> bool:
    """Printed or excused by its own name, or as a part of its group."""
    return name in accounted or name.rpartition(".")[0] in accounted

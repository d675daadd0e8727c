"""What is known of one procedure: its facts at a glance, then papers, law and sources with their days."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.notice import Notice, NoticePaper
from kiosk.domain.told_fact import ToldFact
from ui.widgets.buttons import button
from ui.widgets.frames import notice
from ui.widgets.words import words

Say = Callable[..., str]


def head(told: Notice, say: Say) -> list[QWidget]:
    """Name, code, field of law; and that there is no form, if so."""
    sector = told.sector or say("fact.unknown")
    codes = say("choose.code", code=told.code, sector=sector) if told.code else sector
    if told.former_codes:
        codes += " · " + say("choose.former", codes=", ".join(told.former_codes))
    parts: list[QWidget] = [words(told.name, "heading", "chosen"), words(codes, "muted", "code")]
    if not told.has_form:
        parts.append(notice(say("choose.no_form_text"), name="no_form"))
    return parts


def facts(told: Notice, say: Say) -> QGridLayout:
    """Fee, time limit, result, where and how."""
    rows = [
        ("choose.fee", _fact(told.fee, say)),
        ("choose.time_limit", _fact(told.time_limit, say)),
        ("choose.result", _fact(told.result, say)),
        ("choose.authority", told.authority or say("fact.unknown")),
        ("choose.channels", "; ".join(told.channels) or say("fact.unknown")),
    ]
    return _grid(rows, say)


def details(told: Notice, say: Say) -> QFrame:
    """Facts, papers, what changes, the law, and how far all this can be trusted."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(8)
    column.addLayout(facts(told, say))
    column.addSpacing(8)
    for heading, lines in _parts(told, say):
        column.addWidget(words(say(heading), "label"))
        for line in lines:
            column.addWidget(words(f"– {line}"))
        column.addSpacing(8)
    column.addWidget(words(_trust(told, say), "muted", "sources"))
    return frame


def print_buttons(told: Notice, say: Say, wanted: Callable[[str], object]) -> list[QPushButton]:
    """``do:notice`` prints the public notice, ``do:blank`` empty forms, where there are any."""
    made = [button("do:notice", say("choose.print_notice"), lambda: wanted("notice"))]
    if told.has_form:
        made.append(button("do:blank", say("choose.blank"), lambda: wanted("blank")))
    return made


def _parts(told: Notice, say: Say) -> Iterator[tuple[str, list[str]]]:
    papers = [told.official_form] if told.official_form else []
    papers += [_paper(paper) for paper in told.papers]
    yield "choose.papers", papers or [say("fact.unknown")]
    if told.changes:
        yield "choose.changes", list(told.changes)
    yield "choose.legal_basis", list(told.legal_basis) or [say("fact.unknown")]
    if unknown := _unknown(told, say):
        yield "choose.unknowns", unknown


def _unknown(told: Notice, say: Say) -> list[str]:
    """What is to be asked at the commune, by name."""
    facts_ = (("fee", told.fee), ("time_limit", told.time_limit), ("result", told.result))
    return [say(f"choose.{name}") for name, fact in facts_ if fact.text is None or fact.doubtful]


def _paper(paper: NoticePaper) -> str:
    details_ = ". ".join(filter(None, (paper.form, paper.requirement, paper.note)))
    return f"{paper.name}: {details_}" if details_ else paper.name


def _fact(fact: ToldFact, say: Say) -> str:
    """What holds today, then an example and what comes next."""
    unknown = say("fact.unknown")
    doubt = f" ({unknown})" if fact.text and fact.doubtful else ""
    return "\n".join(((fact.text or unknown) + doubt, *fact.more))


def _trust(told: Notice, say: Say) -> str:
    sources = "; ".join(told.sources)
    if told.checked is None:
        return say("choose.sources_undated", sources=sources)
    return say("choose.sources", sources=sources, day=f"{told.checked:%d/%m/%Y}")


def _grid(rows: list[tuple[str, str]], say: Say) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for number, (label, text) in enumerate(rows):
        grid.addWidget(words(say(label), "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(text), number, 1)
    return grid

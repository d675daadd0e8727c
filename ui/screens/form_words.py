"""What the form screen says about one question: what is wrong, where it came from, what to check."""

from collections.abc import Callable

from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Source
from kiosk.domain.errors import WorldError
from kiosk.domain.identity import DIGITS, check_id_number
from kiosk.domain.partial_date import PartialDate, parse_partial_date
from kiosk.domain.people import Sex
from ui.widgets.question import Problem, Question, looks

Say = Callable[..., str]

_OWN_WORDS = {
    "missing": {"select1", "date", "int"},
    "constraint": {"select1", "date", "int"},
    "type": {"date", "partial", "int", "decimal", "range", "time", "dateTime"},
}
"""Kinds for which the texts have a sentence of their own under ``problem.<code>.<kind>``."""
_SEXES = {"nam": Sex.MALE, "1": Sex.MALE, "nu": Sex.FEMALE, "0": Sex.FEMALE, "2": Sex.FEMALE}


def problem_sentence(problem: Problem, question: Question, say: Say) -> str:
    """The form's own sentence, else ours for this kind of question."""
    if problem.message:
        return problem.message
    kind = "partial" if looks(question, "partial-date") else question.kind
    own = kind if kind in _OWN_WORDS.get(problem.code, ()) else "default"
    return say(f"problem.{problem.code}.{own}")


def inside_sentence(label: str) -> str:
    """A label as it stands in the middle of a sentence; "CMND" and the like keep their letters."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def place_of(question: Question) -> str:
    """Of what a sentence speaks: the group of the question, else its label."""
    return (question.group or question.label).rstrip("?: ")


def source_sentence(filling: Filling, name: str, say: Say) -> str:
    """What stands beside an answer; nothing for what somebody typed or for an empty answer."""
    source = filling.sources.get(name, Source.DEFAULT)
    if source is Source.TYPED or not filling.session.question(name).value:
        return ""
    if source is Source.VISIT and (procedure := filling.corrected.get(name)):
        return say("source.corrected", procedure=procedure)
    return say(f"source.{source.value}")


def corrected_sentence(filling: Filling, say: Say) -> str:
    """What was corrected here because another draft of the visit said so; empty if nothing was."""
    told: dict[str, list[str]] = {}
    for name, procedure in filling.corrected.items():
        if procedure and filling.sources.get(name) is Source.VISIT:
            told.setdefault(procedure, []).append(place_of(filling.session.question(name)))
    return " ".join(
        say("form.corrected", procedure=procedure, facts="; ".join(dict.fromkeys(facts)))
        for procedure, facts in told.items()
    )


def warning_sentence(filling: Filling, name: str, say: Say) -> str:
    """What looks odd about an answer: a number against birth and sex, a name that lost its accents."""
    for role in filling.procedure.persons:
        if role.fields.get("ho_ten") == name and _unaccented(filling, name):
            return say("form.warning.no_accents")
        if role.fields.get("giay_to.so") == name:
            number = filling.value(name)
            birth = _date(filling.value(role.fields.get("ngay_sinh", "")))
            sex = _SEXES.get(filling.value(role.fields.get("gioi_tinh", "")))
            return " ".join(say(f"form.warning.{odd}") for odd in _odd(number, birth, sex))
    return ""


def _unaccented(filling: Filling, name: str) -> bool:
    """Nobody typed this name, and it is written as the machine-readable zone of a card writes names."""
    value = filling.value(name)
    given = filling.sources.get(name) in (Source.CARD, Source.SAME_PERSON)
    return given and value.isascii() and value.isupper()


def _odd(number: str, birth: PartialDate | None, sex: Sex | None) -> tuple[str, ...]:
    """Only whole numbers are looked at; a shorter one is still being typed, or the form objects."""
    if len(number) != DIGITS:
        return ()
    try:
        return check_id_number(number, birth, sex)
    except WorldError:
        return ()


def _date(text: str) -> PartialDate | None:
    try:
        return parse_partial_date(text)
    except ValueError:
        return None

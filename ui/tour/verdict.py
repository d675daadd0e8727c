"""What came of a tour: the exit status, why, and the few lines that tell it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kiosk.domain.folding import tidy
from kiosk.domain.partial_date import PartialDate, parse_partial_date
from ui.tour.choosing import same_place, same_words
from ui.tour.record import Record
from ui.tour.visit import Expectations, covered

OK, OURS, WRONG, PROBLEMS, UNEXPECTED = range(5)
"""Exit status: done; a fault of ours; wrong file or arguments; problems; not what the visit expects."""
_LINES = 15
_SHOWN_PROBLEMS = 6
_THINGS = ("card", "paper", "consent")
"""What else than a question can be a problem of a visit; told first, because questions follow from it."""


def judge(expect: Expectations, record: Record) -> tuple[int, str]:
    """The exit status and why."""
    status, why = _judged(expect, record)
    return status, "; ".join([why, *record.remarks])


def _judged(expect: Expectations, record: Record) -> tuple[int, str]:
    missed = _missed(expect, record)
    if missed:
        return UNEXPECTED, "không như tệp mong đợi: " + "; ".join(missed)
    if record.problems:
        return PROBLEMS, f"vướng {len(record.problems)} chỗ; không gửi gì đi"
    return OK, "đúng như mong đợi"


def _missed(expect: Expectations, record: Record) -> list[str]:
    """Expectations that were not met."""
    seen: Iterable[str] = record.facts.get("seen", ())
    printed = tidy(record.facts.get("printed", ""))
    problems = {*record.problems, *(_bare(name) for name in record.problems)}
    missed = [f"{name} không bị vướng" for name in expect.problems if not _any_covered(problems, name)]
    missed += [f"{name} lại hiện ra" for name in expect.hidden if _any_covered(seen, name)]
    for name, wanted in expect.prefilled.items():
        found = _prefilled(record, name)
        if not any(_same(wanted, value) for value in found):
            missed.append(f"{name} điền sẵn {found[0]!r}, không phải {wanted!r}")
    missed += [f"không in ra: {text}" for text in expect.printed if tidy(text) not in printed]
    return missed + record.unheard


def _bare(problem: str) -> str:
    """A paper or card by its own key, without the word for what it is (``paper.giay_chung_sinh``)."""
    kind, _, name = problem.partition(".")
    return name if kind in _THINGS else problem


def _any_covered(questions: Iterable[str], name: str) -> bool:
    return any(covered(question, [name]) for question in questions)


def _prefilled(record: Record, name: str) -> tuple[str, ...]:
    """As shown and as stored; of a question that was not asked only what is stored."""
    found = record.prefilled.get(name)
    return (found.value, found.stored) if found else (record.unasked.get(name, ""),)


def _same(wanted: str, found: str) -> bool:
    """Whether a person would say that these are one answer: dates, numbers in groups, places, tone marks."""
    if not wanted or not found:
        return wanted == found
    dates = _date(wanted), _date(found)
    if None not in dates:
        return dates[0] == dates[1]
    if "".join(wanted.split()) == "".join(found.split()):
        return True
    return same_words(wanted, found) or same_place(wanted, found)


def _date(text: str) -> PartialDate | None:
    try:
        return parse_partial_date(text)
    except ValueError:
        return None


def told(summary: dict[str, Any], out: Path, sentence: str) -> list[str]:
    """At most 15 lines about what happened."""
    receipt = summary["receipt"]
    proof = f"số {receipt['number']}, chữ ký đúng" if receipt["verified"] else "chưa có"
    problems = sorted(summary["problems"].items(), key=lambda item: item[0].partition(".")[0] not in _THINGS)
    more = len(problems) - _SHOWN_PROBLEMS
    lines = [
        _dossier(summary),
        f"Trạng thái {summary['state'] or '–'} – {summary.get('state_shown', '')}".rstrip(" –"),
        f"Biên nhận của máy chủ xã: {proof}",
        f"Lời cán bộ: {summary['sentence'] or '–'}  Mã hồ sơ: {summary['portal_code'] or '–'}",
        f"Điền sẵn   {len(summary['prefilled'])} ô; vướng {len(problems)} chỗ",
        *(f"  - {name}: {text}" for name, text in problems[:_SHOWN_PROBLEMS]),
        *([f"  … và {more} chỗ nữa"] if more > 0 else []),
        f"Để lại     {len(summary['files'])} tệp trong {out}/ (summary.json kể hết)",
        f"Kết luận   {sentence}",
    ]
    return [" ".join(line.split("\n")) for line in lines[:_LINES]]


def _dossier(summary: dict[str, Any]) -> str:
    if not summary["dossier"]:
        return "Hồ sơ      chưa lập"
    code = summary["slip_code"]
    return f"Hồ sơ      {summary['dossier']} (lần {summary['revision']}), phiếu {code}"

"""Writes ``docs/content.md``: what every procedure asks, prints, knows and does not know.

usage: python -m tests.procedures.content_page
A test fails while the page is older than the content.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kiosk.catalogue.facts import Fact
from kiosk.catalogue.procedures import Procedure
from kiosk.documents.papers import title_of
from kiosk.documents.reading import load_layout
from kiosk.forms import load_form
from kiosk.packs.content import Content
from tests.support.content import DAY, real_content

PAGE = Path(__file__).parents[2] / "docs" / "content.md"
_QUIET = ("group", "repeat", "note", "calculate")
_HEAD = """# What the procedures hold

Written by `python -m tests.procedures.content_page`; do not edit. As of {day}.
Fields are questions that a person answers; conditions say when a question or page is asked at all.
"?" = nobody verified it: the screens say "chưa kiểm chứng, hỏi xã".

"""


def write(path: Path = PAGE) -> None:
    """Write the page anew."""
    path.write_text(page(real_content()), encoding="utf-8", newline="\n")


def page(content: Content) -> str:
    """The whole page."""
    procedures = content.catalogue.procedures()
    rows = [_row(content, each) for each in procedures]
    table = [
        "| procedure | code | fields | conditions | papers | prints | returned | unknown | confidence |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
        "",
    ]
    parts = [line for each in procedures for line in _part(content, each)]
    return _HEAD.format(day=DAY.isoformat()) + "\n".join([*table, *parts]) + "\n"


def unknown(one: Procedure, day: date) -> list[str]:
    """What the screens say nobody knows."""
    facts = {"fee": one.fee, "time limit": one.time_limit, "result": one.result}
    missing = [name for name, fact in facts.items() if (found := fact.on(day)) is None or not found.text]
    databases = [each.key for each in one.papers if each.replaceable_by_data is None]
    return [*missing, *([f"whether data replaces: {', '.join(databases)}"] if databases else [])]


def _row(content: Content, one: Procedure) -> str:
    names, conditions = _questions(content, one)
    cells = (
        f"`{one.slug}`",
        one.code or "–",
        str(names),
        str(conditions),
        str(len(one.papers)),
        str(len(one.prints)),
        str(len(one.return_reasons)),
        str(len(unknown(one, DAY))),
        one.confidence,
    )
    return f"| {' | '.join(cells)} |"


def _part(content: Content, one: Procedure) -> Iterator[str]:
    day = DAY
    yield f"## {one.name}"
    yield ""
    code = f"{one.noted_code or 'no code'}{_former(one)}"
    yield f"`{one.slug}` · {code} · checked {one.checked} · confidence {one.confidence}"
    yield ""
    for number, each in enumerate(one.prints, start=1):
        kind = f"declaration `{each.layout}`" if each.layout else "information sheet"
        seen = load_layout(content.layouts[each.layout]).front.confidence if each.layout else each.why
        yield f"- printed {number}: {title_of(content, each)} – {kind} ({seen})"
    for paper in one.papers:
        known = {True: "yes", False: "no", None: "?"}[paper.replaceable_by_data]
        when = f"; when {paper.when.question}" if paper.when else ""
        yield f"- paper `{paper.key}`: {paper.name}{when}; data replaces it: {known}"
    for title, fact in (("fee", one.fee), ("time limit", one.time_limit), ("result", one.result)):
        yield f"- {title}: {_said(fact.on(day))}"
    for reason in one.return_reasons:
        yield f"- returned because: {reason.text} → {reason.by}{f' `{reason.name}`' if reason.name else ''}"
    for change in one.changes:
        yield f"- from {change.effective_from or '?'}: {change.text}"
    yield f"- not known: {'; '.join(unknown(one, day)) or 'nothing of these'}"
    yield f"- sources: {'; '.join(one.sources)}"
    yield ""


def _questions(content: Content, one: Procedure) -> tuple[int, int]:
    compiled = content.form(one.form_id, content.newest_version(one.form_id))
    form = load_form(compiled, content.rows)
    asked = [item for item in form.items if "as" in item and item["kind"] not in _QUIET]
    return len(asked), sum(rule[0] == "relevant" for rule in compiled["rules"])


def _former(one: Procedure) -> str:
    return f" (before: {', '.join(one.former_codes)})" if one.former_codes else ""


def _said(fact: Fact | None) -> str:
    if fact is None or not fact.text:
        return "?"
    return f"{fact.text} ({fact.confidence}, checked {fact.checked})"


if __name__ == "__main__":
    write()

"""Every layout that the project has: blank, typical and odd answers; nothing cut, nothing over another."""

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.documents.compose import compose
from kiosk.documents.declaration import blank_declaration, declaration
from kiosk.documents.faces import load_faces
from kiosk.documents.filling import Answers
from kiosk.documents.layout import Layout, Tick, Value, Words
from kiosk.documents.reading import load_layout
from kiosk.domain.filled_form import FilledEntry, FilledForm
from tests.documents.geometry import all_text, faults
from tests.documents.samples import EMPTY, FONTS, ROOT

FACES = load_faces(FONTS)
LAYOUTS = sorted(
    path
    for path in [*(ROOT / "assets/procedures").glob("*/*.md"), *(ROOT / "examples").glob("*/*.md")]
    if "## Printed lines" in path.read_text(encoding="utf-8")
)
_WORD = st.text(alphabet="aăâêôơưđĐẤỆỘỮwWiI.,-/'()0123456789 ", max_size=140)
_ODD = st.one_of(
    _WORD,
    st.sampled_from(
        ["", "W" * 150, ("Nguyễn " * 40).strip(), "a" + "-" * 120, "2026-08-12", "1945", "co", "khong"]
    ),
)


def entry(name: str, text: str, rows: tuple[FilledForm, ...] = ()) -> FilledEntry:
    return FilledEntry(name, "repeat" if rows else "string", "", text, text, rows)


@cache
def repeats(layout: Layout) -> dict[str, set[str]]:
    """The repeats of a layout and the questions of their rows."""
    found: dict[str, set[str]] = {}
    for row in layout.rows:
        if row.style.repeat:
            spans = (span for cell in row.cells for span in cell)
            names = {part.name for span in spans if isinstance(span, Value) for part in span.parts}
            found.setdefault(row.style.repeat, set()).update(
                name.removeprefix(f"{row.style.repeat}.") for name in names
            )
    return found


@st.composite
def filled(draw: st.DrawFn, layout: Layout) -> FilledForm:
    """Any answers to the questions of a layout; choices get one that the layout knows, too."""
    lists = repeats(layout)
    plain = sorted({name for name in layout.names() if name.partition(".")[0] not in lists})
    ticked = {span.name: span.choice for row in layout.rows for cell in row.cells for span in cell
              if isinstance(span, Tick) and span.name}  # fmt: skip
    chosen = {
        rule.condition.name: value
        for row in layout.rows
        for rule in row.rules
        for value in rule.condition.values
    }
    known = ticked | chosen
    answers = draw(st.fixed_dictionaries(dict.fromkeys(plain, _ODD)))
    picks = draw(st.sets(st.sampled_from(sorted(known)))) if known else set()
    answers |= {name: known[name] for name in picks}
    entries = [entry(name, text) for name, text in answers.items()]
    for name, parts in lists.items():
        rows = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(sorted(parts), _ODD)), max_size=6))
        made = tuple(FilledForm("f", "1", tuple(entry(n, t) for n, t in row.items())) for row in rows)
        entries.append(FilledEntry(name, "repeat", "", str(len(made)), "", made))
    return FilledForm("f", "1", tuple(entries))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", LAYOUTS, ids=name_of)
def test_any_answers_keep_to_their_place(path: Path) -> None:
    layout = load_layout(path)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(filled(layout))
    def holds(answers: FilledForm) -> None:
        assert faults(compose(layout, Answers(answers), FACES), layout.front.margins) == []

    holds()


@pytest.mark.parametrize("path", LAYOUTS, ids=name_of)
def test_a_long_name_is_printed_to_its_last_letter(path: Path) -> None:
    layout = load_layout(path)
    lists = repeats(layout)
    blank = all_text(compose(layout, Answers(EMPTY), FACES)).upper()
    for span in (span for row in layout.rows for cell in row.cells for span in cell if not row.rules):
        part = span.parts[0] if isinstance(span, Value) else None
        if part is None or part.form or part.name.startswith(("lam_tai.", "#")):
            continue
        if part.name.partition(".")[0] in lists or part.name.endswith((".xa", ".tinh")):
            continue
        answers = FilledForm("f", "1", (entry(part.name, "Đặng Thị Nghĩa " * 12),))
        printed = all_text(compose(layout, Answers(answers), FACES)).upper()
        for letter in "ẶỊĨ":
            assert printed.count(letter) >= 12 + (0 if layout_hides(layout) else blank.count(letter)), (
                part.name
            )


def layout_hides(layout: Layout) -> bool:
    """Whether some lines are printed only beside certain answers (a blank form has them all)."""
    return any(row.rules for row in layout.rows)


@pytest.mark.parametrize("path", LAYOUTS, ids=name_of)
def test_the_blank_form_shows_every_fixed_word(path: Path) -> None:
    layout = load_layout(path)
    printed = all_text(compose(layout, Answers(EMPTY), FACES)).upper()
    rows = [*layout.rows, *(row for notes in layout.notes.values() for row in notes)]
    for row in rows:
        for span in (span for cell in row.cells for span in cell):
            if isinstance(span, Words) and not (row.style.repeat and not row.style.least):
                for word in span.text.upper().split():
                    assert word in printed, (row.number, word)


@pytest.mark.parametrize("path", LAYOUTS, ids=name_of)
def test_only_our_letters_are_in_the_file_and_every_one_is_there(path: Path) -> None:
    pdf = blank_declaration(load_layout(path), FONTS)
    assert pdf == blank_declaration(load_layout(path), FONTS)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                assert re.search(r"Tinos|AAAA", str(font.BaseFont)), font.BaseFont
                assert "/FontDescriptor" in font


def test_the_pages_that_are_seen_are_those_that_are_printed() -> None:
    layout = load_layout(LAYOUTS[0])
    answers = FilledForm("f", "1", (entry("ho_ten", "Trần Văn Cam"),))
    assert declaration(layout, answers, FONTS) == declaration(layout, answers, FONTS)

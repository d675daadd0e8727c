"""A filled form under other names: what one interview answered, as the blanks of another's paper call it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kiosk.domain.filled_form import FilledEntry, FilledForm
from kiosk.domain.place_words import in_sentence

_BLANK = re.compile(r"\{([a-z0-9_.]+)\}")


def renamed(filled: FilledForm, answers: Mapping[str, str]) -> FilledForm:
    """The same answers with those of ``answers`` (name on the paper → name in the form) under the paper's
    names; what the paper does not rename keeps its own name.

    A name stands for a question, for all parts of a group (``me_giay_to``), for all that begin so (``me_*``),
    for a repeat, or for a part of each of its rows (``con.ho_ten``). Words in single quotes are printed as
    they are, ``{question}`` in them filled, a place as inside a sentence; they stay empty if every such
    question is unanswered.
    """
    if not answers:
        return filled
    found = [entry for name, source in answers.items() for entry in _entries(filled, name, source)]
    kept = [entry for entry in filled if not any(_covers(name, entry.name) for name in answers)]
    return _with_row_parts(replace(filled, entries=(*kept, *found)), answers)


def _entries(filled: FilledForm, name: str, source: str) -> Iterator[FilledEntry]:
    """What stands under a name of the paper."""
    if source.startswith("'"):
        text = _words(filled, source[1:-1])
        yield FilledEntry(name, "string", "", text, text)
        return
    for entry in filled:
        if _covers(source, entry.name):
            cut = len(source.removesuffix("*"))
            yield replace(entry, name=name.removesuffix("*") + entry.name[cut:])


def _covers(pattern: str, name: str) -> bool:
    """Whether a question is meant by the name of itself, of its group or of its beginning."""
    if pattern.endswith("*"):
        return name.startswith(pattern[:-1])
    return name == pattern or name.startswith(f"{pattern}.")


def _words(filled: FilledForm, text: str) -> str:
    blanks = _BLANK.findall(text)
    if blanks and not any(filled.text(name) for name in blanks):
        return ""
    return _BLANK.sub(lambda match: _word(filled, match[1]) or "……", text)


def _word(filled: FilledForm, name: str) -> str:
    text = filled.text(name)
    return in_sentence(text) if name.endswith((".xa", ".tinh")) else text


def _with_row_parts(found: FilledForm, answers: Mapping[str, str]) -> FilledForm:
    """Rename inside the rows of repeats: ``thanh_vien.ho_ten = con.tre_ho_ten``."""
    sources = {name: answers.get(name, name) for name in (entry.name for entry in found if entry.rows)}
    return replace(
        found,
        entries=tuple(
            _rows_renamed(entry, sources[entry.name], answers) if entry.name in sources else entry
            for entry in found
        ),
    )


def _rows_renamed(repeat: FilledEntry, source: str, answers: Mapping[str, str]) -> FilledEntry:
    name = f"{repeat.name}."
    inner = {
        key.removeprefix(name): value.removeprefix(f"{source}.")
        for key, value in answers.items()
        if key.startswith(name)
    }
    return replace(repeat, rows=tuple(renamed(row, inner) for row in repeat.rows))

"""A long form beside the floor: rules as bare closures that know the index of what they read.

The form has N text questions, each with relevance and a constraint; every fifth reads the first question, the
others the one before. The floor compiles the same rules with ``eval`` and runs only those that an edit
touches; it has no data types, no labels, no rows, no languages: a bound and no engine. Legs alternate. Where
Java is there, JavaRosa fills the same form.
"""

import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from kiosk.author.compiler import compile_xform
from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Session, load_form
from tests.bench import java_rosa
from tests.bench.figure import Figure

SHORT, LONG = 500, 5_000
EDITS, FLIPS, OPENINGS = 60, 40, 9
CALM, WILD = "vw", "xy"
"""Answers to the first question, by turns: none matters, or one hides what reads it."""
_HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>'
    "<h:title>Dài</h:title><model><instance>"
)
_MEMORY = """
import json, sys
def used():
    with open("/proc/self/smaps_rollup") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
before = used()
from datetime import date
from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Session, load_form
session = Session(load_form(json.load(sys.stdin)), ShiftedClock(date(2026, 11, 21)))
for number in range(%d):
    session.answer(f"f{number}", "trả lời")
print(used() - before)
"""


def long_form(questions: int) -> str:
    """The XForm of the generated form."""
    binds, nodes, controls = [], [], []
    for number in range(questions):
        read = 0 if number % 5 == 0 else number - 1
        rules = f' relevant="/data/f{read} != \'x\'" constraint="string-length(.) &lt; 200"' if number else ""
        binds.append(f'<bind nodeset="/data/f{number}" type="string"{rules}/>')
        nodes.append(f"<f{number}/>")
        controls.append(f'<input ref="/data/f{number}"><label>Câu hỏi {number}</label></input>')
    return (
        f'{_HEAD}<data id="dai" version="1">{"".join(nodes)}</data></instance>{"".join(binds)}</model>'
        f"</h:head><h:body>{''.join(controls)}</h:body></h:html>"
    )


class Floor:
    """The least that can run the same rules: lists, indexes, closures."""

    def __init__(self, questions: int) -> None:
        self.values = [""] * questions
        self.relevant = [True] * questions
        self.readers: list[list[int]] = [[] for _ in range(questions)]
        self.rules: list[Any] = [None] * questions
        self.constraints: list[Any] = [None] * questions
        for number in range(1, questions):
            read = 0 if number % 5 == 0 else number - 1
            self.readers[read].append(number)
            self.rules[number] = eval(f"lambda v, r: (v[{read}] if r[{read}] else '') != 'x'")
            self.constraints[number] = eval(f"lambda v: len(v[{number}]) < 200")

    def edit(self, number: int, value: str) -> list[int]:
        """Change a value and run what reads it; the questions that changed."""
        self.values[number] = value
        constraint = self.constraints[number]
        changed, waiting = [number], list(self.readers[number])
        if constraint is not None:
            constraint(self.values)
        while waiting:
            following: list[int] = []
            for each in waiting:
                relevant = self.rules[each](self.values, self.relevant)
                if relevant != self.relevant[each]:
                    self.relevant[each] = relevant
                    changed.append(each)
                    following.extend(self.readers[each])
            waiting = following
        return changed


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def middle(legs: Mapping[str, Callable[[int], object]], rounds: int) -> dict[str, float]:
    """Medians of legs that take turns."""
    taken: dict[str, list[float]] = {name: [] for name in legs}
    for number in range(rounds):
        for name, leg in legs.items():
            taken[name].append(milliseconds(lambda leg=leg, number=number: leg(number)))  # type: ignore[misc]
    return {name: statistics.median(times) for name, times in taken.items()}


def opened(text: str) -> Session:
    return Session(load_form(json.loads(text)), ShiftedClock(date(2026, 11, 21)))


def memory(text: str) -> float:
    """MiB that a process takes for the form with every question answered, above the bare interpreter."""
    command = [sys.executable, "-X", "utf8", "-c", _MEMORY % LONG]
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return float(done.stdout)


def _answer(session: Session, words: str, number: int) -> None:
    session.answer("f0", words[number % len(words)])


def _edit(floor: Floor, words: str, number: int) -> None:
    floor.edit(0, words[number % len(words)])


def run() -> list[Figure]:
    texts = {size: json.dumps(compile_xform(long_form(size)), ensure_ascii=False) for size in (SHORT, LONG)}
    ours = {size: opened(text) for size, text in texts.items()}
    bare = {size: Floor(size) for size in texts}
    edits, flips = (
        middle(
            {f"ours {size}": partial(_answer, ours[size], words) for size in texts}
            | {f"bare {size}": partial(_edit, bare[size], words) for size in texts},
            rounds,
        )
        for words, rounds in ((CALM, EDITS), (WILD, FLIPS))
    )
    openings = _openings(texts)
    own = {"edit": edits[f"ours {LONG}"], "flip": flips[f"ours {LONG}"], "open": openings[1].ours}
    return [*_edits(edits, flips), *openings, *_beside_java_rosa(own)]


def _beside_java_rosa(own: dict[str, float]) -> list[Figure]:
    short, long = (java_rosa.measured(long_form(size), edits) for size, edits in ((SHORT, 60), (LONG, 7)))
    growth = {what: long[what] / short[what] for what in long if short.get(what)}
    return java_rosa.figures(own, long, growth) if len(growth) == len(own) else []


def _edits(edits: dict[str, float], flips: dict[str, float]) -> list[Figure]:
    calm = "a fifth of 5,000 rules run, nothing changes"
    wild = "a fifth of 5,000 questions appear or vanish"
    floor_calm, floor_wild = (each[f"bare {LONG}"] / each[f"bare {SHORT}"] for each in (edits, flips))
    return [
        Figure("edit, 5,000 questions", edits[f"ours {LONG}"], 1, "ms", 2.0, calm),
        Figure("edit beside the floor", edits[f"ours {LONG}"], edits[f"bare {LONG}"], "ms", 25, calm),
        Figure("edit that flips a fifth", flips[f"ours {LONG}"], 1, "ms", 4.0, wild),
        Figure("growth of an edit from 500", edits[f"ours {LONG}"] / edits[f"ours {SHORT}"], 1, "x", 12,
               f"floor {floor_calm:.1f}"),
        Figure("growth of a flip from 500", flips[f"ours {LONG}"] / flips[f"ours {SHORT}"], 1, "x", 20,
               f"floor {floor_wild:.1f}"),
    ]  # fmt: skip


def _openings(texts: dict[int, str]) -> list[Figure]:
    gc.collect()
    taken = middle(
        {
            "short": lambda _n: opened(texts[SHORT]),
            "long": lambda _n: opened(texts[LONG]),
            "floor": lambda _n: Floor(LONG),
        },
        OPENINGS,
    )
    return [
        Figure("opening, 500 questions", taken["short"], 1, "ms", 20),
        Figure("opening, 5,000 questions", taken["long"], 1, "ms", 150),
        Figure("opening beside compiling the floor", taken["long"], taken["floor"], "ms", 1.0),
        Figure(
            "memory, 5,000 questions answered", memory(texts[LONG]), 1, "MiB", 40, "above the interpreter"
        ),
    ]


if __name__ == "__main__":
    for figure in run():
        print(figure.line())

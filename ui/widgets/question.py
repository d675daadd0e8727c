"""What a question widget needs to know of a question; no dossier, no engine."""

from collections.abc import Mapping
from typing import Protocol


class Choice(Protocol):
    """One answer of a list: ``name`` is stored, ``label`` is read."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...


class Problem(Protocol):
    """What keeps an answer from being accepted: ``missing``, ``constraint`` or ``type``."""

    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...


class Question(Protocol):
    """The visible state of one question, as a form session tells it."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def appearance(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def guidance(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def relevant(self) -> bool: ...
    @property
    def required(self) -> bool: ...
    @property
    def readonly(self) -> bool: ...
    @property
    def choices(self) -> tuple[Choice, ...]: ...
    @property
    def group(self) -> str:
        """Label of the composite field of which this is a part, or an empty text."""
        ...

    @property
    def parameters(self) -> Mapping[str, str]: ...


def looks(question: Question, token: str) -> bool:
    """Whether the question's appearance contains this ODK token."""
    return token in question.appearance.split()

"""What the hub knows of forms, procedures and sentences: the same content that its points have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.catalogue.procedures import Procedure
from kiosk.documents import papers
from kiosk.domain.clock import ShiftedClock
from kiosk.domain.errors import WorldError
from kiosk.domain.printed_paper import PrintedPaper
from kiosk.envelope.payload import Payload
from kiosk.forms import Session, load_form
from kiosk.packs.as_printed import as_printed
from kiosk.packs.content import Content


@dataclass(frozen=True)
class Library:
    """Read-only content; loaded once at start."""

    content: Content = field(repr=False)

    @property
    def assets(self) -> Path:
        return self.content.folder

    def dictionary(self, name: str) -> bytes:
        """Raises KeyError for a form version that this hub does not have."""
        return self.content.dictionaries[name]

    def sentence(self, error: WorldError) -> str:
        """The Vietnamese sentence of a refusal."""
        key = f"error.{error.code}"
        if key not in self.content.texts:
            return self.content.texts("error.server.error")
        return self.content.texts(key, **error.params)

    def procedure(self, code: str) -> Procedure | None:
        """The procedure of a national code, ``None`` if this content does not know it."""
        try:
            return self.content.catalogue.by_code(code)
        except KeyError:
            return None

    def procedure_name(self, code: str) -> str:
        procedure = self.procedure(code)
        return procedure.name if procedure else code

    def session(self, payload: Payload) -> Session | None:
        """The answers as their own form version reads them on the day they were prepared;
        ``None`` if this hub lacks that version, or if that is no day."""
        day = day_of(payload.prepared_on)
        if day is None or (payload.form, payload.form_version) not in self.content.forms:
            return None
        form = load_form(self.content.form(payload.form, payload.form_version), self.content.rows)
        answers = [(answer.name, answer.value) for answer in payload.answers]
        return Session(form, ShiftedClock(day), answers)

    def papers(self, payload: Payload) -> Mapping[int, str]:
        """The papers that the citizen prints and signs: number → title; none if the form is not here."""
        procedure, session = self.procedure(payload.procedure), self.session(payload)
        day = day_of(payload.prepared_on)
        if procedure is None or session is None or day is None:
            return {}
        content, procedure = as_printed(self.content, procedure, (payload.form, payload.form_version))
        return papers.titles(content, procedure, session.filled().value, day)

    def paper(self, payload: Payload, number: int) -> PrintedPaper:
        """One of ``papers`` as PDF, dotted where the citizen signs. Raises WorldError
        ``office.no_layout`` and those of ``kiosk.documents``."""
        procedure, session = self.procedure(payload.procedure), self.session(payload)
        if procedure is None or session is None or number not in self.papers(payload):
            raise WorldError("office.no_layout")
        content, procedure = as_printed(self.content, procedure, (payload.form, payload.form_version))
        return papers.draw(content, procedure, number, session.filled(), session.sheet)


def day_of(text: str) -> date | None:
    """The day of a payload; ``None`` for what is no day (no point of ours writes that)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

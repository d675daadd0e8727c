"""What the hub knows of forms, procedures and sentences: the same content that its points have."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.catalogue import Catalogue, load_catalogue
from kiosk.catalogue.procedures import Procedure
from kiosk.catalogue.texts import Texts, load_texts
from kiosk.documents.declaration import declaration
from kiosk.documents.reading import load_layout
from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from kiosk.domain.filled_form import FilledForm
from kiosk.envelope.payload import Payload
from sync.hub.filling import fill


@dataclass(frozen=True)
class Library:
    """Read-only content; loaded once at start."""

    assets: Path
    compiled: Path
    texts: Texts
    catalogue: Catalogue
    dictionaries: Mapping[str, bytes]
    """Compression dictionaries by name, such as ``khai_sinh-2026.11``."""

    def dictionary(self, name: str) -> bytes:
        """Raises KeyError for a form version that this hub does not have."""
        return self.dictionaries[name]

    def sentence(self, error: WorldError) -> str:
        """The Vietnamese sentence of a refusal."""
        key = f"error.{error.code}"
        if key not in self.texts:
            return self.texts("error.server.error")
        return self.texts(key, **error.params)

    def procedure(self, code: str) -> Procedure | None:
        """The procedure of a national code, ``None`` if this content does not know it."""
        try:
            return self.catalogue.by_code(code)
        except KeyError:
            return None

    def procedure_name(self, code: str) -> str:
        procedure = self.procedure(code)
        return procedure.name if procedure else code

    def filled(self, payload: Payload) -> FilledForm | None:
        """The answers as their own form version reads them; ``None`` if it is not here."""
        return fill(self.compiled / "forms", payload)

    def declaration(self, payload: Payload) -> bytes:
        """The official declaration as PDF, dotted where the citizen signs. Raises WorldError
        ``office.no_layout`` and those of ``kiosk.documents``."""
        procedure, form = self.procedure(payload.procedure), self.filled(payload)
        if procedure is None or form is None or not procedure.layouts:
            raise WorldError("office.no_layout")
        folder = self.assets / "procedures" / procedure.slug
        layout = load_layout(folder / f"{procedure.layouts[0]}.md")
        return declaration(layout, form, self.assets / "fonts")


def load_library(assets: Path, compiled: Path, clock: Clock) -> Library:
    """Texts and procedures from ``assets``, forms from ``compiled`` (made by ``hamlet-forms build``).

    Raises ``BadContentError`` with file and line.
    """
    found = sorted((compiled / "dictionaries").glob("*.zdict"))
    return Library(
        assets,
        compiled,
        load_texts(assets / "texts"),
        load_catalogue(assets / "procedures", clock.now().date()),
        {path.stem: path.read_bytes() for path in found},
    )

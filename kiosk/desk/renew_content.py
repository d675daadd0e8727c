"""A new content pack comes to the point, on a stick or a card; what is in use stays until it is whole."""

from pathlib import Path

from kiosk.documents.reading import load_layout
from kiosk.domain.errors import WorldError
from kiosk.forms import load_form
from kiosk.guides.load import guides_in
from kiosk.packs import install as installing
from kiosk.packs.choose import built_in
from kiosk.packs.content import Content
from kiosk.packs.manifest import Manifest


def renew_content(home: Path, path: Path, assets: Path, compiled: Path) -> Manifest:
    """Install a pack (folder or .zip) for this point; it is used from its first day on, between two visits.

    ``assets`` and ``compiled`` are those of the program. Forms, layouts and guides are opened before the
    switch. Raises ``WorldError`` as ``kiosk.packs.install.install``; then nothing has changed.
    """
    return installing.install(home, path, built_in(assets, compiled), check_content)


def check_content(content: Content) -> None:
    """Whether this program can fill in, print and walk through what a pack offers; ``ValueError`` naming the
    first form, layout or guide that it cannot."""
    for form_id, version in sorted(content.offered):
        try:
            load_form(content.form(form_id, version), content.rows)
        except (WorldError, LookupError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"{form_id}-{version}") from error
    for path in content.layouts.values():
        load_layout(path)
    guides_in(content.folder / "guides", content.day)

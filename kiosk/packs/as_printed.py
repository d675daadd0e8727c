"""A draft that keeps an older version of its form is printed as the pack prints that offered this version."""

from dataclasses import replace
from pathlib import Path

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.procedures import Procedure
from kiosk.packs.compiled_forms import FormKey, Forms
from kiosk.packs.content import Content, catalogue_at
from kiosk.packs.printing import layouts_of


def as_printed(content: Content, procedure: Procedure, form: FormKey) -> tuple[Content, Procedure]:
    """The content and the procedure with the papers of a version of its form.

    As they are if this pack offers the version, or if no other pack here that does knows a paper for the day.
    """
    if form in content.offered:
        return content, procedure
    for assets, compiled in content.behind:
        if found := _older(content, procedure, form, assets, compiled):
            return found
    return content, procedure


def _older(
    content: Content, procedure: Procedure, form: FormKey, assets: Path, compiled: Path
) -> tuple[Content, Procedure] | None:
    try:
        if form not in Forms.of(compiled / "forms"):
            return None
        old = catalogue_at(assets, compiled, content.day).by_slug(procedure.slug)
        layouts = layouts_of(assets / "procedures", [old])
    except (BadContentError, KeyError):
        return None
    if not any(one.holds_on(content.day) for one in old.prints):
        return None
    return replace(content, layouts=layouts), replace(procedure, prints=old.prints)

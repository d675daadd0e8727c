"""Labels, hints and messages of an XForm, in all its languages, with the values they quote."""

from dataclasses import dataclass, field
from typing import Any

from kiosk.author.xform import Element, XForm, elements, local

_ITEXT = "jr:itext("


@dataclass
class TextTable:
    """All texts of a form; equal ones are stored once."""

    languages: list[str] = field(default_factory=list)
    default: str = ""
    ids: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """itext id → form (``""``, guidance, image …) → language → parts."""
    entries: list[dict[str, Any]] = field(default_factory=list)
    used_ids: dict[str, int] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)

    def add(self, forms: dict[str, Any]) -> int:
        """The number of a text given by language."""
        key = repr(sorted(forms.items()))
        if key not in self._known:
            self._known[key] = len(self.entries)
            self.entries.append(forms)
        return self._known[key]

    def by_id(self, text_id: str, form: str = "") -> int | None:
        """The number of an itext entry; ``None`` where it has no such form."""
        found = self.ids.get(text_id, {}).get(form)
        return self.add(found) if found else None


def read_texts(xform: XForm) -> TextTable:
    """Read ``itext``. Quoted values are compiled where the text is used, so they stay as sources here."""
    table = TextTable()
    for translation in xform.translations:
        language = translation.get("lang", "")
        table.languages.append(language)
        if translation.get("default") is not None or not table.default:
            table.default = language
        for text in elements(translation, "text"):
            forms = table.ids.setdefault(text.get("id", ""), {})
            for value in elements(text, "value"):
                forms.setdefault(value.get("form", ""), {})[language] = parts(value)
    return table


def parts(element: Element) -> list[Any]:
    """The text of an element as parts: texts, and ``{"value": expression}`` where it quotes a value."""
    found: list[Any] = [element.text or ""]
    for child in element:
        if local(child) == "output":
            found.append({"value": child.get("value") or child.get("ref") or ""})
        else:
            found.extend(parts(child))
        found.append(child.tail or "")
    return [part for part in found if part != ""]


def itext_id(reference: str) -> str | None:
    """The id in ``jr:itext('…')``; ``None`` for other texts and for ids that are computed."""
    text = reference.strip()
    if not text.startswith(_ITEXT) or not text.endswith(")"):
        return None
    inner = text[len(_ITEXT) : -1].strip()
    return inner[1:-1] if inner[:1] in "'\"" and len(inner) > 1 else None

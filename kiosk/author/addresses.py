"""Gives every bind, control and action of an XForm the absolute path of its node.

XForms lets them name a node in three ways: by an absolute path, by a path relative to the control around
them, or by the id of a bind. What follows needs only the first.
"""

from kiosk.author.xform import Element, XForm, elements, local

_HOLDERS = frozenset({"group", "repeat"})


def settle_addresses(xform: XForm) -> None:
    """Rewrite the addresses in place; nested binds are laid flat. What is too strange stays as it is."""
    top = f"/{local(xform.instance)}"
    xform.binds = [one for bind in xform.binds for one in _flat(bind, top)]
    ids = {bind.get("id", ""): bind.get("nodeset", "") for bind in xform.binds}
    for action in xform.actions:
        _settle(action, "ref", top, ids)
    _inside(xform.body, top, ids)


def _flat(bind: Element, above: str) -> list[Element]:
    path = absolute(bind.get("nodeset", ""), above)
    bind.set("nodeset", path)
    return [bind, *(one for inner in elements(bind, "bind") for one in _flat(inner, path))]


def _inside(holder: Element, context: str, ids: dict[str, str]) -> None:
    for control in elements(holder):
        here = _settle(control, "nodeset" if local(control) == "repeat" else "ref", context, ids)
        if local(control) not in ("label", "hint", "help", "item", "itemset"):
            _inside(control, here if local(control) in _HOLDERS else context, ids)


def _settle(element: Element, attribute: str, context: str, ids: dict[str, str]) -> str:
    """Set an element's address and give it; an element without one stands where what is around it stands."""
    written = element.get("ref") or element.get("nodeset") or ""
    if local(element) in ("label", "hint", "help", "itemset", "output") or not (
        written or element.get("bind")
    ):
        return context
    path = absolute(written, context) if written.strip() else ids.get(element.get("bind", ""), "")
    element.attrib.pop("nodeset" if attribute == "ref" else "ref", None)
    element.set(attribute, path)
    return path or context


def absolute(path: str, context: str) -> str:
    """A plain path as it reads from the top; one with predicates or calls stays as it is."""
    path = path.strip()
    if not path or path.startswith("/") or "[" in path or "(" in path:
        return path
    parts = context.split("/")
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)

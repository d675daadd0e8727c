"""The instances of an XForm: the primary one as items, the secondary ones as rows or trees."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.author.attached import LAST_SAVED, document, find_file
from kiosk.author.xform import JR, Element, XForm, elements, local
from kiosk.forms.outline import Outline

_TEMPLATE = f"{JR}template"


def read_items(top: Element, repeats: set[str]) -> list[dict[str, Any]]:
    """The primary instance as items, parents before children; rows of a repeat give one item."""
    items: list[dict[str, Any]] = []
    _item(top, top, 0, f"/{local(top)}", repeats, items)
    return items


def _item(
    element: Element, real: Element, parent: int, path: str, repeats: set[str], items: list[dict[str, Any]]
) -> None:
    """``element`` is the template if there is one, ``real`` the first row that the form begins with."""
    number = len(items)
    item: dict[str, Any] = {"name": local(element)}
    if parent:
        item["in"] = parent
    items.append(item)
    if number and path in repeats:
        item["repeat"] = True
    if len(element):
        _children(element, real, number, path, repeats, items)
    elif element.text and element.text.strip():
        item["default"] = element.text.strip()


def _children(
    element: Element, real: Element, number: int, path: str, repeats: set[str], items: list[dict[str, Any]]
) -> None:
    groups, begun = _by_name(element), _by_name(real)
    for name, same in groups.items():
        first = len(items)
        rows = [one for one in begun.get(name, ()) if one.get(_TEMPLATE) is None]
        _item(_pattern(same), (rows or same)[0], number, f"{path}/{name}", repeats, items)
        if items[first].get("repeat"):
            items[first]["rows"] = len(rows)
            _given(rows, first, items)


def _by_name(element: Element) -> dict[str, list[Element]]:
    groups: dict[str, list[Element]] = {}
    for child in elements(element):
        groups.setdefault(local(child), []).append(child)
    return groups


def _pattern(same: list[Element]) -> Element:
    return next((one for one in same if one.get(_TEMPLATE) is not None), same[0])


def _given(rows: list[Element], item: int, items: list[dict[str, Any]]) -> None:
    """Values that the form's author put into single rows, where they differ from the template."""
    values = []
    for row in rows:
        values.append({local(one): (one.text or "").strip() for one in elements(row) if not len(one)})
    template = {one["name"]: one.get("default", "") for one in items[item + 1 :] if one.get("in") == item}
    different = [
        {name: text for name, text in row.items() if text != template.get(name, "")} for row in values
    ]
    if any(different):
        items[item]["given"] = different


def name_items(items: list[dict[str, Any]], outline: Outline) -> None:
    """Give every item its name in visit files: dotted, without the groups that are pages."""
    names: list[str] = [""]
    for number, item in enumerate(items[1:], 1):
        above = names[outline.parents[number]]
        if item.get("page"):
            names.append(above)
            continue
        names.append(f"{above}.{item['name']}" if above else item["name"])
        if item["kind"] != "group" and not (above == "meta" or names[number] == "meta"):
            item["as"] = names[number]


def read_secondary(xform: XForm, folders: Sequence[Path] = ()) -> dict[str, Any]:
    """Secondary instances by id: a file's name, rows of leaves, or a whole tree.

    XML and GeoJSON files found in the folders are read now; a point reads no foreign files but lists.
    """
    return {name: _secondary(element, xform, folders) for name, element in xform.secondary.items()}


def _secondary(element: Element, xform: XForm, folders: Sequence[Path]) -> dict[str, Any]:
    source = element.get("src", "")
    root = next(elements(element), None)
    if source == LAST_SAVED:
        return {"root": local(xform.instance), "rows": []}
    if source and root is None:
        path = None if source.lower().endswith(".csv") else find_file(source, folders)
        if path is None:
            return {"file": source.rpartition("/")[2]}
        root = document(path)
    if root is None:
        return {"rows": []}
    rows = _rows(root)
    if rows is None:
        return {"tree": _tree(root)}
    item = local(next(elements(root))) if rows else "item"
    return {"root": local(root), "item": item, "rows": rows}


def _rows(root: Element) -> list[dict[str, str]] | None:
    """The items as plain rows; ``None`` if they are more than leaves of one kind."""
    found = []
    names = {local(one) for one in elements(root)}
    if len(names) > 1 or root.attrib:
        return None
    for one in elements(root):
        cells = {local(cell): (cell.text or "") for cell in elements(one)}
        if one.attrib or len(cells) != len(one) or any(len(cell) or cell.attrib for cell in elements(one)):
            return None
        found.append(cells)
    return found


def _tree(element: Element) -> list[Any]:
    inside: Any = [_tree(one) for one in elements(element)] or (element.text or "")
    attributes = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    return [local(element), inside, attributes] if attributes else [local(element), inside]

"""Reads an ODK XForm (XML) and compiles it to the JSON that a point loads."""

import xml.etree.ElementTree as ET
from typing import Any

from kiosk.forms.xpath.parser import parse

_H = "{http://www.w3.org/1999/xhtml}"
_X = "{http://www.w3.org/2002/xforms}"
_J = "{http://openrosa.org/javarosa}"
_RULES = ("relevant", "required", "constraint", "calculate")
_KINDS = {"int": "int", "date": "date", "string": "string"}


def compile_xform(xml: str) -> dict[str, Any]:
    """The compiled form of an XForm."""
    root = ET.fromstring(xml)  # noqa: S314 - made by pyxform from our own files
    model = root.find(f"{_H}head/{_X}model")
    body = root.find(f"{_H}body")
    if model is None or body is None:
        raise ValueError("no XForm")
    reader = _Reader(model)
    instance = model.find(f"{_X}instance")
    data = next(iter(instance)) if instance is not None else None
    if data is None:
        raise ValueError("no instance")
    reader.walk_instance(data, f"/{data.tag.split('}')[1]}", ())
    reader.walk_body(body)
    title = root.findtext(f"{_H}head/{_H}title") or ""
    nodes = [node for node in reader.nodes.values() if not node["path"].endswith("/instanceID")]
    return {
        "id": data.get("id"),
        "version": data.get("version"),
        "title": title,
        "lists": reader.lists,
        "nodes": [_named(node, reader.nodes) for node in nodes],
    }


class _Reader:
    def __init__(self, model: ET.Element) -> None:
        self.model = model
        self.nodes: dict[str, dict[str, Any]] = {}
        self.binds = {bind.get("nodeset", ""): bind for bind in model.findall(f"{_X}bind")}
        self.texts = {
            each.get("id", ""): {
                value.get("form", ""): value.text or "" for value in each.findall(f"{_X}value")
            }
            for each in model.findall(f"{_X}itext/{_X}translation/{_X}text")
        }
        self.lists: dict[str, list[dict[str, str]]] = {}
        for instance in model.findall(f"{_X}instance"):
            rows = instance.findall(f"{_X}root/{_X}item")
            if rows:
                self.lists[instance.get("id", "")] = [self._row(row) for row in rows]

    def _row(self, row: ET.Element) -> dict[str, str]:
        cells = {cell.tag.split("}")[1]: cell.text or "" for cell in row}
        if "itextId" in cells:
            cells["label"] = self.texts[cells.pop("itextId")][""]
        return cells

    def walk_instance(self, element: ET.Element, path: str, parents: tuple[str, ...]) -> None:
        for child in element:
            tag = child.tag.split("}")[1]
            if tag == "meta":
                continue
            inner = f"{path}/{tag}"
            bind = self.binds.get(inner)
            kind = (
                "group"
                if len(child)
                else _KINDS.get(bind.get("type", "string") if bind is not None else "", "string")
            )
            self.nodes[inner] = {
                "path": inner,
                "kind": kind,
                "parents": list(parents),
                "default": child.text or "",
                "rules": {},
            }
            if bind is not None:
                self._bind(self.nodes[inner], bind)
            self.walk_instance(child, inner, (*parents, inner))

    def _bind(self, node: dict[str, Any], bind: ET.Element) -> None:
        for rule in _RULES:
            expression = bind.get(rule)
            if expression and expression != "false()":
                node["rules"][rule] = parse(expression).tree
        node["required_message"] = self._said(bind.get(f"{_J}requiredMsg", ""))
        node["constraint_message"] = self._said(bind.get(f"{_J}constraintMsg", ""))
        node["readonly"] = bind.get("readonly") == "true()" and "calculate" not in node["rules"]
        if "calculate" in node["rules"]:
            node["kind"] = "calculate"

    def walk_body(self, element: ET.Element) -> None:
        for control in element:
            ref = control.get("ref") or control.get("nodeset")
            node = self.nodes.get(ref or "")
            if node is None:
                continue
            tag = control.tag.split("}")[1]
            node["appearance"] = control.get("appearance", "")
            node["label"] = self._label(control.find(f"{_X}label"), "")
            node["hint"] = self._label(control.find(f"{_X}hint"), "")
            node["guidance"] = self._label(control.find(f"{_X}hint"), "guidance")
            if tag == "group":
                self.walk_body(control)
            elif tag in ("select1", "select"):
                node["kind"] = tag
                self._itemset(node, control)
            elif tag == "input" and node.pop("readonly", False):
                node["kind"] = "note"

    def _itemset(self, node: dict[str, Any], control: ET.Element) -> None:
        itemset = control.find(f"{_X}itemset")
        nodeset = itemset.get("nodeset", "") if itemset is not None else ""
        start = parse(nodeset).tree
        node["list"] = start[1][2][1]
        last = start[2][-1]
        if isinstance(last, list):
            node["rules"]["filter"] = last[2][0]

    def _label(self, element: ET.Element | None, form: str) -> str:
        if element is None:
            return ""
        ref = element.get("ref", "")
        if ref.startswith("jr:itext("):
            return self.texts.get(ref[10:-2], {}).get(form, "")
        return (element.text or "") if not form else ""

    def _said(self, text: str) -> str:
        return self.texts[text[10:-2]][""] if text.startswith("jr:itext(") else text


def _named(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The external name: dotted, without the groups that are pages."""
    if node["kind"] == "group":
        return node | {"name": ""}
    groups = [path for path in node["parents"] if "field-list" not in nodes[path].get("appearance", "")]
    parts = [path.rpartition("/")[2] for path in (*groups, node["path"])]
    return node | {"name": ".".join(parts)}

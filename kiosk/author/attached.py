"""Files that a form refers to, looked for beside it: CSV as rows, XML and GeoJSON as instances.

Source: the ODK XForms specification, "Secondary Instances – External"; GeoJSON as ODK Collect reads it.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kiosk.author.xform import Element, XFormError, parse_xml

LAST_SAVED = "jr://instance/last-saved"
"""The answers of the form that was filled before this one; a point keeps none, so it is always empty."""


class BadFileError(Exception):
    """A file that a form refers to cannot be read; the text says which (``name: …``) and why."""


def find_file(name: str, folders: Iterable[Path]) -> Path | None:
    """The first file of that name (its last part counts) in the folders."""
    plain = name.rpartition("/")[2]
    return next((folder / plain for folder in folders if plain and (folder / plain).is_file()), None)


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a list, comma or semicolon between cells; ``ValueError`` if it is no such text."""
    text = path.read_text(encoding="utf-8-sig")
    header = text.partition("\n")[0]
    sign = ";" if header.count(";") > header.count(",") else ","
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=sign, restval="")
        return [{key.strip(): value for key, value in row.items() if key} for row in reader]
    except csv.Error as error:
        raise ValueError(str(error)) from error


def document(path: Path) -> Element:
    """The top element of an XML or GeoJSON file; ``BadFileError``."""
    try:
        data = path.read_bytes()
        return _of_geojson(json.loads(data)) if path.suffix.lower() != ".xml" else parse_xml(data)
    except (OSError, ValueError, XFormError, RecursionError) as error:
        why = error.params.get("detail", error.code) if isinstance(error, XFormError) else error
        raise BadFileError(f"{path.name}: {why}") from error


def _of_geojson(found: Any) -> Element:
    """``root`` with an ``item`` for each feature: its id, its properties and its ``geometry``."""
    features = found.get("features") if isinstance(found, Mapping) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise ValueError("no FeatureCollection")
    root = ElementTree.Element("root")
    for feature in features:
        _item(root, feature if isinstance(feature, Mapping) else {})
    return root


def _item(root: Element, feature: Mapping[str, Any]) -> None:
    item = ElementTree.SubElement(root, "item")
    geometry, properties = feature.get("geometry") or {}, feature.get("properties") or {}
    cells = {"geometry": _geometry(geometry), **dict(properties)}
    if "id" in feature:
        cells["id"] = feature["id"]
    for name, value in cells.items():
        cell = ElementTree.SubElement(item, str(name))
        cell.text = "" if value is None else value if isinstance(value, str) else json.dumps(value)


def _geometry(geometry: Mapping[str, Any]) -> str:
    """ODK's notation: latitude before longitude, points separated by semicolons."""
    kind, found = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(found, list) or kind not in ("Point", "LineString", "Polygon"):
        return ""
    points: Sequence[Any] = [found] if kind == "Point" else found[0] if kind == "Polygon" else found
    shown = [f"{point[1]} {point[0]} 0 0" for point in points if isinstance(point, list) and len(point) > 1]
    return "; ".join(shown)

"""Choices that older forms look up in other ways than by an itemset, rewritten as itemsets.

``search()`` in the appearance of a select reads a CSV file beside the form; the ``query`` of an input
(``select_one_external``) reads ``itemsets.csv``. Source: the ODK documentation, "Form datasets" (search() and
pulldata(), external selects), and pyxform's output.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from kiosk.author.body import controls
from kiosk.author.xform import Element, XForm, elements, first, local

ITEMSETS = "itemsets"
"""The instance that holds the lists of all external selects, each row with its ``list_name``."""
_SEARCH = re.compile(r"\bsearch\s*\((.*)\)", re.DOTALL)
_QUERY = re.compile(r"\s*instance\('([^']+)'\)/root/item(.*)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_LITERAL = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_TESTS = {"contains": "contains", "startswith": "starts-with", "endswith": "ends-with"}


def with_itemsets(xform: str, rows: Sequence[Mapping[str, str]]) -> str:
    """The XForm with the lists of an ``external_choices`` sheet inside; pyxform writes them beside it."""
    root = ElementTree.Element("root")
    for row in rows:
        item = ElementTree.SubElement(root, "item")
        for name, text in row.items():
            if _NAME.fullmatch(name):
                ElementTree.SubElement(item, name).text = text
    model, found, rest = xform.partition("</instance>")
    inside = f'{found}<instance id="{ITEMSETS}">{ElementTree.tostring(root, encoding="unicode")}</instance>'
    return f"{model}{inside}{rest}" if found and len(root) else xform


def settle_lists(xform: XForm) -> list[str]:
    """Rewrite in place; the paths of the questions whose ``search()`` cannot be read are given back."""
    unread = []
    for control in controls(xform.body):
        look = control.get("appearance", "")
        if local(control) == "input" and control.get("query"):
            _external(control, xform)
        elif local(control) in ("select", "select1", "rank") and (match := _SEARCH.search(look)):
            control.set("appearance", f"{look[: match.start()]}{look[match.end() :]}".strip())
            if not _searched(control, list(_arguments(match[1])), xform):
                unread.append(control.get("ref", ""))
    return unread


def _external(control: Element, xform: XForm) -> None:
    match = _QUERY.fullmatch(control.get("query", ""))
    if match is None or not isinstance(control.tag, str):
        return
    name, rest = match.groups()
    control.tag = f"{control.tag.removesuffix('input')}select1"
    if name in xform.secondary:
        _itemset(control, f"instance('{name}')/root/item{rest}", "name", "label")
        return
    _declare(ITEMSETS, xform)
    _itemset(control, f"instance('{ITEMSETS}')/root/item[list_name='{name}']{rest}", "name", "label")


def _searched(control: Element, given: list[str], xform: XForm) -> bool:
    """Whether the arguments are those of ``search()``; its choice names the columns of value and label.
    Choices with a number for a name are offered as they are."""
    file = _literal(given[0]) if given else ""
    items = [(one, *_columns(one, xform)) for one in elements(control, "item")]
    named = [one for one in items if not one[1].isdigit()]
    if not file or len(named) != 1 or not _well_formed(given):
        return False
    name = file.removesuffix(".csv")
    _declare(name, xform)
    item, value, label = named[0]
    control.remove(item)
    _itemset(control, f"instance('{name}')/root/item{''.join(_tests(given[1:]))}", value, label)
    return True


def _well_formed(given: list[str]) -> bool:
    """Whether file, test and columns are written out, so that nobody has to fill the form to know them."""
    return len(given) in (1, 4, 6) and all(_literal(given[one]) for one in (1, 2, 4) if one < len(given))


def _tests(given: list[str]) -> Iterator[str]:
    """The predicates: what is looked for in which columns, and what one more column must be."""
    if given:
        test = _TESTS.get(_literal(given[0]).lower())
        named = [one.strip() for one in _literal(given[1]).split(",")]
        each = [f"{test}({one}, {given[2]})" if test else f"{one} = {given[2]}" for one in named]
        yield f"[{' or '.join(each)}]"
    if len(given) > 3:
        yield f"[{_literal(given[3])} = {given[4]}]"


def _columns(item: Element, xform: XForm) -> tuple[str, str]:
    value, label = first(item, "value"), first(item, "label")
    said = "" if label is None else label.text or _translated(label.get("ref", ""), xform)
    name = ((value.text or "") if value is not None else "").strip()
    return name, said.split(",")[0].strip() or name


def _translated(reference: str, xform: XForm) -> str:
    """A text of ``itext`` in the form's first language: the column with the labels of that language."""
    for text in (one for language in xform.translations[:1] for one in elements(language, "text")):
        if f"'{text.get('id')}'" in reference:
            value = first(text, "value")
            return (value.text or "") if value is not None else ""
    return ""


def _declare(name: str, xform: XForm) -> None:
    if name not in xform.secondary:
        made = ElementTree.Element("instance", {"id": name, "src": f"jr://file-csv/{name}.csv"})
        xform.secondary[name] = made


def _itemset(control: Element, nodes: str, value: str, label: str) -> None:
    itemset = ElementTree.SubElement(control, "itemset", {"nodeset": nodes})
    ElementTree.SubElement(itemset, "value", {"ref": value})
    ElementTree.SubElement(itemset, "label", {"ref": label})


def _literal(text: str) -> str:
    match = _LITERAL.fullmatch(text.strip())
    return "" if match is None else match[1] or match[2] or ""


def _arguments(text: str) -> Iterator[str]:
    """The arguments between the brackets, as they are written."""
    depth, quote, begun = 0, "", 0
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "," and depth == 0:
            yield text[begun:place].strip()
            begun = place + 1
    if text.strip():
        yield text[begun:].strip()

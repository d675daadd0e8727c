"""The columns of XLSForm: other names for the same one, and which of them hold expressions or texts."""

_ALIASES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "caption": "label",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "value": "name",
    "tag": "name",
    "command": "type",
    "list name": "list_name",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::required": "required",
    "bind::readonly": "read_only",
    "control::jr:count": "repeat_count",
    "control::appearance": "appearance",
    "media::image": "image",
    "media::audio": "audio",
    "media::video": "video",
}
EXPRESSIONS = frozenset({"relevant", "constraint", "calculation", "required", "read_only", "repeat_count",
                         "choice_filter"})  # fmt: skip
SPOKEN = frozenset({"label", "hint", "image", "big-image", "audio", "video"})
"""Any of these makes a question visible."""
_RULES = {
    "calculate": "calculation",
    "readonly": "read_only",
    "choices": "choice_filter",
    "text": "label",
    "count": "repeat_count",
}


def canonical(column: str) -> str:
    """The plain name of a column, without its language."""
    name = " ".join(column.lower().split())
    for separator in ("::", ":"):
        if name.startswith(("bind", "media", "control", "jr")):
            break
        name = name.partition(separator)[0]
    name = name.replace("bind:", "bind::").replace("::::", "::").replace(":::", "::")
    parts = name.split("::")
    if parts[0] in ("bind", "media", "control") and len(parts) > 1:
        name = "::".join(parts[:2])
    found = _ALIASES.get(name) or _ALIASES.get(name.replace(" ", "_"))
    return found or name.replace(" ", "_")


def column_of_rule(kind: str) -> str:
    """The column that a kind of rule stands in."""
    return _RULES.get(kind, kind)

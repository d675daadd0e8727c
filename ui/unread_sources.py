"""A guard against a habit of PySide 6: it reads the source of every module that is imported after it.

It looks whether the module mentions PySide6, for the sake of its ``snake_case`` switch, which we never use;
Python keeps the lines for ever. For our dependencies that is 20 MiB and much of the time to import them.
Where PySide changes and there is nothing to replace, everything works as before.
"""

import sys

import PySide6.QtCore  # noqa: F401 - brings the reader along

_READER = "shibokensupport.feature"
_QUESTION = "_mod_uses_pyside"


def leave_sources_unread() -> None:
    """From now on no module asks for the switch, so no source is read."""
    reader = sys.modules.get(_READER)
    if hasattr(reader, _QUESTION):
        setattr(reader, _QUESTION, _uses_no_switch)


def _uses_no_switch(_module: object) -> bool:
    return False

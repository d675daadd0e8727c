"""The commune's passphrase, typed by a person; never an argument, never a file."""

import getpass

from kiosk.domain.errors import WorldError

LEAST = 12
"""Letters, spaces not counted; more than an officer's password, which the hub lets nobody guess quickly."""


def ask() -> str:
    """The passphrase that opens the commune's key; ``EOFError`` without a terminal."""
    return getpass.getpass("Mật khẩu giữ khóa của xã: ")


def ask_new() -> str:
    """A new one, typed twice: a slip of the finger would close the key for ever.

    Raises WorldError ``hub.passphrase_short`` (whoever has a copy of the home may guess for years),
    ``hub.passphrase_differs``.
    """
    first = ask()
    if len("".join(first.split())) < LEAST:
        raise WorldError("hub.passphrase_short", least=LEAST)
    if first != getpass.getpass("Gõ lại một lần nữa: "):
        raise WorldError("hub.passphrase_differs")
    return first

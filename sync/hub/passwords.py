"""Officers' passwords: argon2id with the parameters that OWASP names (19 MiB, 2 passes)."""

import os

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kiosk.domain.errors import WorldError

LEAST = 8
_MEMORY_KIB, _PASSES, _LANES = 19 * 1024, 2, 1


def hash_password(password: str) -> str:
    """The PHC text to keep. Raises WorldError ``hub.password_short``."""
    if len(password) < LEAST:
        raise WorldError("hub.password_short", least=LEAST)
    kdf = Argon2id(salt=os.urandom(16), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)
    return kdf.derive_phc_encoded(password.encode())


def is_right(password: str, kept: str) -> bool:
    """Whether this is the password; takes the same time either way."""
    try:
        Argon2id.verify_phc_encoded(password.encode(), kept)
    except InvalidKey:
        return False
    return True

"""How the commune notices a person who filed on the portal and hands a dossier in, too.

All points of a commune make the same mark, so that it also works between hamlets. It travels sealed; with the
portal road the number itself never leaves the point.
"""

import hashlib
import hmac

_LABEL = b"thon-portal-mark-1\n"


def portal_mark(commune_key: str, number: str, procedure: str) -> str:
    """HMAC (hex) of an identity number and a procedure's national code, keyed by the commune's recipient;
    empty without a number."""
    digits = "".join(filter(str.isalnum, number)).upper()
    if not digits:
        return ""
    key = hashlib.sha256(_LABEL + commune_key.encode()).digest()
    return hmac.new(key, f"{digits}|{procedure}".encode(), "sha256").hexdigest()

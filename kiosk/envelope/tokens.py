"""Bearer tokens of a point: made at the point, known to the hub by their digest only, proven by signature.

The point keeps a new token before it names its digest to the hub, so that no lost answer can lose a token;
and it signs that digest, so that whoever finds an old token cannot take the point's place with it.
"""

import hashlib
import secrets

from kiosk.envelope import keys

_FORMAT = "thon-token-1"


def new_token(point: str) -> str:
    """A new token, ``<point id>.<secret>``, with 256 random bits."""
    return f"{point}.{secrets.token_urlsafe(32)}"


def token_digest(token: str) -> str:
    """How a hub keeps a token (SHA-256, hex): it has 256 random bits, so that a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_token(point: str, digest: str, signing_key: str) -> str:
    """The point's Ed25519 signature (hex) over the digest of its next token."""
    return keys.sign(_text(point, digest), signing_key)


def verify_token(point: str, digest: str, signature: str, key: str) -> bool:
    """Whether the owner of public ``key`` (hex) asks for exactly this token as this point."""
    return keys.verify(_text(point, digest), signature, key)


def _text(point: str, digest: str) -> bytes:
    return f"{_FORMAT}\npoint {point}\ntoken {digest}\n".encode()

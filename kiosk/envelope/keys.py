"""Keys as text: Ed25519 in hex signs, X25519 in age's own writing receives.

A private signing key is its 32-byte seed in hex; an age identity is ``AGE-SECRET-KEY-1…``.
Both are secrets: they live in the encrypted database of a point or with the commune, never in a log.
"""

from collections.abc import Iterable

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.domain.errors import WorldError


def generate_signing_key() -> str:
    """A new Ed25519 private key: the hex of its seed."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_key(signing_key: str) -> str:
    """The public half of a signing key, hex."""
    return (
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing_key)).public_key().public_bytes_raw().hex()
    )


def sign(message: bytes, signing_key: str) -> str:
    """An Ed25519 signature (RFC 8032), hex."""
    (signature,) = sign_each([message], signing_key)
    return signature


def sign_each(messages: Iterable[bytes], signing_key: str) -> list[str]:
    """A signature of each, hex. To read the key takes as long as to sign with it: once is enough."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing_key))
    return [key.sign(message).hex() for message in messages]


def verify(message: bytes, signature: str, key: str) -> bool:
    """Whether the owner of public ``key`` signed exactly this; nonsense is simply not a signature."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_public_key(text: str) -> bool:
    """Whether ``text`` can be an Ed25519 public key in hex."""
    try:
        return len(bytes.fromhex(text)) == 32
    except ValueError:
        return False


def generate_age_identity() -> str:
    """A new age (X25519) private key in age's own writing."""
    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """The public half of an age identity: to whom others seal. Raises WorldError ``envelope.key``."""
    try:
        return str(pyrage.x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError as error:
        raise WorldError("envelope.key") from error


def is_recipient(text: str) -> bool:
    """Whether ``text`` can be an age recipient (``age1…``)."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True

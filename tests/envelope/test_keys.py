"""Keys as text."""

import pytest

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys


def test_a_signature_verifies_with_the_public_half() -> None:
    secret = keys.generate_signing_key()
    signature = keys.sign(b"text", secret)
    assert keys.verify(b"text", signature, keys.public_key(secret))
    assert not keys.verify(b"texts", signature, keys.public_key(secret))


def test_rfc_8032_test_vector() -> None:
    secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    assert keys.public_key(secret) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert keys.sign(b"", secret).startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901")


def test_new_keys_differ() -> None:
    assert keys.generate_signing_key() != keys.generate_signing_key()
    assert keys.generate_age_identity() != keys.generate_age_identity()


@pytest.mark.parametrize(
    ("text", "can_be"), [("ab" * 32, True), ("ab" * 31, False), ("", False), ("không", False)]
)
def test_a_public_key_is_recognised(text: str, can_be: bool) -> None:
    assert keys.is_public_key(text) is can_be


def test_a_recipient_is_recognised() -> None:
    identity = keys.generate_age_identity()
    assert keys.is_recipient(keys.recipient_of(identity))
    assert not keys.is_recipient(identity)
    assert not keys.is_recipient("")


def test_an_impossible_identity_has_no_recipient() -> None:
    with pytest.raises(WorldError, match=r"envelope\.key"):
        keys.recipient_of("age1")

"""Tokens: long, their point's, proven by its key and by nothing else."""

from kiosk.envelope.keys import generate_signing_key, public_key, sign
from kiosk.envelope.tokens import new_token, sign_token, token_digest, verify_token


def test_each_token_is_new_and_names_its_point() -> None:
    made = {new_token("p-1") for _ in range(50)}
    assert len(made) == 50
    assert all(token.startswith("p-1.") and len(token) == 47 and token.isascii() for token in made)


def test_only_the_points_key_over_this_digest_for_this_point_is_a_proof() -> None:
    key, digest = generate_signing_key(), token_digest("p-1.secret")
    proof = sign_token("p-1", digest, key)
    assert verify_token("p-1", digest, proof, public_key(key))
    assert not verify_token("p-2", digest, proof, public_key(key))
    assert not verify_token("p-1", token_digest("p-1.other"), proof, public_key(key))
    assert not verify_token("p-1", digest, proof, public_key(generate_signing_key()))
    for nonsense in ("", "zz", "ab" * 64, proof[:-2]):
        assert not verify_token("p-1", digest, nonsense, public_key(key))


def test_the_signed_text_is_that_of_the_protocol() -> None:
    key = generate_signing_key()
    text = f"thon-token-1\npoint p-1\ntoken {token_digest('p-1.secret')}\n"
    assert sign_token("p-1", token_digest("p-1.secret"), key) == sign(text.encode(), key)

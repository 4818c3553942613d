"""A secret says nothing unless it is asked to."""

from __future__ import annotations

import copy
import json
import pickle
import unicodedata

import pytest

from schoolsync.flow.secret import Secret

TEXT = "correct horse é"
SALT = bytes(range(16))


def test_it_prints_dots() -> None:
    """In every way in which a value gets into a text, alone and inside others."""
    secret = Secret(TEXT)
    texts = [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!s:>5}",
        repr([secret]),
        str({1: secret}),
    ]
    for text in texts:
        assert "horse" not in text
        assert "•••" in text


def test_it_has_no_other_way_out() -> None:
    """No dictionary of attributes, no JSON, no change."""
    secret = Secret(TEXT)
    assert not hasattr(secret, "__dict__")
    with pytest.raises(TypeError):
        json.dumps(secret)
    with pytest.raises(AttributeError):
        secret._text = "another"  # type: ignore[misc]
    assert secret.reveal() == TEXT


def test_equal_texts_are_equal_secrets() -> None:
    """So that a set of refused ones works; copies are equal too."""
    secret = Secret(TEXT)
    assert secret == Secret(TEXT) != Secret("another")
    assert {secret, Secret(TEXT), copy.deepcopy(secret), pickle.loads(pickle.dumps(secret))} == {secret}
    assert bool(secret)
    assert not Secret("")


def test_the_fingerprint_is_a_known_function() -> None:
    """Scrypt with fixed costs, as openssl computes it: a ledger that was kept must recognise it."""
    openssl = "4fc4a00e67702fbc7a6ce37946e7dabaa5a77528b08670b990193fe1dafba279"  # n=16384, r=8, p=1
    assert Secret(TEXT).fingerprint(SALT) == openssl


def test_the_fingerprint_knows_texts_apart() -> None:
    """By text and by salt; one way to type an accent is as good as another."""
    one = Secret(TEXT).fingerprint(SALT)
    assert Secret(unicodedata.normalize("NFD", TEXT)).fingerprint(SALT) == one
    assert Secret(TEXT + " ").fingerprint(SALT) != one
    assert Secret(TEXT).fingerprint(SALT[::-1]) != one
    assert "horse" not in one

"""The generations, against the specification's table."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.pronote import CURRENT, GENERATIONS, generation

BORDERS = {
    "sends_rsa_key": (None, (2023,)),
    "has_new_content": ((2024, 3, 9), None),
    "has_new_names": ((2025, 1, 3), None),
    "says_what_it_skips": (None, (2025, 1, 3)),
    "takes_presence": (None, (2024, 3, 9)),
    "has_script_page": ((2026, 2, 4), None),
    "has_natures": ((2026, 2, 4), None),
    "has_direct_challenge": ((2026, 2, 5, 6), None),
}
"""What a generation does → since which version, and until which."""


@pytest.mark.parametrize("name", BORDERS)
def test_what_a_generation_does(name: str) -> None:
    """From one version on, or until one."""
    first, last = BORDERS[name]
    for one in GENERATIONS:
        expected = (first is None or one.version >= first) and (last is None or one.version < last)
        assert getattr(one, name) is expected, one.label


def test_generations_are_found_by_label() -> None:
    """The newest is the one that is meant."""
    assert generation("2025.1.3").version == (2025, 1, 3)
    assert CURRENT.label == "2026.2.5.6"
    assert [one.version for one in GENERATIONS] == sorted(one.version for one in GENERATIONS)
    with pytest.raises(KeyError):
        generation("2019")


def test_kinds_shifted_in_2025() -> None:
    """From 57 on, by one."""
    old, new = generation("2024.3.9"), generation("2025.1.3")
    assert [old.kind(number) for number in (16, 56, 57, 59, 71)] == [16, 56, 58, 60, 72]
    assert [new.kind(number) for number in (16, 56, 57, 59, 71)] == [16, 56, 57, 59, 71]

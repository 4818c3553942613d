"""Knobs: what they are when nobody turns them."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.sandbox.classcharts.shapes import Rules, Shapes


def test_the_server_is_kind_by_default() -> None:
    """An id lives three minutes, a superseded one a minute more at least, and a late ping is forgiven."""
    rules = Rules()
    assert rules.id_life == dt.timedelta(seconds=180)
    assert rules.grace >= dt.timedelta(seconds=60)
    assert not any((rules.strict_ping, rules.require_ping, rules.requires_captcha))
    assert (rules.expired_status, rules.expired_flag) == (200, 1)


def test_files_are_named_twice_by_default() -> None:
    """Sources disagree about the key."""
    assert Shapes().file_keys == ("file_name", "filename")


def test_knobs_are_turned_by_name() -> None:
    """Nobody remembers an order."""
    with pytest.raises(TypeError):
        Shapes(("file_name",))  # type: ignore[call-arg]

"""Whole recorded conversations, held again in every world and without a network."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest
from vcr.errors import CannotOverwriteExistingCassetteException

from tests.conversations.stage import ROLES, WORLDS, World, account_of, conversation, played, sandbox_diary
from tools.captures import write
from tools.record import CASSETTES, Account


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("world", WORLDS, ids=str)
def test_a_conversation_is_held_again(role: str, world: World) -> None:
    """Word by word, with nothing left unsaid; and the client gives what it gives in front of the sandbox."""
    account = account_of(conversation(role))
    with played(CASSETTES / f"{role}.yaml") as cassette:
        diary = world.hold(role, account)
    assert cassette.all_played
    assert diary.steps == sandbox_diary(role).steps


@pytest.mark.parametrize("role", ROLES)
def test_a_conversation_is_whole(role: str) -> None:
    """Every reading gave something, and nothing was lost on the way."""
    steps = sandbox_diary(role).steps
    empty = [name for name, given in steps if not given and name != "password"]
    assert empty == []
    assert len(steps) > 25
    assert [given["issues"] for _, given in steps if isinstance(given, dict) and given.get("issues")] == []


@pytest.mark.parametrize("role", ROLES)
def test_the_account_is_a_stand_in(role: str) -> None:
    """What signs in there could never sign in anywhere."""
    account = account_of(conversation(role))
    words = "".join((*account.log_in, account.typed))
    assert "redacted-" in words.lower()
    assert "@example.invalid" in words or "/1900" in words


# -- a replay that could not fail would be worth nothing -------------------------


def test_another_word_is_noticed() -> None:
    """A client that says anything else finds no answer."""
    account = attrs.evolve(account_of(conversation("parent")), typed="something else")
    with played(CASSETTES / "parent.yaml"), pytest.raises(CannotOverwriteExistingCassetteException):
        WORLDS[0].hold("parent", account)


def test_another_cookie_is_noticed(tmp_path: Path) -> None:
    """So is one that sends another session id than it was given."""
    path = tmp_path / "parent.yaml"
    spoken = conversation("parent")
    lines = tuple((name, text.replace("Basic ", "Basic x")) for name, text in spoken[2].sent)
    path.write_text(write([*spoken[:2], attrs.evolve(spoken[2], sent=lines), *spoken[3:]]))
    with played(path), pytest.raises(CannotOverwriteExistingCassetteException):
        WORLDS[0].hold("parent", account_of(spoken))


def test_another_answer_is_noticed(tmp_path: Path) -> None:
    """A word changed in an answer reaches the diary."""
    path = tmp_path / "student.yaml"
    shutil.copy(CASSETTES / "student.yaml", path)
    path.write_text(path.read_text().replace("Algebra", "Geometry"))
    with played(path):
        diary = WORLDS[0].hold("student", account_of(conversation("student")))
    assert diary.steps != sandbox_diary("student").steps


def test_an_unsaid_word_is_noticed(tmp_path: Path) -> None:
    """A recording that the client never asks for is left over."""
    path = tmp_path / "parent.yaml"
    spoken = conversation("parent")
    path.write_text(write([*spoken, spoken[-1]]))
    with played(path) as cassette:
        WORLDS[0].hold("parent", account_of(spoken))
    assert not cassette.all_played


def test_nobody_else_is_asked() -> None:
    """Without a recording there is no answer, wherever the request goes."""
    with played(CASSETTES / "parent.yaml"), pytest.raises(CannotOverwriteExistingCassetteException):
        WORLDS[1].hold("parent", Account(("nobody@example.invalid", "x"), "y"))

"""Whole recorded conversations, held again in every world and without a network."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest
from vcr.errors import CannotOverwriteExistingCassetteException

from tests.conversations.stage import (
    ALL,
    CLASSCHARTS,
    PARENT,
    PUPIL,
    STUDENT,
    WORLDS,
    World,
    account_of,
    conversation,
    path_of,
    played,
    sandbox_diary,
)
from tools.captures import write
from tools.diary import Account, Conversation

PRONOTE = tuple(one for one in ALL if one not in CLASSCHARTS)
HELD = [
    *((one, world) for one in CLASSCHARTS for world in WORLDS),
    *((one, world) for place, one in enumerate(PRONOTE) for world in WORLDS[place % 3 :: 3]),
]
"""Every conversation in every kind of world; the six of PRONOTE share the HTTP libraries among them."""
GIVES_NOTHING = frozenset(("password", "read", "received"))
"""Steps that do something."""


@pytest.mark.parametrize(("said", "world"), HELD, ids=str)
def test_a_conversation_is_held_again(said: Conversation, world: World) -> None:
    """Word by word, with nothing left unsaid; and the client gives what it gives in front of the sandbox."""
    with played(path_of(said)) as cassette:
        diary = world.hold(said, account_of(said))
    assert cassette.all_played
    assert diary.steps == sandbox_diary(said.name).steps


def test_every_world_holds_conversations_of_each_provider() -> None:
    """Blocking, asyncio and trio, with every library."""
    for provider in ("classcharts", "pronote"):
        assert {world for one, world in HELD if one.name.startswith(provider)} == {*WORLDS}


@pytest.mark.parametrize("said", ALL, ids=str)
def test_a_conversation_is_whole(said: Conversation) -> None:
    """Every reading gave something, and nothing was lost on the way."""
    steps = sandbox_diary(said.name).steps
    empty = [name for name, given in steps if not given and name not in GIVES_NOTHING]
    assert empty == []
    assert len(steps) > 25
    assert [given["issues"] for _, given in steps if isinstance(given, dict) and given.get("issues")] == []


@pytest.mark.parametrize("said", ALL, ids=str)
def test_the_account_is_a_stand_in(said: Conversation) -> None:
    """What signs in there could never sign in anywhere."""
    account = account_of(said)
    words = "".join((*account.log_in, account.typed))
    assert "redacted-" in words.lower()
    assert "@example.invalid" in words or "/1900" in words or said in PRONOTE


# -- a replay that could not fail would be worth nothing -------------------------


def test_another_word_is_noticed() -> None:
    """A client that says anything else finds no answer."""
    account = attrs.evolve(account_of(PARENT), typed="something else")
    with played(path_of(PARENT)), pytest.raises(CannotOverwriteExistingCassetteException):
        WORLDS[0].hold(PARENT, account)


def test_another_cookie_is_noticed(tmp_path: Path) -> None:
    """So is one that sends another session id than it was given."""
    path = tmp_path / "parent.yaml"
    spoken = conversation(PARENT.name)
    lines = tuple((name, text.replace("Basic ", "Basic x")) for name, text in spoken[2].sent)
    path.write_text(write([*spoken[:2], attrs.evolve(spoken[2], sent=lines), *spoken[3:]]))
    with played(path), pytest.raises(CannotOverwriteExistingCassetteException):
        WORLDS[0].hold(PARENT, account_of(PARENT))


def test_another_answer_is_noticed(tmp_path: Path) -> None:
    """A word changed in an answer reaches the diary."""
    path = tmp_path / "student.yaml"
    shutil.copy(path_of(STUDENT), path)
    path.write_text(path.read_text().replace("Algebra", "Geometry"))
    with played(path):
        diary = WORLDS[0].hold(STUDENT, account_of(STUDENT))
    assert diary.steps != sandbox_diary(STUDENT.name).steps


def test_an_unsaid_word_is_noticed(tmp_path: Path) -> None:
    """A recording that the client never asks for is left over."""
    path = tmp_path / "parent.yaml"
    spoken = conversation(PARENT.name)
    path.write_text(write([*spoken, spoken[-1]]))
    with played(path) as cassette:
        WORLDS[0].hold(PARENT, account_of(PARENT))
    assert not cassette.all_played


def test_nobody_else_is_asked() -> None:
    """Without a recording there is no answer, wherever the request goes."""
    with played(path_of(PARENT)), pytest.raises(CannotOverwriteExistingCassetteException):
        WORLDS[1].hold(PARENT, Account(("nobody@example.invalid", "x"), "y"))


def test_another_vector_is_noticed() -> None:
    """A PRONOTE client that draws other bytes encrypts its numbers otherwise, and finds no answer."""
    other = attrs.evolve(PUPIL, new_client=PRONOTE[0].new_client)
    with played(path_of(PUPIL)), pytest.raises(CannotOverwriteExistingCassetteException):
        WORLDS[0].hold(other, account_of(PUPIL))


def test_another_password_is_noticed() -> None:
    """Its proof is another one."""
    account = attrs.evolve(PUPIL.account, log_in=(PUPIL.account.log_in[0], "another"))
    with played(path_of(PUPIL)), pytest.raises(CannotOverwriteExistingCassetteException):
        WORLDS[0].hold(PUPIL, account)

"""Whose account, and where its secrets come from."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Mapping
from typing import Any

import attrs
import pytest

import schoolsync
from schoolsync.cli.account import Account
from schoolsync.cli.stage import Stage
from schoolsync.errors import BadArgument, UsageError
from tests.cli.terminal import PASSWORD, run_on_terminal

PARENT = Account("classcharts", email="robin@example.test", password_env="SECRET")
USER = Account(
    "pronote", url="https://college.example.test/pronote/", username="robin.example", password_env="SECRET"
)
PUPIL = Account("classcharts", code="ZZTEST0001", date_of_birth="14/03/2011")


@pytest.fixture
def fields(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What `connect` was called with; the real one is called too."""
    seen: dict[str, Any] = {}
    connect = schoolsync.connect

    def listening(provider: str, /, **given: Any) -> Any:
        seen.update(given, provider=provider)
        return connect(provider, **given)

    monkeypatch.setattr(schoolsync, "connect", listening)
    return seen


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in fields.items() if name not in {"clock", "http_client", "on_challenge"}
    }


def test_a_parent(fields: dict[str, Any]) -> None:
    """The password is what the variable holds; an address of one's own is passed on."""
    account = attrs.evolve(PARENT, base_url="http://127.0.0.1:1")
    account.connect(Stage(), {"SECRET": PASSWORD})
    assert _given(fields) == {
        "provider": "classcharts",
        "email": "robin@example.test",
        "password": PASSWORD,
        "base_url": "http://127.0.0.1:1",
    }


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, {}),
        ({"account": "parent", "timezone": "Pacific/Noumea"},) * 2,
        ({"url": "http://college.example.test", "allow_http": True},) * 2,
    ],
)
def test_a_user_of_pronote(changes: dict[str, Any], more: dict[str, Any], fields: dict[str, Any]) -> None:
    """What is not given is not passed on: the client knows what is meant then."""
    attrs.evolve(USER, **changes).connect(Stage(), {"SECRET": PASSWORD})
    assert _given(fields) == {
        "provider": "pronote",
        "url": USER.url,
        "username": "robin.example",
        "password": PASSWORD,
        **more,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"date_of_birth": "2011-03-14"},
        {"code": None, "code_env": "CODE", "date_of_birth": None, "date_of_birth_env": "BORN"},
    ],
)
def test_a_pupil(changes: dict[str, Any], fields: dict[str, Any]) -> None:
    """Code and date of birth as typed, in either form, or from variables."""
    account = attrs.evolve(PUPIL, **changes)
    account.connect(Stage(), {"CODE": "ZZTEST0001", "BORN": "14/03/2011"})
    assert fields["code"] == "ZZTEST0001"
    assert fields["date_of_birth"] == dt.date(2011, 3, 14)


def test_a_pupil_without_a_date_of_birth(fields: dict[str, Any]) -> None:
    """Some schools do not ask."""
    attrs.evolve(PUPIL, date_of_birth=None).connect(Stage(), {})
    assert fields["date_of_birth"] is None


@pytest.mark.parametrize(
    ("account", "argument"),
    [
        (Account("classcharts"), "--email"),
        (attrs.evolve(PARENT, code="ZZTEST0001"), "--code"),
        (attrs.evolve(PARENT, date_of_birth_env="BORN"), "--date-of-birth-env"),
        (attrs.evolve(PUPIL, password_env="SECRET"), "--password-env"),
        (attrs.evolve(PARENT, password_env="hunter2"), "--password-env"),
        (attrs.evolve(PARENT, password_env="EMPTY"), "--password-env"),
        (attrs.evolve(PARENT, password_env=None), "--password-env"),
        (attrs.evolve(PUPIL, code=None, code_env="NOBODY"), "--code-env"),
        (attrs.evolve(PUPIL, date_of_birth="31/02/2011"), "--date-of-birth"),
        (attrs.evolve(PARENT, base_url="nonsense"), "--base-url"),
        (attrs.evolve(PARENT, base_url="http://school.example.test"), "--base-url"),
        (attrs.evolve(PARENT, email=" "), "--email"),
        (attrs.evolve(PARENT, password_env="BLANK"), "--password-env"),
        (attrs.evolve(USER, password_env="BLANK"), "--password-env"),
        (attrs.evolve(USER, password_env=None), "--password-env"),
        (attrs.evolve(USER, url=None), "--url"),
        (attrs.evolve(USER, username=None), "--username"),
        (attrs.evolve(USER, url="ftp://college.example.test"), "--url"),
        (attrs.evolve(USER, url="http://college.example.test"), "--url"),
        (attrs.evolve(USER, timezone="Paris"), "--timezone"),
    ],
)
def test_what_cannot_be_meant(account: Account, argument: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option is named; what was typed is not, because it may be a secret in the wrong place."""
    monkeypatch.setattr(sys, "stdin", open(os.devnull))  # noqa: SIM115, PTH123 - closed by the undo below
    with pytest.raises(BadArgument) as caught:
        account.connect(Stage(), {"SECRET": PASSWORD, "EMPTY": "", "BLANK": " "})
    sys.stdin.close()
    assert caught.value.argument == argument
    assert not any(word in str(caught.value) for word in ("hunter2", "NOBODY", "31/02/2011", PASSWORD))


@pytest.mark.parametrize(
    ("account", "message"),
    [
        (
            attrs.evolve(USER, email="robin@example.test"),
            "--email: belongs to classcharts, and this is pronote",
        ),
        (attrs.evolve(USER, code_env="CODE"), "--code-env: belongs to classcharts, and this is pronote"),
        (attrs.evolve(USER, base_url="https://x"), "--base-url: belongs to classcharts, and this is pronote"),
        (attrs.evolve(PARENT, url="https://x"), "--url: belongs to pronote, and this is classcharts"),
        (attrs.evolve(PARENT, account="parent"), "--account: belongs to pronote, and this is classcharts"),
        (attrs.evolve(PUPIL, allow_http=True), "--allow-http: belongs to pronote, and this is classcharts"),
    ],
)
def test_options_of_two_platforms_do_not_mix(account: Account, message: str) -> None:
    """The option is named, whose it is, and what to do."""
    with pytest.raises(BadArgument) as caught:
        account.connect(Stage(), {"SECRET": PASSWORD})
    option, other = message.split(":", maxsplit=1)[0], message.split()[3].rstrip(",")
    assert str(caught.value) == f"{message}. Say --provider {other}, or take {option} away."


def test_http_is_refused_in_the_words_of_the_command_line() -> None:
    """The option is named, not the argument."""
    with pytest.raises(BadArgument, match="--allow-http") as caught:
        attrs.evolve(USER, url="http://college.example.test").connect(Stage(), {"SECRET": PASSWORD})
    assert "allow_http" not in str(caught.value)


def test_an_unknown_kind_of_account() -> None:
    """With what comes near."""
    with pytest.raises(schoolsync.UnknownName, match="did you mean teacher"):
        attrs.evolve(USER, account="teecher").connect(Stage(), {"SECRET": PASSWORD})


def test_another_packages_platform_may_take_a_user_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks like one of ours is passed on."""
    seen: dict[str, Any] = {}

    def connect(provider: str, /, **given: Any) -> None:
        """Takes anything."""
        seen.update(given, provider=provider)

    monkeypatch.setattr(schoolsync, "connect", connect)
    attrs.evolve(USER, provider="elsewhere").connect(Stage(), {"SECRET": PASSWORD})
    assert (seen["provider"], seen["username"], seen["password"]) == ("elsewhere", "robin.example", PASSWORD)


def test_an_unknown_platform_is_told_with_suggestions() -> None:
    """Before anything is sent."""
    with pytest.raises(schoolsync.UnknownName, match="did you mean classcharts"):
        attrs.evolve(PARENT, provider="klasscharts").connect(Stage(), {"SECRET": PASSWORD})


def test_a_platform_with_another_kind_of_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package's provider may know neither e-mail nor code."""

    def connect(provider: str, /, *, token: str) -> None:
        """Signs in with a token only."""

    monkeypatch.setattr(schoolsync, "connect", connect)
    with pytest.raises(UsageError, match="another kind of account"):
        PARENT.connect(Stage(), {"SECRET": PASSWORD})


def test_secrets_are_kept_from_traces_and_reprs() -> None:
    """The stage knows what no trace may show; the account shows nothing."""
    stage = Stage()
    PARENT.connect(stage, {"SECRET": PASSWORD})
    assert [secret.reveal() for secret in stage.secrets] == [PASSWORD]
    assert "robin" not in repr(PARENT)
    assert "robin" not in repr(USER)
    assert "ZZTEST0001" not in repr(PUPIL)


def test_a_terminal_is_asked_for_the_password_and_does_not_show_it(place: str) -> None:
    """With a real terminal: the question is there, the answer is not, and it signs in."""
    words = ("badges", "--email", "robin@example.test", "--base-url", place)
    ended = run_on_terminal(*words, answers={"Password: ": PASSWORD})
    assert ended.code == 0
    assert "Password: " in ended.out
    assert "Star reader" in ended.out
    assert PASSWORD not in ended.out

"""Who I am by a token: what its credentials must say, before anything is sent."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from schoolsync.errors import BadArgument
from schoolsync.flow.effects import Credentials
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.login import PasswordLogin, TokenLogin, read_login, read_token
from schoolsync.providers.pronote.session import Space
from tests.providers.pronote.phone import LOGIN, NEXT, OLD, THIRD, TOKEN, UUID, hide_tokens
from tests.providers.pronote.wire import PASSWORD, ROOT, USER

FIELDS: dict[str, Any] = {
    "url": ROOT,
    "username": USER,
    "token": TOKEN,
    "uuid": UUID,
    "account": "student",
}


def test_credentials_are_what_connect_takes() -> None:
    """For whoever keeps them: no password, and no token but the newest."""
    known = attrs.evolve(LOGIN, previous=Secret(OLD))
    assert known.credentials == Credentials("pronote", FIELDS)
    assert read_login(**FIELDS) == LOGIN
    parent = attrs.evolve(LOGIN, space=Space.PARENT)
    said: dict[str, Any] = dict(parent.credentials.fields)
    assert read_login(**said) == parent
    hide_tokens(None, known, known.credentials, parent)


def test_one_token_follows_the_other() -> None:
    """Each knows the one before it, and none further back."""
    second = LOGIN.followed_by(Secret(NEXT))
    assert (second.token, second.previous) == (Secret(NEXT), Secret(TOKEN))
    third = second.followed_by(Secret(THIRD))
    assert (third.token, third.previous) == (Secret(THIRD), Secret(NEXT))
    assert third.followed_by(Secret(THIRD)) is third
    assert (third.root, third.space, third.username, third.uuid) == (ROOT, Space.STUDENT, USER, UUID)


def test_the_governor_knows_the_account_and_the_token() -> None:
    """One account for all installations, whatever the case; a password's log-in is another one."""

    def knock(**given: Any) -> Any:
        return attrs.evolve(LOGIN, **given).knock

    assert (LOGIN.knock.host, LOGIN.knock.secret) == ("0000000a.example", Secret(TOKEN))
    for same in ({"uuid": "other"}, {"token": NEXT}, {"username": f" {USER.upper()} "}):
        assert knock(**same).account == LOGIN.knock.account
    others = (
        knock(username="other"),
        knock(space=Space.PARENT),
        knock(root="https://0000000a.example/second"),
        PasswordLogin(ROOT, Space.STUDENT, USER, TOKEN).knock,
    )
    assert len({LOGIN.knock.account, *(one.account for one in others)}) == 5
    assert USER not in repr(LOGIN.knock)


@pytest.mark.parametrize(
    ("fields", "argument"),
    [
        ({"token": ""}, "token"),
        ({"token": " "}, "token"),
        ({"token": None}, "token"),
        ({"token": 7}, "token"),
        ({"uuid": None}, "uuid"),
        ({"uuid": ""}, "uuid"),
        ({"uuid": 7}, "uuid"),
        ({"username": ""}, "username"),
        ({"password": PASSWORD}, "token"),
        ({"cas": "agora06"}, "token"),
        ({"cas": "auto"}, "token"),
        ({"url": "college exemple"}, "url"),
    ],
)
def test_a_log_in_that_cannot_be_meant_is_refused(fields: dict[str, Any], argument: str) -> None:
    """Half of a token, or a token with a password or a portal; without quoting any of it."""
    with pytest.raises(BadArgument) as caught:
        read_login(**FIELDS | fields)
    assert caught.value.argument == argument
    hide_tokens(caught.value)


@pytest.mark.parametrize("cas", [None, "", "none"])
def test_no_portal_may_be_said(cas: str | None) -> None:
    """It is so anyway."""
    assert read_login(**FIELDS, cas=cas) == LOGIN


def test_the_credentials_of_a_token_are_read() -> None:
    """As they were given, or as a mapping of their fields; the school's zone may stand there, too."""
    assert read_token(Credentials("pronote", FIELDS)) == FIELDS
    assert read_token(FIELDS) == FIELDS
    zone = FIELDS | {"timezone": "Pacific/Noumea"}
    assert read_token(zone) == zone
    assert read_token(FIELDS) is not FIELDS


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", [None, "", "  ", 7])
def test_every_field_of_a_token_is_needed(name: str, value: object) -> None:
    """As text with something in it; missing is as bad."""
    for fields in (FIELDS | {name: value}, {key: FIELDS[key] for key in FIELDS if key != name}):
        with pytest.raises(BadArgument) as caught:
            read_token(fields)
        assert caught.value.argument == name
        hide_tokens(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        Credentials("classcharts", FIELDS),
        FIELDS | {"password": PASSWORD},
        FIELDS | {"cas": "agora06"},
        FIELDS | {"http_client": "x"},
        TOKEN,
        None,
        7,
        [*FIELDS],
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_is_no_token_is_refused(given: Any) -> None:
    """Another provider's, more than belongs to it, and what is no mapping at all."""
    with pytest.raises(BadArgument) as caught:
        read_token(given)
    assert caught.value.argument == "credentials"
    hide_tokens(caught.value)
    assert PASSWORD not in str(caught.value)


def test_a_token_login_needs_all_of_it() -> None:
    """However it is made."""
    for name in ("username", "token", "uuid"):
        with pytest.raises(BadArgument) as caught:
            TokenLogin(**{"root": ROOT, "space": Space.STUDENT, **_own(FIELDS), name: ""})
        assert caught.value.argument == name


def _own(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in ("username", "token", "uuid")}

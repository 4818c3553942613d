"""Log-ins played against a script: what comes of them, and that no error shows a secret."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from schoolsync.errors import SchoolSyncError
from schoolsync.providers.classcharts.login import ParentLogin, Reasons, StudentLogin, sign_in
from schoolsync.providers.classcharts.session import ORIGIN, Session
from schoolsync.testing.play import Answer, Script
from tests.providers.classcharts.wire import (
    BORN,
    CODE,
    COOKIE,
    EMAIL,
    FIRST_ID,
    PASSWORD,
    options,
    refused,
    script,
)

PARENT, STUDENT = ParentLogin(EMAIL, PASSWORD), StudentLogin(CODE, BORN)
WRONG = refused("Email address or password provided is incorrect")
BOTH = ["POST /parent/login", "POST /apiv2parent/login"]
SECRETS = (EMAIL, PASSWORD, CODE, CODE.upper(), "14/03/2011", "2011-03-14", COOKIE, FIRST_ID)


def enter(
    *answers: Answer,
    login: ParentLogin | StudentLogin = PARENT,
    session: Session | None = None,
    reasons: Reasons | None = None,
    **given: Any,
) -> tuple[Session, Script]:
    """The session after a log-in, and what was asked of the world."""
    session = session or Session(login.role, ORIGIN, options())
    talk = script(*answers, **given)
    talk.run(sign_in(session, login, {} if reasons is None else reasons))
    assert not talk.answers
    return session, talk


def failed(*answers: Answer, **given: Any) -> tuple[SchoolSyncError, Script]:
    """The error of a log-in, which shows no secret, and what was asked of the world."""
    given.setdefault("login", PARENT)
    given.setdefault("session", Session(given["login"].role, ORIGIN, options()))
    holds = given.pop("holds", None)
    talk = script(*answers, holds=holds)
    with pytest.raises(SchoolSyncError) as caught:
        talk.run(sign_in(given["session"], given["login"], given.get("reasons", {})))
    assert not talk.answers
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(caught.value)
    assert not [secret for secret in SECRETS if secret in shown]
    assert not [secret for secret in SECRETS if secret in f"{given['login']!r}{talk.permits!r}{talk.sent!r}"]
    return caught.value, talk

"""The ways in: both forms, cookies by name, the reason of a refusal, the governor, and no secret anywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.errors import (
    BadArgument,
)
from schoolsync.flow.effects import Outcome
from schoolsync.flow.http import Response
from schoolsync.flow.secret import Secret
from schoolsync.providers.classcharts.login import (
    ParentLogin,
    StudentLogin,
    read_birth,
    read_login,
)
from schoolsync.providers.classcharts.session import ORIGIN
from tests.providers.classcharts.entering import PARENT, SECRETS, STUDENT, enter
from tests.providers.classcharts.wire import (
    BORN,
    CODE,
    COOKIE,
    EMAIL,
    FIRST_ID,
    PASSWORD,
    cookies,
    entered,
    form,
    header,
    moved,
)

# -- in ------------------------------------------------------------------------------


def test_a_parent_enters_by_the_form() -> None:
    """Percent-encoded fields in the order of the web site, and the id out of the cookie."""
    session, talk = enter(entered())
    (request,) = talk.sent
    assert (request.method, request.url, request.is_read) == ("POST", f"{ORIGIN}/parent/login", False)
    assert list(form(request).items()) == [
        ("_method", "POST"),
        ("email", EMAIL),
        ("logintype", "existing"),
        ("password", PASSWORD),
        ("recaptcha-token", "no-token-available"),
    ]
    assert b"s3cret%26%2B+p%C3%A4ssw%C3%B6rd" in request.body
    assert {name for name, _ in request.headers} == {"content-type", "user-agent"}
    assert session.session_id == Secret(FIRST_ID)
    assert session.age == 0


def test_a_student_enters_by_the_form() -> None:
    """The code in upper case, the date of birth as the British write it."""
    _, talk = enter(entered("student"), login=STUDENT)
    assert list(form(talk.sent[0]).items()) == [
        ("_method", "POST"),
        ("code", "ZZTEST0001"),
        ("dob", "14/03/2011"),
        ("remember_me", "1"),
        ("recaptcha-token", "no-token-available"),
    ]


def test_a_student_may_have_no_date_of_birth() -> None:
    """Some schools do not ask for it."""
    _, talk = enter(entered("student"), login=StudentLogin(CODE, None))
    assert form(talk.sent[0])["dob"] == ""


def test_cookies_are_found_by_name_in_any_order() -> None:
    """And strangers among them do no harm."""
    first, second = cookies("parent")
    stranger = ("set-cookie", "XSRF-TOKEN=%7Bnot%7D; path=/")
    session, _ = enter(moved("/anywhere", stranger, second, stranger, first))
    assert session.session_id == Secret(FIRST_ID)
    assert f"cc-session={COOKIE}" in (header(session.request("GET", "pupils"), "cookie") or "")


def test_a_new_log_in_forgets_the_old_session() -> None:
    """Cookies of two log-ins must never mix."""
    session, _ = enter(entered())
    session.cookies = session.cookies.after(
        Response(200, (("set-cookie", "old=1; path=/"),), url=ORIGIN), session.options.clock.now()
    )
    enter(entered(session_id="e" * 32), session=session)
    line = header(session.request("GET", "pupils"), "cookie") or ""
    assert "old=1" not in line
    assert session.session_id == Secret("e" * 32)


def test_the_governor_is_asked_and_told() -> None:
    """By host and an opaque account, before anything is sent."""
    _, talk = enter(entered())
    assert [permit.outcome for permit in talk.permits] == [None, Outcome.ACCEPTED]
    knock = talk.permits[0].knock
    assert (knock.host, knock.secret) == ("www.classcharts.com", PARENT.password)
    assert "robin" not in knock.account


def test_one_account_is_one_however_it_is_typed() -> None:
    """Else the governor would count it twice; and the two roles are apart."""

    def account(login: ParentLogin | StudentLogin) -> str:
        role = "student" if isinstance(login, StudentLogin) else "parent"
        return enter(entered(role), login=login)[1].permits[0].knock.account

    assert account(PARENT) == account(ParentLogin(f" {EMAIL.upper()} ", "x"))
    assert account(STUDENT) == account(StudentLogin(f" {CODE.upper()} ", None))
    assert account(PARENT) != account(ParentLogin("other@example.test", PASSWORD))
    assert account(StudentLogin(EMAIL, None)) != account(PARENT)


# -- before any I/O ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "born"),
    [
        ("14/03/2011", BORN),
        (" 14/3/2011 ", BORN),
        ("1/1/2010", dt.date(2010, 1, 1)),
        (BORN, BORN),
        (None, None),
    ],
)
def test_a_date_of_birth_is_read(given: Any, born: dt.date | None) -> None:
    """`DD/MM/YYYY`, padded or not, or a date."""
    assert read_birth(given) == born


@pytest.mark.parametrize(
    "given",
    ["2011-03-14", "14.03.2011", "31/02/2011", "14/03/11", "", "0/0/0000", dt.datetime(2011, 3, 14), 7],  # noqa: DTZ001
)
def test_another_form_of_date_is_refused(given: Any) -> None:
    """And not quoted: it is half a log-in."""
    with pytest.raises(BadArgument) as caught:
        read_birth(given)
    assert caught.value.argument == "date_of_birth"
    assert "2011" not in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "argument"),
    [
        ({}, "email"),
        ({"email": EMAIL, "password": PASSWORD, "code": CODE}, "email"),
        ({"email": EMAIL, "password": PASSWORD, "date_of_birth": BORN}, "email"),
        ({"code": CODE, "password": PASSWORD}, "email"),
        ({"password": PASSWORD}, "email"),
        ({"email": " ", "password": PASSWORD}, "email"),
        ({"email": 7, "password": PASSWORD}, "email"),
        ({"email": EMAIL}, "password"),
        ({"email": EMAIL, "password": ""}, "password"),
        ({"email": EMAIL, "password": 1234}, "password"),
        ({"code": "  "}, "code"),
        ({"code": 1234}, "code"),
        ({"code": CODE, "date_of_birth": "2011-03-14"}, "date_of_birth"),
    ],
)
def test_a_log_in_that_cannot_be_meant_is_refused(fields: dict[str, Any], argument: str) -> None:
    """Neither, both, a mixture, or something that is no text."""
    with pytest.raises(BadArgument) as caught:
        read_login(**fields)
    assert caught.value.argument == argument
    assert not [secret for secret in (*SECRETS, "1234") if secret in str(caught.value)]


def test_both_log_ins_are_read() -> None:
    """With a secret given as such, too."""
    assert read_login(email=EMAIL, password=PASSWORD) == PARENT
    assert read_login(code=CODE, date_of_birth="14/03/2011") == STUDENT
    assert ParentLogin(EMAIL, Secret(PASSWORD)) == PARENT


def test_credentials_are_what_connect_takes() -> None:
    """For whoever keeps them."""
    for login in (PARENT, STUDENT):
        assert login.credentials.provider == "classcharts"
        assert read_login(**login.credentials.fields) == login
        assert not [secret for secret in SECRETS if secret in repr(login.credentials)]

"""Flows that say who I am: the web forms, and the JSON log-in for a precise reason.

Signing in goes through the form of the web site, because only that gives the
cookies that the Tes gate demands. A refused form cannot tell why: the JSON
log-in is asked for the reason, at most once per secret, as one more log-in.
"""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import attrs

from schoolsync.errors import (
    ActionRequired,
    BadArgument,
    ChallengeUnanswered,
    LoginHeld,
    NetworkError,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    Undecodable,
    UnexpectedShape,
    WrongCredentials,
)
from schoolsync.flow.effects import Credentials, Knock, Outcome, permit, report
from schoolsync.flow.http import Request, Response
from schoolsync.flow.secret import Secret
from schoolsync.providers.classcharts.envelope import opened, raise_for_page, seen
from schoolsync.providers.classcharts.session import AGENT, Role, Session

__all__ = ["ParentLogin", "Reasons", "StudentLogin", "read_birth", "read_login", "sign_in"]

Reasons = dict[Secret, SchoolSyncError]
"""Why the school refused each secret, as it was learnt."""

REFUSALS = frozenset((200, 401, 422))
"""Statuses of the log-in page shown again: the form was read. Evidence: 200 read, the others a guess."""
BIRTH_FORM = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
NO_CAPTCHA = "no-token-available"
"""What every client sends where a browser would prove a person. Evidence: read."""
REASONS = (
    (re.compile(r"pupil code|invalid code", re.IGNORECASE), "code"),
    (re.compile(r"date of birth|date you have provided", re.IGNORECASE), "date_of_birth"),
    (re.compile(r"email address or password|login credentials", re.IGNORECASE), "email or password"),
)
"""Sentences of a refused JSON log-in, and which part was wrong. Evidence: read."""


def _need(argument: str, given: object, what: str) -> None:
    if not isinstance(given, str) or not given.strip():
        raise BadArgument(argument, f"{what} is needed, as text")


def _secret(text: str | Secret) -> Secret:
    return text if isinstance(text, Secret) else Secret(text)


@attrs.frozen
class ParentLogin:
    """E-mail address and password of a parent."""

    email: str = attrs.field(repr=False)
    """The address, as typed."""
    password: Secret = attrs.field(converter=_secret)
    """The password."""

    role = Role.PARENT

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant, before any I/O."""
        _need("email", self.email, "an e-mail address")
        _need("password", self.password.reveal(), "a password")

    @property
    def web_form(self) -> dict[str, str]:
        """Fields of the web site's form."""
        return {
            "_method": "POST",
            "email": self.email,
            "logintype": "existing",
            "password": self.password.reveal(),
            "recaptcha-token": NO_CAPTCHA,
        }

    @property
    def api_form(self) -> dict[str, str]:
        """Fields of the JSON log-in."""
        return {
            "email": self.email,
            "password": self.password.reveal(),
            "remember": "true",
            "recaptcha-token": NO_CAPTCHA,
        }

    @property
    def secret(self) -> Secret:
        """What a refusal is about."""
        return self.password

    @property
    def account(self) -> str:
        """Who knocks, in lower case."""
        return self.email.strip().lower()

    @property
    def private(self) -> tuple[str, ...]:
        """What no error may quote."""
        return (self.email, self.password.reveal())

    @property
    def credentials(self) -> Credentials:
        """What `connect` takes."""
        return Credentials("classcharts", {"email": self.email, "password": self.password.reveal()})


@attrs.frozen
class StudentLogin:
    """Access code and date of birth of a pupil."""

    code: str = attrs.field(repr=False)
    """The access code; sent in upper case."""
    date_of_birth: dt.date | None = attrs.field(repr=False)
    """Some schools do not ask for it."""

    role = Role.STUDENT

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant, before any I/O."""
        _need("code", self.code, "an access code")

    @classmethod
    def read(cls, code: str, date_of_birth: dt.date | str | None) -> StudentLogin:
        """The log-in of *code*, with a date or `DD/MM/YYYY`.

        Raises:
            BadArgument: No code, or no such date.
        """
        return cls(code, read_birth(date_of_birth))

    @property
    def web_form(self) -> dict[str, str]:
        """Fields of the web site's form."""
        return {
            "_method": "POST",
            "code": self.code.strip().upper(),
            "dob": f"{self.date_of_birth:%d/%m/%Y}" if self.date_of_birth else "",
            "remember_me": "1",
            "recaptcha-token": NO_CAPTCHA,
        }

    @property
    def api_form(self) -> dict[str, str]:
        """Fields of the JSON log-in."""
        return {
            "code": self.code.strip().upper(),
            "dob": self.date_of_birth.isoformat() if self.date_of_birth else "",
            "remember": "true",
            "recaptcha-token": NO_CAPTCHA,
        }

    @property
    def secret(self) -> Secret:
        """What a refusal is about."""
        return Secret(f"{self.code.strip().upper()} {self.date_of_birth}")

    @property
    def account(self) -> str:
        """Who knocks, in upper case."""
        return self.code.strip().upper()

    @property
    def private(self) -> tuple[str, ...]:
        """What no error may quote."""
        return (self.code.strip(), *self.web_form["dob"].split(), *self.api_form["dob"].split())

    @property
    def credentials(self) -> Credentials:
        """What `connect` takes."""
        return Credentials("classcharts", {"code": self.code, "date_of_birth": self.web_form["dob"]})


def read_birth(given: dt.date | str | None, *, argument: str = "date_of_birth") -> dt.date | None:
    """The date of birth meant by a date or `DD/MM/YYYY` text; unpadded figures are understood.

    Raises:
        BadArgument: Another form, or no such day. The text is not quoted.
    """
    if given is None or (isinstance(given, dt.date) and not isinstance(given, dt.datetime)):
        return given
    figures = BIRTH_FORM.fullmatch(given.strip()) if isinstance(given, str) else None
    try:
        day, month, year = map(int, figures.groups()) if figures else (0, 0, 0)
        return dt.date(year, month, day)
    except ValueError:
        raise BadArgument(argument, "DD/MM/YYYY or a datetime.date is expected") from None


def read_login(
    *,
    email: str | None = None,
    password: str | None = None,
    code: str | None = None,
    date_of_birth: dt.date | str | None = None,
) -> ParentLogin | StudentLogin:
    """The log-in of a parent (*email*, *password*) or a student (*code*, *date_of_birth*).

    Raises:
        BadArgument: Neither, a mixture, or one that cannot be meant.
    """
    is_parent, is_student = email is not None, code is not None
    is_mixed = (password is not None and not is_parent) or (date_of_birth is not None and not is_student)
    if is_parent is is_student or is_mixed:
        raise BadArgument("email", "give email= and password=, or code= and date_of_birth=")
    if email is not None:
        return ParentLogin(email, password or "")
    return StudentLogin.read(code or "", date_of_birth)


async def sign_in(session: Session, login: ParentLogin | StudentLogin, reasons: Reasons) -> None:
    """*session* carries the cookies and id of a new log-in.

    Args:
        session: Forgets what it knew before, once the governor has agreed.
        login: Who.
        reasons: Why secrets were refused before; grows.

    Raises:
        WrongCredentials: The school refused.
        LoginHeld: The governor held it back.
        AccountError: Something that the person must do.
        ServerError: The school could not.

    Costs:
        One request; a second one after a refusal whose reason is not known yet.

    Wire: `POST /parent/login`, `/student/login`: 302 with cookies. Evidence: read and measured.
    """
    knock = Knock(urlsplit(session.origin).netloc, _opaque(login), login.secret)
    await permit(knock)
    session.forget()
    session.private.update(login.private)
    form = Request.form(f"{session.origin}/{login.role}/login", login.web_form, headers=AGENT)
    try:
        response = await session.exchange(form)
        found = _session_id(session, response)
        if found is None:
            raise await _why_not(session, login, response, knock, reasons)
    except SchoolSyncError as error:
        outcome = _outcome(error)
        if outcome is not None:
            await report(knock, outcome)
        raise
    session.adopt(found)
    await report(knock, Outcome.ACCEPTED)


def _opaque(login: ParentLogin | StudentLogin) -> str:
    return hashlib.blake2b(f"classcharts {login.role} {login.account}".encode(), digest_size=16).hexdigest()


def _session_id(session: Session, response: Response) -> str | None:
    """The session id of a log-in that worked; `None` for one that did not."""
    if response.status != 302:  # noqa: PLR2004 - the only status that means yes
        return None
    said = session.cookies.get(f"{session.role}_session_credentials")
    try:
        credentials = json.loads(unquote(said or ""))
    except ValueError:
        return None
    found = credentials.get("session_id") if isinstance(credentials, Mapping) else None
    return found if isinstance(found, str) and found else None


async def _why_not(
    session: Session, login: ParentLogin | StudentLogin, response: Response, knock: Knock, reasons: Reasons
) -> SchoolSyncError:
    """Why the form was refused, as precisely as it can be known.

    A reason is remembered, so that it is asked for once. What is no refusal (the server in trouble,
    the road broken) is raised and forgotten: nothing is proven about the secret then.
    """
    if response.status // 100 != 3:  # noqa: PLR2004 - a redirect back is as good as the page itself
        raise_for_page(response)
        if response.status not in REFUSALS:
            return Undecodable("status", seen(response))
    if login.secret not in reasons:
        try:
            await permit(knock)
        except LoginHeld:
            return WrongCredentials()
        reasons[login.secret] = await _asked_why(session, login)
    return copy.copy(reasons[login.secret])


async def _asked_why(session: Session, login: ParentLogin | StudentLogin) -> SchoolSyncError:
    """What the JSON log-in says of a refused secret."""
    url = f"{session.origin}/apiv2{login.role}/login"
    headers = (("accept", "application/json"), *AGENT)
    response = await session.exchange(Request.form(url, login.api_form, headers=headers))
    part = _part(response)
    if part is not None:
        return WrongCredentials(part)
    try:
        opened(response, session.private)
    except Refused as refusal:
        is_captcha = "captcha" in (refusal.text or "").lower()
        return ChallengeUnanswered("captcha") if is_captcha else Refused(refusal.text)
    except (SessionExpired, UnexpectedShape):
        return WrongCredentials()
    except Undecodable:
        if response.status // 100 == 4:  # noqa: PLR2004 - there is no JSON log-in: the form's word stands
            return WrongCredentials()
        raise
    return ActionRequired("the log-in page of the ClassCharts web site")


def _part(response: Response) -> str | None:
    """Which part was wrong, if the answer says so in a sentence that we know."""
    try:
        answer = response.json()
    except ValueError:
        return None
    said = answer.get("error") if isinstance(answer, Mapping) else None
    return next((part for words, part in REASONS if isinstance(said, str) and words.search(said)), None)


def _outcome(error: SchoolSyncError) -> Outcome | None:
    if isinstance(error, WrongCredentials):
        return Outcome.REFUSED
    if isinstance(error, NetworkError) and error.was_sent is False:
        return Outcome.UNSENT
    return Outcome.RATE_LIMITED if isinstance(error, RateLimited) else None

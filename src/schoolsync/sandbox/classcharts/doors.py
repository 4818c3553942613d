"""The ways in: log-in pages, the API's log-in, and the check of a pupil's code."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts.encode.people import encode_parent, encode_user
from schoolsync.sandbox.classcharts.shapes import Rules, Shapes
from schoolsync.sandbox.classcharts.state import LogIn, Role, Sessions
from schoolsync.sandbox.classcharts.urls import origin_of
from schoolsync.sandbox.classcharts.wire import Refusal, envelope, page
from schoolsync.sandbox.people import ParentAccount, PupilFile
from schoolsync.sandbox.school import SandboxSchool

__all__ = ["Door", "read_birthday"]

WRONG_CODE = (
    "The pupil code you have provided is incorrect. Please contact your school if you have lost your code."
)
WRONG_BIRTHDAY = "The date of birth you have provided is incorrect"
WRONG_PASSWORD = "Email address or password provided is incorrect"  # noqa: S105 - a sentence, not a secret
CAPTCHA = "The captcha could not be verified. Please try again."
LESS_IN_LOGIN = (
    "announcements_count",
    "messages_count",
    "pusher_channel_name",
    "has_birthday",
    "has_new_survey",
    "survey_id",
)
"""What the API's log-in does not say of a pupil, though the ping does."""


def read_birthday(text: str) -> dt.date | None:
    """A date of birth as people type it: `14/03/2011`, `14/3/2011` or `2011-03-14`; else `None`."""
    pieces = text.strip().split("/")
    try:
        if len(pieces) == 3:  # noqa: PLR2004 - day, month, year
            day, month, year = (int(piece) for piece in pieces)
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


@attrs.frozen
class Door:
    """Lets people in, by form or through the API."""

    school: SandboxSchool
    """Who belongs to the school."""
    sessions: Sessions
    """Who is in."""
    rules: Rules
    """Whether captchas are wanted."""
    shapes: Shapes
    """How answers are worded."""

    def form(
        self, role: Role, request: Request, fields: Mapping[str, str], *, now: float, at: dt.datetime
    ) -> Response:
        """The answer to a log-in page: a redirect with two cookies, or the page again."""
        if request.method != "POST":
            return page("Log in", _form(role))
        try:
            account = self._account(role, fields)
        except Refusal as refusal:
            hint = refusal.text if refusal.text == CAPTCHA else "These credentials do not match our records."
            return page("Log in", f"<p>{hint}</p>{_form(role)}")
        log_in = self.sessions.begin(role, _number(account), now, has_web_session=True)
        is_secure = urlsplit(request.url).scheme == "https"
        cookies = _cookies(log_in, at, self.rules.cookie_life, is_secure=is_secure)
        lines = (("set-cookie", cookie) for cookie in cookies)
        return Response(302, (("location", f"/mobile/{role}"), *lines))

    def api(
        self, role: Role, request: Request, fields: Mapping[str, str], *, now: float, at: dt.datetime
    ) -> Response:
        """The answer to a log-in through the API: a session id without cookies.

        Raises:
            Refusal: With the reason, which the page does not tell.
        """
        account = self._account(role, fields)
        log_in = self.sessions.begin(role, _number(account), now, has_web_session=False)
        if isinstance(account, ParentAccount):
            said = encode_parent(account)
        else:
            today = at.astimezone(account.zone).date()
            desk = self.school.desk(account.id)
            user = encode_user(desk, today, self.shapes, origin_of(request.url))
            said = {name: value for name, value in user.items() if name not in LESS_IN_LOGIN}
        return envelope(said, {"session_id": log_in.newest})

    def asks_birthday(self, code: str) -> bool:
        """Whether the school of the pupil with *code* checks the date of birth; unknown codes: no."""
        file = self._pupil(code)
        return file is not None and file.asks_birthday

    def _account(self, role: Role, fields: Mapping[str, str]) -> ParentAccount | PupilFile:
        """Whom the fields of a log-in belong to.

        Raises:
            Refusal: To nobody, or a captcha is wanted.
        """
        if self.rules.requires_captcha:
            raise Refusal(CAPTCHA)
        return self._known_parent(fields) if role == "parent" else self._known_pupil(fields)

    def _known_parent(self, fields: Mapping[str, str]) -> ParentAccount:
        email = fields.get("email", "").strip().casefold()
        for parent in self.school.parents:
            if parent.email.casefold() == email and parent.password == fields.get("password"):
                return parent
        raise Refusal(WRONG_PASSWORD)

    def _known_pupil(self, fields: Mapping[str, str]) -> PupilFile:
        file = self._pupil(fields.get("code", ""))
        if file is None:
            raise Refusal(WRONG_CODE)
        if file.asks_birthday and read_birthday(fields.get("dob", "")) != file.born_on:
            raise Refusal(WRONG_BIRTHDAY)
        return file

    def _pupil(self, code: str) -> PupilFile | None:
        wanted = code.strip().casefold()
        return next((one for one in self.school.pupil_files if one.access_code.casefold() == wanted), None)


def _number(account: ParentAccount | PupilFile) -> str:
    return str(account.id)


def _form(role: Role) -> str:
    name = "email" if role == "parent" else "code"
    return f'<form method="post" action="/{role}/login"><input name="{name}"><input type="submit"></form>'


def _cookies(log_in: LogIn, at: dt.datetime, life_time: dt.timedelta, *, is_secure: bool) -> tuple[str, str]:
    """`cc-session` first, then the credentials, percent-encoded so that nothing can cut them.

    `Max-Age` stands beside `expires`, because the sandbox's clock need not be its reader's.
    """
    date = format_datetime((at + life_time).astimezone(dt.UTC), usegmt=True)
    seconds = int(life_time.total_seconds())
    stamp = f"{date[:7]}-{date[8:11]}-{date[12:]}"
    secure = "; Secure" if is_secure else ""
    said = json.dumps({"remember_me": True, "session_id": log_in.newest}, separators=(",", ":"))
    life = f"expires={stamp}; Max-Age={seconds}; path=/"
    return (
        f"cc-session={log_in.cookie}; {life}; HttpOnly{secure}",
        f"{log_in.role}_session_credentials={quote(said, safe='')}; {life}{secure}",
    )

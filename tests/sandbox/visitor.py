"""The simplest client that can be: it keeps a session id and cookies, and reads JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import unquote, urlencode

import attrs

from schoolsync.flow.http import Cookies, Request, Response
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock

WEB = "https://www.classcharts.com"
ROBIN = {"email": "robin@example.test", "password": "s3cret&+"}
ALEX = {"code": "ZZTEST0001", "dob": "14/03/2011"}


@attrs.define
class Visitor:
    """Somebody who uses the server in process, as a parent or as a pupil."""

    server: ClassChartsServer
    role: str = "parent"
    origin: str = WEB
    session_id: str = ""
    cookies: Cookies = attrs.field(factory=Cookies)
    sends_cookies: bool = True

    @property
    def clock(self) -> HandClock:
        """The server's clock, moved by hand."""
        assert isinstance(self.server.clock, HandClock)
        return self.server.clock

    def send(self, method: str, path: str, *, body: bytes = b"", **headers: str) -> Response:
        """The answer to one request with what a signed-in client sends along."""
        url = path if path.startswith("http") else self.origin + path
        lines = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.session_id:
            lines.setdefault("authorization", f"Basic {self.session_id}")
        if self.sends_cookies:
            lines.update(self.cookies.header(url))
        return self.server.answer(Request(method, url, lines, body))

    def sign_in(self, **fields: str) -> Response:
        """The answer to the log-in page; its cookies are kept."""
        form = {"_method": "POST", "recaptcha-token": "no-token-available", **fields}
        answer = self.send("POST", f"/{self.role}/login", body=urlencode(form).encode())
        self.cookies = self.cookies.after(answer, self.clock.now())
        said = self.cookies.get(f"{self.role}_session_credentials")
        if said:
            self.session_id = json.loads(unquote(said))["session_id"]
        return answer

    def post(self, path: str, **fields: str) -> dict[str, Any]:
        """What a POST of *fields* to a function of the API answers."""
        return read(self.send("POST", f"/apiv2{self.role}/{path}", body=urlencode(fields).encode()))

    def get(self, path: str, **fields: str) -> dict[str, Any]:
        """What a GET of a function of the API answers."""
        return read(self.send("GET", f"/apiv2{self.role}/{path}?{urlencode(fields)}"))


def read(answer: Response) -> dict[str, Any]:
    """The JSON of *answer*."""
    said = answer.json()
    assert isinstance(said, dict)
    return said


def parent(server: ClassChartsServer, **fields: str) -> Visitor:
    """A parent who is signed in; Robin unless *fields* say otherwise."""
    visitor = Visitor(server)
    visitor.sign_in(**(fields or ROBIN))
    return visitor


def student(server: ClassChartsServer, **fields: str) -> Visitor:
    """A pupil who is signed in; Alex unless *fields* say otherwise."""
    visitor = Visitor(server, "student")
    visitor.sign_in(**(fields or ALEX))
    return visitor


def seconds(count: float) -> dt.timedelta:
    """So many seconds."""
    return dt.timedelta(seconds=count)

"""The ways in."""

from __future__ import annotations

import datetime as dt
import json
import re
from urllib.parse import unquote

import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.classcharts import ClassChartsServer, Rules
from schoolsync.sandbox.classcharts.doors import read_birthday
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.school import SandboxSchool
from tests.sandbox.visitor import ALEX, ROBIN, Visitor, read


@pytest.mark.parametrize("text", ["14/03/2011", "14/3/2011", "2011-03-14", " 14/03/2011 "])
def test_a_birthday_is_read_in_three_forms(text: str) -> None:
    """As people and apps write it."""
    assert read_birthday(text) == dt.date(2011, 3, 14)


@pytest.mark.parametrize("text", ["", "03/14/2011", "14.03.2011", "a/b/c", "2011"])
def test_other_texts_are_no_birthday(text: str) -> None:
    """Month first is no date."""
    assert read_birthday(text) is None


@pytest.mark.parametrize(("role", "fields"), [("parent", ROBIN), ("student", ALEX)])
def test_a_form_log_in_gives_two_cookies(
    server: ClassChartsServer, role: str, fields: dict[str, str]
) -> None:
    """A redirect; `cc-session` first, then the credentials, all of it percent-encoded."""
    answer = Visitor(server, role).sign_in(**fields)
    assert answer.status == 302
    assert answer.location == f"https://www.classcharts.com/mobile/{role}"
    first, second = [value for name, value in answer.headers if name == "set-cookie"]
    assert re.match(r"cc-session=[0-9a-f]{32}; ", first)
    name, _, rest = second.partition("=")
    value = rest.partition(";")[0]
    assert name == f"{role}_session_credentials"
    assert not set('{}":,= ') & set(value)
    said = json.loads(unquote(value))
    assert set(said) == {"remember_me", "session_id"}
    assert re.fullmatch("[0-9a-f]{32}", said["session_id"])
    assert "Secure" in first
    assert "Secure" in second


def test_cookies_on_plain_http_are_not_secure(server: ClassChartsServer) -> None:
    """On loopback they would never come back otherwise."""
    answer = Visitor(server, origin="http://127.0.0.1:8421").sign_in(**ROBIN)
    assert not any("secure" in value.lower() for name, value in answer.headers if name == "set-cookie")


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        ("parent", {**ROBIN, "email": "Robin@Example.test"}),
        ("parent", {"email": "pat+school@example.test", "password": "pässwörd 100%"}),
        ("student", {"code": "zztest0001", "dob": "14/3/2011"}),
        ("student", {"code": "ZZTEST0002"}),
        ("student", {"code": "ZZTEST0013", "dob": "29/02/2016"}),
    ],
)
def test_who_belongs_to_the_school_comes_in(
    server: ClassChartsServer, role: str, fields: dict[str, str]
) -> None:
    """Case does not matter in address and code; a school may not ask for a birthday."""
    assert Visitor(server, role).sign_in(**fields).status == 302


@pytest.mark.parametrize(
    ("role", "fields", "reason"),
    [
        ("parent", {**ROBIN, "password": "S3cret&+"}, "Email address or password"),
        ("parent", {"email": ROBIN["email"]}, "Email address or password"),
        ("parent", {}, "Email address or password"),
        ("student", {"code": "ZZTEST9999", "dob": ALEX["dob"]}, "pupil code"),
        ("student", {**ALEX, "dob": "15/03/2011"}, "date of birth"),
        ("student", {"code": ALEX["code"]}, "date of birth"),
    ],
)
def test_others_stay_outside(
    server: ClassChartsServer, role: str, fields: dict[str, str], reason: str
) -> None:
    """The form shows the page again and never says why; the API says why."""
    visitor = Visitor(server, role)
    answer = visitor.sign_in(**fields)
    assert (answer.status, answer.media_type) == (200, "text/html")
    assert answer.header("set-cookie") is None
    assert reason not in answer.text
    refused = visitor.post("login", **fields)
    assert (refused["success"], refused["expired"], refused["data"]) == (0, 0, None)
    assert reason in refused["error"]


def test_the_apis_log_in_gives_an_id_and_no_cookie(server: ClassChartsServer) -> None:
    """For a parent the account, for a pupil less than the ping says."""
    parent = Visitor(server)
    said = parent.post("login", **ROBIN)
    assert said["data"]["isEmailVerified"] is True
    parent.session_id = said["meta"]["session_id"]
    assert parent.get("pupils")["success"] == 1
    pupil = Visitor(server, "student").post("login", code=ALEX["code"], dob="2011-03-14")
    assert pupil["data"]["id"] == 5000001
    assert not {"announcements_count", "survey_id", "has_birthday"} & set(pupil["data"])


def test_a_captcha_stops_everybody(school: SandboxSchool, clock: HandClock) -> None:
    """The form's page mentions it; the API says so."""
    server = ClassChartsServer(school, clock=clock, rules=Rules(requires_captcha=True))
    visitor = Visitor(server)
    assert "captcha" in visitor.sign_in(**ROBIN).text
    assert "captcha" in visitor.post("login", **ROBIN)["error"]


def test_the_log_in_page_can_be_looked_at(server: ClassChartsServer) -> None:
    """A form, and no cookie."""
    answer = Visitor(server).send("GET", "/parent/login")
    assert "<form" in answer.text
    assert answer.header("set-cookie") is None


@pytest.mark.parametrize(
    ("code", "has_dob"),
    [("ZZTEST0001", True), ("zztest0001", True), ("ZZTEST0002", False), ("NOBODY", False)],
)
def test_a_code_is_checked(server: ClassChartsServer, code: str, has_dob: bool) -> None:
    """In two ways; "no" may mean an unknown code."""
    visitor = Visitor(server, "student")
    expected = {"success": 1, "data": {"has_dob": has_dob}, "meta": []}
    assert visitor.post("hasdob", code=code) == expected
    for method in ("GET", "POST"):
        assert read(visitor.send(method, f"/student/checkpupilcode/{code}")) == expected
    assert not any(code in path for _, path in server.log)


def test_a_multipart_log_in_is_taken(server: ClassChartsServer) -> None:
    """As one client sends it."""
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in ALEX.items()
    )
    request = Request(
        "POST",
        "https://www.classcharts.com/student/login",
        {"Content-Type": "multipart/form-data; boundary=x"},
        f"{body}--x--\r\n".encode(),
    )
    assert server.answer(request).status == 302

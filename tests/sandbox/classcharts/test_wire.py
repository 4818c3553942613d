"""The words on the wire."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.classcharts.wire import (
    Refusal,
    as_map,
    envelope,
    escaped,
    fields_of,
    local_stamp,
    page,
    refusal,
    utc_text,
    yes_no,
)
from tests.sandbox.visitor import read

URL = "https://www.classcharts.com/student/login"
LONDON = ZoneInfo("Europe/London")
MULTIPART = (
    b'--frontier\r\nContent-Disposition: form-data; name="code"\r\n\r\nZZTEST0001\r\n'
    b'--frontier\r\nContent-Disposition: form-data; name="password"\r\n\r\np\xc3\xa4ss=1&2\r\n--frontier--'
)


def test_success_has_three_parts() -> None:
    """Nothing in `meta` is an empty list."""
    assert read(envelope([1])) == {"success": 1, "data": [1], "meta": []}
    assert read(envelope([], {"last_id": False}))["meta"] == {"last_id": False}
    assert read(envelope([], success=True))["success"] is True


def test_a_refusal_says_why() -> None:
    """With HTTP 200 unless said, and `meta` as the case wants it."""
    answer = refusal("No.", expired=1, status=401)
    assert answer.status == 401
    assert read(answer) == {"success": 0, "expired": 1, "data": None, "meta": [], "error": "No."}
    assert read(refusal("No.", meta=None))["meta"] is None
    assert (Refusal("No.").text, Refusal("No.").meta) == ("No.", ())


def test_a_page_is_html() -> None:
    """With its status and more header lines."""
    answer = page("Not Found", status=404, headers=(("x-more", "1"),))
    assert (answer.status, answer.media_type, answer.header("x-more")) == (404, "text/html", "1")
    assert "<h1>Not Found</h1>" in answer.text


def test_the_dialects() -> None:
    """Empty maps are lists; booleans are words; names are escaped."""
    assert as_map({}) == []
    assert as_map({"a": 1}) == {"a": 1}
    assert (yes_no(True), yes_no(False)) == ("yes", "no")
    assert escaped("Miss U O'Dummy <&>") == "Miss U O&#039;Dummy &lt;&amp;&gt;"
    assert escaped(None) is None


def test_times() -> None:
    """A summer's midnight is 23:00 of the day before in UTC, and local on the local stamp."""
    midnight = dt.datetime(2026, 6, 5, tzinfo=LONDON)
    assert utc_text(midnight) == "2026-06-04T23:00:00+00:00"
    assert utc_text(None) is None
    assert local_stamp(midnight) == "2026-06-05 00:00:00"


@pytest.mark.parametrize(
    "media_type",
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "text/plain;charset=UTF-8",
        "",
    ],
)
def test_a_body_is_read_as_a_form_whatever_it_says(media_type: str) -> None:
    """What stands in the body wins over the query; empty fields are kept."""
    headers = {"content-type": media_type} if media_type else {}
    request = Request("POST", f"{URL}?code=A&pupil_id=1", headers, b"code=B&dob=&password=s3cret%26%2B")
    assert fields_of(request) == {"code": "B", "pupil_id": "1", "dob": "", "password": "s3cret&+"}


def test_a_multipart_form_is_read() -> None:
    """As some clients send it."""
    request = Request("POST", URL, {"content-type": "multipart/form-data; boundary=frontier"}, MULTIPART)
    assert fields_of(request) == {"code": "ZZTEST0001", "password": "päss=1&2"}


@pytest.mark.parametrize("body", [b'{"date": "2011-03-14"}', b"\xff\xfe\x00", b"--x\r\n"])
def test_other_bodies_hold_no_field(body: bytes) -> None:
    """JSON and noise are no forms, and no crash."""
    assert "date" not in fields_of(Request("POST", URL, {"content-type": "application/json"}, body))
    assert "date" not in fields_of(Request("POST", URL, {"content-type": "multipart/form-data"}, body))

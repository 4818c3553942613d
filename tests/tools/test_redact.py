"""What gets through the redaction, and above all what does not."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import attrs
import pytest

from tools.captures import Spoken, read, write
from tools.redact import LeakError, Redactor, main, redacted, spellings

API = "https://www.classcharts.com/apiv2parent"
PASSWORD = "pä ss/w&rd+100%"
EMAIL = "Somebody.Real+school@family.example.org"
TWICE = quote(quote(PASSWORD, safe=""))
SESSION = "0f3a6b9c0f3a6b9c0f3a6b9c0f3a6b9c"
WEB = "q8c1f0e2-web-session"
SECRETS = (PASSWORD, EMAIL, SESSION, WEB, "ABCD123456", "14/03/2011", "2011-03-14", "Somebody")
FORM = (("content-type", "application/x-www-form-urlencoded"),)
CREDENTIALS = quote(json.dumps({"remember_me": True, "session_id": SESSION}), safe="")


def said(**data: Any) -> bytes:
    """A successful answer."""
    return json.dumps({"success": 1, "data": data, "meta": []}).encode()


LOG_IN = Spoken(
    method="POST",
    url="https://www.classcharts.com/parent/login",
    sent=(*FORM, ("x-forwarded-for", "192.0.2.7"), ("user-agent", EMAIL)),
    body=f"_method=POST&email={quote(EMAIL)}&logintype=existing&password={quote_plus(PASSWORD)}".encode(),
    status=302,
    said=(
        ("location", f"/mobile/parent?welcome={quote(EMAIL)}"),
        ("set-cookie", f"cc-session={WEB}; expires=Thu, 21-Jan-2027 10:00:00 GMT; path=/; HttpOnly; x={WEB}"),
        ("set-cookie", f"parent_session_credentials={CREDENTIALS}; Max-Age=7200; path=/"),
        ("x-debug", SESSION),
    ),
)
READING = Spoken(
    method="GET",
    url=f"{API}/homeworks/5000001?from=2026-03-02&who={TWICE}&key={SESSION}#{SESSION}",
    sent=(
        ("authorization", f"Basic {SESSION}"),
        ("cookie", f"cc-session={WEB}; parent_session_credentials={CREDENTIALS}; tracker={EMAIL}"),
    ),
    status=200,
    content=said(title=f"Ask {EMAIL}", error=PASSWORD, first_name="Somebody", session_id=SESSION),
)
BIRTHDAY = Spoken(
    method="POST",
    url="https://www.classcharts.com/apiv2student/getcode",
    sent=FORM,
    body=b"date=2011-03-14",
    status=200,
    content=said(code="ABCD123456", note="born 14/03/2011, or 14.03.2011"),
)
CODE = Spoken(
    method="GET",
    url="https://www.classcharts.com/student/checkpupilcode/ABCD123456",
    status=200,
    said=(("content-type", "text/html; charset=utf-8"),),
    content=f"<p>ABCD123456 {base64.b64encode(SESSION.encode()).decode()} {PASSWORD}</p>".encode(),
)
ALL = [LOG_IN, READING, BIRTHDAY, CODE]


@pytest.mark.parametrize("is_invented", [False, True])
@pytest.mark.parametrize("secret", SECRETS[:-1])
def test_no_secret_survives_in_any_spelling(secret: str, is_invented: bool) -> None:
    """In addresses, header lines, forms, cookies, JSON, HTML; encoded once, twice or in base64."""
    before, after = write(ALL), redacted(ALL, Redactor(is_invented=is_invented))
    assert any(form.lower() in before.lower() for form in spellings(secret)), "the sample holds it"
    assert [form for form in spellings(secret) if form.lower() in after.lower()] == []


@pytest.mark.parametrize(
    "spelling",
    [
        "pä ss/w&rd+100%",
        "p%C3%A4%20ss%2Fw%26rd%2B100%25",
        "p%c3%a4%20ss%2fw%26rd%2b100%25",
        "p%C3%A4+ss%2Fw%26rd%2B100%25",
        "p%25C3%25A4%2520ss%252Fw%2526rd%252B100%2525",
        r"p\u00e4 ss/w&rd+100%",
        "pä ss/w&amp;rd+100%",
        "cMOkIHNzL3cmcmQrMTAwJQ==",
    ],
)
def test_a_spelling_is_known(spelling: str) -> None:
    """Written by hand, so that what finds secrets does not judge itself: in a page that may stay."""
    page = attrs.evolve(CODE, content=f"<p>[{spelling}]</p>".encode())
    answer = read(redacted([LOG_IN, page], Redactor(is_invented=True)))[1]
    assert answer.content.rstrip(b"=]</p>").startswith(b"<p>[redacted-")
    assert spelling.encode() not in answer.content


def test_a_secret_has_one_stand_in_everywhere() -> None:
    """The session id that the cookie gives is the one that the next request sends."""
    log_in, reading, *_ = read(redacted(ALL, Redactor()))
    sent = dict(reading.sent)
    stand_in = sent["authorization"].removeprefix("Basic ")
    cookies = [text for name, text in log_in.said if name == "set-cookie"]
    assert stand_in.startswith("redacted-")
    assert stand_in in cookies[1]
    assert stand_in in sent["cookie"]
    assert sent["cookie"].split("; ")[0] == cookies[0].split("; ")[0]


def test_only_allowed_lines_and_attributes_are_left() -> None:
    """Every other header line is gone, not masked."""
    log_in, reading, *_ = read(redacted(ALL, Redactor()))
    assert [name for name, _ in log_in.sent] == ["content-type"]
    assert [name for name, _ in log_in.said] == ["location", "set-cookie", "set-cookie"]
    assert log_in.said[1][1].endswith("; expires=Thu, 21-Jan-2027 10:00:00 GMT; path=/; HttpOnly")
    assert "#" not in reading.url


def test_what_the_protocol_needs_stays() -> None:
    """Paths, school days and the shape of a form can still be read."""
    log_in, reading, *_ = read(redacted(ALL, Redactor(is_invented=True)))
    assert log_in.url == LOG_IN.url
    assert log_in.body.startswith(b"_method=POST&email=person-")
    assert b"&logintype=existing&password=redacted-" in log_in.body
    assert reading.url.startswith(f"{API}/homeworks/5000001?from=2026-03-02&who=")


def test_a_birthday_is_a_birthday_in_every_form() -> None:
    """All forms of one day get the same other day, each in its own form."""
    one = attrs.evolve(
        BIRTHDAY, body=b"code=ABCD123456&dob=14%2F03%2F2011", content=said(note="14/3/2011, 2011-03-14")
    )
    text = redacted([BIRTHDAY, one], Redactor(is_invented=True))
    assert "1900-01-01" in text
    assert "dob=01%2F01%2F1900" in text
    assert "1/1/1900, 1900-01-01" in text


# -- people who exist -----------------------------------------------------------

ROW = {
    "id": 8712345,
    "name": "Somebody Real",
    "teacher_name": "Ms Somebody Else",
    "status": "present",
    "mark": "18/20",
    "score": 17,
    "due_date": "2026-03-09",
    "ticked": "yes",
    "mystery": "Somebody",
    "avatar_url": "https://cdn.school.example.net/faces/somebody.png?u=SomebodyReal",
    "Talking to Somebody": 3,
    "state": "Somebody Real",
}


def test_people_who_exist_lose_names_numbers_and_marks() -> None:
    """What is not on a list is not shown, even under a key that nobody has seen."""
    one = Spoken(method="GET", url=f"{API}/homeworks/8712345", status=200, content=said(rows=[ROW]))
    text = redacted([one], Redactor())
    assert not [word for word in ("Somebody", "8712345", "18/20", "17", "school.example") if word in text]
    for stays in ('"status": "present"', '"due_date": "2026-03-09"', '"ticked": "yes"'):
        assert stays in text


def test_a_persons_number_has_one_stand_in() -> None:
    """A path still leads to the row that it is about."""
    one = Spoken(method="GET", url=f"{API}/homeworks/8712345", status=200, content=said(id=8712345))
    answer = read(redacted([one], Redactor()))[0]
    assert json.loads(answer.content)["data"]["id"] == int(answer.url.rpartition("/")[2]) != 8712345


def test_words_of_invented_people_stay() -> None:
    """Their secrets do not, nor does what stands under an unknown key."""
    row = {**ROW, "session_id": SESSION}
    one = Spoken(method="GET", url=f"{API}/homeworks/5000001", status=200, content=said(rows=[row]))
    text = redacted([one], Redactor(is_invented=True))
    for stays in ("Ms ", " Else", "18/20", "5000001", "8712345", '"score": 17'):
        assert stays in text
    assert SESSION not in text
    assert '"mystery": "text-' in text


@pytest.mark.parametrize(
    "one",
    [
        Spoken(method="GET", url=f"{API}/x", status=200, content=b"<html>Somebody</html>"),
        Spoken(method="GET", url=f"{API}/x", status=200, content=b"\xff\xfeSomebody"),
        Spoken(method="GET", url=f"{API}/x", status=200, content=b'{"data": [{"title": "Somebody'),
        Spoken(method="GET", url=f"{API}/x", status=200, content=b'"Somebody"'),
        Spoken(method="GET", url="https://Somebody:x@Somebody.example.net/Somebody;a=Somebody", status=200),
        Spoken(
            method="GET", url=f"{API}/redirect?url=https%3A%2F%2Fx.test%2FSomebody%3Fa%3DSomebody", status=200
        ),
        Spoken(method="SOMEBODY", url=API, status=200),
        Spoken(method="POST", url=API, status=200, body=b'{"Somebody": ["Somebody"]}'),
        Spoken(method="POST", url=API, status=200, body=b"Somebody"),
        Spoken(
            method="POST",
            url=API,
            status=200,
            sent=(("content-type", "multipart/form-data; boundary=Somebody"),),
            body=b'--Somebody\r\nContent-Disposition: form-data; name="code"\r\n\r\nSomebody\r\n',
        ),
        Spoken(method="GET", url=API, status=200, sent=(("cookie", "Somebody=Somebody; Somebody"),)),
        Spoken(method="GET", url=API, status=200, sent=(("authorization", "Somebody"),)),
        Spoken(
            method="GET", url=API, status=200, said=(("retry-after", "?Somebody"), ("set-cookie", "Somebody"))
        ),
    ],
    ids=lambda one: one.url[-20:] + one.body[:8].decode(),
)
def test_odd_captures_show_nothing(one: Spoken) -> None:
    """Pages, bytes, cut JSON, odd addresses, bodies and cookies of people who exist."""
    assert "somebody" not in redacted([one], Redactor()).lower()


# -- the net below ----------------------------------------------------------------


def test_what_is_left_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing is swept, the secrets that remain are named by their stand-ins only."""
    monkeypatch.setattr(Redactor, "swept", lambda _, one: one)
    with pytest.raises(LeakError) as caught:
        redacted([LOG_IN, CODE, BIRTHDAY], Redactor(is_invented=True))
    assert "redacted-" in str(caught.value)
    assert not [secret for secret in SECRETS if secret in str(caught.value)]


def test_plain_words_are_not_hunted() -> None:
    """A secret like `true` is replaced where it stands, and JSON stays JSON."""
    one = Spoken(
        method="POST",
        url=API,
        status=200,
        sent=FORM,
        body=b"password=true&pin=12",
        content=b'{"success": true, "length": 12}',
    )
    answer = read(redacted([one], Redactor(is_invented=True)))[0]
    assert answer.body == b"password=redacted-1&pin=redacted-2"
    assert json.loads(answer.content) == {"success": True, "length": 12}


def test_the_command_prints_a_safe_cassette(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Or says that it prints nothing."""
    capture = tmp_path / "capture.yaml"
    capture.write_text(write(ALL))
    assert main([str(capture)]) == 0
    assert capsys.readouterr().out == redacted(ALL, Redactor())
    capture.write_text("SECRET")
    assert main([str(capture)]) == 1
    shown = capsys.readouterr()
    assert (shown.out, "SECRET" in shown.err) == ("", False)


def test_the_command_stops_at_a_leak(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of an unsafe cassette is printed."""
    capture = tmp_path / "capture.yaml"
    capture.write_text(write(ALL))
    monkeypatch.setattr(Redactor, "swept", lambda _, one: one)
    assert main(["--invented", str(capture)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Nothing is written: " in shown.err

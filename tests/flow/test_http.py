"""Requests, responses and cookies: what they say, and what they keep to themselves."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.flow.http import (
    AsyncExchange,
    Cookie,
    Cookies,
    Exchange,
    Request,
    Response,
    ResponseHead,
    origin_of,
)

NOW = dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)
HOME = "https://www.classcharts.test/parent/login"
SECRET = "s3cret"


def kept(*lines: str, url: str = HOME, before: Cookies | None = None, now: dt.datetime = NOW) -> Cookies:
    """The cookies after one answer with these `Set-Cookie` lines."""
    head = ResponseHead(200, tuple(("Set-Cookie", line) for line in lines), url)
    return (before or Cookies()).after(head, now)


def sent(cookies: Cookies, url: str = HOME) -> str:
    """The `cookie` header for *url*; empty when there is none."""
    return dict(cookies.header(url)).get("cookie", "")


# --- requests -------------------------------------------------------------------------


def test_a_form_is_encoded_as_utf8() -> None:
    """Every sign that means something in a form, and an accent; in the order given."""
    request = Request.form("https://h.test/login", {"b": "a&b=c+d é%", "a": ""}, headers={"X-Name": "1"})
    assert request.body == b"b=a%26b%3Dc%2Bd+%C3%A9%25&a="
    assert request.method == "POST"
    assert request.headers == (("content-type", "application/x-www-form-urlencoded"), ("x-name", "1"))
    assert request.is_read is False


@given(
    st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8")))
)
def test_a_form_comes_out_as_it_went_in(fields: dict[str, str]) -> None:
    """Whatever people type into their passwords."""
    body = Request.form("https://h.test/", fields).body.decode("ascii")
    assert dict(parse_qsl(body, keep_blank_values=True, strict_parsing=bool(fields))) == fields


def test_header_names_are_lower_case_and_in_order() -> None:
    """From a mapping or from lines; lines may repeat a name."""
    assert Request("GET", HOME, {"Accept": "a", "X": "b"}).headers == (("accept", "a"), ("x", "b"))
    assert Response(200, (("Set-Cookie", "a=1"), ("SET-COOKIE", "b=2"))).headers == (
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
    )


@pytest.mark.parametrize(
    "thing",
    [
        Request(
            "POST",
            f"https://u:{SECRET}@h.test/p;{SECRET}?{SECRET}",
            {"authorization": SECRET},
            SECRET.encode(),
        ),
        Request("GET", f"https://[{SECRET}"),
        Response(200, {"set-cookie": SECRET}, f"https://h.test/p?{SECRET}", SECRET.encode()),
        ResponseHead(302, {"location": SECRET}, f"https://h.test/p?{SECRET}"),
        Cookie("session", SECRET, "h.test"),
        kept(f"session={SECRET}"),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_repr_hides_what_may_be_secret(thing: object) -> None:
    """Query, user name, header, body and value; also inside a list."""
    assert SECRET not in f"{thing!r} {thing} {[thing]}"


def test_repr_shows_where() -> None:
    """Enough to read a failed test."""
    assert repr(Request("GET", "https://h.test/a?b")) == "<Request GET https://h.test/a>"
    response = Response(404, {"Content-Type": "text/html; charset=utf-8"}, "https://h.test/a?b")
    assert repr(response) == "<Response 404 text/html https://h.test/a>"
    assert repr(kept("b=1", "a=2")) == "<Cookies a b>"


def test_values_are_values() -> None:
    """Equal, hashable, frozen, and the same on the other side of a pickle."""
    for value in (Request("GET", HOME), Response(200, {"a": "b"}, HOME, b"x"), kept("a=1")):
        assert copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
        assert len({value, copy.copy(value)}) == 1
        with pytest.raises(AttributeError):
            value.url = "another"  # type: ignore[misc, union-attr]


# --- responses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        (None, "é".encode(), "é"),
        ("text/html", "é".encode(), "é"),
        ("text/html", b"\xef\xbb\xbf\xc3\xa9", "é"),
        ("text/html; charset=ISO-8859-1", b"\xe9", "é"),
        ("text/html; Charset = 'windows-1252' ; x=y", b"\x80", "€"),
        ('text/html;charset="utf-8"', "é".encode(), "é"),
        ("text/html; charset=no-such", "é".encode(), "é"),
        ("text/html; charset=idna", "é".encode(), "é"),
        ("text/html; charset=hex", b"6161", "6161"),
        ("text/html; charset=undefined", b"a", "a"),
        ("text/html; charset=", b"a", "a"),
        ("text/html; charset=utf-8", b"a\xff", "a\ufffd"),
    ],
)
def test_text_is_read_as_the_header_says(content_type: str | None, body: bytes, text: str) -> None:
    """UTF-8 where it says nothing or nonsense; what cannot be read is marked, never an error."""
    headers = {} if content_type is None else {"content-type": content_type}
    assert Response(200, headers, HOME, body).text == text


@pytest.mark.parametrize(
    ("said", "media_type"),
    [
        ("Application/JSON; charset=x", "application/json"),
        ("text/html", "text/html"),
        ("", None),
        (None, None),
    ],
)
def test_media_type(said: str | None, media_type: str | None) -> None:
    """In lower case, without parameters."""
    assert Response(200, {} if said is None else {"Content-Type": said}).media_type == media_type


@pytest.mark.parametrize(
    ("status", "said", "location"),
    [
        (302, "/mobile/parent", "https://www.classcharts.test/mobile/parent"),
        (301, "next?a=1", "https://www.classcharts.test/parent/next?a=1"),
        (303, "//other.test/x", "https://other.test/x"),
        (307, "http://other.test/x", "http://other.test/x"),
        (302, "?again", "https://www.classcharts.test/parent/login?again"),
        (302, "", None),
        (302, None, None),
        (302, "http://[nonsense", None),
        (200, "/mobile/parent", None),
    ],
)
def test_location(status: int, said: str | None, location: str | None) -> None:
    """Joined with the address that was asked; only of a redirect, and only if it is an address."""
    assert ResponseHead(status, {} if said is None else {"Location": said}, HOME).location == location


def test_json() -> None:
    """Of any body that is JSON, whatever its encoding mark."""
    assert Response(200, body=b'{"a": ["\xc3\xa9", 1.5, null]}').json() == {"a": ["é", 1.5, None]}
    assert Response(200, body=b"\xef\xbb\xbf[]").json() == []


@pytest.mark.parametrize(
    "body", [b"", b"<html>s3cret", b'{"name": "s3cret', b"\xff\xfes3cret", b"[" * 100_000]
)
def test_no_json_is_a_value_error_without_the_body(body: bytes) -> None:
    """Neither its text nor its chain holds any of it: Python's own error keeps the whole document."""
    with pytest.raises(ValueError, match=r"not JSON|nested") as caught:
        Response(200, body=body).json()
    assert not isinstance(caught.value, json.JSONDecodeError | RecursionError)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_who_performs_exchanges() -> None:
    """Any object with the method."""

    class Mine:
        def exchange(self, request: Request, /) -> Response:
            return Response(200, url=request.url)

    assert isinstance(Mine(), Exchange)
    assert isinstance(Mine(), AsyncExchange)  # a protocol at run time knows names only: drivers look closer
    assert not isinstance(object(), Exchange)


# --- cookies --------------------------------------------------------------------------


def test_the_cookies_of_a_log_in() -> None:
    """By name, in the order of arrival, values exactly as sent, dates with commas and all."""
    value = "%7B%22remember_me%22%3Atrue%2C%22session_id%22%3A%220f3a%22%7D"
    cookies = kept(
        "cc-session=q8c1f0e2; expires=Thu, 21-Jan-2027 10:00:00 GMT; Max-Age=7200; path=/; HttpOnly",
        f"parent_session_credentials={value}; expires=Thu, 21-Jan-2027 10:00:00 GMT; path=/",
    )
    assert sent(cookies, "https://www.classcharts.test/apiv2parent/pupils") == (
        f"cc-session=q8c1f0e2; parent_session_credentials={value}"
    )
    assert cookies.get("parent_session_credentials") == value
    assert json.loads(unquote(cookies.get("parent_session_credentials") or "")) == {
        "remember_me": True,
        "session_id": "0f3a",
    }
    assert cookies.get("another") is None
    assert [cookie.expires for cookie in cookies.kept] == [
        NOW + dt.timedelta(hours=2),
        dt.datetime(2027, 1, 21, 10, tzinfo=dt.UTC),
    ]


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("a=b=c; path=/", "a", "b=c"),
        (" a = b ", "a", "b"),
        ('a="b c"', "a", '"b c"'),
        ("a=", "a", ""),
        ("a=%22%2C", "a", "%22%2C"),
        ("A=1; PATH=/; SECURE", "A", "1"),
    ],
)
def test_a_cookie_is_read_as_sent(line: str, name: str, value: str) -> None:
    """Quotes, percent signs and equal signs stay."""
    (cookie,) = kept(line).kept
    assert (cookie.name, cookie.value) == (name, value)


@pytest.mark.parametrize("line", ["", "a", "=b", ";a=b", " = "])
def test_what_is_no_cookie_is_ignored(line: str) -> None:
    """It needs a name and an equals sign."""
    assert kept(line, "b=1").get("b") == "1"
    assert len(kept(line).kept) == 0


ENDS = [
    ("Max-Age=60", NOW + dt.timedelta(seconds=60)),
    ("Max-Age=60; expires=Thu, 01 Jan 1970 00:00:00 GMT", NOW + dt.timedelta(seconds=60)),
    ("Max-Age=99999999999999999999", NOW + dt.timedelta(days=400)),
    ("Max-Age=" + "9" * 5000, NOW + dt.timedelta(days=400)),
    ("expires=Wed, 21 Oct 2026 07:28:00 GMT", dt.datetime(2026, 10, 21, 7, 28, tzinfo=dt.UTC)),
    ("expires=Wednesday, 21-Oct-26 07:28:00 GMT", dt.datetime(2026, 10, 21, 7, 28, tzinfo=dt.UTC)),
    ("expires=Wed Oct 21 07:28:00 2026", dt.datetime(2026, 10, 21, 7, 28, tzinfo=dt.UTC)),
    ("expires=Wed, 21-Oct-2026 07:28:00 -0500", dt.datetime(2026, 10, 21, 12, 28, tzinfo=dt.UTC)),
    ("Max-Age=soon; expires=Wed, 21 Oct 2026 07:28:00 GMT", dt.datetime(2026, 10, 21, 7, 28, tzinfo=dt.UTC)),
    ("Max-Age=²", None),
    ("Max-Age=", None),
    ("expires=0", None),
    ("expires=soon", None),
    ("expires=", None),
    ("expires=Thu, 99 Jan 20270 10:00:00 GMT", None),
    ("path=/", None),
]


@pytest.mark.parametrize(("attribute", "ends"), ENDS, ids=[line[:40] for line, _ in ENDS])
def test_when_a_cookie_ends(attribute: str, ends: dt.datetime | None) -> None:
    """`Max-Age` before `expires`; what cannot be read was not said; nothing raises."""
    (cookie,) = kept(f"a=1; {attribute}").kept
    assert cookie.expires == ends


@pytest.mark.parametrize(
    "attribute", ["Max-Age=0", "Max-Age=-1", "Max-Age=-99999999999", "expires=Thu, 01 Jan 1970 00:00:00 GMT"]
)
def test_a_cookie_is_deleted(attribute: str) -> None:
    """By an end in the past; only the one of that name, host and path."""
    before = kept("a=1; path=/", "b=2; path=/")
    assert sent(kept(f"a=; path=/; {attribute}", before=before)) == "b=2"
    assert kept(f"a=; path=/other; {attribute}", before=before).get("a") == "1"


def test_a_cookie_is_replaced() -> None:
    """In its place, by the same name, host and path."""
    before = kept("a=1; path=/", "b=2; path=/")
    assert sent(kept("a=3; path=/", before=before)) == "a=3; b=2"
    assert before.get("a") == "1"


def test_an_ended_cookie_is_not_sent() -> None:
    """Not after the next answer, and not before it when the time is given."""
    cookies = kept("a=1; Max-Age=60; path=/")
    later = NOW + dt.timedelta(seconds=60)
    assert cookies.header(HOME, later) == ()
    assert cookies.header(HOME, later - dt.timedelta(seconds=1)) == (("cookie", "a=1"),)
    assert kept(before=cookies, now=later) == Cookies()


@given(st.text(max_size=60), st.text(st.characters(max_codepoint=0x17F), max_size=30))
def test_no_line_is_an_error(line: str, attribute: str) -> None:
    """Servers write what they like."""
    for text in (line, f"a=1; {attribute}", f"a=1; expires={attribute}", f"a=1; max-age={attribute}"):
        assert isinstance(kept(text), Cookies)


SUB, TOP, NUMBER = "https://www.school.test/a/b", "https://school.test/", "http://127.0.0.1:8000/"
DOMAINS = [
    # set by, with, sent to, whether
    (SUB, "", SUB, True),
    (SUB, "", TOP, False),
    (SUB, "", "https://deep.www.school.test/", False),
    (SUB, "Domain=school.test", TOP, True),
    (SUB, "Domain=.School.TEST", "https://other.school.test/", True),
    (SUB, "Domain=school.test", "https://notschool.test/", False),
    (SUB, "Domain=www.school.test", "https://deep.www.school.test/", True),
    (SUB, "Domain=", SUB, True),
    (SUB, "Domain=", TOP, False),
    (SUB, "Domain=other.test", "https://other.test/", False),
    (SUB, "Domain=other.test", SUB, False),
    (SUB, "Domain=deep.www.school.test", SUB, False),
    (SUB, "Domain=test", SUB, False),
    (SUB, "Domain=chool.test", SUB, False),
    (NUMBER, "", NUMBER, True),
    (NUMBER, "Domain=127.0.0.1", NUMBER, True),
    (NUMBER, "Domain=0.0.1", NUMBER, False),
    ("https://[::1]/", "", "https://[::1]/", True),
    ("https://School.Test/", "", "https://school.test/", True),
]


@pytest.mark.parametrize(("asked", "attribute", "next_url", "is_sent"), DOMAINS)
def test_where_a_cookie_is_sent(asked: str, attribute: str, next_url: str, is_sent: bool) -> None:
    """Home, and below its domain if it names one; never elsewhere, and no other host can set it."""
    cookies = kept(f"a=1; path=/; {attribute}", url=asked)
    assert sent(cookies, next_url) == ("a=1" if is_sent else "")


PATHS = [
    ("https://h.test/parent/login", "", "/parent/x", True),
    ("https://h.test/parent/login", "", "/parent", True),
    ("https://h.test/parent/login", "", "/parental", False),
    ("https://h.test/parent/login", "", "/", False),
    ("https://h.test/login", "", "/anything", True),
    ("https://h.test", "", "/anything", True),
    ("https://h.test/x", "Path=/api/", "/api/v2", True),
    ("https://h.test/x", "Path=/api", "/api", True),
    ("https://h.test/x", "Path=/api", "/apiv2", False),
    ("https://h.test/x", "Path=/API", "/api", False),
    ("https://h.test/a/b", "Path=relative", "/a/c", True),
    ("https://h.test/a/b", "Path=", "/a/c", True),
]


@pytest.mark.parametrize(("asked", "attribute", "path", "is_sent"), PATHS)
def test_on_which_path_a_cookie_is_sent(asked: str, attribute: str, path: str, is_sent: bool) -> None:
    """On its own and below it; without one, beside the address that was asked."""
    cookies = kept(f"a=1; {attribute}", url=asked)
    assert sent(cookies, f"https://h.test{path}?query") == ("a=1" if is_sent else "")


def test_a_secure_cookie_needs_tls() -> None:
    """A plain one does not care."""
    cookies = kept("a=1; Secure; path=/", "b=2; path=/")
    assert sent(cookies) == "a=1; b=2"
    assert sent(cookies, HOME.replace("https", "http")) == "b=2"


def test_longer_paths_come_first() -> None:
    """Then the order of arrival; a name may be there twice."""
    cookies = kept("a=1; path=/", "b=2; path=/parent/", "a=3; path=/parent/login", "c=4; path=/")
    assert sent(cookies) == "a=3; b=2; a=1; c=4"


def test_two_hosts_never_mix() -> None:
    """One session may cross several hosts on its way through a portal."""
    both = kept("a=1; path=/", url="https://one.test/", before=kept("a=2; path=/", url="https://two.test/"))
    assert sent(both, "https://one.test/") == "a=1"
    assert sent(both, "https://two.test/") == "a=2"
    assert sent(both, "https://three.test/") == ""


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://a.test/x?y", "https://A.test:443/", True),
        ("http://a.test:80", "http://a.test", True),
        ("https://a.test", "http://a.test", False),
        ("https://a.test", "https://a.test:8443", False),
        ("https://a.test", "https://a.test.evil.test", False),
        ("https://a.test", "https://a.test:port", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(one: str, other: str, is_same: bool) -> None:
    """Wherever the port is left out; a port that is none belongs to nobody."""
    assert (origin_of(one) == origin_of(other)) is is_same

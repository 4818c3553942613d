"""What survives between two calls: id, cookies, age, files; and where id and cookies may go."""

from __future__ import annotations

import pytest

from schoolsync.errors import (
    BadArgument,
    InstanceClosed,
    Interrupted,
    NetworkError,
    RateLimited,
    StaleReference,
    TimedOut,
    Unreachable,
)
from schoolsync.flow.http import Response, ResponseHead
from schoolsync.model import Attachment, AttachmentKind
from schoolsync.providers.classcharts.session import ORIGIN, Role, Session, Shelf, read_origin
from schoolsync.sandbox.clock import HandClock
from tests.providers.classcharts.wire import (
    COOKIE,
    FIRST_ID,
    NOON,
    cookies,
    form,
    header,
    moved,
    options,
    page,
    plain,
    script,
)

API = "https://www.classcharts.com/apiv2parent/x"
FILE = Attachment(name="letter.pdf", kind=AttachmentKind.FILE, ref=("homework-1", 0))


def fresh(clock: HandClock | None = None, origin: str = ORIGIN) -> Session:
    """A session with an id and both cookies."""
    session = Session(Role.PARENT, origin, options(clock))
    response = Response(302, tuple(cookies("parent")), url=f"{origin}/parent/login")
    session.cookies = session.cookies.after(response, session.options.clock.now())
    session.adopt(FIRST_ID)
    return session


# -- requests -------------------------------------------------------------------


def test_a_call_carries_id_and_cookies() -> None:
    """The raw id after `Basic`, and the cookies byte for byte as they were set."""
    lines = plain(fresh().request("GET", "pupils").headers)
    credentials = cookies("parent")[1][1].partition(";")[0]
    assert lines == {
        "accept": "application/json",
        "user-agent": "schoolsync",
        "authorization": f"Basic {FIRST_ID}",
        "cookie": f"cc-session={COOKIE}; {credentials}",
    }


def test_before_the_log_in_a_call_carries_neither() -> None:
    """The check of a code needs no account."""
    lines = plain(Session(Role.STUDENT, ORIGIN, options()).request("POST", "hasdob").headers)
    assert "authorization" not in lines
    assert "cookie" not in lines


def test_query_and_form_are_encoded_and_what_is_none_left_out() -> None:
    """Plus signs, ampersands and umlauts arrive as they were meant."""
    request = fresh().request(
        "POST", "/addparentbehaviour/1 2", query={"a": "ü&", "b": None}, form={"c": "d&e +ä"}
    )
    assert request.url == f"{ORIGIN}/apiv2parent/addparentbehaviour/1%202?a=%C3%BC%26"
    assert form(request) == {"c": "d&e +ä"}
    assert header(request, "content-type") == "application/x-www-form-urlencoded"


def test_reads_may_be_sent_twice_and_others_say_so() -> None:
    """The mark that drivers and retries go by."""
    session = fresh()
    assert session.request("GET", "x").is_read
    assert session.request("POST", "x").is_read
    assert not session.request("POST", "x", is_read=False).is_read


def test_cookies_that_ended_are_not_sent() -> None:
    """They lived for two hours."""
    clock = HandClock(NOON)
    session = fresh(clock)
    clock.advance(7201)
    assert header(session.request("GET", "pupils"), "cookie") is None


# -- answers ---------------------------------------------------------------------


def test_cookies_are_kept_by_name_from_every_answer() -> None:
    """A later one replaces the earlier one."""
    session = fresh()
    later = Response(200, (("set-cookie", "cc-session=later; path=/"),), body=b"{}")
    script(later).run(session.exchange(session.request("GET", "x")))
    assert "cc-session=later" in (header(session.request("GET", "x"), "cookie") or "")


@pytest.mark.parametrize("error", [Unreachable(), TimedOut(was_sent=True), Unreachable(was_sent=False)])
def test_a_read_without_answer_keeps_its_error(error: NetworkError) -> None:
    """It may be tried again, whoever decides that."""
    session = fresh()
    with pytest.raises(NetworkError) as caught:
        script(error).run(session.exchange(session.request("GET", "x")))
    assert caught.value is error


@pytest.mark.parametrize(
    ("was_sent", "leaf"), [(True, Interrupted), (None, Interrupted), (False, Unreachable)]
)
def test_a_write_without_answer_is_interrupted_unless_it_never_left(
    was_sent: bool | None, leaf: type[NetworkError]
) -> None:
    """Nobody guesses whether the server counted it."""
    session = fresh()
    request = session.request("POST", "purchase/1", query={"x": "secret"}, is_read=False)
    with pytest.raises(NetworkError) as caught:
        script(Unreachable(was_sent=was_sent)).run(session.exchange(request))
    assert type(caught.value) is leaf
    assert "secret" not in str(caught.value)


# -- age ---------------------------------------------------------------------------


def test_the_age_begins_anew_with_a_fresh_id() -> None:
    """And is without end before the log-in."""
    clock = HandClock(NOON)
    session = Session(Role.PARENT, ORIGIN, options(clock))
    assert session.age == float("inf")
    session.adopt("a")
    clock.advance(100)
    assert session.age == 100
    session.renew("b")
    assert (session.age, session.session_id and session.session_id.reveal()) == (0, "b")


def test_a_ping_without_an_id_keeps_the_old_one_young() -> None:
    """As the server does when it is told not to give one."""
    clock = HandClock(NOON)
    session = fresh(clock)
    clock.advance(100)
    session.renew(None)
    assert (session.age, session.session_id and session.session_id.reveal()) == (0, FIRST_ID)


def test_nobody_is_signed_in_by_a_ping_alone() -> None:
    """Without an id there is nothing to keep young."""
    session = Session(Role.PARENT, ORIGIN, options())
    session.renew(None)
    assert session.renewed_at is None


def test_a_session_shows_no_secret() -> None:
    """Neither id nor cookie nor a word of the account."""
    session = fresh()
    session.private.add("Alex Example")
    for secret in (FIRST_ID, COOKIE, "Alex"):
        assert secret not in repr(session)
    session.forget()
    assert (session.session_id, session.cookies.kept, session.age) == (None, (), float("inf"))


# -- the origin ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://www.classcharts.com", "https://www.classcharts.com"),
        (" https://WWW.ClassCharts.com/ ", "https://www.classcharts.com"),
        ("http://127.0.0.1:8123/", "http://127.0.0.1:8123"),
        ("https://proxy.example.test/school/", "https://proxy.example.test/school"),
    ],
)
def test_an_origin_is_read(url: str, origin: str) -> None:
    """Without the slash at its end."""
    assert read_origin(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "",
        "www.classcharts.com",
        "ftp://www.classcharts.com",
        "https://",
        "https:///x",
        "https://user:secret@www.classcharts.com",
        "https://:secret@www.classcharts.com",
        "https://@www.classcharts.com",
        "https://www.classcharts.com?a=secret",
        "https://www.classcharts.com#secret",
        "https://[secret",
        "https://www.classcharts.com:secret",
        "https://www.classcharts.com:99999",
    ],
)
def test_what_is_no_origin_is_refused_before_any_io(url: str) -> None:
    """And not quoted, because a password may stand in it."""
    with pytest.raises(BadArgument) as caught:
        read_origin(url)
    assert caught.value.argument == "base_url"
    assert "secret" not in str(caught.value)


# -- files -----------------------------------------------------------------------------


def shelf(address: str, origin: str = ORIGIN) -> Shelf:
    """A shelf that knows one file."""
    return Shelf(fresh(origin=origin), {FILE.ref: address})


def is_dressed(address: str, origin: str = ORIGIN) -> bool:
    """Whether id and cookies go to *address*."""
    request = shelf(address, origin).request(FILE)
    assert request is not None
    assert request.is_read
    names = {name for name, _ in request.headers}
    assert ("authorization" in names) is ("cookie" in names)
    return "authorization" in names


@pytest.mark.parametrize(
    "address",
    [
        "https://www.classcharts.com/redirect?url=x",
        "https://WWW.classcharts.com/redirect",
        "https://www.classcharts.com:443/redirect",
        "/redirect?url=x",
        "img/faces/default.png",
    ],
)
def test_id_and_cookies_go_home(address: str) -> None:
    """However the address is written."""
    assert is_dressed(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://attachments.classcharts.com/x",
        "https://classcharts.com/x",
        "http://www.classcharts.com/x",
        "https://www.classcharts.com:8443/x",
        "https://www.classcharts.com.evil.test/x",
        "https://www.classcharts.com@evil.test/x",
        "https://evil.test/www.classcharts.com",
        "https://www.classcharts.com:port/x",
        "//evil.test/x",
    ],
)
def test_id_and_cookies_go_nowhere_else(address: str) -> None:
    """Not even to another scheme or port of the same name."""
    assert not is_dressed(address)


@pytest.mark.parametrize("address", ["", None])
def test_without_an_address_there_is_no_request(address: str | None) -> None:
    """Somebody must list it first."""
    known = Shelf(fresh(), {FILE.ref: address} if address is not None else {})
    assert known.request(FILE) is None


def test_a_redirect_is_followed_and_dressed_for_its_own_host() -> None:
    """From our host to the storage, the storage gets nothing of ours."""
    head = ResponseHead(302, (("location", "https://attachments.classcharts.com/f?s=1"),), API)
    request = shelf("x").follow(head)
    assert request is not None
    assert request.url == "https://attachments.classcharts.com/f?s=1"
    assert {name for name, _ in request.headers} == {"user-agent"}
    back = shelf("x").follow(ResponseHead(302, (("location", "/f"),), API))
    assert back is not None
    assert header(back, "authorization") == f"Basic {FIRST_ID}"


def test_the_bytes_begin_with_a_status_of_200_and_no_page() -> None:
    """`None`: there is nothing more to follow."""
    assert shelf("x").follow(ResponseHead(200, (("content-type", "application/pdf"),), API)) is None
    assert shelf("x").follow(ResponseHead(200, (), API)) is None


@pytest.mark.parametrize(
    "head",
    [
        page(),
        page("<Error/>", 403, ("content-type", "application/xml")),
        Response(200, (("content-type", "application/xml"),)),
        Response(404),
        Response(204),
        Response(302),
        moved("https://www.classcharts.com/parent/login"),
        moved("https://session.tes.com/v1/verify?returnUrl=x"),
    ],
)
def test_a_page_instead_of_a_file_is_stale(head: Response) -> None:
    """The address has ended, or nobody is signed in: list again."""
    with pytest.raises(StaleReference):
        shelf("x").follow(head)


def test_trouble_at_the_storage_is_told_as_what_it_is() -> None:
    """Listing again would not help against it."""
    with pytest.raises(InstanceClosed):
        shelf("x").follow(page(status=503))
    with pytest.raises(RateLimited):
        shelf("x").follow(page("", 429))


def test_a_shelf_shows_no_address() -> None:
    """They are signed."""
    assert "signature" not in repr(shelf("https://attachments.classcharts.com/f?signature=1"))

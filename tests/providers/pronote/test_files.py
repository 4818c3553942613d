"""From a listing to a file's bytes: addresses of one session, and what comes instead of a file."""

from __future__ import annotations

import datetime as dt
from urllib.parse import unquote, urlsplit

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import InstanceClosed, RateLimited, StaleReference
from schoolsync.flow.http import Cookies, Headers, Request, Response, ResponseHead
from schoolsync.model import Attachment, AttachmentKind
from schoolsync.providers.pronote.files import Shelf, Shelved
from schoolsync.providers.pronote.page import Start
from schoolsync.providers.pronote.session import Session
from schoolsync.providers.pronote.wire import LATE, NEW, Wire
from tests.providers.pronote.reading import PUPIL
from tests.providers.pronote.wire import IV, MATERIAL, NOON, NUMBER, ROOT, md5, signed_in, unsealed

FILE = Attachment(name="exercice n° 3.pdf", kind=AttachmentKind.FILE, ref=("homework-1", 0))
SHEET = Shelved("48#PJ1", "exercice n° 3.pdf")
VECTOR = "8a3ed00c47c9112e8ad738fe3c7b64b67e9817ce40b0fc2e319132cad7cdb9b6"
"""`{"N":"48#PJ1","Actif":true}` under the key and vector of these tests, computed elsewhere."""


def entered(number: int = NUMBER) -> Session:
    """A session with cookies and a key of its own."""
    session = signed_in()
    start = Start(number=number, space=3, version=(2026, 2, 6))
    session.adopt(start, material=MATERIAL, drawn=IV, order=7, wire=Wire(NEW, LATE, False, False, None))
    page = Response(200, (("set-cookie", "lb=node0secret; path=/"),), url=f"{ROOT}/eleve.html")
    session.cookies = Cookies().after(page, NOON)
    return session


def shelf(file: Shelved = SHEET) -> Shelf:
    """A shelf that knows one file."""
    made = Shelf(entered())
    made.keep({FILE.ref: file})
    return made


def asked(file: Shelved = SHEET) -> Request:
    """What asks for it."""
    request = shelf(file).request(FILE)
    assert request is not None
    return request


def header(request: Request, name: str) -> str | None:
    """One header line."""
    return dict(request.headers).get(name)


# -- addresses --------------------------------------------------------------------


def test_the_address_of_a_file() -> None:
    """The id and the key of the session are in it; its name is decoration."""
    request = asked()
    assert request.method == "GET"
    assert request.url == f"{ROOT}/FichiersExternes/{VECTOR}/exercice%20n%C2%B0%203.pdf?Session={NUMBER}"
    assert (request.is_read, request.body) == (True, b"")
    assert header(request, "cookie") == "lb=node0secret"
    assert header(request, "user-agent")


def test_a_special_file_carries_its_code() -> None:
    """Such as the paper of a mark."""
    segment = urlsplit(asked(Shelved("59#De1", "sujet.pdf", "DevoirSujet")).url).path.split("/")[-2]
    assert unsealed(segment, md5(MATERIAL), md5(IV)) == b'{"N":"59#De1","Actif":true,"G":"DevoirSujet"}'


@given(
    st.text(min_size=1, max_size=30).filter(
        lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)
    )
)
def test_a_name_stays_one_segment(name: str) -> None:
    """Whatever is in it."""
    parts = urlsplit(asked(Shelved("48#PJ1", name)).url)
    assert parts.path.rpartition("/")[0] == f"/pronote/FichiersExternes/{VECTOR}"
    assert parts.query == f"Session={NUMBER}"
    shown = unquote(parts.path.rpartition("/")[2])
    assert shown == (name if name.strip(".") else "file")


def test_what_no_listing_named_is_not_known() -> None:
    """Nor what was forgotten, nor what an earlier session named: its ids open nothing."""
    known = shelf()
    other = FILE.model_copy(update={"ref": ("homework-1", 1)})
    assert known.request(other) is None
    known.forget(FILE)
    known.forget(other)
    assert known.request(FILE) is None
    known = shelf()
    known.session.adopt(
        Start(number=7, space=3), material=b"", drawn=IV, order=7, wire=Wire(NEW, LATE, False, False, None)
    )
    assert known.request(FILE) is None
    known.keep({other.ref: SHEET})
    request = known.request(other)
    assert request is not None
    assert request.url.endswith("?Session=7")
    assert known.request(FILE) is None


def test_a_portrait_is_a_file_of_the_pupil() -> None:
    """If the school shares one."""
    photo = Attachment(name="photo.jpg", kind=AttachmentKind.FILE, ref=(PUPIL.key, 0))
    known = shelf()
    known.keep_photo(PUPIL)
    known.keep_photo(PUPIL.model_copy(update={"photo": photo}))
    assert known.request(photo) is None
    known.keep_photo(PUPIL.model_copy(update={"photo": photo, "provider_id": "46#al1"}))
    request = known.request(photo)
    assert request is not None
    path = urlsplit(request.url).path
    assert path.endswith("/photo.jpg")
    assert unsealed(path.split("/")[-2], md5(MATERIAL), md5(IV)) == b'{"N":"46#al1","Actif":true}'


# -- answers ----------------------------------------------------------------------


def head(status: int = 200, *lines: tuple[str, str]) -> ResponseHead:
    """How an answer begins, to a request for the file."""
    return ResponseHead(status, lines, asked().url)


PDF: Headers = (("content-type", "application/pdf"),)


@pytest.mark.parametrize(
    "media_type", ["application/pdf", "image/jpeg", "application/octet-stream", "text/plain", None]
)
def test_bytes_begin(media_type: str | None) -> None:
    """Nothing more is asked."""
    lines = [("content-type", media_type)] if media_type else []
    assert shelf().follow(head(200, *lines)) is None


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml"])
def test_a_page_instead_of_a_file_is_a_stale_address(media_type: str) -> None:
    """It is listed again then."""
    with pytest.raises(StaleReference):
        shelf().follow(head(200, ("content-type", media_type)))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("frise.html", "text/html; charset=utf-8"),
        ("FRISE.HTM", "text/html"),
        ("frise n° 1?.xhtml", "application/xhtml+xml"),
        ("données.json", "application/json"),
    ],
)
def test_a_file_that_is_a_page_itself_is_fetched(name: str, media_type: str) -> None:
    """Its listing says so; any other status means that it is none."""
    url = asked(Shelved("48#PJ1", name)).url
    lines = (("content-type", media_type),)
    assert shelf().follow(ResponseHead(200, lines, url)) is None
    with pytest.raises(StaleReference):
        shelf().follow(ResponseHead(403, lines, url))


@pytest.mark.parametrize(
    ("url", "media_type"),
    [
        (asked(Shelved("48#PJ1", "données.json")).url, "text/html"),
        (asked(Shelved("48#PJ1", "frise.html.pdf")).url, "text/html"),
        (f"{ROOT}/eleve.html", "text/html"),
        (f"{ROOT}/eleve.html?next=/FichiersExternes/1/frise.html", "text/html"),
        ("https://portal.example/FichiersExternes/1/login.html", "text/html"),
    ],
)
def test_a_page_of_another_kind_or_place_is_none(url: str, media_type: str) -> None:
    """Such as the log-in page, behind a redirect."""
    with pytest.raises(StaleReference):
        shelf().follow(ResponseHead(200, (("content-type", media_type),), url))


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 410])
def test_no_file_is_a_stale_address_too(status: int) -> None:
    """Whatever the status says instead."""
    with pytest.raises(StaleReference):
        shelf().follow(head(status, *PDF))


def test_trouble_of_the_server_is_told_as_such() -> None:
    """Listing again would not help."""
    with pytest.raises(RateLimited) as slow:
        shelf().follow(head(429, ("retry-after", "30")))
    assert slow.value.retry_after == dt.timedelta(seconds=30)
    with pytest.raises(InstanceClosed) as closed:
        shelf().follow(head(503, *PDF))
    assert closed.value.status == 503


@pytest.mark.parametrize(
    "location",
    [
        "/pronote/cache/1.pdf",
        "https://0000000a.example/pronote/cache/1.pdf",
        "https://0000000a.example:443/pronote/cache/1.pdf",
        "https://0000000A.EXAMPLE/pronote/cache/1.pdf",
    ],
)
def test_a_redirect_at_home_is_followed_with_the_session_s_cookies(location: str) -> None:
    """However it spells home."""
    target = shelf().follow(head(302, ("location", location)))
    assert target is not None
    assert target.is_read
    assert urlsplit(target.url).path == "/pronote/cache/1.pdf"
    assert header(target, "cookie") == "lb=node0secret"


@pytest.mark.parametrize(
    "location",
    [
        "https://cloud.example.test/1.pdf",
        "http://0000000a.example/pronote/1.pdf",
        "https://0000000a.example:8443/pronote/1.pdf",
        "https://0000000a.example.evil.test/1.pdf",
        "//other.example/1.pdf",
        "https://0000000a.example:port/1.pdf",
    ],
)
def test_no_cookie_leaves_home(location: str) -> None:
    """Another host, port or scheme is not ours."""
    target = shelf().follow(head(302, ("location", location)))
    assert target is not None
    assert header(target, "cookie") is None
    assert header(target, "user-agent") == "schoolsync"


def test_nothing_of_a_file_is_shown() -> None:
    """Neither its name nor its address."""
    text = f"{shelf()!r} {SHEET!r} {asked()!r}"
    assert "exercice" not in repr(SHEET)
    assert "Session=" not in text
    assert "node0secret" not in text
    assert attrs.asdict(SHEET) == {"id": "48#PJ1", "name": "exercice n° 3.pdf", "code": None}

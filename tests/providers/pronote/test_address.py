"""Whatever a person copies becomes one root, and nothing is sent for what cannot be one."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import BadArgument
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.address import Space, call_url, file_url, moved_root, page_url, read_root

ROOT = "https://0000000a.example/pronote"


@pytest.mark.parametrize(
    "url",
    [
        ROOT,
        f"{ROOT}/",
        f"{ROOT}///",
        f"  {ROOT}/eleve.html\n",
        f"{ROOT}/eleve.html?login=true",
        f"{ROOT}/parent.html#top",
        f"{ROOT}/eleve.html/",
        f"{ROOT}/ELEVE.HTML?identifiant=A1b2#x",
        f"{ROOT}/mobile.eleve.html?fd=1&bydlg=A6ABB224-12DD-4E31-AD3E-8A39A1C2C335&login=true",
        f"{ROOT}/mobile.html",
        f"{ROOT}/InfoMobileApp.json?id=0D264427-EEFC-4810-A9E9-346942A862A4",
        f"{ROOT}/?login=true",
        "HTTPS://0000000A.Example/pronote/eleve.html",
        "https://0000000a.example:443/pronote",
        "0000000a.example/pronote",
        "0000000a.example/pronote/eleve.html?x=y",
        "//0000000a.example/pronote/",
    ],
)
def test_any_address_of_an_instance_gives_its_root(url: str) -> None:
    """With or without scheme, page, query, fragment and slashes."""
    assert read_root(url) == ROOT


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://pronote.ecole.example", "https://pronote.ecole.example"),
        ("https://pronote.ecole.example/eleve.html", "https://pronote.ecole.example"),
        ("pronote.ecole.example:8443/Pronote/", "https://pronote.ecole.example:8443/Pronote"),
        ("https://école.example/pronote", "https://école.example/pronote"),
        ("https://intranet/pronote/parent.html", "https://intranet/pronote"),
        ("https://0000000a.example/a/b/c/professeur.html", "https://0000000a.example/a/b/c"),
        ("https://[2001:db8::1]:8443/pronote/", "https://[2001:db8::1]:8443/pronote"),
    ],
)
def test_roots_of_other_forms(url: str, root: str) -> None:
    """At the top of a host, on another port, deep below, by number; the case of the path stays."""
    assert read_root(url) == root


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "pronote",
        "azerty uiop",
        "https://",
        "https:///pronote",
        "ftp://0000000a.example/pronote",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:robin@example.test",
        "https://robin:s3cret@0000000a.example/pronote",
        "robin:s3cret@0000000a.example",
        "https://0000000a.example:0/pronote",
        "https://0000000a.example:99999/pronote",
        "https://0000000a.example:port/pronote",
        "https://0000000a.exam ple/pronote",
        "https://0000000a.example/pro note",
        "https://0000000a.example/pro\u200bnote",
        "https://0000000a..example/pronote",
        "https://.example/pronote",
        "https://0000000a.example\\pronote",
        "https://[2001:db8::1/pronote",
        "https://[not-a-number]/pronote",
        "<https://0000000a.example/pronote>",
        '{"url":"https://0000000a.example/pronote/mobile.eleve.html"}',
    ],
)
def test_what_cannot_be_an_address_is_refused_before_anything_is_sent(url: str) -> None:
    """The message says what is expected, and quotes nothing: there may be a password in it."""
    with pytest.raises(BadArgument) as caught:
        read_root(url)
    assert caught.value.argument == "url"
    assert "s3cret" not in str(caught.value)


def test_what_is_no_text_is_refused() -> None:
    """Untyped callers get the same error."""
    with pytest.raises(BadArgument):
        read_root(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "127.1.2.3", "[::1]:80"])
def test_loopback_may_be_reached_without_tls(host: str) -> None:
    """The sandbox lives there."""
    assert read_root(f"http://{host}/pronote/eleve.html") == f"http://{host.removesuffix(':80')}/pronote"


@pytest.mark.parametrize("host", ["0000000a.example", "192.0.2.1", "localhost.example", "[2001:db8::1]"])
def test_another_host_needs_tls_unless_the_caller_says_so(host: str) -> None:
    """And the error says how."""
    with pytest.raises(BadArgument, match="allow_http=True"):
        read_root(f"http://{host}/pronote")
    assert read_root(f"http://{host}/pronote/", allow_http=True) == f"http://{host}/pronote"


@given(st.text(max_size=60) | st.text(alphabet="abc.:/@?#[]%\\ é0-", max_size=30))
def test_anything_is_a_root_or_refused(text: str) -> None:
    """A root that was read is read as itself."""
    try:
        root = read_root(text)
    except BadArgument:
        return
    assert read_root(root) == root
    assert urlsplit(root).scheme == "https"
    assert urlsplit(root).hostname


# -- below the root ---------------------------------------------------------------------------


def test_the_addresses_of_a_session() -> None:
    """Page, call, file."""
    assert page_url(ROOT, Space.PARENT.page, {"login": "true"}) == f"{ROOT}/parent.html?login=true"
    assert page_url(ROOT, Space.TEACHER.page, {}) == f"{ROOT}/professeur.html"
    assert call_url(ROOT, 3, 1234567, "0f") == f"{ROOT}/appelfonction/3/1234567/0f"
    assert (
        file_url(ROOT, "0f", "exercice 3.pdf", 1) == f"{ROOT}/FichiersExternes/0f/exercice%203.pdf?Session=1"
    )


@pytest.mark.parametrize("name", ["../../admin", "a/b?c#d", "é&=.pdf", "", ".", ".."])
def test_a_files_name_stays_one_segment(name: str) -> None:
    """Whatever a teacher called it."""
    parts = urlsplit(file_url(ROOT, "0f", name, 1))
    assert parts.path.count("/") == 4
    assert parts.path.rpartition("/")[2].strip(".")
    assert (parts.query, parts.fragment) == ("Session=1", "")


@pytest.mark.parametrize("space", Space)
def test_each_space_has_its_number_and_page(space: Space) -> None:
    """As the server counts them."""
    numbers = {
        Space.STUDENT: (3, "eleve.html"),
        Space.PARENT: (2, "parent.html"),
        Space.TEACHER: (1, "professeur.html"),
    }
    assert (space.number, space.page) == numbers[space]


# -- a school that moves ----------------------------------------------------------------------


def moved(target: str, status: int = 301, root: str = ROOT) -> str | None:
    """Where a start page of *root* has moved, if it is a move."""
    head = Response(status, {"location": target}, f"{root}/eleve.html?login=true")
    return moved_root(root, "eleve.html", head)


@pytest.mark.parametrize("status", [301, 308])
@pytest.mark.parametrize(
    ("target", "root"),
    [
        ("https://new.example/pronote/eleve.html?login=true", "https://new.example/pronote"),
        ("https://new.example/p2026/Eleve.html", "https://new.example/p2026"),
        ("https://new.example/pronote/", "https://new.example/pronote"),
        ("https://new.example/pronote", "https://new.example/pronote"),
        ("/autre/eleve.html?login=true", "https://0000000a.example/autre"),
    ],
)
def test_a_school_that_has_moved_for_good_is_followed(target: str, root: str, status: int) -> None:
    """To the same page elsewhere."""
    assert moved(target, status) == root


@pytest.mark.parametrize(
    "target",
    [
        "http://new.example/pronote/eleve.html",
        "https://portal.example/cas/login?service=https://0000000a.example/pronote/eleve.html",
        "https://portal.example/",
        "https://user:pw@new.example/pronote/eleve.html",
        f"{ROOT}/eleve.html?login=true",
        f"{ROOT}/",
        "https://new.example/pronote/parent.html",
        "https://[/pronote/eleve.html",
        "",
    ],
)
def test_a_portal_or_a_loop_is_no_new_root(target: str) -> None:
    """Nor what would leave TLS, or leads to somebody else's page."""
    assert moved(target) is None


@pytest.mark.parametrize("status", [200, 302, 303, 307, 404])
def test_only_a_permanent_redirect_moves_a_school(status: int) -> None:
    """Others are for portals."""
    assert moved("https://new.example/pronote/eleve.html", status) is None


def test_what_has_no_tls_is_not_followed() -> None:
    """Anybody on the way could have written it."""
    assert moved("https://new.example/pronote/eleve.html", root="http://127.0.0.1/pronote") is None

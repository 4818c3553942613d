"""What everybody may ask: the requests, and every answer that is none."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

import pytest

from schoolsync.errors import (
    AddressSuspended,
    DecodeIssue,
    InstanceClosed,
    RateLimited,
    SchoolSyncError,
    Unavailable,
    Undecodable,
    UnexpectedShape,
)
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.calls.finding import information, schools_around
from schoolsync.testing.play import play
from tests.providers.pronote.wire import JSON, ROOT, html

URL = f"{ROOT}/InfoMobileApp.json?id=0D264427-EEFC-4810-A9E9-346942A862A4"


def told(said: object, status: int = 200) -> Response:
    """JSON, without its address."""
    return Response(status, JSON, body=json.dumps(said).encode())


def test_an_instance_is_asked_as_the_app_asks() -> None:
    """Without a cookie, and as a browser."""
    found, (request,) = play(information(ROOT), [told({"nomEtab": "COLLEGE EXEMPLE"})])
    assert (request.method, request.url, request.is_read) == ("GET", URL, True)
    assert {name for name, _ in request.headers} == {"user-agent", "accept-language"}
    assert (found.root, found.page.name, found.issues) == (ROOT, "COLLEGE EXEMPLE", ())


def test_an_instance_that_has_moved_is_followed_once() -> None:
    """Its new address is told."""
    new = "https://new.example/pronote"
    moved = html("", 301, ("location", URL.replace(ROOT, new)))
    found, sent = play(information(ROOT), [moved, told({})])
    assert (found.root, sent[1].url) == (new, URL.replace(ROOT, new))
    with pytest.raises(Unavailable):
        play(
            information(ROOT), [moved, html("", 301, ("location", URL.replace(ROOT, "https://x.example/p")))]
        )


@pytest.mark.parametrize(
    ("answer", "leaf"),
    [
        (html("", 404), Unavailable),
        (html("<h1>Not found</h1>", 403), Unavailable),
        (html("", 302, ("location", "https://cas.example/login?service=x")), Unavailable),
        (html("", 302, ("location", "/pronote/")), Unavailable),
        (html("Votre adresse IP est provisoirement suspendue"), AddressSuspended),
        (html("Votre adresse IP est provisoirement suspendue", 403), AddressSuspended),
        (html("Le site n'est pas disponible"), InstanceClosed),
        (html("Le site est momentanément indisponible"), RateLimited),
        (html("", 503), InstanceClosed),
        (html("", 429, ("retry-after", "30")), RateLimited),
        (html("<title>PRONOTE</title>"), Undecodable),
        (told({"nomEtab": "x"}, 500), InstanceClosed),
        (told([]), UnexpectedShape),
        (told("x"), UnexpectedShape),
        (Response(200, JSON, body=b'{"nomEtab":"EXAMPLE'), Undecodable),
    ],
)
def test_an_instance_that_tells_nothing(answer: Response, leaf: type[SchoolSyncError]) -> None:
    """What stands there instead decides; nothing of it is quoted."""
    with pytest.raises(leaf) as caught:
        play(information(ROOT), [answer])
    assert "EXAMPLE" not in f"{caught.value}{caught.value.__context__!r}"
    assert "service=" not in str(caught.value)


def test_the_directory_is_asked_for_a_place() -> None:
    """By https, in a form, as text; asking twice does no harm."""
    issues: list[DecodeIssue] = []
    rows, (request,) = play(schools_around(-21.1, 55.45, issues), [told([])])
    assert (rows, issues) == ([], [])
    assert (request.method, request.url, request.is_read) == (
        "POST",
        "https://www.index-education.com/swie/geoloc.php",
        True,
    )
    assert json.loads(dict(parse_qsl(request.body.decode()))["data"]) == {
        "nomFonction": "geoLoc",
        "lat": "-21.100000",
        "long": "55.450000",
    }


def test_nothing_near_is_an_empty_object() -> None:
    """And an empty list of ours."""
    rows, _ = play(schools_around(0.0, 0.0, []), [told({})])
    assert rows == []


def test_a_row_that_cannot_be_read_is_an_issue() -> None:
    """The others are there."""
    issues: list[DecodeIssue] = []
    good = {"url": "https://a.example/pronote", "nomEtab": "A", "lat": "1", "long": "2", "cp": "75000"}
    rows, _ = play(schools_around(1, 2, issues), [told([good, {"url": "x", "lat": "north"}, good])])
    assert [row.name for row, _ in rows] == ["A", "A"]
    assert {issue.path for issue in issues} == {"geoLoc.1.lat", "geoLoc.1.long"}


@pytest.mark.parametrize(
    ("answer", "leaf"),
    [
        (told({"erreur": "x"}), UnexpectedShape),
        (told(""), UnexpectedShape),
        (told(0), UnexpectedShape),
        (told(None, 500), InstanceClosed),
        (html("", 429), RateLimited),
        (html("<h1>no</h1>"), Undecodable),
    ],
)
def test_a_directory_that_answers_otherwise(answer: Response, leaf: type[SchoolSyncError]) -> None:
    """Is no empty list."""
    with pytest.raises(leaf):
        play(schools_around(48.85, 2.35, []), [answer])

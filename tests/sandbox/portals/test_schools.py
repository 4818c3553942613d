"""The directory of schools: who is near, and what cannot be asked."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import pytest

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.portals.fake import Common
from schoolsync.sandbox.portals.schools import Geolocation, ListedSchool, distance_km
from tests.sandbox.portals.browser import clock

URL = "https://www.index-education.com/swie/geoloc.php"
FORM = {"content-type": "application/x-www-form-urlencoded;charset=UTF-8"}
HERE, THERE = (48.8566, 2.3522), (43.6045, 1.4442)
COLLEGE = ListedSchool("COLLEGE EXEMPLE", "https://0000001A.example.test/pronote", *HERE, "00000")
LYCEE = ListedSchool("LYCEE MODÈLE", "https://0000002A.example.test/pronote", *THERE, "00000")


@pytest.fixture
def directory() -> Geolocation:
    """With two schools, far apart."""
    return Geolocation(host="www.index-education.com", common=Common(clock=clock()), schools=[COLLEGE, LYCEE])


def asked(directory: Geolocation, body: str, method: str = "POST", url: str = URL) -> Response:
    """The answer to one request."""
    answer = directory.handle(Request(method, url, FORM, body.encode())).response
    assert answer is not None
    return answer


def question(latitude: object, longitude: object, function: str = "geoLoc") -> str:
    """What clients send, before any encoding."""
    return json.dumps({"nomFonction": function, "lat": latitude, "long": longitude}, separators=(",", ":"))


@pytest.mark.parametrize("number", [str, float], ids=["text", "number"])
@pytest.mark.parametrize("encoded", [str, quote, quote_plus], ids=["raw", "percent", "form"])
def test_whoever_is_near(directory: Geolocation, number: type, encoded: type) -> None:
    """Numbers as text or not, the body encoded or not: a list in which everything is text."""
    said = asked(directory, f"data={encoded(question(number(48.85), number(2.35)))}").json()
    assert said == [
        {
            "url": "https://0000001A.example.test/pronote",
            "nomEtab": "COLLEGE EXEMPLE",
            "lat": "48.8566",
            "long": "2.3522",
            "cp": "00000",
        }
    ]


def test_nobody_near_is_an_empty_object(directory: Geolocation) -> None:
    """Not an empty list."""
    answer = asked(directory, f"data={question('0', '-160.5')}")
    assert (answer.status, answer.body) == (200, b"{}")


def test_accents_arrive(directory: Geolocation) -> None:
    """As UTF-8."""
    answer = asked(directory, f"data={question('43.6', '1.44')}")
    assert "MODÈLE".encode() in answer.body


def test_how_near_is_near(directory: Geolocation) -> None:
    """It can be set; nothing is sorted."""
    directory.reach_km = 1_000
    said = asked(directory, f"data={question(*map(str, THERE))}").json()
    assert isinstance(said, list)
    assert [one["nomEtab"] for one in said] == ["COLLEGE EXEMPLE", "LYCEE MODÈLE"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "data=",
        "data=none",
        "data=[]",
        "data=%7B",
        f"other={question('48.85', '2.35')}",
        f"data={question('48.85', '2.35', 'another')}",
        f"data={question('north', '2.35')}",
        f"data={question(None, '2.35')}",
        'data={"nomFonction":"geoLoc"}',
    ],
)
def test_what_is_no_question(directory: Geolocation, body: str) -> None:
    """Finds nobody."""
    assert asked(directory, body).body == b"{}"


def test_there_is_nothing_else(directory: Geolocation) -> None:
    """No other page, and no other way to ask."""
    assert asked(directory, "", "GET").status == 404
    assert (
        asked(directory, f"data={question('48.85', '2.35')}", url=URL.replace("geoloc", "other")).status
        == 404
    )


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (HERE, HERE, 0),
        (HERE, THERE, 589),
        (THERE, HERE, 589),
        ((0, 179.5), (0, -179.5), 111),
        ((90, 0), (-90, 0), 20_038),
    ],
)
def test_distances(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    """Along the ground, whichever way is shorter."""
    assert distance_km(one, other) == pytest.approx(km, abs=1)

"""What can be found out before anybody signs in, as users meet it: in threads, on asyncio, on trio."""

from __future__ import annotations

import inspect
import json
from typing import Any

import attrs
import httpx
import pytest

from schoolsync import pronote
from schoolsync.ent.families import KosmosForm
from schoolsync.errors import BadArgument, TimedOut, Unavailable, UnknownName, Unreachable, UsageError
from schoolsync.flow.http import Request, Response
from schoolsync.providers.pronote.extra import SpaceKind
from tests.client.gatehouse import Town, town
from tests.client.pronote_turns import HOST
from tests.providers.pronote.passing import CAS, PORTAL

URL = f"https://{HOST}/pronote/eleve.html"
DIRECTORY = "www.index-education.com"
SCHOOLS = [
    {"url": f"https://{HOST}/pronote", "nomEtab": "B", "lat": "48.85", "long": "2.35", "cp": "75004"},
    {"url": f"https://{HOST}/pronote", "nomEtab": "A", "lat": "48.90", "long": "2.35", "cp": "75018"},
]


@pytest.fixture(params=["sync", "asyncio", "trio"])
def place(request: pytest.FixtureRequest) -> Town:
    """Threads, asyncio or trio."""
    return town(request.param)


@attrs.define
class Road:
    """The town, and the vendor's directory of schools beside it; everything that was asked is kept."""

    town: Town
    requests: list[Request] = attrs.field(factory=list)

    def exchange(self, request: Request) -> Response:
        """The answer."""
        self.requests.append(request)
        if f"//{DIRECTORY}/" in request.url:
            return Response(200, (("content-type", "application/json"),), body=json.dumps(SCHOOLS).encode())
        return self.town.mount.exchange(request)


async def call(place: Town, name: str, *args: Any, **options: Any) -> Any:
    """What the function of that name gives in that world."""
    given = {"http_client": Road(place), "clock": place.turns.clock} | options
    if place.turns.name == "sync":
        return getattr(pronote, name)(*args, **given)
    return await getattr(pronote, f"{name}_async")(*args, **given)


def test_an_instance_tells_about_itself(place: Town) -> None:
    """One request, and nobody signed in."""

    async def body() -> None:
        info = await call(place, "instance", URL)
        assert info.name == "COLLEGE EXEMPLE"
        assert info.version.startswith("2026.2")
        assert {SpaceKind.STUDENT, SpaceKind.PARENT} <= {space.kind for space in info.spaces}
        assert (info.cas_active, info.url) == (True, f"https://{HOST}/pronote")
        assert str(info.cas_url).startswith(f"https://{CAS}/login")

    place.turns.run(body)
    assert len(place.asked) == 1


def test_a_portal_is_found(place: Town) -> None:
    """Or its host, where nobody knows it; no password is anywhere near."""
    road = Road(place)

    async def body() -> None:
        match = await call(place, "find_cas", URL, http_client=road)
        assert (match.name, match.is_direct) == (None, False)
        assert CAS in " ".join(match.evidence)
        place.turns.server.rules = attrs.evolve(place.turns.server.rules, portal=None)
        match = await call(place, "find_cas", URL, account="parent")
        assert match.is_direct

    place.turns.run(body)
    assert place.gate.proofs == 0
    assert {one.method for one in road.requests} == {"GET"}


def test_schools_are_found(place: Town) -> None:
    """Nearest first."""

    async def body() -> None:
        found = await call(place, "find_schools", 48.9, 2.35)
        assert [(one.name, one.postcode) for one in found] == [("A", "75018"), ("B", "75004")]
        assert found.issues == ()

    place.turns.run(body)


def test_a_portal_is_looked_at(place: Town) -> None:
    """As far as its form: by itself, or from the school."""

    async def body() -> None:
        alone = await call(place, "look_at_portal", PORTAL)
        assert (alone.trouble, alone.hops[-1].sign) == (None, "log-in form")
        whole = await call(place, "look_at_portal", PORTAL, url=URL, account="parent")
        assert whole.trouble is None
        with pytest.raises(Unreachable):
            await call(place, "look_at_portal", PORTAL, url="https://nobody.example/pronote")
        own = await call(place, "look_at_portal", KosmosForm(host="cas.nobody.example"))
        assert isinstance(own.trouble, Unreachable)

    place.turns.run(body)
    assert place.gate.proofs == 0


@pytest.mark.parametrize(
    ("name", "args", "options", "error"),
    [
        ("instance", ("pronote",), {}, BadArgument),
        ("instance", ("http://0000000a.example/pronote",), {}, BadArgument),
        ("find_cas", ("",), {}, BadArgument),
        ("find_cas", (URL,), {"account": "headmaster"}, UnknownName),
        ("find_schools", (100, 0), {}, BadArgument),
        ("find_schools", ("48", "2"), {}, BadArgument),
        ("look_at_portal", ("agora6",), {}, UnknownName),
        ("look_at_portal", ("agora06",), {"account": "teacher"}, Unavailable),
        ("look_at_portal", (PORTAL,), {"url": "ftp://x.example"}, BadArgument),
        ("find_schools", (48, 2), {"store": None}, TypeError),
        ("instance", (URL,), {"strict": True}, TypeError),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(
    place: Town, name: str, args: tuple[Any, ...], options: dict[str, Any], error: type[Exception]
) -> None:
    """In every world the same."""
    road = Road(place)

    async def body() -> None:
        with pytest.raises(error):
            await call(place, name, *args, http_client=road, **options)

    place.turns.run(body)
    assert road.requests == []


def test_http_is_for_whom_it_was_allowed(place: Town) -> None:
    """The school; its portal is https all the same, and the vendor's directory always is."""
    road = Road(place)

    async def body() -> None:
        url = f"http://{HOST}/pronote"
        assert (await call(place, "instance", url, allow_http=True, http_client=road)).url == url
        match = await call(place, "find_cas", url, allow_http=True, http_client=road)
        assert CAS in " ".join(match.evidence)

    place.turns.run(body)
    asked = [one.url.partition("?")[0] for one in road.requests]
    assert {one.partition("/pronote")[0] for one in asked} == {f"http://{HOST}", f"https://{CAS}/login"}


def test_an_injected_client_is_never_closed(place: Town) -> None:
    """And one of the wrong kind is refused."""
    if place.turns.name != "sync":
        with httpx.Client() as blocking:

            async def wrong() -> None:
                with pytest.raises(UsageError):
                    await pronote.instance_async(URL, http_client=blocking)  # type: ignore[arg-type]

            place.turns.run(wrong)
        return

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"nomEtab": "COLLEGE EXEMPLE"})

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        assert pronote.instance(URL, http_client=client).name == "COLLEGE EXEMPLE"
        assert pronote.instance(URL, http_client=client).name == "COLLEGE EXEMPLE"
        assert not client.is_closed


def test_patience_has_an_end(place: Town) -> None:
    """As long as is said."""

    async def slow() -> None:
        def late(_: httpx.Request) -> httpx.Response:
            raise httpx.ReadTimeout("late")

        async def late_async(request: httpx.Request) -> httpx.Response:
            return late(request)

        if place.turns.name == "sync":
            client: Any = httpx.Client(transport=httpx.MockTransport(late))
        else:
            client = httpx.AsyncClient(transport=httpx.MockTransport(late_async))
        with pytest.raises(TimedOut):
            await call(place, "find_cas", URL, http_client=client, timeout=0.5, deadline=1.0)
        await client.aclose() if place.turns.name != "sync" else client.close()

    place.turns.run(slow)


def test_names_of_portals_cost_nothing() -> None:
    """All of them, sorted; each can be asked for."""
    names = pronote.cas_names()
    assert names == tuple(sorted(names))
    assert {"ac-toulouse", "agora06", "monbureaunumerique-educonnect"} <= {*names}
    assert not inspect.iscoroutinefunction(pronote.cas_names)

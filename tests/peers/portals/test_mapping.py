"""Names lead to loopback, and only there; certificates are checked all the same."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Iterator

import attrs
import httpx
import pytest
import requests
from pronotepy.ent.ent import atrium_sud
from pronotepy.exceptions import ENTLoginError

from schoolsync.errors import Unreachable
from schoolsync.flow.effects import send
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.portals.apereo import ApereoCasForm
from schoolsync.sandbox.portals.fake import Ask, Common, Fake, page, redirect
from schoolsync.sandbox.serve import ServedHosts, serve_hosts
from tests.drivers.worlds import World
from tests.peers.portals.mapping import Roads, mapped

CAS, SCHOOL, STRANGER = "cas.example.test", "0000001a.example.test", "example.org"


@attrs.define(kw_only=True)
class Sign(Fake):
    """A host that says its name, and what it was asked."""

    family = "sign"

    def answer(self, ask: Ask) -> Response:
        """Onwards to the school, or the address that was asked for."""
        return redirect(f"https://{SCHOOL}/in") if ask.path == "/out" else page(ask.request.url)


@pytest.fixture
def common() -> Common:
    """One morning."""
    return Common(clock=HandClock(dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC)))


@pytest.fixture
def hosts(common: Common) -> dict[str, Sign]:
    """A portal and a school."""
    return {host: Sign(host=host, common=common) for host in (CAS, SCHOOL)}


@pytest.fixture
def place(hosts: dict[str, Sign]) -> Iterator[ServedHosts]:
    """Where they are."""
    with serve_hosts(hosts) as somewhere:
        yield somewhere


@pytest.fixture
def roads(place: ServedHosts) -> Iterator[Roads]:
    """The ways there."""
    with mapped(place) as ways:
        yield ways


def test_requests_comes_to_the_real_name(roads: Roads, hosts: dict[str, Sign]) -> None:
    """Over TLS, across hosts, with nothing set but what the harness sets."""
    answer = requests.get(f"https://{CAS}/out?a=b", timeout=5)
    assert f"https://{SCHOOL}/in" in answer.text
    assert [one.log for one in hosts.values()] == [[("GET", "/out")], [("GET", "/in")]]
    assert (roads.taken, roads.refused) == ([CAS, SCHOOL], [])


def test_httpx_comes_to_the_real_name(roads: Roads) -> None:
    """Each host over a connection of its own."""
    with roads.client(follow_redirects=True) as client:
        assert f"https://{SCHOOL}/in" in client.get(f"https://{CAS}/out").text
        assert f"https://{CAS}/again" in client.get(f"https://{CAS}/again").text
    assert roads.taken == [CAS, SCHOOL]


def test_nobody_else_is_reached(roads: Roads) -> None:
    """By neither, nor by a client that the harness did not make; a look-alike is somebody else."""
    for name in (STRANGER, f"{CAS}.evil.test", f"www.{CAS}"):
        with pytest.raises(requests.ConnectionError, match="not served here"):
            requests.get(f"https://{name}/", timeout=5)
        with roads.client() as client, pytest.raises(httpx.ConnectError, match="not served here"):
            client.get(f"https://{name}/")
    with pytest.raises(httpx.ConnectError, match="not looked up"):
        httpx.get(f"https://{STRANGER}/")
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo(STRANGER.encode(), 443)
    assert roads.taken == []
    assert len(roads.refused) == 8


@pytest.mark.parametrize("address", [f"http://{CAS}/", f"https://{CAS}:444/"])
def test_another_port_is_somebody_else(roads: Roads, address: str) -> None:
    """Plain http above all."""
    with pytest.raises(requests.ConnectionError, match="not served here"):
        requests.get(address, timeout=5)
    assert roads.refused == [f"{CAS}:{80 if address.startswith('http:') else 444}"]


def test_plain_http_has_its_own_road(common: Common, place: ServedHosts) -> None:
    """Where one is wanted; the secure hosts are not on it, nor the other way round."""
    plain = Sign(host="old.example.test", common=common)
    with serve_hosts({"old.example.test": plain}, tls=False) as street, mapped(place, street) as roads:
        assert "http://old.example.test/" in requests.get("http://old.example.test/", timeout=5).text
        for address in ("https://old.example.test/", f"http://{CAS}/"):
            with pytest.raises(requests.ConnectionError):
                requests.get(address, timeout=5)
        assert roads.taken == ["old.example.test:80"]


def test_a_name_with_a_port_is_served_there(common: Common) -> None:
    """As its address writes it."""
    odd = Sign(host="seshat.example.test", common=common)
    with serve_hosts({"seshat.example.test:8443": odd}) as street, mapped(street) as roads:
        assert "test:8443/x" in requests.get("https://seshat.example.test:8443/x", timeout=5).text
        with pytest.raises(requests.ConnectionError):
            requests.get("https://seshat.example.test/x", timeout=5)
        assert (roads.taken, roads.refused) == (["seshat.example.test:8443"], ["seshat.example.test"])


def test_another_authority_is_not_trusted(
    roads: Roads, hosts: dict[str, Sign], common: Common, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither that of another block nor that of the system: the certificate is really checked."""
    with serve_hosts({STRANGER: Sign(host=STRANGER, common=common)}) as other:
        assert other.authority is not None
        with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
            requests.get(f"https://{CAS}/", verify=str(other.authority), timeout=5)
        wrong = ssl.create_default_context(cafile=other.authority)
        with roads.client(verify=wrong) as client, pytest.raises(httpx.ConnectError, match="CERTIFICATE"):
            client.get(f"https://{CAS}/")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        requests.get(f"https://{CAS}/", timeout=5)
    assert hosts[CAS].log == []


def test_a_certificate_is_of_its_names_only(roads: Roads, place: ServedHosts) -> None:
    """Whoever is led to the wrong house notices at the door."""
    roads.plain = None
    roads.secure = attrs.evolve(place, names=frozenset({STRANGER}))
    with pytest.raises(requests.exceptions.SSLError, match=r"doesn't match|not valid for"):
        requests.get(f"https://{STRANGER}/", timeout=5)


def test_a_proxy_of_the_machine_is_not_used(place: ServedHosts, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the environment would lead away."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    with mapped(place) as roads:
        assert requests.get(f"https://{CAS}/", timeout=5).status_code == 200
        with roads.client() as client:
            assert client.get(f"https://{CAS}/").status_code == 200
        assert roads.taken == [CAS, CAS]


def test_everything_is_as_before_afterwards(place: ServedHosts) -> None:
    """Names lead where they led: the reserved one nowhere."""
    look_up = socket.getaddrinfo
    with mapped(place):
        assert socket.getaddrinfo is not look_up
    assert socket.getaddrinfo is look_up


def test_secure_and_plain_are_not_mixed_up(place: ServedHosts, hosts: dict[str, Sign]) -> None:
    """What is served plainly never stands in for what is secure."""
    with serve_hosts(hosts, tls=False) as plain:
        for wrong in ((plain, None), (place, place)):
            with pytest.raises(ValueError, match="TLS"), mapped(*wrong):
                pass


@pytest.mark.peer
@pytest.mark.filterwarnings("ignore:Call to deprecated method findAll")  # the peer's own affair
def test_a_peer_walks_through_a_portal(common: Common) -> None:
    """A function of pronotepy's own, unchanged: it knows nothing of all this."""
    portal = ApereoCasForm(host="www.atrium-sud.fr", common=common)
    with serve_hosts({portal.host: portal}) as place, mapped(place) as roads:
        cookies = atrium_sud("l.example", "Portail & Louison 1")
        assert [cookie.domain for cookie in cookies] == [portal.host]
        with pytest.raises(ENTLoginError):
            atrium_sud("l.example", "wrong")
        assert (set(roads.taken), roads.refused) == ({portal.host}, [])
    assert portal.proofs == 2


# -- our own drivers ------------------------------------------------------------------


async def _walk(*urls: str) -> list[str]:
    """A flow: what the last page of each way says, redirects followed by hand."""
    said = []
    for url in urls:
        answer = await send(Request("GET", url, is_read=True))
        while answer.location:
            answer = await send(Request("GET", answer.location, is_read=True))
        said.append(answer.text)
    return said


def _client(roads: Roads, world: World) -> httpx.Client | httpx.AsyncClient:
    return roads.async_client() if world.is_async else roads.client()


@pytest.mark.parametrize("name", ["sync", "asyncio", "trio"])
def test_our_driver_walks_over_tls(roads: Roads, hosts: dict[str, Sign], name: str) -> None:
    """From host to host, blocking and awaiting."""
    world = World(name)
    said = world.run(_walk(f"https://{CAS}/out"), client=_client(roads, world))
    assert f"https://{SCHOOL}/in" in said[0]
    assert [one.log for one in hosts.values()] == [[("GET", "/out")], [("GET", "/in")]]


@pytest.mark.parametrize("name", ["sync", "asyncio", "trio"])
def test_our_driver_meets_no_stranger(roads: Roads, name: str) -> None:
    """Nothing was sent, and the driver knows it."""
    world = World(name)
    with pytest.raises(Unreachable) as caught:
        world.run(_walk(f"https://{STRANGER}/?secret=1"), client=_client(roads, world))
    assert caught.value.was_sent is False
    assert roads.refused == [STRANGER]


def test_a_client_of_our_own_meets_nobody(roads: Roads) -> None:
    """It is not one that the harness made: even the served names are not looked up for it."""
    with pytest.raises(Unreachable):
        World("sync").run(_walk(f"https://{CAS}/"))
    assert roads.refused == [CAS]

"""Cookies of a walk: one jar a side, and one of them handed out."""

from __future__ import annotations

import attrs
import pytest

from schoolsync.flow.http import Cookies, Response
from schoolsync.sandbox.clock import HandClock
from tests.ent import walking
from tests.ent.walking import EDU, INSTANCE, SCHOOL
from tests.ent.worlds import (
    CAS,
    FRONT,
    NOW,
    OTHER,
    Vouched,
    World,
    at,
    trip,
)

# -- cookies ------------------------------------------------------------------------------


def setting(*lines: str, to: str = "") -> Response:
    """An answer that sets cookies."""
    headers = tuple(("set-cookie", line) for line in lines)
    return Response(302 if to else 200, (*headers, *((("location", to),) if to else ())))


def test_a_cookie_goes_back_to_its_host_and_nowhere_else() -> None:
    """By path too; what ended is gone."""
    lines = ("a=1; Path=/", "b=2; Path=/cas", "c=3; Path=/; Max-Age=10", "d=4; Path=/; Max-Age=0")
    clock = HandClock(NOW)
    world, walk = World({f"{CAS}/set": setting(*lines)}), trip(clock=clock)
    for url in (at("set"), at("x"), at("cas/x"), f"https://{OTHER}/cas"):
        world.run(walk.go(url))
    clock.advance(11)
    world.run(walk.go(at("x")))
    assert [one.cookies for one in world.sent] == ["", "a=1; c=3", "b=2; a=1; c=3", "", "a=1"]


def test_hosts_of_the_portal_may_share_a_cookie() -> None:
    """If one of them says so; a front is the portal's as well."""
    world, walk = World({f"{CAS}/set": setting("a=1; Domain=.example.test; Path=/")}), trip()
    for url in (at("set"), f"https://{OTHER}/", f"https://{FRONT}/", INSTANCE):
        world.run(walk.go(url))
    assert world.cookies(OTHER) == world.cookies(FRONT) == {"a=1"}
    assert world.cookies(SCHOOL) == set()


@pytest.mark.parametrize("where", ["education.gouv.fr", "gouv.fr", "fr", "example.test", SCHOOL, CAS, ""])
def test_cookies_of_three_parties_never_meet(where: str) -> None:
    """Whatever domain they are set for: a portal below EduConnect's or the school's name gets none."""
    neighbour, hub = "ent.education.gouv.fr", "hub.example.test"
    row = walking.portal(Vouched(places=(CAS, neighbour, hub)))
    domain = f"; Domain={where}" if where else ""
    names = {EDU: "idp", SCHOOL: "school", hub: "hub", neighbour: "near"}
    world = World({host: setting(f"{name}=1; Path=/{domain}") for host, name in names.items()})
    walk = trip(row)
    for _ in range(2):
        for host in names:
            world.run(walk.go(f"https://{host}/pronote/eleve.html"))
    for host, name in names.items():
        theirs = {"hub=1", "near=1"} if host in {hub, neighbour} else {f"{name}=1"}
        assert world.cookies(host) <= theirs
    assert {cookie.name for cookie in walk.cookies.kept} <= {"school"}


def test_the_school_s_own_cookies_are_kept_and_sent() -> None:
    """Those from before, and those of the way; they are all that is handed out."""
    before = Cookies().after(attrs.evolve(setting("old=1; Path=/"), url=INSTANCE), NOW)
    world = World({SCHOOL: setting("new=2; Path=/"), CAS: setting("tgc=3; Path=/")})
    walk = trip(cookies=before)
    for url in (at("a"), INSTANCE, INSTANCE, at("a")):
        world.run(walk.go(url))
    assert [one.cookies for one in world.sent] == ["", "old=1", "old=1; new=2", "tgc=3"]
    assert {cookie.name for cookie in walk.cookies.kept} == {"old", "new"}

"""What a walk never does with a password, and what it never shows."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl

import attrs
import pytest

from schoolsync.ent.portal import Arrival, Door
from schoolsync.errors import LostOnTheWay
from schoolsync.flow.http import Response
from schoolsync.flow.secret import Secret
from tests.ent import walking
from tests.ent.walking import EDU, INSTANCE, PASSWORD, SCHOOL, SERVICE, USERNAME, moved, page
from tests.ent.worlds import (
    AT_CAS,
    CAS,
    EDUCONNECTED,
    FRONT,
    HOME,
    LOCAL,
    LOGIN,
    OTHER,
    WORD,
    Local,
    World,
    at,
    door,
    form,
    trip,
    visitor,
)

# -- the password -------------------------------------------------------------------------


def test_a_password_is_sent_once() -> None:
    """The second time nothing leaves."""
    world, walk = World({}), trip()
    world.run(walk.send_form(at("login?a=b"), {"username": walk.username, "password": walk.password}))
    assert (walk.proofs, walk.proved_at) == (1, at("login?a=b"))
    assert world.sent[0].fields == {"username": USERNAME, "password": PASSWORD}
    error = world.refuses(walk.send_form(at("login"), {"password": walk.password}))
    assert "asks for the password again" in str(error)
    assert "find_cas" not in str(error)
    assert walk.proofs == 1


def test_a_second_time_must_be_allowed_and_is_at_the_same_host() -> None:
    """There is no third."""
    row = walking.portal(Local(proofs=(CAS, OTHER)))
    world, walk = World({}), trip(row)
    walk.most_proofs = 2
    world.run(walk.send_form(at("login"), {"p": WORD}))
    error = world.refuses(walk.send_form(f"https://{OTHER}/login", {"p": WORD}))
    assert "asks for the password again" in str(error)
    world.run(walk.send_form(at("other"), {"p": WORD}))
    world.refuses(walk.send_form(at("login"), {"p": WORD}))
    assert world.proofs == [CAS, CAS]


@pytest.mark.parametrize("most", [3, 100, -1])
def test_nobody_may_allow_more(most: int) -> None:
    """Neither at the beginning nor on the way."""
    walk = trip()
    with pytest.raises(ValueError, match="most_proofs"):
        walk.most_proofs = most
    with pytest.raises(ValueError, match="most_proofs"):
        trip(most_proofs=most)


@pytest.mark.parametrize("host", [OTHER, FRONT, SCHOOL, EDU, "evil.test", f"{CAS}:444", f"{CAS}.evil.test"])
def test_a_password_goes_nowhere_else(host: str) -> None:
    """Not even to hosts of the same portal that do not ask for one."""
    for portal, mine in ((LOCAL, WORD), (EDUCONNECTED, WORD), (LOCAL, Secret("abc"))):
        if not (portal is EDUCONNECTED and host == EDU):
            World({}).refuses(trip(portal).send_form(f"https://{host}/login", {"p": mine}))


@pytest.mark.parametrize("url", [f"http://{CAS}/login", "", "javascript:1", f"https://a@{CAS}/login"])
def test_a_password_goes_to_no_odd_address(url: str) -> None:
    """Whatever host it names."""
    World({}).refuses(trip().send_form(url, {"p": WORD}))


ECHOES = [
    PASSWORD,
    f"before {PASSWORD} after",
    "S%C3%A9same+%26+ouvre%2Btoi%3D1%25",
]


@pytest.mark.parametrize("echo", ECHOES)
def test_a_page_that_echoes_the_password_is_not_sent_back(echo: str) -> None:
    """In a form, in an address, in a redirect; to the host that knows it, and to others."""
    mirror, onwards = form("/next", q=echo), Response(302, (("location", f"/?q={echo}"),))
    world = World({f"POST {CAS}/login": page(mirror), f"{CAS}/on": onwards})
    walk = trip()
    world.run(walk.send_form(at("login"), {"p": WORD}))
    assert "the password" in str(world.refuses(walk.submit(walk.page.forms[0])))
    assert "the password" in str(world.refuses(walk.send_form(at("x"), {"a": echo}, method="GET")))
    assert "the password" in str(world.refuses(walk.go(f"https://{FRONT}/{echo}")))
    with pytest.raises(LostOnTheWay):
        world.run(walk.go(at("on")))
    assert world.proofs == [CAS]
    assert [str(one) for one in world.sent] == [f"POST {CAS}/login", f"GET {CAS}/on"]


def test_a_family_that_spells_it_out_does_not_get_further() -> None:
    """The password is known by its letters as well: it counts, and goes only where it may."""
    world = World({f"{CAS}/a": page(LOGIN)})
    for url in (f"https://{OTHER}/x", f"https://{FRONT}/x"):
        world.refuses(trip().send_form(url, {"p": PASSWORD}))
    walk = trip()
    world.run(walk.go(at("a")))
    world.refuses(walk.go(at(f"x?p={PASSWORD}")))
    world.run(walk.send_form(at("login"), {"p": PASSWORD}))
    assert walk.proofs == 1
    world.refuses(walk.send_form(at("login"), {"p": PASSWORD}))


def test_a_password_that_stands_in_the_address_of_the_form_stays() -> None:
    """The place would be right, the address is not."""
    error = World({}).refuses(trip().send_form(at(f"login?p={PASSWORD}"), {"p": WORD}))
    assert "would show the password in its address" in str(error)


@pytest.mark.parametrize(
    "word", ["login", "eleve", "e1s1", "Valider", "pronote", "next", "louison", USERNAME]
)
def test_a_password_that_is_a_word_of_the_way(word: str) -> None:
    """It was there before anybody could know it: it stops nothing, and is still sent once and to one host."""
    more = '<input name="button" value="Valider"><a href="/next/step">x</a>'
    world = World(
        {
            f"{CAS}/login": page(form("/login", more=more, execution="e1s1")),
            f"POST {CAS}/login": page(form("/next", execution="e1s1", user=USERNAME)),
        },
        password=word,
    )
    walk = trip(who=visitor(word))
    world.run(walk.go(AT_CAS))
    world.run(walk.submit(walk.page.forms[0], {"username": walk.username, "password": walk.password}))
    world.run(walk.submit(walk.page.forms[0]))
    assert walk.proofs == 1
    for host in (OTHER, FRONT):
        world.refuses(walk.send_form(f"https://{host}/x", {"p": walk.password}))
    world.refuses(walk.send_form(at("login"), {"p": walk.password}))
    world.refuses(walk.send_form(at("login"), {"p": walk.password}, method="GET"))


def test_a_word_of_the_way_may_stand_in_the_first_address_or_in_a_redirect() -> None:
    """There, and nowhere else before."""
    world = World({f"{CAS}/login": moved("/onwards/here"), f"{CAS}/onwards/here": page(HOME)})
    for word in ("login", "onwards"):
        world.run(trip(who=visitor(word), door=door("")).begin())
    assert [one.path for one in world.sent] == ["/login", "/onwards/here"] * 2


@pytest.mark.parametrize("word", ["", "a", "e1s"])
def test_a_very_short_password(word: str) -> None:
    """It cannot be looked for; what is marked as the password is held back all the same."""
    world, walk = World({}, password=word), trip(who=visitor(word))
    world.run(walk.send_form(at("login"), {"p": walk.password, "execution": "e1s1"}))
    world.run(walk.send_form(at("next"), {"execution": "e1s1"}))
    assert walk.proofs == 1
    world.refuses(walk.send_form(at("login"), {"p": walk.password}))
    world.refuses(trip(who=visitor(word)).send_form(f"https://{OTHER}/x", {"p": walk.password}))


def test_what_is_learnt_after_the_password_is_no_word_of_the_way() -> None:
    """A portal cannot make an echo harmless by showing it."""
    more = f'<a href="/{PASSWORD}">x</a>'
    world, walk = World({CAS: page(form("/x", more=more))}), trip()
    world.run(walk.send_form(at("login"), {"p": WORD}))
    world.refuses(walk.go(at(PASSWORD)))


# -- what is shown ----------------------------------------------------------------------------


def test_an_unknown_page_in_words() -> None:
    """Where, with which forms and names; no value, no title, no text, no name of a person."""
    markup = f"""<title>Espace de {USERNAME}</title><p>{PASSWORD}</p>{form("/x", lt=PASSWORD)}
      <form id="{USERNAME}"><input name="a" value="{PASSWORD}"><input name="{PASSWORD}"></form>"""
    walk = trip()
    World({CAS: page(markup)}).run(walk.go(at(f"u/{USERNAME}/x?q={PASSWORD[:3]}")))
    text = str(walk.lost(hint="Hint."))
    assert text.endswith(
        f"(exemple, {at('u/…/x')} showed another page (HTTP 200, a form (lt); … (a, …))). Hint."
    )


def test_what_happened_in_words() -> None:
    """Those of the family, without what must not be shown."""
    walk = trip()
    World({}).run(walk.go(at("a")))
    assert "(exemple, it showed … to …)" in str(walk.lost(f"it showed {PASSWORD} to {USERNAME}"))


def _is_behind(word: str, response: Response) -> bool:
    return word in response.text


def test_nothing_of_a_trip_shows_a_secret() -> None:
    """Neither it nor what it is made of, however it is printed."""
    ticket = "ST-1-invented"
    secret_door = Door(
        url=f"{INSTANCE}?identifiant={ticket}",
        entrance=f"{AT_CAS}&token={ticket}",
        recognise=partial(_is_behind, PASSWORD),
        dress=(("cookie", f"a={ticket}"),),
    )
    markup = f'<form><input name="a" value="{PASSWORD}"></form>{USERNAME}'
    world = World({CAS: attrs.evolve(page(markup, session=ticket))})
    walk = trip(door=secret_door)
    world.run(walk.go(at(f"a/{USERNAME}?ticket={ticket}")))
    world.run(walk.send_form(at(f"b?ticket={ticket}"), {"p": WORD}))
    arrival = Arrival(walk.page.response, walk.cookies, tuple(walk.hops))
    things = [
        *(walk, secret_door, walk.visitor, walk.password, walk.page, walk.page.forms, walk.border),
        *(walk.page.forms[0].fields, walk.hops, walk.cookies, arrival, walk.lost()),
    ]
    for thing in things:
        text = f"{thing} {thing!s} {thing!r} {[thing]}"
        assert not [word for word in (PASSWORD, USERNAME, ticket, SERVICE) if word in text], text
    assert repr(walk) == "<Trip through exemple, 2 hops, <Page HTTP 200, a form (a)>>"


def test_the_query_of_a_sent_address_is_the_one_that_was_given() -> None:
    """Byte for byte, so that a service stays what the school calls itself."""
    world = World({})
    world.run(trip().begin())
    (sent,) = world.sent
    assert sent.query == f"service={SERVICE}"
    assert dict(parse_qsl(sent.query))["service"] == f"https://{SCHOOL[:7]}A.example.test/pronote/eleve.html"

"""Forms that a walk sends: what is in them, and how they are dressed."""

from __future__ import annotations

import attrs
import pytest

from schoolsync.flow.secret import Secret
from tests.ent.walking import PASSWORD, page
from tests.ent.worlds import (
    CAS,
    LOGIN,
    OTHER,
    World,
    at,
    door,
    form,
    trip,
)

# -- forms --------------------------------------------------------------------------------


def test_a_form_is_sent_as_it_stands_with_ours_written_over() -> None:
    """The hidden values too; a button only if it is pressed."""
    button = '<button name="go" value="1"></button><input type="checkbox" name="no">'
    markup = form("/b?c=d", more=f'<input name="user" value="old">{button}', lt="LT-1")
    world, walk = World({f"{CAS}/a": page(markup)}), trip()
    world.run(walk.go(at("a")))
    world.run(walk.submit(walk.page.forms[0], {"user": "new", "more": "1"}))
    assert world.sent[1].request.url == at("b?c=d")
    assert world.sent[1].fields == {"lt": "LT-1", "user": "new", "more": "1"}


def test_a_pressed_button_is_sent_too() -> None:
    """Its value, under its name."""
    world, walk = World({f"{CAS}/a": page(form("/b", more='<button name="go" value="1">'))}), trip()
    world.run(walk.go(at("a")))
    world.run(walk.submit(walk.page.forms[0], button="go"))
    assert world.sent[1].fields == {"go": "1"}


def test_values_alone_are_sent_alone() -> None:
    """Nothing of the page is added."""
    world, walk = World({f"{CAS}/a": page(LOGIN)}), trip()
    world.run(walk.go(at("a")))
    world.run(walk.send_form(at("b"), {"x": "é &"}))
    assert world.sent[1].fields == {"x": "é &"}
    assert dict(world.sent[1].request.headers)["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("method", ["GET", "get"])
def test_a_form_that_is_an_address(method: str) -> None:
    """Its values take the place of the query."""
    world = World({})
    world.run(trip().send_form(at("wayf?old=1#x"), {"origin": "https://idp", "a": ""}, method=method))
    assert world.sent[0].request.url == at("wayf?origin=https%3A%2F%2Fidp&a=")
    assert world.sent[0].request.is_read


@pytest.mark.parametrize("method", ["GET", "get"])
def test_a_password_never_stands_in_an_address(method: str) -> None:
    """A form that would put it there is not sent, also if the password is too short to be recognised."""
    for word in (PASSWORD, "abc", ""):
        error = World({}).refuses(trip().send_form(at("login"), {"p": Secret(word)}, method=method))
        assert "would show the password in its address" in str(error)


def test_what_reads_may_be_repeated_and_what_tells_may_not() -> None:
    """For whoever sends: a form is never sent twice by itself."""
    world = World({})
    world.run(trip().go(at("a")))
    world.run(trip().send_form(at("a"), {}))
    assert [one.request.is_read for one in world.sent] == [True, False]


def test_how_requests_are_dressed() -> None:
    """The door's lines first; a form says from which host it comes, and no more of where."""
    world = World({CAS: page(LOGIN)})
    walk = trip(door=attrs.evolve(door(), dress=(("user-agent", "Example/1"), ("accept-language", "fr-FR"))))
    world.run(walk.go(at("a?ticket=1")))
    world.run(walk.send_form(f"https://{OTHER}/b", {}))
    first, second = (dict(one.request.headers) for one in world.sent)
    assert first["user-agent"] == "Example/1"
    assert first["accept-language"] == "fr-FR"
    assert first["accept"].startswith("text/html")
    assert "origin" not in first
    assert "referer" not in first
    assert (second["origin"], second["referer"]) == (f"https://{CAS}", f"https://{CAS}/")
    lines = [name for name, _ in world.sent[1].request.headers]
    assert len(lines) == len(set(lines))


def test_french_pages_are_asked_for() -> None:
    """Whatever the door says of itself."""
    world = World({})
    world.run(trip().go(at("a")))
    assert dict(world.sent[0].request.headers)["accept-language"] == "fr"

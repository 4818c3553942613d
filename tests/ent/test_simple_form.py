"""Through a page with one form: which one it is, what it calls the user name, and never over http."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import SimpleForm
from schoolsync.errors import LostOnTheWay, WrongCredentials
from tests.ent.pages_b import HOME, SIMPLE
from tests.ent.walking import (
    AT_SCHOOL,
    DOOR,
    PASSWORD,
    USERNAME,
    Step,
    entered,
    home,
    looked,
    page,
    portal,
    refused,
)

HOST: Final = "extranet.example.test"
URL: Final = f"https://{HOST}/identification.php?de=ici"
PORTAL: Final = portal(SimpleForm(url=URL))
SHOWN: Final[Step] = (f"GET {HOST}/identification.php", page(SIMPLE))
TELL: Final = f"POST {HOST}/identification.php"


def test_a_full_trip() -> None:
    """The form that asks for a password, not the first one, to its own address; then the school."""
    walk = entered(PORTAL, SHOWN, (TELL, page(HOME, sid="granted")), (AT_SCHOOL, home()), *DOOR)
    assert walk.signs == ("log-in form", "signed in", "arrived")
    assert walk.proof.fields == {"username": USERNAME, "password": PASSWORD, "suite": "suite-invented"}
    assert walk.proof.query == "de=ici"


def test_its_form_may_have_a_name() -> None:
    """The row says which; another one with a password is left alone."""
    other = portal(SimpleForm(url=URL, form="connexion"))
    named = SIMPLE + SIMPLE.replace("<form method", '<form id="connexion" method').replace(
        "suite-inv", "autre-inv"
    )
    walk = entered(other, (SHOWN[0], page(named)), (TELL, home()), *DOOR)
    assert walk.proof.fields["suite"] == "autre-invented"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            '<input name="lang"><input type="email" name="mail"><input type="password" name="mdp">',
            {"lang", "mail", "mdp"},
        ),
        ('<input name="lang"><input name="mail"><input type="password" name="mdp">', {"lang", "mail", "mdp"}),
        (
            '<input name="username"><input name="domaine"><input type="password" name="mdp">',
            {"username", "domaine", "mdp"},
        ),
        ('<input type="hidden" name="csrf"><input type="password" name="mdp">', {"csrf", "mdp", "username"}),
    ],
)
def test_the_user_name_is_the_text_before_the_password(fields: str, expected: set[str]) -> None:
    """Where no field is called `username`; where there is none at all, it is added."""
    form = f'<form method="post">{fields}<input type="text" name="apres"></form>'
    walk = entered(PORTAL, (SHOWN[0], page(form)), (TELL, home()), *DOOR)
    assert {*walk.proof.fields} == expected | {"apres"}
    assert walk.proof.fields["mdp"] == PASSWORD
    assert walk.proof.fields["mail" if "mail" in expected else "username"] == USERNAME
    assert walk.proof.fields["apres"] == ""


def test_a_wrong_password() -> None:
    """A form again."""
    walk = refused(PORTAL, SHOWN, (TELL, page(SIMPLE)))
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_a_password_without_a_name() -> None:
    """A script's business: nothing would be sent of it."""
    nameless = '<form method="post"><input name="username"><input type="password"></form>'
    walk = refused(PORTAL, (SHOWN[0], page(nameless)))
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.posts


def test_a_page_without_a_form() -> None:
    """Nobody is signed in there before the password was sent."""
    walk = refused(PORTAL, (SHOWN[0], page(HOME)))
    assert isinstance(walk.error, LostOnTheWay)


@pytest.mark.parametrize("url", ["http://extranet.example.test/", "http://extranet.example.test:443/"])
def test_never_over_http(url: str) -> None:
    """Refused before a byte is sent, looks included."""
    plain = portal(SimpleForm(url=url))
    walk = refused(plain)
    assert isinstance(walk.error, LostOnTheWay)
    assert "https" in str(walk.error)
    assert not walk.sent
    assert not looked(plain).sent


def test_a_form_that_would_go_over_http() -> None:
    """Refused before the password is sent."""
    plain = SIMPLE.replace('action=""', 'action="http://extranet.example.test/"')
    walk = refused(PORTAL, (SHOWN[0], page(plain)))
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.proofs


def test_a_form_that_would_show_the_password() -> None:
    """A form without a method is sent by GET: its address would show what was typed."""
    walk = refused(PORTAL, (SHOWN[0], page(SIMPLE.replace('method="post"', ""))))
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.proofs


def test_a_look_ends_at_the_form() -> None:
    """Nothing is filled in."""
    walk = looked(PORTAL, SHOWN)
    assert walk.signs == ("log-in form",)
    assert not walk.posts

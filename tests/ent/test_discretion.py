"""Where a secret hides, when finding it means something, and what is shown."""

from __future__ import annotations

import pytest

from schoolsync.ent.discretion import Confided, discreet, holds, shown
from schoolsync.ent.portal import Profile, Visitor
from schoolsync.flow.secret import Secret
from tests.ent.worlds import CAS

SECRET = "Sésame & ouvre+toi=1%"


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        f"before{SECRET}after",
        "a=S%C3%A9same+%26+ouvre%2Btoi%3D1%25",
        "/S%C3%A9same%20%26%20ouvre+toi=1%25/",
        "/s%c3%a9same".replace("s", "S", 1) + "%20%26%20ouvre%2btoi%3d1%25",
        "S%E9same+%26+ouvre%2Btoi%3D1%25",
        "a=S%25C3%25A9same%2B%2526%2Bouvre%252Btoi%253D1%2525",
        "Sésame%20%26%20ouvre%2Btoi%3D1%25",
        b"S%C3%A9same+%26+ouvre%2Btoi%3D1%25",
        SECRET.encode(),
        b"\xff\xfe" + SECRET.encode(),
    ],
)
def test_a_secret_is_found_in_any_dress(text: str | bytes) -> None:
    """As it is, or encoded once or twice, in parts or as a whole."""
    assert holds(text, SECRET)


@pytest.mark.parametrize("text", ["", "Sésame & ouvre", SECRET.lower(), SECRET[::-1], b"\xff"])
def test_a_secret_is_not_found_where_it_is_not(text: str | bytes) -> None:
    """Half of it is none."""
    assert not holds(text, SECRET)


@pytest.mark.parametrize("short", ["", "a", "abc"])
def test_a_short_secret_is_never_found(short: str) -> None:
    """It could be anything."""
    assert not holds("abc", short)
    assert holds("abcd", "abcd")


# -- what is shown --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (AT := f"https://{CAS}/idp/profile/SAML2/POST/SSO", AT),
        (f"{AT};jsessionid=ABC?execution=e1s1&x=y#z", AT),
        (f"https://a:b@{CAS}/x", f"https://{CAS}/x"),
        (f"https://{CAS}/idp/Authn/RemoteUser/Shibboleth.sso/SAML2/POST", None),
        (f"https://{CAS}/saml/SAMLAssertionConsumer", None),
        (f"https://{CAS}/login/ct_logon_vk.jsp", None),
        (f"https://{CAS}/delegate/redirect/TOULO-EDU_parent_eleve", None),
        (f"https://{CAS}/portail/auth/pagemarker/2/MonEspace", None),
        (f"https://{CAS}/cas/login/keycloak-idf", None),
        (f"https://{CAS}/eleve/123456/home", f"https://{CAS}/eleve/…/home"),
        (f"https://{CAS}/t/ST-12345-AbCdEfGhIj", f"https://{CAS}/t/…"),
        (f"https://{CAS}/123e4567-e89b-12d3-a456-426614174000/x", f"https://{CAS}/…/x"),
        (f"https://{CAS}/eyJhbGciOiJIUzI.eyJzdWIiOiJYYYYYYY.abc", f"https://{CAS}/…"),
        (f"https://{CAS}/a%20b/c=d/e@f/g", f"https://{CAS}/…/…/…/g"),
        (f"https://{CAS}/{'a' * 30}/{'b' * 29}", f"https://{CAS}/…/{'b' * 29}"),
        (f"https://{CAS}/{'0a' * 20}/x", f"https://{CAS}/…"),
        (f"https://{CAS}/u/Louison.Example/{SECRET}", f"https://{CAS}/u/…/…"),
        ("https://louison.example.evil.test/", "https://….evil.test/"),
        ("https://evil.test/\x1b[31m", "https://evil.test/…[31m"),
        ("javascript:alert(1)", "an unreadable address"),
        ("https://[", "an unreadable address"),
        ("", "an unreadable address"),
        ("/x/y", "/x/y"),
    ],
)
def test_an_address_as_it_is_shown(url: str, text: str | None) -> None:
    """Words that somebody chose; no codes, no numbers of people, no names, nothing that moves a terminal."""
    assert shown(url, "louison.example", SECRET) == (text or url)


def test_a_long_address_ends_somewhere() -> None:
    """Before it fills a screen, and never within a name that would then not be known."""
    long = shown(f"https://{CAS}/{'a/' * 500}")
    assert len(long) == 201
    assert "louison" not in shown(f"https://{CAS}/{'a/' * 82}louison.example", "louison.example")


def test_a_sentence_as_it_is_shown() -> None:
    """Every one of the hidden words is gone, in any case and encoding; short ones are not looked for."""
    text = f"LOUISON.example, {SECRET}, S%C3%A9same%20%26%20ouvre%2Btoi%3D1%25, abc\n"
    assert discreet(text, "louison.example", SECRET, "abc", "") == "…, …, …, abc…"
    assert len(discreet("a" * 5_000)) == 1_001
    assert discreet("axxxxb", "xxxx", "axxxx") == "…b"


# -- what somebody confided --------------------------------------------------------------------


def told(password: str) -> Confided:
    """What an invented visitor tells."""
    return Confided(Visitor("louison.example", Secret(password), Profile.PUPIL))


def test_a_password_tells_tales() -> None:
    """It is looked for and hidden, with the user name, as long as the way has not said it by itself."""
    confided = told(f" {SECRET} ")
    confided.listen(["https://a.test/login", "word"])
    assert confided.tell_tale == SECRET
    assert confided.hidden == ("louison.example", SECRET)


def test_a_word_of_the_way_tells_nothing() -> None:
    """Nor is it hidden, which would show which word it is; heard once, heard for good."""
    confided = told("login")
    confided.listen(["https://a.test/login"])
    confided.listen(["https://a.test/elsewhere"])
    assert confided.tell_tale == ""
    assert confided.hidden == ("louison.example", "")


def test_a_part_of_the_user_name_is_hidden_like_it() -> None:
    """Also when it was heard: what is left of the name would tell it."""
    confided = told("louison")
    confided.listen(["louison.example"])
    assert confided.tell_tale == ""
    assert confided.hidden == ("louison.example", "louison")


def test_nobody_confides_nothing() -> None:
    """A look has nothing to hide."""
    nobody = Confided(None)
    nobody.listen(["anything"])
    assert (nobody.name, nobody.tell_tale, nobody.hidden) == ("", "", ("", ""))
    assert SECRET not in repr(told(SECRET))

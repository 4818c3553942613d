"""Who I am: the log-ins that a caller can mean, how the governor knows them, and what cannot be meant."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import attrs
import pytest

from schoolsync.ent import directory
from schoolsync.ent.families import KosmosForm
from schoolsync.errors import BadArgument, Unavailable, UnknownName, UsageError
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.login import (
    AutoLogin,
    Login,
    PasswordLogin,
    PortalLogin,
    read_login,
    read_portal,
    read_space,
)
from schoolsync.providers.pronote.session import Space
from tests.providers.pronote.entering import LOGIN, PARENT_LOGIN, show_nothing
from tests.providers.pronote.passing import GATE, PORTAL
from tests.providers.pronote.wire import PASSWORD, ROOT, USER

# -- before any I/O ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "space"),
    [
        ("student", Space.STUDENT),
        ("parent", Space.PARENT),
        ("teacher", Space.TEACHER),
        ("eleve", Space.STUDENT),
        (" Élève", Space.STUDENT),
        ("PROFESSEUR", Space.TEACHER),
    ],
)
def test_an_account_is_called_in_both_languages(account: str, space: Space) -> None:
    """With or without accents and capitals."""
    assert read_space(account) is space


@pytest.mark.parametrize("account", ["pupil", "students", "", "viescolaire", "élèves"])
def test_another_kind_of_account_is_refused(account: str) -> None:
    """With what is near it."""
    with pytest.raises(UnknownName) as caught:
        read_space(account)
    assert caught.value.kind == "account"
    if account == "students":
        assert "student" in caught.value.suggestions


FIELDS: dict[str, Any] = {"url": ROOT, "username": USER, "password": PASSWORD}


def test_a_log_in_is_read() -> None:
    """With any address of the school, and a secret given as such."""
    for url in (ROOT, f"{ROOT}/", f"{ROOT}/eleve.html?login=true", f"{ROOT}/mobile.parent.html?fd=1#x"):
        assert read_login(**FIELDS | {"url": url}) == LOGIN
    assert read_login(**FIELDS, account="parent") == PARENT_LOGIN
    assert PasswordLogin(ROOT, Space.STUDENT, USER, Secret(PASSWORD)) == LOGIN


@pytest.mark.parametrize("cas", [None, "", "none", " None "])
def test_no_portal_has_many_names(cas: str | None) -> None:
    """All of them mean PRONOTE's own log-in."""
    assert read_login(**FIELDS, cas=cas) == LOGIN


@pytest.mark.parametrize(
    ("fields", "argument"),
    [
        ({"username": ""}, "username"),
        ({"username": "  "}, "username"),
        ({"username": None}, "username"),
        ({"username": 7}, "username"),
        ({"password": ""}, "password"),
        ({"password": " "}, "password"),
        ({"password": None}, "password"),
        ({"password": 1234}, "password"),
        ({"account": 3}, "account"),
        ({"account": None}, "account"),
        ({"url": ""}, "url"),
        ({"url": None}, "url"),
        ({"url": "college exemple"}, "url"),
        ({"url": "ftp://0000000a.example/pronote"}, "url"),
        ({"url": "http://0000000a.example/pronote"}, "url"),
    ],
)
def test_a_log_in_that_cannot_be_meant_is_refused(fields: dict[str, Any], argument: str) -> None:
    """Before anything is sent, and without quoting a secret."""
    with pytest.raises(BadArgument) as caught:
        read_login(**FIELDS | fields)
    assert caught.value.argument == argument
    assert not [one for one in (USER, PASSWORD, "1234") if one in str(caught.value)]


def test_http_needs_leave() -> None:
    """But not on this very computer."""
    plain = "http://0000000a.example/pronote"
    assert read_login(**FIELDS | {"url": plain}, allow_http=True).root == plain
    assert read_login(**FIELDS | {"url": "http://127.0.0.1:8000/pronote"}).root.startswith("http://127")


def test_credentials_are_what_connect_takes() -> None:
    """For whoever keeps them; leave for http is not among them."""
    for login in (LOGIN, PARENT_LOGIN, through("agora06"), through("auto"), through("ac-dijon", "parent")):
        assert login.credentials.provider == "pronote"
        fields: dict[str, Any] = dict(login.credentials.fields)
        assert read_login(**fields) == login
        show_nothing(None, [], login, login.credentials)


# -- portals ------------------------------------------------------------------------------------


def through(cas: Any, account: str = "student") -> Login:
    """The same person's log-in through a portal."""
    return read_login(**FIELDS, cas=cas, account=account)


@pytest.mark.parametrize("name", ["agora06", " Agora06 ", "cas_agora06", "CAS-agora06"])
def test_a_portal_is_called_in_many_ways(name: str) -> None:
    """By its name, or by that of another client."""
    login = through(name)
    assert isinstance(login, PortalLogin)
    assert login.portal is directory.find("agora06")
    assert (login.username, login.password, login.profile) == (USER, Secret(PASSWORD), "pupil")


def test_a_portal_may_be_given_as_what_it_is() -> None:
    """A row, or a family with settings for a school that nobody knows."""
    assert attrs.evolve(through(PORTAL)).portal is PORTAL  # type: ignore[union-attr]
    own = KosmosForm(host="cas.nobody.example")
    login = through(own, "teacher")
    assert isinstance(login, PortalLogin)
    assert (login.portal.family, login.portal.all_hosts) == (own, ("cas.nobody.example",))
    assert login.visitor.profile == "staff"
    assert read_portal(GATE).family is GATE


@pytest.mark.parametrize(("cas", "near"), [("agora6", "agora06"), ("ac-toulous", "ac-toulouse"), (7, None)])
def test_an_unknown_portal_is_refused_with_what_is_near_it(cas: Any, near: str | None) -> None:
    """And not silently left out: its password is not PRONOTE's."""
    with pytest.raises(UnknownName) as caught:
        through(cas)
    assert caught.value.kind == "portal"
    assert near is None or near in caught.value.suggestions


def test_a_portal_that_is_over_is_refused_and_names_another() -> None:
    """Before anything is sent."""
    dead = next(row for row in directory.portals() if row.state == "dead" and row.successor)
    with pytest.raises(Unavailable) as caught:
        through(dead.name)
    assert dead.successor
    assert dead.successor in str(caught.value)


def test_a_portal_that_is_not_for_this_account_is_refused() -> None:
    """Teachers have no EduConnect: their password would go to the wrong place."""
    with pytest.raises(Unavailable) as caught:
        through("agora06", "teacher")
    assert caught.value.reason == "not_for_this_account"


def test_a_portal_may_be_left_to_be_found() -> None:
    """Then the way is chosen when the school has shown it."""
    login = through("Auto", "parent")
    assert isinstance(login, AutoLogin)
    assert login.through(None) == PARENT_LOGIN
    assert login.through(PORTAL) == through(PORTAL, "parent")


def test_what_is_typed_for_a_portal_must_be_something() -> None:
    """As for PRONOTE itself."""
    for argument in ("username", "password"):
        with pytest.raises(BadArgument) as caught:
            read_login(**FIELDS | {argument: " "}, cas="agora06")
        assert caught.value.argument == argument


def test_the_governor_knows_a_portals_account_whatever_the_school() -> None:
    """EduConnect counts for all schools behind it; the school itself sees a log-in of its own."""
    here, parent = through("agora06"), through("agora06", "parent")
    there = read_login(**FIELDS | {"url": "https://0000000b.example/pronote"}, cas="ac-dijon")
    assert isinstance(here, PortalLogin)
    assert isinstance(there, PortalLogin)
    assert isinstance(parent, PortalLogin)
    assert here.knock == there.knock == parent.knock
    assert (here.knock.host, here.knock.secret) == ("educonnect.education.gouv.fr", Secret(PASSWORD))
    schools = [one.knock_at_school for one in (here, there, parent)]
    assert [one.host for one in schools] == ["0000000a.example", "0000000b.example", "0000000a.example"]
    assert len({one.account for one in (*schools, here.knock, LOGIN.knock)}) == 5
    typed = attrs.evolve(here, username=f" {USER.upper()} ")
    assert typed.knock.account == here.knock.account
    assert attrs.evolve(here, password="another").knock.account == here.knock.account
    show_nothing(None, [], *schools, here.knock, here)


def test_a_portal_that_was_given_as_an_object_cannot_be_written_down() -> None:
    """And is not left out: the next log-in would tell its password to the school."""
    for given in (PORTAL, GATE, attrs.evolve(directory.find("agora06"), fronts=("other.example",))):
        with pytest.raises(UsageError, match="cas="):
            _ = through(given).credentials
    assert through(directory.find("agora06")).credentials.fields["cas"] == "agora06"


def test_credentials_name_the_portal() -> None:
    """By its own name, whatever it was called."""
    assert through("cas_agora06").credentials.fields["cas"] == "agora06"
    assert through("auto").credentials.fields["cas"] == "auto"
    assert "cas" not in LOGIN.credentials.fields


def test_a_log_in_loads_no_way_through_a_portal() -> None:
    """Not even of the portal that is named: a family's file is read when it is walked."""
    code = (
        "import sys; from schoolsync.providers.pronote.login import read_login;"
        f"read_login(url={ROOT!r}, username='x', password='y', cas='agora06');"
        "print(*(name for name in sys.modules if name.startswith('schoolsync.ent.') or 'selectolax' in name))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "schoolsync.ent.directory" in loaded
    assert not {"schoolsync.ent.kosmos_educonnect", "selectolax"} & {*loaded.split()}


# -- the governor -----------------------------------------------------------------------------


def test_one_account_is_one_however_it_is_typed() -> None:
    """Else the governor would count it twice; instances of one host, and spaces, are apart."""

    def knock(**given: Any) -> Any:
        return attrs.evolve(LOGIN, **given).knock

    typed = knock(username=f" {USER.upper()} ", password=f"{PASSWORD} ")
    assert (typed.account, typed.secret) == (LOGIN.knock.account, LOGIN.knock.secret)
    accounts = {
        one.account
        for one in (
            LOGIN.knock,
            PARENT_LOGIN.knock,
            knock(username="other"),
            knock(root="https://0000000a.example/second"),
        )
    }
    assert len(accounts) == 4

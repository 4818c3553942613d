"""`schoolsync doctor`: a walk as far as the log-in form."""

from __future__ import annotations

from collections.abc import Callable

from schoolsync.cli.exits import ExitCode
from schoolsync.sandbox.faults import Status
from schoolsync.sandbox.portals.town import Town
from tests.cli.terminal import Ended

Type = Callable[..., Ended]


def test_a_portal_as_it_is_known(type_in_town: Type, town: Town) -> None:
    """Every hop is told, and nothing was filled in anywhere."""
    ended = type_in_town("doctor", "--portal", "agora06")
    assert ended.code == ExitCode.OK
    assert "log-in form" in ended.out
    assert ended.out.endswith("The log-in form is where it is expected. Nothing was filled in.\n")
    assert town.educonnect.proofs == 0


def test_beginning_at_a_school(type_in_town: Type, town: Town) -> None:
    """The way is the one that the school's page leads to."""
    url = town.instance("cas.agora06.fr", "parent")
    found = type_in_town("doctor", "--portal", "agora06", "--url", url, "--account", "parent", "--json").json
    assert found["is_as_known"] is True
    assert found["trouble"] is None
    assert found["hops"][0]["address"] == "https://cas.agora06.fr/login"
    assert found["hops"][-1] == {
        "address": "https://educonnect.education.gouv.fr/idp/profile/SAML2/POST/SSO",
        "status": 200,
        "sign": "log-in form",
    }


def test_the_hop_that_looked_different(type_in_town: Type, town: Town) -> None:
    """The way ends there; the exit code says whose turn it is."""
    town.fake("cas.agora06.fr").faults.add(Status(200, "<h1>Nouveau portail</h1>"), "*/delegate/*", times=2)
    ended = type_in_town("doctor", "--portal", "agora06")
    assert ended.code == ExitCode.PROTOCOL
    assert "The last hop looked different." in ended.out
    assert "https://cas.agora06.fr/delegate/redirect/EDU" in ended.out
    found = type_in_town("doctor", "--portal", "agora06", "--json").json
    assert found["is_as_known"] is False
    assert "agora06" in found["trouble"]


def test_a_portal_that_is_down(type_in_town: Type, town: Town) -> None:
    """That is the school's side, not ours."""
    town.fake("cas.agora06.fr").faults.add(Status(503, "<h1>Maintenance</h1>"))
    assert type_in_town("doctor", "--portal", "agora06").code == ExitCode.SERVER


def test_a_dead_portal_is_not_asked(type_in_town: Type) -> None:
    """The one that replaced it is named."""
    ended = type_in_town("doctor", "--portal", "ac-caen-historic")
    assert ended.code == ExitCode.SERVER
    assert "Use 'ac-caen' instead." in ended.err


def test_no_portal_named(type_in: Type) -> None:
    """Where to find one is said."""
    ended = type_in("doctor")
    assert ended.code == ExitCode.USAGE
    assert "schoolsync cas list" in ended.err


def test_no_such_portal(type_in: Type) -> None:
    """The nearest names are offered."""
    ended = type_in("doctor", "--portal", "agora6")
    assert ended.code == ExitCode.USAGE
    assert "agora06" in ended.err

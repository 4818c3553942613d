"""`schoolsync cas`: what is known of portals, and which one a school has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schoolsync import pronote
from schoolsync.cli.exits import ExitCode
from schoolsync.sandbox.portals.town import Town
from tests.cli.terminal import Ended

Type = Callable[..., Ended]


def test_every_portal_is_in_the_list(type_in: Type) -> None:
    """As JSON, with how it is known and where a password would go."""
    rows = type_in("cas", "list", "--json").json
    assert sorted(row["name"] for row in rows) == list(pronote.cas_names())
    agora = next(row for row in rows if row["name"] == "agora06")
    assert agora["hosts"] == ["cas.agora06.fr"]
    assert agora["password_goes_to"] == ["educonnect.education.gouv.fr"]
    assert agora["accounts"] == ["parent", "pupil"]
    assert (agora["state"], agora["family"]) == ("current", "kosmos_educonnect")
    assert agora["evidence"]
    assert "cas_agora06" in agora["aliases"]


def test_the_list_for_people_is_sorted_by_region(type_in: Type) -> None:
    """Each region once; a dead portal names its successor; the number of them is said."""
    ended = type_in("cas", "list")
    lines = [line.rstrip() for line in ended.out.splitlines()]
    assert lines.count("Normandie") == 1
    assert lines.index("Bretagne") < lines.index("Normandie") < lines.index("Occitanie")
    assert any(line.startswith("ac-rouen-historic") and "dead: use ac-rouen" in line for line in lines)
    assert lines[-1] == f"{len(pronote.cas_names())} portals. Use one with cas=NAME, or --cas NAME."


def test_portals_of_one_region_and_state(type_in: Type) -> None:
    """Capitals do not count; the title counts as well as the region."""
    dead = type_in("cas", "list", "--region", "NORMANDIE", "--state", "dead", "--json").json
    assert [row["name"] for row in dead] == ["ac-caen-historic", "ac-rouen-historic"]
    assert {row["successor"] for row in dead} == {"ac-caen", "ac-rouen"}
    assert type_in("cas", "list", "--region", "atlantis").out == "No portal fits.\n"


def test_no_such_state(type_in: Type) -> None:
    """The nearest one is named."""
    ended = type_in("cas", "list", "--state", "historical")
    assert ended.code == ExitCode.USAGE
    assert "did you mean historic?" in ended.err


def test_the_one_portal_of_a_school(type_in_town: Type, town: Town) -> None:
    """Its name stands alone on the first line, the evidence below it."""
    ended = type_in_town("cas", "find", town.instance("cas.agora06.fr"))
    name, *evidence = ended.out.splitlines()
    assert name == "agora06"
    assert any("cas.agora06.fr" in line for line in evidence)


def test_several_portals_of_a_school(type_in_town: Type, town: Town) -> None:
    """All of them are named; as JSON there is no single one."""
    url = town.instance("cas.mon-ent-occitanie.fr")
    assert type_in_town("cas", "find", url).out.startswith("One of ac-montpellier, ac-toulouse.\n")
    found = type_in_town("cas", "find", url, "--json").json
    assert (found["name"], found["names"]) == (None, ["ac-montpellier", "ac-toulouse"])


def test_a_school_without_a_portal(type_in_town: Type, town: Town) -> None:
    """That is an answer, and no failure."""
    ended = type_in_town("cas", "find", town.instance(None))
    assert ended.out.startswith("None: this school signs in at PRONOTE itself.")
    assert ended.code == ExitCode.OK
    assert type_in_town("cas", "find", town.instance(None), "--json").json["is_direct"] is True


def test_a_portal_that_nobody_knows(type_in_town: Type, town: Town) -> None:
    """What was met is told, so that it can be reported."""
    url = town.instance("cas.agora06.fr")
    town.school("cas.agora06.fr").rules = type(town.school(None).rules)(
        portal="https://cas.ailleurs.test/login"
    )
    ended = type_in_town("cas", "find", url)
    assert ended.out.startswith("A portal that schoolsync does not know.\n")
    assert "cas.ailleurs.test" in ended.out


def test_no_address(type_in: Type) -> None:
    """Nothing is sent for it."""
    ended = type_in("cas", "find", "school")
    assert ended.code == ExitCode.USAGE
    assert "the address of the school's PRONOTE is expected" in ended.err


@pytest.mark.parametrize("words", [("cas",), ("schools",)])
def test_without_a_command_there_is_help(words: tuple[str, ...], type_in: Type) -> None:
    """And no error."""
    ended = type_in(*words)
    assert ended.code == ExitCode.OK
    assert "Usage:" in ended.out

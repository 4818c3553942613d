"""Our directory knows every function of pronotepy's by its name, and the row there goes the same way.

What a function is, it says itself: the address that is filled in, and what stands in its query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs
import pytest

from schoolsync.ent import directory
from schoolsync.ent.families import Retired
from schoolsync.ent.portal import Portal, State
from schoolsync.errors import UnknownName
from tests.peers.portals.departures import OTHER_ROWS, OVER_HTTP, Other
from tests.peers.portals.functions import Function, exported

pytestmark = pytest.mark.peer

SAID: Final[Mapping[str, Callable[[Function], Any]]] = {
    "educonnect_url": lambda function: function.address,
    "form": lambda function: function.given["form_attr"]["id"],
    "host": lambda function: function.host,
    "idp_id": lambda function: function.asked("idpId"),
    "login_url": lambda function: function.address.partition("?")[0],
    "provider_id": lambda function: function.given.get("providerId"),
    "selection": lambda function: function.asked("selection"),
    "start_url": lambda function: function.address,
    "was": lambda function: function.family,
}
"""A setting of a family of ours → what a function says of it."""
NOT_SAID: Final[Mapping[str, str]] = {
    "authn": "who begins; pronotepy always lets EduConnect begin",
    "cas_path": "the school leads there; pronotepy begins elsewhere",
    "origin": "what the discovery page calls EduConnect, the same for all",
    "saml_idp": "read from the page there",
    "wayf_action": "stands in the function beside the address where it begins",
    "why": "words",
}
"""A setting of ours that functions do not have → why."""


def _differences(row: Portal, function: Function) -> list[str]:
    """In which settings *row* goes another way than *function*."""
    family = row.family
    kind = family.was if isinstance(family, Retired) else family.kind
    found = ["kind"] if kind != function.family else []
    if not isinstance(family, Retired) and family.uses_educonnect is not function.uses_educonnect:
        found.append("uses_educonnect")
    if family.hosts[0] != function.host:
        found.append("hosts")
    names = [field.name for field in attrs.fields(type(family)) if field.name in SAID]
    return found + [name for name in names if getattr(family, name) != SAID[name](function)]


@pytest.mark.parametrize("name", sorted(exported().keys() - OTHER_ROWS.keys()))
def test_a_name_leads_the_same_way(name: str) -> None:
    """Over the same host, to the same source of accounts, under the same name at EduConnect."""
    assert _differences(directory.find(name), exported()[name]) == []


@pytest.mark.parametrize("name", sorted(exported().keys() - OTHER_ROWS.keys() - OVER_HTTP.keys()))
def test_what_goes_the_same_way_can_be_gone(name: str) -> None:
    """Or could be, before: nothing that pronotepy walks over TLS is called dead."""
    assert directory.find(name).state is not State.DEAD


@pytest.mark.parametrize("name", sorted(OVER_HTTP))
def test_what_has_no_encryption_is_dead(name: str) -> None:
    """It stands there to be told, and never to be gone."""
    row = directory.find(name)
    assert row.state is State.DEAD
    assert isinstance(row.family, Retired)


@pytest.mark.parametrize(("name", "other"), OTHER_ROWS.items(), ids=OTHER_ROWS)
def test_another_row_goes_the_way_of_a_name_that_moved(name: str, other: Other) -> None:
    """The name means what it means to people today; pronotepy's way is kept under another one, or beside."""
    function, row = exported()[name], directory.find(name)
    assert row.name == other.row
    if other.same is None:
        assert function.host in row.all_hosts
        assert _differences(row, function) == ["hosts", "login_url"]
    else:
        assert "kind" in _differences(row, function)
        assert _differences(directory.find(other.same), function) == []


@pytest.mark.parametrize("name", sorted(exported().keys() - OTHER_ROWS.keys()))
def test_every_setting_is_compared_or_told(name: str) -> None:
    """None is forgotten."""
    fields = {field.name for field in attrs.fields(type(directory.find(name).family))}
    assert fields <= {*SAID, *NOT_SAID}


def test_the_comparison_notices() -> None:
    """Another selection, another source, another host."""
    function = exported()["occitanie_toulouse_edu"]
    assert _differences(directory.find("ac-montpellier"), function) == ["selection"]
    assert _differences(directory.find("ac-toulouse-historic"), function) == [
        "kind",
        "uses_educonnect",
        "selection",
    ]
    assert _differences(directory.find("ent_94"), exported()["ent_var"]) == ["hosts", "host", "provider_id"]


def test_a_name_that_pronotepy_does_not_have_is_not_invented() -> None:
    """A look-alike leads nowhere."""
    with pytest.raises(UnknownName):
        directory.find("ent_hdf_edu")

"""A look at a portal, without anybody's credentials: as far as the form, and what stood in the way."""

from __future__ import annotations

import pytest

from schoolsync.ent.portal import Door, Portal
from schoolsync.errors import (
    ActionRequired,
    InstanceClosed,
    LostOnTheWay,
    TimedOut,
)
from schoolsync.testing.play import Answer
from tests.ent import walking
from tests.ent.walking import EDU, NOT_IN, home, moved, page
from tests.ent.worlds import (
    AT_SCHOOL,
    CAS,
    EDUCONNECTED,
    FRONT,
    HOME,
    IN,
    LOCAL,
    VOUCHED,
    Local,
    World,
    form,
)

# -- looking --------------------------------------------------------------------------------


@pytest.mark.parametrize("portal", [LOCAL, EDUCONNECTED])
def test_a_look_ends_at_the_form(portal: Portal) -> None:
    """Nothing is filled in."""
    world = World(IN if portal is LOCAL else VOUCHED)
    sight = world.look(portal)
    assert sight.trouble is None
    assert sight.hops[-1].sign == "log-in form"
    assert [one.host for one in world.sent if one.method == "POST"] == ([] if portal is LOCAL else [EDU])


def test_a_look_needs_no_school() -> None:
    """The portal alone will do."""
    sight = World(IN).look(door=Door("", "", bool))
    assert sight.trouble is None


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({CAS: page("", 503)}, InstanceClosed),
        ({CAS: page("?")}, LostOnTheWay),
        ({CAS: moved("https://evil.test/")}, LostOnTheWay),
        ({CAS: TimedOut(address="https://x")}, TimedOut),
        ({CAS: home()}, LostOnTheWay),
        ({CAS: page(form("/again", method="get", choice="1"))}, LostOnTheWay),
        ({CAS: page(HOME), AT_SCHOOL: page(NOT_IN)}, LostOnTheWay),
    ],
    ids=["broken", "unknown", "astray", "no answer", "let in", "in circles", "signed in"],
)
def test_a_look_tells_what_stands_in_the_way(answers: dict[str, Answer], kind: type[Exception]) -> None:
    """As an error that is not raised, beside the way so far."""
    sight = World(answers).look()
    assert type(sight.trouble) is kind
    assert bool(sight.hops) is (kind is not TimedOut)


def test_a_look_that_is_let_in_without_a_password_did_not_see_the_form() -> None:
    """It says so."""
    sight = World({CAS: home()}).look()
    assert "no log-in form on the way" in str(sight.trouble)
    assert sight.hops[-1].sign == "arrived"


def test_a_family_may_raise_what_it_knows() -> None:
    """In a walk and in a look."""

    class Strict(Local):
        async def turn(self, trip: object) -> None:
            raise ActionRequired("a new password")

    row = walking.portal(Strict(), fronts=(FRONT,))
    assert isinstance(World(IN).stop(row), ActionRequired)
    assert isinstance(World(IN).look(row).trouble, ActionRequired)

"""The way of somebody whom the portal still knows: without a password, and nothing at all if it does not."""

from __future__ import annotations

import attrs
import pytest

from schoolsync.ent.border import Side
from schoolsync.ent.portal import Arrival, Portal, Profile, State
from schoolsync.ent.walk import enter, enter_again
from schoolsync.errors import InstanceClosed, SchoolSyncError, Unavailable, Unreachable
from schoolsync.flow.http import Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.ent.walking import DOOR, EDU, NOW, START, Sent, home, page
from tests.ent.worlds import (
    AT_CAS,
    CAS,
    EDUCONNECTED,
    LOCAL,
    LOGIN,
    TO_EDU,
    TO_PORTAL,
    door,
    edu_form,
    visitor,
)

NOT_IN = START.replace("e:", "x:")
BEHIND = [answer for _, answer in DOOR]
PASSED = home(TGC="portal-pass")
FIRST: list[Answer] = [page(LOGIN, lang="fr"), PASSED, *BEHIND]
"""What a stranger meets."""


def arrived(portal: Portal = LOCAL, answers: list[Answer] = FIRST) -> Arrival:
    """Somebody who has come through with a password."""
    arrival: Arrival = Script([*answers]).run(enter(portal, door(), visitor(), HandClock(NOW)))
    return arrival


def again(
    before: Arrival, *answers: Answer, portal: Portal = LOCAL, entrance: str = AT_CAS
) -> tuple[Arrival | None, list[Sent]]:
    """The same person once more, and what was sent for it: no password, whatever came."""
    script = Script([*answers])
    flow = enter_again(
        portal,
        attrs.evolve(door(), entrance=entrance),
        Profile.PUPIL,
        HandClock(NOW),
        passes=before.passes,
        cookies=before.cookies,
    )
    try:
        arrival: Arrival | None = script.run(flow)
    finally:
        assert not script.answers
        sent = [Sent(one) for one in script.sent]
        assert not [one for one in sent if one.is_proof or "username" in one.fields]
    return arrival, sent


def test_an_arrival_keeps_what_the_portal_set_apart() -> None:
    """The school's own cookies are not among it, and no value is shown."""
    arrival = arrived()
    assert {side: jar.get("TGC") for side, jar in arrival.passes.items()} == {Side.PORTAL: "portal-pass"}
    assert arrival.cookies.get("TGC") is None
    assert "portal-pass" not in repr(arrival)


def test_whom_the_portal_knows_it_lets_in() -> None:
    """By its cookie, and on to the page behind the door; what it sets now counts the next time."""
    arrival, sent = again(arrived(), home(TGC="another-pass"), *BEHIND)
    assert arrival is not None
    assert sent[0].host == CAS
    assert "TGC=portal-pass" in sent[0].cookies
    assert not [one for one in sent[1:] if "pass" in one.cookies]
    assert arrival.passes[Side.PORTAL].get("TGC") == "another-pass"


def test_whom_educonnect_knows_it_vouches_for() -> None:
    """By a cookie of its own, which the portal never sees."""
    idp = "/idp/profile/SAML2/POST/SSO"
    moved = Response(
        302, (("location", "/idp/form?execution=e1s1"), ("set-cookie", "JSESSIONID=edu-pass; path=/"))
    )
    before = arrived(EDUCONNECTED, [page(TO_EDU), moved, page(edu_form()), page(TO_PORTAL), PASSED, *BEHIND])
    assert before.passes[Side.EDUCONNECT].get("JSESSIONID") == "edu-pass"
    answers = [page(TO_EDU), page(TO_PORTAL), home(), *BEHIND]
    arrival, sent = again(before, *answers, portal=EDUCONNECTED)
    assert arrival is not None
    assert [str(one) for one in sent[:3]] == [f"GET {CAS}/login", f"POST {EDU}{idp}", f"POST {CAS}/acs"]
    assert [("edu-pass" in one.cookies, "portal-pass" in one.cookies) for one in sent[:3]] == [
        (False, True),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "shown", [page(LOGIN), page("<h1>Votre session a expire</h1>")], ids=["form", "other"]
)
def test_whom_the_portal_does_not_know_gets_nothing(shown: Response) -> None:
    """Its form is left alone; a page that nobody knows is no error, because nothing was lost."""
    arrival, sent = again(arrived(), shown)
    assert (arrival, len(sent)) == (None, 1)


def test_a_ticket_that_is_not_taken_leads_nowhere() -> None:
    """The way back is tried as often as on any walk."""
    shut = page(NOT_IN)
    arrival, sent = again(arrived(), home(), shut, shut)
    assert arrival is None
    assert not [one for one in sent if one.method == "POST"]


def test_a_door_that_leads_elsewhere_is_not_followed() -> None:
    """Nothing is asked there."""
    assert again(arrived(), entrance="https://elsewhere.example/login") == (None, [])


@pytest.mark.parametrize(
    ("trouble", "leaf"), [(page("", 503), InstanceClosed), (Unreachable(was_sent=False), Unreachable)]
)
def test_a_portal_in_trouble_says_so(trouble: Answer, leaf: type[SchoolSyncError]) -> None:
    """It would not let a stranger in either."""
    with pytest.raises(leaf):
        again(arrived(), trouble)


def test_a_portal_that_is_over_is_not_asked() -> None:
    """As for a stranger."""
    with pytest.raises(Unavailable):
        again(arrived(), portal=attrs.evolve(LOCAL, state=State.DEAD))

"""Which requests pronotepy makes: signing in, keeping a session, losing one; and that ours are no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from pronotepy import pronoteAPI
from pronotepy.exceptions import ExpiredObject, MFAError

from schoolsync import pronote
from schoolsync.drivers import vault
from tests.peers.comparison import Comparison
from tests.peers.pronote.comparing import compare
from tests.peers.pronote.expected import lessons, office
from tests.peers.pronote.expected.about import About
from tests.peers.pronote.readings import Reading
from tests.peers.pronote.scenes import BOTH, CLEAR, DOMINIQUE, LOUISON, MODES, NOE, Mode, Scene, Stage, Who

pytestmark = pytest.mark.peer

SIGN_IN = ["FonctionParametres", "Identification", "Authentification", "ParametresUtilisateur"]
IDLE = dt.timedelta(minutes=11)
"""Longer than the server waits."""
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


def _page(who: Who) -> str:
    return f"GET /{who.page}"


@pytest.mark.parametrize("who", [LOUISON, DOMINIQUE], ids=lambda who: who.role)
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_signing_in_takes_these_requests(stage: Stage, mode: Mode, who: Who) -> None:
    """The page, then four calls; whatever the mode."""
    scene = stage.play(mode)
    with scene.client(who):
        assert scene.requests() == [_page(who), *SIGN_IN]


@pytest.mark.parametrize("who", [LOUISON, DOMINIQUE], ids=lambda who: who.role)
@pytest.mark.parametrize("mode", [CLEAR, BOTH], ids=lambda mode: mode.name)
def test_ours_makes_no_more_requests(
    stage: Stage, mode: Mode, who: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For log-in, a week, homework, and marks with averages and the overall one: those in one call."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)
    scene = stage.play(mode)
    monday = scene.desks(who)[0].year.calendar.monday
    with scene.client(who) as client:
        client.lessons(monday, monday + WEEK)
        client.homework(monday, monday + WEEK)
        term = client.periods[1]
        assert term.grades
        assert term.averages
        assert term.overall_average
    theirs = scene.requests()
    address = f"{scene.url}/"
    with pronote.login(address, who.login, who.password, account=who.role, clock=scene.clock) as ours:
        assert len(ours.get_lessons(monday, monday + 6 * DAY)) > 0
        assert len(ours.get_homeworks(monday, monday + WEEK)) > 0
        book = ours.get_mark_book(period=ours.get_periods()[1])
        assert book.marks
        assert book.averages
        made = scene.requests()
    assert len(made) <= len(theirs), (made, theirs)
    assert [one.count("DernieresNotes") for one in (made, theirs)] == [1, 3]


# -- keeping alive ------------------------------------------------------------------


def _keep_alive(scene: Scene, client: Any, minutes: int) -> None:
    """The peer's own loop, in which a second takes ten, until *minutes* have passed."""
    keeper = client.keep_alive()
    end = scene.clock.now() + dt.timedelta(minutes=minutes)

    def sleep(seconds: float) -> None:
        scene.clock.advance(10 * seconds)
        keeper.keep_alive = scene.clock.now() < end

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pronoteAPI, "sleep", sleep)
        keeper.alive()


@pytest.mark.parametrize("mode", [CLEAR, BOTH], ids=lambda mode: mode.name)
def test_a_session_is_kept_alive(stage: Stage, mode: Mode) -> None:
    """Half an hour, one `Navigation` every 110 seconds, and no new log-in."""
    scene = stage.play(mode)
    with scene.client(LOUISON) as client:
        scene.requests()
        _keep_alive(scene, client, 30)
        client.lessons(scene.today)
        assert scene.requests() == ["Navigation"] * 16 + ["PageEmploiDuTemps"]
        assert client.session_check() is False


# -- losing one ---------------------------------------------------------------------


@pytest.mark.parametrize("mode", [CLEAR, BOTH], ids=lambda mode: mode.name)
def test_a_lost_session_is_renewed(stage: Stage, mode: Mode) -> None:
    """The call is refused, pronotepy signs in again, and calls again; once."""
    scene = stage.play(mode)
    with scene.client(LOUISON) as client:
        scene.clock.advance(IDLE)
        scene.requests()
        first = scene.today
        homework = client.homework(first)
        call = "PageCahierDeTexte"
        assert scene.requests() == [call, _page(LOUISON), *SIGN_IN, call]
        assert len(homework) > 0
        about = About(scene, scene.account(LOUISON), scene.desks(LOUISON)[0], scene.things(client))
        rows, order = lessons.homework(about, first), lessons.homework_order
        compare(Comparison(), LOUISON, client, [Reading("homework", rows, (first,), order)])
        assert client.session_check() is True
        assert client.session_check() is False


def test_what_holds_ids_of_a_lost_session_has_to_be_asked_twice(stage: Stage) -> None:
    """The repeated call names things of the session before: they have expired (22)."""
    scene = stage.play()
    with scene.client(LOUISON) as client:
        scene.clock.advance(IDLE)
        with pytest.raises(ExpiredObject):
            client.lessons(scene.today)
        assert len(client.lessons(scene.today)) > 0


def test_a_closed_screen_loses_the_children(stage: Stage) -> None:
    """A refusal is taken for a lost session; after the new log-in the children are known by old ids."""
    scene = stage.play()
    with scene.client(DOMINIQUE) as client:
        client.set_child(NOE)
        scene.requests()
        with pytest.raises(ExpiredObject):
            client.discussions()
        assert scene.requests() == ["ListeMessagerie", _page(DOMINIQUE), *SIGN_IN, "ListeMessagerie"]
        with pytest.raises(ExpiredObject):
            client.get_teaching_staff()
    with scene.client(DOMINIQUE) as client:
        about = About(scene, scene.account(DOMINIQUE), scene.desks(DOMINIQUE)[1], scene.things(client))
        client.set_child(NOE)
        compare(Comparison(), DOMINIQUE, client, [Reading("get_teaching_staff", office.staff(about))])


# -- who is not let in --------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
@pytest.mark.parametrize(
    ("login", "password"),
    [("louison.example", "sésame-42"), ("personne.example", "x"), ("ferme.example", "porte close")],
)
def test_who_may_not_enter_is_not_signed_in(stage: Stage, mode: Mode, login: str, password: str) -> None:
    """A wrong password, nobody, a closed account: no key, and pronotepy is not signed in."""
    scene = stage.play(mode)
    with scene.client(attrs.evolve(LOUISON, login=login, password=password)) as client:
        assert client.logged_in is False
        assert scene.requests() == [_page(LOUISON), *SIGN_IN[:-1]]


def test_a_pin_is_entered(stage: Stage) -> None:
    """Without one, or with a wrong one, nobody comes in; with the right one, and a name for the device."""
    scene = stage.play(BOTH)
    who = Who("student", "code.example", "coffre-fort")
    for pin in (None, "4321"):
        with pytest.raises(MFAError), scene.client(who, account_pin=pin, device_name="Exemple"):
            pass
    with scene.client(who, account_pin="1234", device_name="Exemple") as client:
        assert client.info.name == "EXAMPLE Louison"
        known = client.client_identifier
    scene.requests()
    with scene.client(who, client_identifier=known):
        assert scene.requests() == [_page(who), *SIGN_IN]

"""What an account can do: tick homework, read and answer news; and what is refused, or was lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import BadArgument, Interrupted, Refused, StaleReference, Unavailable
from schoolsync.model import Announcement, Availability, Homework, Response
from schoolsync.provider import Days
from schoolsync.providers.pronote.service import Pronote
from schoolsync.sandbox.faults import Drop, ExpireSession, LoseAnswer
from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation
from schoolsync.sandbox.pronote.sessions import Rules
from tests.providers.pronote.world import ENTRY, EVER, World, new_world

TICK = ["PageCahierDeTexte", "SaisieTAFFaitEleve", "PageCahierDeTexte"]
GONE = "homework-" + "0" * 32
WRITES: dict[str, tuple[str, Callable[[Pronote, Any, Any], Any]]] = {
    "set_homework_done": ("SaisieTAFFaitEleve", lambda one, task, _: one.set_homework_done(task)),
    "mark_news_read": ("SaisieActualites", lambda one, _, news: one.mark_news_read(news)),
}
"""Action → the server's function, and how it is done with homework or a piece of news."""


@pytest.fixture
def world() -> World:
    """The invented collège."""
    return new_world()


def task(world: World, service: Pronote, state: str = "todo") -> Homework:
    """A homework of the first pupil in that state."""
    return next(one for one in world.run(service.homeworks(EVER)) if one.state == state)


def news(world: World, service: Pronote, response: Response, *, answered: bool = False) -> Announcement:
    """A piece of news that wants that response, and has it or not."""
    for one in world.run(service.announcements(Days())):
        has_it = bool(one.is_acknowledged) or any(question.answers for question in one.questions)
        is_open = response is not Response.SURVEY or any(question.can_answer for question in one.questions)
        if one.response is response and has_it is answered and is_open:
            return one
    raise AssertionError("no such news")


# -- homework ----------------------------------------------------------------------------


def test_a_tick_is_set_and_taken_away(world: World) -> None:
    """Three requests each; the record is as the server tells it afterwards."""
    service = world.pupil()
    one = task(world, service)
    for done, state in ((True, "done"), (False, "todo")):
        changed, cost = world.cost(service.set_homework_done(one, done))
        assert (changed.key, changed.state, cost) == (one.key, state, TICK)
        sheets = [sheet.record for sheet in world.college.desk("e1").homeworks]
        mine = [
            sheet
            for sheet in sheets
            if (sheet.due, sheet.description_text) == (one.due, one.description_text)
        ]
        assert [sheet.state for sheet in mine] == [state]


def test_a_tick_that_is_there_costs_one_request(world: World) -> None:
    """Nothing is to do."""
    service = world.pupil()
    one = task(world, service, "done")
    changed, cost = world.cost(service.set_homework_done(one))
    assert (changed.key, changed.state, cost) == (one.key, "done", TICK[:1])


def test_a_key_is_enough(world: World) -> None:
    """Then the whole year is looked through."""
    service = world.pupil()
    one = task(world, service)
    changed, cost = world.cost(service.set_homework_done(one.key))
    assert (changed.state, cost) == ("done", TICK)


def test_homework_of_the_last_session_can_be_ticked(world: World) -> None:
    """Its id is another one by now; its key is not."""
    service = world.pupil()
    one = task(world, service)
    world.server.sessions.end_all()
    changed, cost = world.cost(service.set_homework_done(one))
    assert changed.state == "done"
    assert cost == ["PageCahierDeTexte", *ENTRY, *TICK]


@pytest.mark.parametrize("wanted", [GONE, None])
def test_homework_that_is_not_listed_any_more(world: World, wanted: str | None) -> None:
    """By key or by record, and nothing was written."""
    service = world.pupil()
    one = task(world, service)
    world.college.desk("e1").homeworks.clear()
    with pytest.raises(StaleReference) as caught:
        world.run(service.set_homework_done(wanted or one))
    assert caught.value.operation == "set_homework_done"
    assert "SaisieTAFFaitEleve" not in world.log


def test_a_parent_ticks_nothing(world: World) -> None:
    """And is told so before anything is sent; reading goes on."""
    service = world.parent()
    one = next(iter(world.run(service.homeworks(EVER))))
    assert one.can_toggle is False
    before = len(world.log)
    with pytest.raises(Unavailable) as caught:
        world.run(service.set_homework_done(one))
    assert caught.value.reason is Availability.NOT_FOR_THIS_ACCOUNT
    assert len(world.log) == before
    assert service.capabilities.of("homeworks", "write") is Availability.NOT_FOR_THIS_ACCOUNT


# -- writes that go wrong --------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITES)
def test_a_write_without_an_answer_is_not_sent_again(world: World, name: str) -> None:
    """It may have been done; the next reading signs in anew and shows it."""
    function, act = WRITES[name]
    service = world.pupil()
    one, piece = task(world, service), next(iter(world.run(service.announcements(Days()))))
    world.server.faults.add(LoseAnswer(), f"*/{function}")
    with pytest.raises(Interrupted):
        world.run(act(service, one, piece))
    assert world.log.count(function) == 1
    _, cost = world.cost(service.homeworks(EVER))
    assert cost == [*ENTRY, "PageCahierDeTexte"]


@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_a_dead_session_kept_from_running_is_done(world: World, name: str) -> None:
    """After one silent log-in."""
    function, act = WRITES[name]
    service = world.pupil()
    one, piece = task(world, service), next(iter(world.run(service.announcements(Days()))))
    before = world.log.count("Authentification")
    listing = "PageCahierDeTexte" if function == TICK[1] else "PageActualites"
    world.server.faults.add(ExpireSession(), f"*/{listing}")
    world.run(act(service, one, piece))
    assert world.log.count("Authentification") == before + 1
    assert world.log.count(function) == 1


def test_a_write_that_never_arrived_can_be_done_again(world: World) -> None:
    """Whoever calls decides."""
    service = world.pupil()
    one = task(world, service)
    world.server.faults.add(Drop(was_received=False), "*/SaisieTAFFaitEleve")
    with pytest.raises(Exception, match="pronote set_homework_done"):
        world.run(service.set_homework_done(one))
    assert world.run(service.set_homework_done(one)).state == "done"


def test_a_server_that_is_looked_after_saves_nothing() -> None:
    """It says so, and that is the error."""
    world = new_world(rules=Rules(is_read_only=True))
    service = world.pupil()
    with pytest.raises(Refused) as caught:
        world.run(service.set_homework_done(task(world, service)))
    assert "mode exclusif" in str(caught.value)


# -- news --------------------------------------------------------------------------------------


@pytest.mark.parametrize("generation", [GENERATIONS[0], GENERATIONS[-1]], ids=lambda one: one.label)
def test_news_are_read_and_unread(generation: Generation) -> None:
    """Two requests each."""
    world = new_world(generation)
    service = world.pupil()
    one = next(one for one in world.run(service.announcements(Days())) if not one.is_read)
    for is_read in (True, False):
        _, cost = world.cost(service.mark_news_read(one, is_read=is_read))
        assert cost == ["PageActualites", "SaisieActualites"]
        again = {row.key: row for row in world.run(service.announcements(Days()))}
        assert again[one.key].is_read is is_read


@pytest.mark.parametrize("generation", [GENERATIONS[0], GENERATIONS[-1]], ids=lambda one: one.label)
def test_news_are_acknowledged(generation: Generation) -> None:
    """One request more where the list leaves the question out."""
    world = new_world(generation)
    service = world.pupil()
    one = news(world, service, Response.ACKNOWLEDGE)
    _, cost = world.cost(service.acknowledge(one))
    assert cost == ["PageActualites"] * (1 + generation.has_natures) + ["SaisieActualites"]
    again = {row.key: row for row in world.run(service.announcements(Days()))}
    assert again[one.key].is_acknowledged is True


def test_what_wants_no_receipt_gets_none(world: World) -> None:
    """And nothing is written."""
    service = world.pupil()
    plain = news(world, service, Response.NONE)
    with pytest.raises(Unavailable) as caught:
        world.run(service.acknowledge(plain))
    assert (caught.value.reason, caught.value.operation) == (Availability.OFF_AT_SCHOOL, "acknowledge")
    with pytest.raises(Unavailable):
        world.run(service.answer(plain, ["yes"]))
    assert "SaisieActualites" not in world.log


def test_a_survey_is_answered(world: World) -> None:
    """By choices and texts, one for each question; and once more otherwise."""
    service = world.pupil()
    one = next(row for row in world.run(service.announcements(Days())) if len(row.questions) == 3)
    assert [question.choices for question in one.questions] == [
        ("Lundi", "Mardi"),
        ("Théâtre", "Chorale & orchestre", "Échecs"),
        (),
    ]
    answers = ("Lundi", ("Théâtre", "Échecs"), "Du théâtre & du chant")
    _, cost = world.cost(service.answer(one, answers))
    assert cost == ["PageActualites", "PageActualites", "SaisieActualites"]
    again = {row.key: row for row in world.run(service.announcements(Days()))}[one.key]
    assert [question.answers for question in again.questions] == [
        ("Lundi",),
        ("Théâtre", "Échecs"),
        ("Du théâtre & du chant",),
    ]
    told = [sheet.record for sheet in world.college.desk("e1").news if len(sheet.questions) == 3]
    assert [row.questions for row in told] == [again.questions]


@pytest.mark.parametrize(
    "answers",
    [(), ("Lundi",), ("Dimanche", (), ""), (("Lundi", "Mardi"), (), ""), ("Lundi", ("Cirque",), "")],
)
def test_answers_that_do_not_fit_are_refused(world: World, answers: Any) -> None:
    """Too few, no such choice, too many of them: nothing is written."""
    service = world.pupil()
    one = next(row for row in world.run(service.announcements(Days())) if len(row.questions) == 3)
    with pytest.raises(BadArgument) as caught:
        world.run(service.answer(one, answers))
    assert caught.value.argument == "answers"
    assert "SaisieActualites" not in world.log


@pytest.mark.parametrize("act", ["mark_news_read", "acknowledge"])
def test_news_that_are_gone_cannot_be_answered(world: World, act: str) -> None:
    """The school lists them no more."""
    service = world.pupil()
    one = news(world, service, Response.ACKNOWLEDGE)
    world.college.desk("e1").news.clear()
    with pytest.raises(StaleReference):
        world.run(getattr(service, act)(one))
    assert "SaisieActualites" not in world.log


def test_a_parent_answers_for_the_child_who_is_named(world: World) -> None:
    """Not for the first one."""
    service = world.parent()
    rows = {
        name: world.run(service.announcements(Days(), pupil=name)) for name in ("FACTICE Maë", "FACTICE Noé")
    }
    mine = next(iter(rows["FACTICE Maë"]))
    world.run(service.mark_news_read(mine, is_read=not mine.is_read, pupil="FACTICE Maë"))
    after = {row.key: row.is_read for row in world.run(service.announcements(Days(), pupil="FACTICE Maë"))}
    assert after[mine.key] is not mine.is_read
    assert [row.is_read for row in world.run(service.announcements(Days(), pupil="FACTICE Noé"))] == [
        row.is_read for row in rows["FACTICE Noé"]
    ]

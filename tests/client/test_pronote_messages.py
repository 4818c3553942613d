"""Writing to the school: in the thread, to somebody new, and what counts as read."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from schoolsync import pronote
from schoolsync.errors import Interrupted, StaleReference
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import LoseAnswer
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation
from tests.sandbox.college.fresh import fresh_college

ROBIN = ("robin.example", "s3cret&+")
HOST = "college.example.test"


def _server(generation: Generation) -> PronoteServer:
    clock = HandClock(dt.datetime(2026, 3, 9, 18, tzinfo=ZoneInfo("Europe/Paris")))
    return PronoteServer(fresh_college(), clock=clock, generation=generation)


def _robin(server: PronoteServer) -> pronote.Client:
    road = Mount({HOST: server})
    return pronote.login(
        f"https://{HOST}/pronote", *ROBIN, account="parent", http_client=road, clock=server.clock
    )


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_a_reply_is_the_last_message_of_its_thread(generation: Generation) -> None:
    """As it was typed, by the account itself; it costs three requests."""
    server = _server(generation)
    with _robin(server) as family:
        thread = next(one for one in family.get_discussions() if not one.is_closed)
        before = family.get_messages(thread)
        asked = len(server.log)
        family.reply(thread, "Merci <beaucoup> & à jeudi.")
        assert len(server.log) - asked == 3
        *others, mine = family.get_messages(thread)
        assert [one.key for one in others] == [one.key for one in before]
        assert (mine.body_text, mine.author) == ("Merci <beaucoup> & à jeudi.", None)


def test_a_thread_is_marked_as_read_and_as_unread() -> None:
    """The count of the list follows."""
    with _robin(_server(GENERATIONS[-1])) as family:
        thread = next(one for one in family.get_discussions() if one.unread)
        family.mark_discussion_read(thread)
        assert {one.key: one.unread for one in family.get_discussions()}[thread.key] == 0
        family.mark_discussion_read(thread.key, is_read=False)
        assert {one.key: one.unread for one in family.get_discussions()}[thread.key]


def test_a_new_discussion_begins_with_somebody_who_takes_them() -> None:
    """Recipients come from the server's own list."""
    with _robin(_server(GENERATIONS[-1])) as family:
        listed = family.native.get_recipients().data.recipients
        chosen = [one for one in listed if one.takes_discussions][:1]
        family.native.start_discussion("Un mot", "Bonjour.", chosen)
        thread = next(one for one in family.get_discussions() if one.title == "Un mot")
        assert [one.body_text for one in family.get_messages(thread)] == ["Bonjour."]


def test_what_the_school_does_not_list_takes_no_reply() -> None:
    """Nothing is written then."""
    server = _server(GENERATIONS[-1])
    with _robin(server) as family:
        with pytest.raises(StaleReference):
            family.reply("discussion-of-nobody", "Bonjour.")
        assert not any(path.endswith("SaisieMessage") for _, path in server.log)


def test_a_reply_whose_answer_is_lost_is_not_sent_twice() -> None:
    """The error says that nobody knows; the thread holds it once."""
    server = _server(GENERATIONS[-1])
    with _robin(server) as family:
        thread = next(one for one in family.get_discussions() if not one.is_closed)
        before = len(family.get_messages(thread))
        server.faults.add(LoseAnswer(), "*/SaisieMessage")
        with pytest.raises(Interrupted):
            family.reply(thread, "Bonjour.")
        assert len(family.get_messages(thread)) == before + 1

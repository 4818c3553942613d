"""Calls and their answers: numbers that are burnt, answers that get lost, servers that are not ready."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.errors import (
    Interrupted,
    NetworkError,
    Refused,
    SchoolSyncError,
    SessionExpired,
    StaleReference,
    TimedOut,
    Undecodable,
    Unreachable,
)
from schoolsync.flow.http import Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Script, play
from tests.providers.pronote.wire import (
    IV,
    Server,
    answered,
    error,
    html,
    options,
    page,
    signed_in,
)

# -- numbers ------------------------------------------------------------------------------------


def test_numbers_are_burnt_whatever_is_answered() -> None:
    """A refusal, a page, a garbled answer: each was an answer, and the session lives."""
    talk = signed_in()
    clock = talk.options.clock
    assert isinstance(clock, HandClock)
    for number, response in ((7, error(22)), (9, error(99)), (11, html("Bad gateway", 502)), (13, html("?"))):
        assert talk.order == number
        clock.advance(dt.timedelta(seconds=5))
        with pytest.raises(SchoolSyncError):
            play(talk.ask("PageMenus"), [response])
        assert talk.age == 0
    answer, _ = play(talk.ask("PageMenus"), [answered("PageMenus", {"x": 1})])
    assert answer.data == {"x": 1}


@pytest.mark.parametrize("number", [8, 10, 11, 13, 14, 18, 21])
def test_a_session_that_the_server_has_ended_asks_nothing_more(number: int) -> None:
    """Until somebody opens a new one."""
    talk = signed_in()
    with pytest.raises(SessionExpired):
        play(talk.ask("PageMenus"), [error(number)])
    assert talk.is_lost
    with pytest.raises(SessionExpired):
        play(talk.ask("PageMenus"))
    play(talk.open(), [page()])
    assert not talk.is_lost


@pytest.mark.parametrize("response", [error(3), error(22), error(99), html("?"), html("", 502)])
def test_other_trouble_does_not_end_a_session(response: Response) -> None:
    """What was refused is one call."""
    talk = signed_in()
    with pytest.raises(SchoolSyncError):
        play(talk.ask("PageMenus"), [response])
    assert not talk.is_lost


def test_an_answer_with_another_number_ends_the_session() -> None:
    """Nobody knows whose answer it was."""
    talk = signed_in()
    wrong = Server(announced=IV).wrapped("PageMenus", {"x": 1}, order=10)
    with pytest.raises(Undecodable, match="at order number"):
        play(talk.ask("PageMenus"), [wrong])
    assert talk.is_lost


# -- answers that get lost ------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [Unreachable(), TimedOut(was_sent=True), Unreachable(was_sent=False)])
def test_a_read_without_an_answer_is_sent_once_more_byte_for_byte(trouble: NetworkError) -> None:
    """As the vendor's own client does: the same number, and the session goes on."""
    talk = signed_in()
    answer, sent = play(talk.ask("PageMenus", tab=10), [trouble, answered("PageMenus", {"x": 1})])
    assert answer.data == {"x": 1}
    assert sent[0] == sent[1]
    assert (talk.order, talk.is_lost) == (9, False)


@pytest.mark.parametrize("first", [None, True, False])
@pytest.mark.parametrize("second", [None, True, False])
def test_a_read_without_any_answer(first: bool | None, second: bool | None) -> None:
    """The session is lost, unless neither ever left: then the number was not counted."""
    talk = signed_in()
    script = Script([Unreachable(was_sent=first), TimedOut(was_sent=second)])
    with pytest.raises(TimedOut):
        script.run(talk.ask("PageMenus"))
    has_left = (first, second) != (False, False)
    assert len(script.sent) == 2
    assert (talk.is_lost, talk.order) == (has_left, 9 if has_left else 7)


@pytest.mark.parametrize("was_sent", [None, True])
def test_a_write_without_an_answer_is_never_repeated(was_sent: bool | None) -> None:
    """It may have been done; the session is lost."""
    talk = signed_in()
    script = Script([TimedOut(was_sent=was_sent)] * 2)
    with pytest.raises(Interrupted) as caught:
        script.run(talk.ask("SaisieTAFFaitEleve", tab=88, is_read=False))
    assert len(script.sent) == 1
    assert caught.value.was_sent is was_sent
    assert isinstance(caught.value.__cause__, TimedOut)
    assert talk.is_lost


def test_a_write_that_never_left() -> None:
    """Was not done, and its number not counted."""
    talk = signed_in()
    with pytest.raises(Unreachable):
        play(talk.ask("SaisieTAFFaitEleve", is_read=False), [Unreachable(was_sent=False)])
    assert (talk.is_lost, talk.order) == (False, 7)
    play(talk.ask("SaisieTAFFaitEleve", is_read=False), [answered("SaisieTAFFaitEleve", {})])


@pytest.mark.parametrize("exit_", [KeyboardInterrupt, GeneratorExit, RuntimeError])
def test_whatever_cuts_the_wait_short_leaves_the_session_lost(exit_: type[BaseException]) -> None:
    """A cancellation, an interrupt, a driver that breaks: nobody knows what the server has counted."""
    talk = signed_in()
    flow = talk.ask("PageMenus")
    flow.send(None)
    with pytest.raises(exit_):
        flow.throw(exit_)
    assert talk.is_lost
    with pytest.raises(SessionExpired):
        play(talk.ask("PageMenus"))


def test_a_flow_that_is_closed_leaves_the_session_lost() -> None:
    """Closing is how a driver cancels."""
    talk = signed_in()
    flow = talk.ask("PageMenus")
    flow.send(None)
    flow.close()
    assert talk.is_lost


def test_a_flow_that_has_not_begun_leaves_the_session_as_it_was() -> None:
    """Nothing was sent."""
    talk = signed_in()
    flow = talk.ask("PageMenus")
    flow.close()
    assert (talk.is_lost, talk.order) == (False, 7)


# -- treatments that take long ----------------------------------------------------------------------


def test_a_server_that_is_not_ready_is_asked_again() -> None:
    """After its pause, with its word, under the next number; the content goes along each time."""
    server = Server(announced=IV, counter=7)
    word = {"ParametresAtt": {"delai": 2, "repeterRequete": True}}
    talk = signed_in()
    script = Script(
        [
            server.answered("GenerationPDF", secured={"SignatureAttente": word}),
            server.answered("GenerationPDF", secured={"SignatureAttente": word}),
            server.answered("GenerationPDF", {"url": "x"}),
        ]
    )
    answer = script.run(talk.ask("GenerationPDF", tab=13, data={"n": 1}))
    assert answer.data == {"url": "x"}
    assert script.slept == [dt.timedelta(seconds=2)] * 2
    assert [(call.order, call.data, call.tab) for call in server.log] == [
        (n, {"n": 1}, 13) for n in (7, 9, 11)
    ]
    assert [call.secured.get("SignatureAttente") for call in server.log] == [None, word, word]


@pytest.mark.parametrize(("is_read", "leaf"), [(True, TimedOut), (False, Interrupted)])
def test_a_server_that_is_never_ready(is_read: bool, leaf: type[NetworkError]) -> None:
    """Is asked twenty times; a write may have been done all the same. The session lives."""
    server = Server(announced=IV, counter=7)
    again = server.answered("GenerationPDF", secured={"SignatureAttente": {}})
    script, talk = Script([again] * 30), signed_in()
    with pytest.raises(leaf) as caught:
        script.run(talk.ask("GenerationPDF", is_read=is_read))
    assert type(caught.value) is leaf
    assert len(script.sent) == 20
    assert not talk.is_lost


# -- what an error shows ------------------------------------------------------------------------------


def test_a_refusal_does_not_quote_the_account() -> None:
    """Words that the session knows as private are left out."""
    talk = signed_in()
    talk.private.secrets.add("louison.example")
    with pytest.raises(Refused) as caught:
        play(talk.ask("PageMenus"), [error(99, "Non", "Louison.Example n'a pas le droit")])
    assert str(caught.value).startswith("The school refused (99: Non … n'a pas le droit)")


def test_a_stale_id_is_no_reason_to_sign_in_again() -> None:
    """The next listing gives a fresh one."""
    with pytest.raises(StaleReference):
        play(signed_in().ask("PageMenus", data={"x": {"N": "1#old"}}), [error(22)])


def test_options_travel_with_the_session() -> None:
    """Readers look there for strictness and raw rows."""
    given = options(strict=True, keep_raw=True)
    assert signed_in(given=given).options is given

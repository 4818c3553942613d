"""An account: signed in at the first call, small, young when asked to, and knowing whom it is about."""

from __future__ import annotations

import datetime as dt
import gc
import tracemalloc
from typing import Any

import pytest

from schoolsync.errors import (
    ActionRequired,
    UnexpectedShape,
    UsageError,
)
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.session import Resource, Space
from schoolsync.testing.play import Script
from tests.providers.pronote.entering import (
    ENTRY,
    GENERAL,
    SETTINGS,
    STEPS,
    TWO,
    account,
    asked,
    entry,
    family,
    pupil,
    ready,
    settings,
    show_nothing,
    steps,
    user,
)
from tests.providers.pronote.keeping import READ, done, failed, read, run
from tests.providers.pronote.wire import IV, Server

# -- in ------------------------------------------------------------------------------


def test_the_first_reading_signs_in() -> None:
    """Five requests, and then the reading, by the id that the session has for the pupil."""
    server, made = Server(), account()
    talk = run(read, made, *entry(server), done(server))
    assert steps(talk) == [*ENTRY, READ]
    assert server.log[-1].data == {"N": "46#lo"}
    assert [pupil.name for pupil in made.pupils] == ["EXAMPLE Louison"]
    assert made.year.school == "COLLEGE EXEMPLE"
    assert steps(run(read, made, done(server))) == [READ]


def test_a_parent_is_told_of_all_children() -> None:
    """And calls about a child name it."""
    server, made = Server(flags={"a": 2}), account(Space.PARENT)
    run(read, made, *entry(server, family(*TWO)), done(server))
    assert [(one.name, one.class_name) for one in made.pupils] == [
        ("FACTICE Maë", "6A"),
        ("FACTICE Noé", "3C"),
    ]
    assert server.log[-1].signature["membre"] == {"N": "46#ma", "G": 4}
    assert made.resource("FACTICE Noé") == Resource("46#no", "FACTICE Noé", 4)


def test_nothing_is_known_before() -> None:
    """And asking does no I/O."""
    made = account()
    for name in ("pupils", "capabilities", "year", "settings", "user", "known"):
        with pytest.raises(UsageError, match="nobody has signed in"):
            getattr(made, name)
    assert not made.is_signed_in


def test_an_explicit_log_in_is_always_a_new_one() -> None:
    """Whatever was before."""
    made, server = ready()
    talk = Script(entry(server))
    talk.run(made.sign_in())
    assert steps(talk) == ENTRY


def test_a_parent_without_pupils_has_something_to_do() -> None:
    """Not "no homework": there is nobody who could have any."""
    server = Server(flags={"a": 2})
    error, talk = failed(read, account(Space.PARENT), *entry(server, family()))
    assert isinstance(error, ActionRequired)
    assert (error.provider, error.operation) == ("pronote", "reading")
    assert steps(talk)[1:] == ENTRY[1:]


def test_pupils_that_cannot_be_read_are_a_shape_error() -> None:
    """Not "the school shows none": that would be a wrong cause."""
    server = Server(flags={"a": 2})
    nameless = pupil() | {"N": None}
    error, _ = failed(read, account(Space.PARENT), *entry(server, family(nameless)))
    assert isinstance(error, UnexpectedShape)
    assert error.path.endswith("listeRessources.0.N")


def test_a_pupil_that_cannot_be_read_is_told_and_the_other_is_there(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A child must not vanish without a word, and the log names nobody."""
    server, made = Server(flags={"a": 2}), account(Space.PARENT)
    run(read, made, *entry(server, family(pupil() | {"N": None}, TWO[1])), done(server))
    assert [one.name for one in made.pupils] == ["FACTICE Noé"]
    assert "listeRessources.0.N" in caplog.text
    assert "EXAMPLE" not in caplog.text


def test_settings_that_cannot_be_read_whole_are_told(caplog: pytest.LogCaptureFixture) -> None:
    """The rest of them is used."""
    server, made = Server(), account()
    page, _, *rest = entry(server)
    year = settings() | {"General": GENERAL | {"listeJoursFeries": {"_T": 24, "V": ["?"]}}}
    run(read, made, page, server.answered("FonctionParametres", year), *rest, done(server))
    assert "listeJoursFeries.0" in caplog.text
    assert made.year.first_monday == dt.date(2025, 9, 1)


def test_an_account_that_was_not_learnt_is_learnt_without_another_log_in() -> None:
    """The proof counts already; the governor would count a second one."""
    server, made = Server(), account()
    *before, _ = entry(server)
    error, talk = failed(read, made, *before, server.answered("ParametresUtilisateur", {"ressource": None}))
    assert isinstance(error, UnexpectedShape)
    talk = run(read, made, server.answered("ParametresUtilisateur", user()), done(server))
    assert (steps(talk), talk.permits) == ([ENTRY[-1], READ], [])


# -- kept small -------------------------------------------------------------------------


def test_what_the_session_began_with_is_there_on_demand() -> None:
    """Typed as it would have been at once, typed values unwrapped, unknown keys too."""
    made, _ = ready()
    assert made.settings.general.school == "COLLEGE EXEMPLE"
    assert made.settings.general.periods[2].end == dt.date(2026, 7, 4)
    assert made.user.user.class_ is not None
    assert made.user.user.class_.label == "4B"
    assert [tab.number for tab in made.user.tabs] == [7, 3, 5]


def big_settings() -> dict[str, Any]:
    """Settings twice as big as the vendor's demonstration school sends."""
    fonts = [{"L": f"Police numéro {number}", "N": f"{number}#{number**5:x}"} for number in range(600)]
    return SETTINGS | {"listePolices": {"_T": 24, "V": fonts}}


def big_family() -> dict[str, Any]:
    """A parent of two with as many screens as that school has, each with its periods."""
    listed = pupil()["listeOngletsPourPeriodes"]["V"][0]
    tabs = {"_T": 24, "V": [listed | {"G": number} for number in range(190, 240)]}
    screens = [{"G": number, "Onglet": [{"G": number + 300, "L": "é" * 20}]} for number in range(200)]
    return family(*(child | {"listeOngletsPourPeriodes": tabs} for child in TWO)) | {"listeOnglets": screens}


def test_a_signed_in_session_is_small() -> None:
    """64 KB at most, whatever the answers weigh; photos that came along are not kept."""

    def conversation() -> tuple[Account, Script]:
        server, made = Server(flags={"a": 2}), account(Space.PARENT)
        page, _, *proof, _ = entry(server)
        known = server.answered("ParametresUtilisateur", big_family(), files=["A" * 200_000])
        return made, Script([page, server.answered("FonctionParametres", big_settings()), *proof, known])

    first, talk = conversation()
    talk.run(first.ready())  # what is loaded and compiled once, is
    made, talk = conversation()
    tracemalloc.start()
    try:
        talk.run(made.ready())
        del talk
        gc.collect()
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 10_000 < held <= 64 * 1024
    assert most > 200_000
    assert len(made.user.tabs) == 200


def test_an_account_shows_no_secret() -> None:
    """In `repr`, at any depth."""
    made, _ = ready()
    show_nothing(None, [], made, made.session, made.login, made.known, made.credentials)
    assert repr(IV) not in repr(made)


# -- out ---------------------------------------------------------------------------------------


def test_a_log_out_tells_the_school_once() -> None:
    """Afterwards nobody is signed in; what was known stays to be looked at."""
    made, server = ready()
    talk = Script([server.answered("SaisieDeconnexion")])
    talk.run(made.logout())
    talk.run(made.logout())
    assert steps(talk) == ["SaisieDeconnexion"]
    assert not made.is_signed_in
    assert made.pupils
    assert steps(run(read, made, *entry(server), done(server))) == [*ENTRY, READ]


def test_a_log_out_before_a_log_in_says_nothing() -> None:
    """There is nothing to end."""
    talk = Script()
    talk.run(account().logout())
    assert talk.sent == []


def test_an_account_is_not_signed_in_half_way() -> None:
    """A log-in that the governor's answer was waited for when it was cut off."""
    made, server = account(), Server()
    answers: list[Any] = entry(server)
    flow = made.ready()
    effect = flow.send(None)
    effect = flow.send(None)
    for answer in answers[: len(STEPS)]:
        effect = flow.send(answer(effect.request))
    assert effect.outcome == "accepted"
    flow.close()
    assert not made.is_signed_in
    assert steps(run(read, made, *entry(server), done(server))) == [*ENTRY, READ]
    assert isinstance(made, Account)
    assert len(asked(server)) == 3

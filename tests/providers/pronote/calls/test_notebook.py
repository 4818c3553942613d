"""The notebook: what is asked, and the one thing that is changed."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import Interrupted, NetworkError, Refused
from schoolsync.providers.pronote.calls.notebook import contents, entry, homeworks, tick
from schoolsync.providers.pronote.session import Resource
from schoolsync.testing.play import Script, play
from tests.providers.pronote.mapping.test_contents import ENTRY
from tests.providers.pronote.mapping.test_homework import ROW
from tests.providers.pronote.wire import answered, called, signed_in

PUPIL = Resource("46#al1", "EXAMPLE Louison", 4)


@pytest.mark.parametrize(("first", "last", "text"), [(6, 8, "[6..8]"), (6, 6, "[6]")])
def test_homework_and_contents_are_asked_for_by_weeks(first: int, last: int, text: str) -> None:
    """One function, two screens."""
    weeks = {"domaine": {"_T": 8, "V": text}}
    page, (request,) = play(
        homeworks(signed_in(), PUPIL, first, last),
        [answered("PageCahierDeTexte", {"ListeTravauxAFaire": [ROW]})],
    )
    assert (called(request).tab, called(request).data) == (88, weeks)
    assert [row.id for row in page.data.homeworks] == ["38#Ta1"]
    found, (request,) = play(
        contents(signed_in(), PUPIL, first, last),
        [answered("PageCahierDeTexte", {"ListeCahierDeTextes": [ENTRY]})],
    )
    assert (called(request).tab, called(request).data) == (89, weeks)
    assert [row.id for row in found.data.entries] == ["36#Cd1"]


@pytest.mark.parametrize(("with_homework", "more"), [(False, {}), (True, {"pourTAF": True})])
def test_one_entry(with_homework: bool, more: dict[str, Any]) -> None:
    """With its homework, if that is wanted."""
    answer = answered("donneesContenusCDT", {"ListeCahierDeTextes": [ENTRY | {"ListeTravailAFaire": [ROW]}]})
    page, (request,) = play(entry(signed_in(), PUPIL, "36#Cd1", with_homework=with_homework), [answer])
    assert (called(request).tab, called(request).data) == (89, {"cahierDeTextes": {"N": "36#Cd1"}} | more)
    assert [row.id for row in page.data.entries[0].homeworks] == ["38#Ta1"]


@pytest.mark.parametrize("done", [True, False])
def test_a_tick(done: bool) -> None:
    """Of one piece of homework, which is marked as changed."""
    answer = answered("SaisieTAFFaitEleve", {}, report={})
    _, (request,) = play(tick(signed_in(), PUPIL, "38#Ta1", done), [answer])
    assert (called(request).tab, called(request).data) == (
        88,
        {"listeTAF": [{"N": "38#Ta1", "TAFFait": done, "E": 2}]},
    )
    assert request.is_read is False


def test_a_tick_that_the_server_did_not_save_is_refused() -> None:
    """Its report says so."""
    report = {"_erreurSaisie_": True, "_messagesErreur_": ["Saisie impossible"]}
    with pytest.raises(Refused):
        play(tick(signed_in(), PUPIL, "38#Ta1", True), [answered("SaisieTAFFaitEleve", {}, report=report)])


def test_a_tick_without_an_answer_is_never_sent_again() -> None:
    """Nobody knows whether it counted; a reading is asked for once more."""
    lost = NetworkError(was_sent=True)
    script = Script([lost])
    with pytest.raises(Interrupted):
        script.run(tick(signed_in(), PUPIL, "38#Ta1", True))
    assert len(script.sent) == 1
    script = Script([lost, answered("PageCahierDeTexte", {"ListeTravauxAFaire": [ROW]})])
    script.run(homeworks(signed_in(), PUPIL, 6, 6))
    assert [request.body for request in script.sent] == [script.sent[0].body] * 2

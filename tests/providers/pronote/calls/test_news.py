"""What is asked about news, and what is saved."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import Interrupted, Refused, UnexpectedShape, Unreachable
from schoolsync.providers.pronote.calls import news as calls
from schoolsync.providers.pronote.schema.news import NewsDetailsPage, NewsPage, NewsRow, QuestionRow
from schoolsync.providers.pronote.session import Space
from schoolsync.testing.play import play
from tests.providers.pronote.papers import MEETING, ONE_QUESTION, RECEIPT, answered, news
from tests.providers.pronote.persons import LOUISON, bare, changed, listed
from tests.providers.pronote.wire import answered as says
from tests.providers.pronote.wire import called, options, signed_in

AUDIENCE = {"N": "46#Louison1", "L": "EXAMPLE Louison", "G": 4}


def row(**change: Any) -> NewsRow:
    """The meeting."""
    return NewsRow.model_validate(bare(changed(MEETING, **change)))


def question(said: dict[str, Any]) -> QuestionRow:
    """A question."""
    return QuestionRow.model_validate(bare(said))


def test_the_list_is_asked_for_in_the_words_of_all_years() -> None:
    """One request, for what was received."""
    page, sent = play(calls.news(signed_in(), LOUISON), [says("PageActualites", news(MEETING))])
    (asked,) = map(called, sent)
    assert (asked.function, asked.tab) == ("PageActualites", 8)
    assert asked.data == {"modesAffActus": {"_T": 26, "V": "[0]"}, "estAuteur": False}
    assert [one.id for one in page.data.modes[0].news] == ["43#Ac1"]


def test_other_lists_are_asked_for_by_their_modes() -> None:
    """For `native`."""
    flow = calls.news(signed_in(), LOUISON, (0, 1))
    _, sent = play(flow, [says("PageActualites", news())])
    assert called(sent[0]).data["modesAffActus"] == {"_T": 26, "V": "[0,1]"}


def test_a_parent_asks_for_a_child() -> None:
    """Who stands in the signature."""
    _, sent = play(calls.news(signed_in(Space.PARENT), LOUISON), [says("PageActualites", news())])
    assert called(sent[0]).signature["membre"]["N"] == "46#Louison1"


def test_details_are_asked_for_with_the_audience() -> None:
    """As newer servers want it."""
    said = {"genreRequeteActualite": 1, "detailsActualite": {"listeQuestions": listed(RECEIPT)}}
    page, sent = play(calls.details(signed_in(), LOUISON, row()), [says("PageActualites", said)])
    asked = called(sent[0])
    assert asked.tab == 8
    assert asked.data == {
        "genreRequeteActualite": 1,
        "modeAffActu": 0,
        "actualite": {"N": "43#Ac1", "genrePublic": 4, "public": AUDIENCE},
    }
    assert isinstance(page.data, NewsDetailsPage)
    assert [one.id for one in page.data.details.questions] == ["61#Qu1"]


def test_an_answer_without_details_is_of_another_shape() -> None:
    """And not an announcement without text."""
    with pytest.raises(UnexpectedShape, match="detailsActualite"):
        play(calls.details(signed_in(), LOUISON, row()), [says("PageActualites", {})])


@pytest.mark.parametrize("is_read", [True, False])
def test_news_is_marked_read_or_unread(is_read: bool) -> None:
    """Nothing else changes: no answer, no deletion."""
    flow = calls.mark_read(signed_in(), LOUISON, row(), is_read=is_read)
    _, sent = play(flow, [says("SaisieActualites", {})])
    asked = called(sent[0])
    (saved,) = asked.data["listeActualites"]
    assert (asked.function, asked.tab, asked.data["saisieActualite"]) == ("SaisieActualites", 8, False)
    assert (saved["N"], saved["genrePublic"], saved["public"]) == ("43#Ac1", 4, AUDIENCE)
    assert (saved["lue"], saved["marqueLueSeulement"], saved["supprimee"]) == (is_read, True, False)
    assert (saved["validationDirecte"], saved["listeQuestions"]) == (True, [])


def replied(reply: calls.Reply) -> dict[str, Any]:
    """What is saved for one reply."""
    flow = calls.respond(signed_in(), LOUISON, row(), [reply])
    _, sent = play(flow, [says("SaisieActualites", {})])
    (saved,) = called(sent[0]).data["listeActualites"]
    assert (saved["lue"], saved["marqueLueSeulement"], saved["supprimee"]) == (True, False, False)
    (found,) = saved["listeQuestions"]
    return dict(found)


def test_a_receipt_is_an_empty_answer() -> None:
    """To a question that has none yet: a number 0, created."""
    found = replied(calls.Reply(question(RECEIPT)))
    assert (found["N"], found["L"], found["genreReponse"], found["E"]) == ("61#Qu1", "Question 1", 0, 2)
    assert found["reponse"] == {
        "N": 0,
        "E": 1,
        "Actif": True,
        "avecReponse": True,
        "estReponseAttendue": True,
        "valeurReponse": "",
        "_validationSaisie": True,
    }


def test_choices_are_a_set_of_ranks_and_own_words() -> None:
    """An answer that was there is changed, under its id."""
    known = answered(ONE_QUESTION, N="63#1", avecReponse=True, valeurReponse="[1]")
    found = replied(calls.Reply(question(known), ranks=(2, 3), own_words="Cinéma"))["reponse"]
    assert (found["N"], found["E"]) == ("63#1", 2)
    assert found["valeurReponse"] == {"_T": 26, "V": "[2,3]"}
    assert found["valeurReponseLibre"] == "Cinéma"


def test_a_reply_says_nothing_of_itself() -> None:
    """What a family answers is in no log."""
    assert "Cinéma" not in repr(calls.Reply(question(ONE_QUESTION), text="Cinéma", own_words="Cinéma"))


def test_a_save_that_the_server_refused_is_an_error() -> None:
    """With its sentence."""
    report = {"_erreurSaisie_": True, "_messagesErreur_": ["Cette information n'est plus publiée."]}
    flow = calls.mark_read(signed_in(), LOUISON, row())
    with pytest.raises(Refused, match="plus publiée"):
        play(flow, [says("SaisieActualites", {}, report=report)])


@pytest.mark.parametrize("is_marking", [True, False])
def test_what_was_saved_is_never_sent_twice(is_marking: bool) -> None:
    """A lost answer leaves the outcome unknown."""
    session = signed_in()
    flow = (
        calls.mark_read(session, LOUISON, row()) if is_marking else calls.respond(session, LOUISON, row(), ())
    )
    with pytest.raises(Interrupted):
        play(flow, [Unreachable(was_sent=True), says("SaisieActualites", {})])


def test_a_bad_row_does_not_cost_the_good_ones() -> None:
    """It is an issue of the page; strict mode raises."""
    said = news(MEETING, "not a row")  # type: ignore[arg-type]
    page, _ = play(calls.news(signed_in(), LOUISON), [says("PageActualites", said)])
    assert isinstance(page.data, NewsPage)
    assert [one.id for one in page.data.modes[0].news] == ["43#Ac1"]
    assert [issue.path for issue in page.issues] == ["PageActualites.listeModesAff.0.listeActualites.1"]
    with pytest.raises(UnexpectedShape):
        play(
            calls.news(signed_in(given=options(strict=True)), LOUISON),
            [says("PageActualites", said)],
        )

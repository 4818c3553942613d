"""What is asked about discussions, and what is sent to them."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import Interrupted, Unavailable, Unreachable
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.calls import messages as calls
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.messages import MessagesPage, RecipientRow
from schoolsync.testing.play import Answer, play
from tests.providers.pronote.papers import INNER, LETTER, THANKS, TRIP
from tests.providers.pronote.persons import LOUISON, bare, element, listed
from tests.providers.pronote.wire import Called, answered, called, signed_in

BUTTONS = listed(
    {"N": "0", "G": 5, "L": "Clore"}, {"N": "0", "G": 2, "L": "À tous"}, {"N": "b1", "G": 0, "L": "Envoyer"}
)
THREAD: dict[str, Any] = {
    "listeMessages": listed(THANKS, LETTER),
    "messagePourReponse": element(N="68#Me2", G=0, genreDiscussion=0),
    "listeBoutons": BUTTONS,
}


def asked(flow: Any, answer: Answer) -> tuple[Any, Called]:
    """What *flow* returns, and its one call."""
    found, sent = play(flow, [answer])
    (one,) = map(called, sent)
    assert one.tab == 131
    return found, one


def opened(**change: Any) -> MessagesPage:
    """The thread, as it was listed."""
    return MessagesPage.model_validate(bare(THREAD | change))


# -- reading --------------------------------------------------------------------------


@pytest.mark.parametrize("only_unread", [True, False])
def test_discussions_are_asked_for(only_unread: bool) -> None:
    """All of them, or those with something new."""
    flow = calls.discussions(signed_in(), LOUISON, only_unread=only_unread)
    page, one = asked(flow, answered("ListeMessagerie", {"listeMessagerie": listed(TRIP, INNER)}))
    assert one.data == {
        "avecMessage": True,
        "avecLu": not only_unread,
        "possessionMessageDiscussionUnique": None,
    }
    assert [row.is_thread for row in page.data.rows] == [True, False]


def test_messages_are_asked_for_by_their_possessions_and_stay_unread() -> None:
    """All of them unless a number is given."""
    flow = calls.messages(signed_in(), LOUISON, ["69#Po1", "69#Po2"])
    page, one = asked(flow, answered("ListeMessages", THREAD))
    assert one.data == {
        "listePossessionsMessages": [{"N": "69#Po1"}, {"N": "69#Po2"}],
        "marquerCommeLu": False,
        "nbMessagesVus": 0,
    }
    assert [row.is_own for row in page.data.messages] == [False, True]
    _, few = asked(calls.messages(signed_in(), LOUISON, ["69#Po1"], 20), answered("ListeMessages", THREAD))
    assert few.data["nbMessagesVus"] == 20


def test_participants_are_asked_for_by_a_message() -> None:
    """The function is called a save, and saves nothing: it may be sent twice."""
    said = {"listeDest": listed({"N": "3#1", "G": 3, "L": "MODELE A.", "refusMess": False})}
    flow = calls.participants(signed_in(), LOUISON, "68#Me1")
    page, one = asked(flow, answered("SaisiePublicMessage", said))
    assert one.data["message"] == {"N": "68#Me1"}
    assert [row.label for row in page.data.participants] == ["MODELE A."]
    lost: list[Answer] = [Unreachable(was_sent=True), answered("SaisiePublicMessage", said)]
    again, sent = play(calls.participants(signed_in(), LOUISON, "68#Me1"), lost)
    assert again == page
    assert sent[0].body == sent[1].body


@pytest.mark.parametrize(("kind", "number"), [(Kind.TEACHER, 3), (Kind.STAFF, 34), (Kind.PUPIL, 4)])
def test_recipients_are_asked_for_by_kind(kind: Kind, number: int) -> None:
    """About a pupil."""
    row = {
        "N": "3#1",
        "G": 3,
        "L": "MODELE A.",
        "avecDiscussion": True,
        "estPrincipal": True,
        "listeRessources": listed({"L": "Algèbre", "estUneSousMatiere": True, "libelleMatiere": "MATHS"}),
    }
    answer = answered("ListeRessourcesPourCommunication", {"listeRessourcesPourCommunication": listed(row)})
    page, one = asked(calls.recipients(signed_in(), LOUISON, kind), answer)
    assert one.data == {"onglet": {"N": 0, "G": number}, "filtreElement": LOUISON.element}
    (found,) = page.data.recipients
    assert (found.takes_discussions, found.is_head, found.subjects[0].whole) == (True, True, "MATHS")


# -- writing ------------------------------------------------------------------------------


@pytest.mark.parametrize("is_read", [True, False])
def test_messages_are_marked_read_or_unread(is_read: bool) -> None:
    """By their possessions."""
    flow = calls.mark_read(signed_in(), LOUISON, ["69#Po1"], is_read=is_read)
    _, one = asked(flow, answered("SaisieMessage", {}))
    assert one.data == {"commande": "pourLu", "lu": is_read, "listePossessionsMessages": [{"N": "69#Po1"}]}


def test_an_answer_gives_back_what_the_server_said_just_as_it_came() -> None:
    """The button that sends, and what is answered to."""
    _, one = asked(calls.reply(signed_in(), LOUISON, opened(), "Merci <3"), answered("SaisieMessage", {}))
    assert one.data == {
        "messagePourReponse": {"N": "68#Me2", "G": 0, "genreDiscussion": 0},
        "contenu": "Merci <3",
        "bouton": {"N": "b1", "G": 0, "L": "Envoyer"},
        "listeFichiers": [],
        "genreDiscussion": 0,
        "brouillon": {"N": -1002, "E": 1},
    }


def test_where_messages_are_html_the_text_is_escaped() -> None:
    """Lines stay lines."""
    flow = calls.reply(signed_in(), LOUISON, opened(), "a < b\n& c", is_html=True)
    _, one = asked(flow, answered("SaisieMessage", {}))
    assert one.data["contenu"] == {"_T": 21, "V": "<div>a &lt; b<br/>&amp; c</div>"}


@pytest.mark.parametrize(
    "change",
    [
        {"messagePourReponse": None},
        {"listeBoutons": listed()},
        {"listeBoutons": listed({"N": "0", "G": 5, "L": "Clore"})},
    ],
)
def test_a_discussion_that_takes_no_answer_gets_none(change: dict[str, Any]) -> None:
    """Nothing is sent, least of all by the button that closes it."""
    with pytest.raises(Unavailable, match="not_for_this_account"):
        play(calls.reply(signed_in(), LOUISON, opened(**change), "Merci"), [])


def test_a_new_discussion_names_its_recipients() -> None:
    """With title and text."""
    to = RecipientRow.model_validate({"N": "3#1", "G": 3, "L": "MODELE A.", "avecDiscussion": True})
    flow = calls.start(signed_in(), LOUISON, "Sortie", "Bonjour", [to])
    _, one = asked(flow, answered("SaisieMessage", {}))
    assert one.data == {
        "objet": "Sortie",
        "contenu": "Bonjour",
        "listeDestinataires": [{"N": "3#1", "L": "MODELE A.", "G": 3}],
        "listeFichiers": [],
        "estCreationCarnetLiaison": False,
    }


@pytest.mark.parametrize(
    "flow",
    [
        lambda session: calls.mark_read(session, LOUISON, ["69#Po1"]),
        lambda session: calls.reply(session, LOUISON, opened(), "Merci"),
        lambda session: calls.start(session, LOUISON, "Sortie", "Bonjour", []),
    ],
)
def test_what_was_sent_is_never_sent_twice(flow: Any) -> None:
    """A lost answer leaves the outcome unknown."""
    with pytest.raises(Interrupted):
        play(flow(signed_in()), [Unreachable(was_sent=True), Response(200)])

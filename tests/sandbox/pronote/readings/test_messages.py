"""Reading discussions, and writing, answering, throwing away."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.letters import TRASH, DiscussionSheet
from schoolsync.sandbox.pronote.call import Complaint, Trouble
from tests.sandbox.pronote.asking import Asker

OUTING, LOST, DRAFT, FOUND = "Sortie de mardi", "Carte de cantine perdue", "", "Objet trouvé & rendu"


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in."""
    return Asker(college)


def _list(asker: Asker, **data: Any) -> Any:
    said = asker.ask("ListeMessagerie", tab=131, avecMessage=True, **data)
    return [row for row in said["listeMessagerie"] if row["estUneDiscussion"]]


def _row(asker: Asker, title: str) -> Any:
    return next(row for row in _list(asker) if row["objet"] == title)


def _sheet(asker: Asker, title: str) -> DiscussionSheet:
    return next(sheet for sheet in asker.desk.discussions if sheet.record.title == title)


def _open(asker: Asker, title: str, **data: Any) -> Any:
    possessions = _row(asker, title)["listePossessionsMessages"]
    return asker.ask("ListeMessages", tab=131, listePossessionsMessages=possessions, **data)


def _save(asker: Asker, **data: Any) -> None:
    assert asker.ask("SaisieMessage", tab=131, **data) == {}


def _command(asker: Asker, command: str, title: str, **data: Any) -> None:
    possessions = _row(asker, title)["listePossessionsMessages"]
    _save(asker, commande=command, listePossessionsMessages=possessions, **data)


# -- reading --------------------------------------------------------------------------


def test_all_discussions(asker: Asker) -> None:
    """In the college's order; only those with something unread where that is asked for."""
    assert [row["objet"] for row in _list(asker)] == [OUTING, LOST, DRAFT, FOUND]
    assert [row["objet"] for row in _list(asker, avecLu=True)] == [OUTING, LOST, DRAFT, FOUND]
    assert [row["objet"] for row in _list(asker, avecLu=False)] == [OUTING]


@pytest.mark.parametrize("title", [OUTING, LOST, DRAFT, FOUND])
def test_the_messages_of_a_discussion(asker: Asker, title: str) -> None:
    """Newest first; each id leads back to its message; one possession is enough to find all."""
    expected = [f"message:{one.record.key}" for one in reversed(_sheet(asker, title).messages)]
    rows = _open(asker, title)["listeMessages"]
    assert [asker.ids.thing(row["N"]) for row in rows] == expected
    one = _row(asker, title)["listePossessionsMessages"][:1]
    said = asker.ask("ListeMessages", tab=131, listePossessionsMessages=one, message={"N": rows[0]["N"]})
    assert said["listeMessages"] == rows


def test_the_last_messages_are_enough(asker: Asker) -> None:
    """Where a number is named; 0 is all of them."""
    whole = _open(asker, OUTING)["listeMessages"]
    assert _open(asker, OUTING, nbMessagesVus=2)["listeMessages"] == whole[:2]
    for number in (0, 20):
        assert _open(asker, OUTING, nbMessagesVus=number)["listeMessages"] == whole


def test_opening_may_mark_as_read(asker: Asker) -> None:
    """Only where it is asked for."""
    assert _open(asker, OUTING, marquerCommeLu=False)["nbMarquerLu"] == 0
    assert _sheet(asker, OUTING).record.unread == 1
    said = _open(asker, OUTING, marquerCommeLu=True)
    assert (said["nbMarquerLu"], said["listeMessages"][0]["lu"]) == (1, True)
    assert (_sheet(asker, OUTING).record.unread, _row(asker, OUTING)["nbNonLus"]) == (0, 0)


def test_who_takes_part(asker: Asker) -> None:
    """The family, and everybody of the school."""
    message = _row(asker, FOUND)["messagePourParticipants"]
    said = asker.ask("SaisiePublicMessage", tab=131, message=message, estPublicParticipant=True)
    assert [(one["L"], one["G"]) for one in said["listeDest"]] == [
        ("EXAMPLE Louison", 4),
        ("CANEVAS R.", 34),
        ("MODELE A.", 3),
    ]


def test_who_got_one_message(asker: Asker) -> None:
    """Everybody but who wrote it."""
    second, first = _open(asker, FOUND)["listeMessages"]
    answer, question = _open(asker, LOST)["listeMessages"]

    def told(message: dict[str, Any]) -> list[str]:
        said = asker.ask("SaisiePublicMessage", tab=131, message={"N": message["N"]})
        return [one["L"] for one in said["listeDest"]]

    assert told(first) == ["EXAMPLE Louison", "MODELE A."]
    assert told(second) == ["EXAMPLE Louison", "CANEVAS R."]
    assert (told(question), told(answer)) == (["CANEVAS R."], ["EXAMPLE Louison"])


def test_parents_take_part_themselves(college: SandboxCollege) -> None:
    """As they are signed in."""
    robin = Asker(college, "p1")
    message = _row(robin, OUTING)["messagePourParticipants"]
    said = robin.ask("SaisiePublicMessage", tab=131, message=message, estPublicParticipant=True)
    assert [(one["L"], one["G"]) for one in said["listeDest"]] == [("EXAMPLE Robin", 5), ("MODELE A.", 3)]
    assert _open(robin, OUTING)["listeMessages"][0]["hint_droite"] == "Parent"


def test_to_whom_one_may_write(asker: Asker) -> None:
    """Teachers, the office; nobody else."""

    def told(kind: int) -> list[str]:
        said = asker.ask("ListeRessourcesPourCommunication", tab=131, onglet={"N": 0, "G": kind})
        return [one["L"] for one in said["listeRessourcesPourCommunication"]]

    assert set(told(3)) == {one.name for one in asker.college.teachers("e1")}
    assert told(34) == ["CANEVAS R.", "ARCHETYPE O."]
    assert told(4) == []
    nothing = asker.ask("ListeRessourcesPourCommunication", tab=131)
    assert nothing == {"listeRessourcesPourCommunication": []}


# -- changing -------------------------------------------------------------------------


def test_an_answer(asker: Asker) -> None:
    """With what the last answer of the server said; it answers the last message."""
    said = _open(asker, OUTING)
    _save(
        asker,
        messagePourReponse=said["messagePourReponse"],
        contenu="Merci <beaucoup> & à mardi.",
        bouton=said["listeBoutons"][0],
        listeFichiers=[],
        brouillon={"N": -1002, "E": 1},
    )
    *_, before, last = _sheet(asker, OUTING).messages
    assert (last.record.author, last.record.body_text) == (None, "Merci <beaucoup> & à mardi.")
    assert (last.record.sent_at, last.record.is_read, last.answers) == (asker.now, True, before.record.key)
    newest = _open(asker, OUTING)["listeMessages"][0]
    assert (newest["emetteur"], newest["contenu"]) == (True, "Merci <beaucoup> & à mardi.")
    assert newest["messageSource"]["N"] == said["messagePourReponse"]["N"]


def test_what_is_to_be_answered_may_be_named(asker: Asker) -> None:
    """Then an answer is to that message; one of no session is refused (22)."""
    said = _open(asker, OUTING)
    oldest = {"N": said["listeMessages"][-1]["N"]}
    assert _open(asker, OUTING, message=oldest)["messagePourReponse"]["N"] == oldest["N"]
    assert said["messagePourReponse"]["N"] == said["listeMessages"][0]["N"]
    with pytest.raises(Trouble, match="n'existe plus"):
        _open(asker, OUTING, message={"N": "68#unknown"})


def test_an_answer_to_an_earlier_message(asker: Asker) -> None:
    """In HTML, where the client may write it."""
    oldest = _open(asker, OUTING)["listeMessages"][-1]
    given = {"_T": 21, "V": "<p onclick=x>Oui</p>"}
    _save(asker, messagePourReponse={"N": oldest["N"], "G": 0}, contenu=given, listeFichiers=[])
    sheet = _sheet(asker, OUTING)
    last = sheet.messages[-1]
    assert (last.record.body_html, last.record.body_text) == ("<p>Oui</p>", "Oui")
    assert last.answers == sheet.messages[0].record.key


def test_a_new_discussion(asker: Asker) -> None:
    """With two recipients; it stands first, and nothing of the others changes."""
    others = [*asker.desk.discussions]
    rows = [
        row
        for kind in (3, 34)
        for row in asker.ask("ListeRessourcesPourCommunication", tab=131, onglet={"N": 0, "G": kind})[
            "listeRessourcesPourCommunication"
        ][:1]
    ]
    recipients = [{"N": row["N"], "G": row["G"], "L": row["L"]} for row in rows]
    _save(asker, objet="Une question", contenu="Bonjour", listeDestinataires=recipients, listeFichiers=[])
    sheet, *rest = asker.desk.discussions
    assert rest == others
    assert (sheet.record.title, sheet.initiator) == ("Une question", None)
    assert sheet.record.participants == (", ".join(row["L"] for row in rows),)
    assert [one.body_text for one in sheet.record.messages] == ["Bonjour"]
    assert len({one.record.key for one in asker.desk.discussions}) == len(others) + 1
    row = _row(asker, "Une question")
    assert ("initiateur" in row, row["lu"], row["libelleDate"]) == (False, True, "12h00")


def test_each_new_discussion_has_a_key_of_its_own(asker: Asker) -> None:
    """Also when one before it was deleted."""
    modele = [{"N": asker.ids.of(3, "teacher:t1"), "G": 3}]
    for title in ("Un", "Deux"):
        _save(asker, objet=title, contenu="Bonjour", listeDestinataires=modele)
    _command(asker, "suppression", "Un")
    _save(asker, objet="Trois", contenu="Bonjour", listeDestinataires=modele)
    keys = [sheet.record.key for sheet in asker.desk.discussions]
    assert len(set(keys)) == len(keys)
    assert [sheet.record.title for sheet in asker.desk.discussions[:2]] == ["Trois", "Deux"]


def test_reading_and_unreading(asker: Asker) -> None:
    """All messages of the others."""
    _command(asker, "pourLu", OUTING, lu=True)
    assert _row(asker, OUTING)["lu"] is True
    _command(asker, "pourLu", OUTING, lu=False)
    assert [one.is_read for one in _sheet(asker, OUTING).record.messages] == [False, True, False]


def test_throwing_away_taking_back_and_deleting(asker: Asker) -> None:
    """The bin is a label; what is deleted is gone."""
    _command(asker, "corbeille", OUTING)
    assert _sheet(asker, OUTING).labels == {TRASH}
    _command(asker, "restauration", OUTING)
    assert _sheet(asker, OUTING).labels == frozenset()
    possessions = _row(asker, OUTING)["listePossessionsMessages"]
    _command(asker, "suppression", OUTING)
    assert OUTING not in [row["objet"] for row in _list(asker)]
    with pytest.raises(Trouble) as caught:
        asker.ask("ListeMessages", tab=131, listePossessionsMessages=possessions)
    assert caught.value.number == 22


def test_several_at_once(asker: Asker) -> None:
    """Named by their possessions, some of them."""
    possessions = [_row(asker, title)["listePossessionsMessages"][0] for title in (OUTING, LOST)]
    _save(asker, commande="corbeille", listePossessionsMessages=possessions)
    assert [TRASH in sheet.labels for sheet in asker.desk.discussions] == [True, True, False, True]


def test_closing_and_opening(asker: Asker) -> None:
    """A closed one takes no answer."""
    answered = _open(asker, OUTING)["messagePourReponse"]
    _command(asker, "pourOuvrirFermer", OUTING, ouvrir=False)
    with pytest.raises(Complaint):
        _save(asker, messagePourReponse=answered, contenu="Encore")
    _command(asker, "pourOuvrirFermer", OUTING, ouvrir=True)
    _save(asker, messagePourReponse=answered, contenu="Encore")
    assert _sheet(asker, OUTING).record.messages[-1].body_text == "Encore"


def _refusals(asker: Asker) -> dict[str, dict[str, Any]]:
    principal = {"N": asker.ids.of(34, "staff:s2"), "G": 34}
    cover = {"N": asker.ids.of(3, "teacher:RENFORT B."), "G": 3}
    modele = {"N": asker.ids.of(3, "teacher:t1"), "G": 3}
    return {
        "nobody": {"contenu": "Bonjour", "listeDestinataires": []},
        "takes no messages": {"contenu": "Bonjour", "listeDestinataires": [principal]},
        "not of the college": {"contenu": "Bonjour", "listeDestinataires": [modele, cover]},
        "nothing": {"contenu": "", "listeDestinataires": [modele]},
        "no content": {"listeDestinataires": [modele]},
        "unknown": {"commande": "purger"},
    }


@pytest.mark.parametrize(
    "name",
    ["nobody", "takes no messages", "not of the college", "nothing", "no content", "unknown"],
)
def test_what_is_not_possible_changes_nothing(asker: Asker, name: str) -> None:
    """And the server says so."""
    before = [*asker.desk.discussions]
    with pytest.raises(Complaint):
        _save(asker, **_refusals(asker)[name])
    assert asker.desk.discussions == before


@pytest.mark.parametrize(
    "data",
    [
        {"commande": "corbeille", "listePossessionsMessages": [{"N": "69#unknown"}]},
        {"commande": "corbeille", "listePossessionsMessages": []},
        {"messagePourReponse": {"N": "68#unknown"}, "contenu": "Bonjour"},
        {"contenu": "Bonjour", "listeDestinataires": [{"N": "3#unknown", "G": 3}]},
    ],
)
def test_what_means_nothing_has_expired(asker: Asker, data: dict[str, Any]) -> None:
    """An id of another session, or no id."""
    with pytest.raises(Trouble) as caught:
        _save(asker, **data)
    assert caught.value.number == 22


def test_discussions_of_another_pupil_are_refused(college: SandboxCollege) -> None:
    """Even in one session, as of a parent with two children."""
    first = Asker(college, "e1")
    possessions = _row(first, OUTING)["listePossessionsMessages"]
    second = Asker(college, "e2", ids=first.ids)
    with pytest.raises(Trouble) as caught:
        second.ask("ListeMessages", tab=131, listePossessionsMessages=possessions)
    assert caught.value.number == 22

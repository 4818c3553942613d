"""Discussions on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.letters import (
    DRAFTS,
    TRASH,
    DiscussionSheet,
    Letter,
    discussion_sheet,
    labelled,
    shut,
    with_letter,
)
from schoolsync.sandbox.college.resources import document
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR, HEADMISTRESS
from schoolsync.sandbox.college.year import ZONE
from schoolsync.sandbox.pronote.encode.messages import (
    date_label,
    encode_colleague,
    encode_list,
    encode_messages,
    encode_teacher,
)
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

IDS = Ids(b"a session")
NOW = dt.datetime(2026, 3, 11, 12, tzinfo=ZONE)
AT = dt.datetime(2026, 3, 9, 9, 2, tzinfo=ZONE)
LATER = dt.datetime(2026, 3, 9, 10, 15, 20, tzinfo=ZONE)
MODELE, SPECIMEN = TEACHERS[:2]


def _message(number: int) -> str:
    return IDS.of(68, f"message:message-e1-9.{number}")


def _possession(number: int) -> str:
    return IDS.of(69, f"possession:message-e1-9.{number}")


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil."""
    return college.desks["e1"]


@pytest.fixture
def sheet(desk: CollegeDesk) -> DiscussionSheet:
    """The family's question, and an answer that nobody has read yet."""
    answer = Letter(
        "<p>Oui</p>", LATER, MODELE, is_html=True, is_read=False, papers=(document("x-1", "un.pdf"),)
    )
    return discussion_sheet(desk, 9, "Sortie", (MODELE, COUNSELLOR), Letter("Qui <vient> ?", AT), answer)


def _list(*sheets: DiscussionSheet) -> Any:
    return unwrapped(encode_list(IDS, sheets, NOW))


def _open(sheet: DiscussionSheet) -> Any:
    return unwrapped(encode_messages(IDS, sheet, sheet.messages, NOW, role="Eleve"))


@pytest.mark.parametrize(
    ("when", "label"),
    [
        ("2026-03-11 09:05", "09h05"),
        ("2026-03-09 10:15", "lundi 10h15"),
        ("2026-03-05 10:15", "jeudi 10h15"),
        ("2026-03-04 10:15", "mercredi 04/03"),
        ("2025-06-13 10:15", "13/06/25"),
        ("2026-03-12 10:15", "jeudi 12/03"),
    ],
)
def test_dates_are_told_as_people_do(when: str, label: str) -> None:
    """Of a day that lies ahead too, as a draft may have."""
    assert date_label(dt.datetime.fromisoformat(when).replace(tzinfo=ZONE), NOW) == label


def test_a_discussion_with_everything(sheet: DiscussionSheet) -> None:
    """Named by its last message; the first one knows who takes part."""
    row = _list(sheet)["listeMessagerie"][0]
    assert row == {
        "N": _message(2),
        "objet": "Sortie",
        "estUneDiscussion": True,
        "profondeur": 0,
        "nombreMessages": 2,
        "nbNonLus": 1,
        "lu": False,
        "public": "MODELE A., CANEVAS R.",
        "libelleDate": "lundi 10h15",
        "fermable": False,
        "ferme": False,
        "messagePourParticipants": {"N": _message(1)},
        "listePossessionsMessages": [{"N": _possession(1)}, {"N": _possession(2)}],
        "listeEtiquettes": [],
    }


def test_messages_are_rows_of_the_same_tree(desk: CollegeDesk, sheet: DiscussionSheet) -> None:
    """Newest first, each under the row of its discussion."""
    other = discussion_sheet(desk, 8, "Autre", (SPECIMEN,), Letter("Bonjour", AT, SPECIMEN))
    rows = _list(other, sheet)["listeMessagerie"]
    assert [(row["profondeur"], row["estUneDiscussion"], row.get("indicePere")) for row in rows] == [
        (0, True, None),
        (1, False, 0),
        (0, True, None),
        (1, False, 2),
        (1, False, 2),
    ]
    assert rows[3] == {
        "N": _message(2),
        "indicePere": 2,
        "profondeur": 1,
        "estUneDiscussion": False,
        "listePossessionsMessages": [{"N": _possession(2)}],
        "lu": False,
    }
    assert (rows[0]["initiateur"], "initiateur" in rows[2]) == ("SPECIMEN P.", False)


def test_labels_are_named_by_id(sheet: DiscussionSheet) -> None:
    """A draft says that there is one; only two labels are known."""
    said = _list(labelled(labelled(sheet, DRAFTS, is_on=True), TRASH, is_on=True), sheet)
    names = {label["N"]: (label["G"], label["L"]) for label in said["listeEtiquettes"]}
    assert sorted(names.values()) == [(4, "Brouillons"), (5, "Corbeille")]
    thrown, kept = (row for row in said["listeMessagerie"] if row["estUneDiscussion"])
    assert [names[label["N"]][0] for label in thrown["listeEtiquettes"]] == [4, 5]
    assert (thrown["nbBrouillons"], "nbBrouillons" in kept) == (1, False)


def test_a_message_with_everything(sheet: DiscussionSheet) -> None:
    """From the school: on the left who wrote it, on the right who got it."""
    assert _open(sheet)["listeMessages"][0] == {
        "N": _message(2),
        "libelleDate": "lundi 10h15",
        "date": "09/03/2026 10:15:20",
        "emetteur": False,
        "lu": False,
        "estNonPossede": False,
        "estUnAparte": False,
        "public_gauche": "MODELE A.",
        "hint_gauche": "Professeur",
        "public_droite": "Moi",
        "hint_droite": "Eleve",
        "nbPublic": 2,
        "possessionMessage": {"N": _possession(2)},
        "messageSource": {"N": _message(1)},
        "estHTML": True,
        "contenu": "<p>Oui</p>",
        "listeDocumentsJoints": [{"N": IDS.of(48, "file:x-1"), "G": 1, "L": "un.pdf"}],
    }


def test_a_message_of_ones_own(sheet: DiscussionSheet) -> None:
    """The other way round; it begins the discussion, and is plain."""
    said = encode_messages(IDS, sheet, sheet.messages, NOW, role="Parent")["listeMessages"]["V"][1]
    assert (said["emetteur"], said["lu"], said["contenu"]) == (True, True, "Qui <vient> ?")
    assert (said["public_gauche"], said["hint_gauche"]) == ("Moi", "Parent")
    assert (said["public_droite"], said["hint_droite"]) == ("MODELE A., CANEVAS R.", "Professeur")
    assert said["messageSource"]["V"] == {"N": "0"}
    assert "listeDocumentsJoints" not in said


def test_how_to_answer(sheet: DiscussionSheet) -> None:
    """The last message, and a button; neither when the discussion is closed."""
    said = _open(sheet)
    assert said["messagePourReponse"] == {"N": _message(2), "G": 0}
    assert said["listeBoutons"] == [{"N": "0", "G": 0, "L": "Envoyer"}]
    closed = _open(shut(sheet, is_closed=True))
    assert (closed["listeBoutons"], "messagePourReponse" in closed) == ([], False)
    assert len(closed["listeMessages"]) == 2


def test_an_answer_names_what_it_answers(desk: CollegeDesk, sheet: DiscussionSheet) -> None:
    """Also further up."""
    more = with_letter(desk, sheet, Letter("Merci", LATER), sheet.messages[0].record.key)
    assert _open(more)["listeMessages"][0]["messageSource"] == {"N": _message(1)}


def test_to_whom_one_may_write() -> None:
    """A teacher with subjects, an address where the school gives one; the office with its roles."""
    modele = unwrapped(encode_teacher(IDS, MODELE))
    assert modele == {
        "N": IDS.of(3, "teacher:t1"),
        "L": "MODELE A.",
        "G": 3,
        "avecDiscussion": True,
        "estPrincipal": True,
        "email": "ana.modele@college.example.test",
        "listeRessources": [
            {"N": IDS.of(79, "subject:MATHEMATIQUES"), "L": "MATHEMATIQUES", "estUneSousMatiere": False}
        ],
    }
    assert "email" not in encode_teacher(IDS, SPECIMEN)
    assert unwrapped(encode_colleague(IDS, COUNSELLOR)) == {
        "N": IDS.of(34, "staff:s1"),
        "L": "CANEVAS R.",
        "G": 34,
        "avecDiscussion": True,
        "fonction": {"N": IDS.of(504, "role:CPE"), "L": "CPE"},
    }
    assert encode_colleague(IDS, HEADMISTRESS)["avecDiscussion"] is False

"""Who writes, punishes or decides, on the wire."""

from __future__ import annotations

from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR
from schoolsync.sandbox.pronote.encode.givers import giver_element, role_of
from schoolsync.sandbox.pronote.encode.people import teacher_element
from schoolsync.sandbox.pronote.ids import Ids

IDS = Ids(b"a session")


def test_a_teacher_is_the_same_as_everywhere() -> None:
    """With or without the kind, and what else there is to say."""
    modele = TEACHERS[0]
    assert giver_element(IDS, modele) == teacher_element(IDS, modele)
    assert giver_element(IDS, modele, has_kind=False, mail="") == {
        "N": IDS.of(3, "teacher:t1"),
        "L": "MODELE A.",
        "mail": "",
    }


def test_somebody_of_the_office_has_a_kind_of_their_own() -> None:
    """And an id that says so."""
    said = giver_element(IDS, COUNSELLOR)
    assert (said["L"], said["G"], IDS.thing(said["N"])) == ("CANEVAS R.", 34, "staff:s1")
    assert "G" not in giver_element(IDS, COUNSELLOR, has_kind=False)


def test_what_they_are_to_a_family() -> None:
    """Teachers are teachers; others have a role."""
    assert (role_of(TEACHERS[0]), role_of(COUNSELLOR)) == ("Professeur", "CPE")

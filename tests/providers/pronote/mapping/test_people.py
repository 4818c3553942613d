"""Pupils and the user out of hand-written answers."""

from __future__ import annotations

import pytest

from schoolsync.derive import keys
from schoolsync.errors import DecodeIssue
from schoolsync.model import Pupil
from schoolsync.providers.pronote.mapping.people import host_of, split_name, to_pupils, to_user
from schoolsync.providers.pronote.session import Resource, Space
from tests.providers.pronote.persons import (
    CHILD,
    PARENT,
    PARIS,
    SISTER,
    STUDENT,
    TEACHER,
    changed,
    element,
    listed,
    user_page,
    year,
)
from tests.providers.pronote.wire import ROOT


def found(
    said: dict[str, object] = STUDENT,
    space: Space = Space.STUDENT,
    *,
    root: str = ROOT,
    school: str = "COLLEGE EXEMPLE",
    issues: list[DecodeIssue] | None = None,
) -> list[tuple[Pupil, Resource]]:
    """The pupils of *said*."""
    pupils = to_pupils(
        user_page(said),
        year(NomEtablissement=school),
        root=root,
        zone=PARIS,
        space=space,
        issues=issues,
    )
    return list(pupils)


def children(*rows: dict[str, object]) -> dict[str, object]:
    """A parent's answer with *rows* as the children."""
    return changed(PARENT, ressource=changed(PARENT["ressource"], listeRessources=list(rows)))


# -- names ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("called", "given", "family"),
    [
        ("EXAMPLE Louison", "Louison", "EXAMPLE"),
        ("D'EXAMPLE-FACTICE Maë Lou", "Maë Lou", "D'EXAMPLE-FACTICE"),
        ("LE MODELE Éva", "Éva", "LE MODELE"),
        ("Mme EXAMPLE Robin", "Robin", "EXAMPLE"),
        ("M. EXAMPLE Robin", "Robin", "EXAMPLE"),
        ("MODELE A.", None, None),
        ("EXAMPLE", None, None),
        ("Louison", None, None),
        ("Louison EXAMPLE", None, None),
        ("Louison Example", None, None),
        ("M.", None, None),
        ("", None, None),
    ],
)
def test_capitals_tell_the_family_name(called: str, given: str | None, family: str | None) -> None:
    """And nothing is guessed where they do not."""
    assert split_name(called) == (given, family)


def test_the_host_of_an_instance_has_no_port_and_no_case() -> None:
    """So that keys do not depend on how the address was typed."""
    assert host_of("https://0000000A.Example:8443/pronote") == "0000000a.example"
    assert host_of("") == ""


# -- whose account ----------------------------------------------------------------


def test_a_pupil_s_account_has_itself() -> None:
    """Every field, and how calls name the pupil."""
    ((pupil, resource),) = found()
    assert (pupil.name, pupil.first_name, pupil.last_name) == ("EXAMPLE Louison", "Louison", "EXAMPLE")
    assert (pupil.class_name, pupil.provider_id) == ("4B", "46#Louison1")
    school = pupil.school
    assert (school.name, school.timezone, school.country) == ("COLLEGE EXEMPLE", "Europe/Paris", "FR")
    assert (school.provider, school.url) == ("pronote", ROOT)
    assert pupil.photo is not None
    assert (pupil.photo.name, pupil.photo.kind, pupil.photo.ref) == ("photo.jpg", "file", (pupil.key, 0))
    assert resource.element == {"N": "46#Louison1", "L": "EXAMPLE Louison", "G": 4}


def test_a_parent_has_the_children_in_order_and_at_their_schools() -> None:
    """Two children, two schools; the parent is none of them."""
    (louison, first), (mae, second) = found(PARENT, Space.PARENT)
    assert (louison.name, mae.name) == ("EXAMPLE Louison", "FACTICE Maë")
    assert (louison.school.name, mae.school.name) == ("COLLEGE EXEMPLE", "ECOLE PLACEHOLDER")
    assert (louison.class_name, mae.class_name) == ("4B", "6A")
    assert (louison.photo is None, mae.photo is None) == (False, True)
    assert (first.id, second.id) == ("46#Louison1", "46#Mae1")


def test_a_teacher_stands_in_as_the_one_pupil() -> None:
    """With the instance's school, no class, and a teacher's kind for the calls."""
    ((teacher, resource),) = found(TEACHER, Space.TEACHER)
    assert (teacher.name, teacher.class_name, teacher.photo) == ("MODELE Ana", None, None)
    assert teacher.school.name == "COLLEGE EXEMPLE"
    assert (resource.id, resource.kind) == ("3#Ana1", 3)


@pytest.mark.parametrize(("space", "kind"), [(Space.STUDENT, 4), (Space.TEACHER, 3)])
def test_a_kind_that_is_not_said_is_that_of_the_space(space: Space, kind: int) -> None:
    """The calls need one."""
    row = changed(STUDENT["ressource"], G=None)
    ((_, resource),) = found(changed(STUDENT, ressource=row), space)
    assert resource.kind == kind


@pytest.mark.parametrize("given", [{"_T": 24, "V": {"L": "COLLEGE EXEMPLE"}}, {"L": "COLLEGE EXEMPLE"}])
def test_typed_and_bare_answers_are_alike(given: object) -> None:
    """The school comes wrapped, or not."""
    row = changed(CHILD, Etablissement=given)
    ((pupil, _),) = found(changed(STUDENT, ressource=row), school="ANOTHER")
    assert pupil.school.name == "COLLEGE EXEMPLE"


@pytest.mark.parametrize("missing", ["Etablissement", "classeDEleve", "listeGroupes", "avecPhoto", "G", "P"])
@pytest.mark.parametrize("is_null", [True, False])
def test_nearly_nothing_must_be_there(missing: str, is_null: bool) -> None:
    """Missing and null are the same, and neither costs the pupil."""
    row = changed(CHILD, **{missing: None})
    if not is_null:
        del row[missing]
    issues: list[DecodeIssue] = []
    ((pupil, _),) = found(changed(STUDENT, ressource=row), issues=issues)
    assert (pupil.name, issues) == ("EXAMPLE Louison", [])
    if missing == "avecPhoto":
        assert pupil.photo is None
    if missing == "classeDEleve":
        assert pupil.class_name is None
    if missing == "Etablissement":
        assert pupil.school.name == "COLLEGE EXEMPLE"


def test_a_child_without_an_id_is_told_and_left_out() -> None:
    """Nothing could be asked about them; the others stay."""
    issues: list[DecodeIssue] = []
    pupils = found(children(changed(CHILD, N=None), SISTER), Space.PARENT, issues=issues)
    assert [pupil.name for pupil, _ in pupils] == ["FACTICE Maë"]
    assert issues == [DecodeIssue("ParametresUtilisateur.ressource.listeRessources.0.N", "missing")]


def test_a_parent_without_children_has_no_pupils() -> None:
    """The parent is not taken for one."""
    assert found(children(), Space.PARENT) == []


# -- keys ---------------------------------------------------------------------------


def test_the_key_is_of_host_school_name_and_class() -> None:
    """As every client without a store makes it."""
    ((pupil, _),) = found()
    assert pupil.key == keys.pupil("pronote", "0000000a.example", "COLLEGE EXEMPLE", "EXAMPLE Louison", "4B")


def test_another_session_and_another_account_give_the_same_key() -> None:
    """Ids, position and photo end with the session; a parent sees the same child."""
    ((own, _),) = found()
    later = changed(CHILD, N="46#Another", P=9, avecPhoto=False, listeGroupes=listed())
    ((again, _),) = found(children(later), Space.PARENT)
    assert own.key == again.key


@pytest.mark.parametrize(
    "change",
    [
        {"L": "EXAMPLE Lou"},
        {"classeDEleve": {"L": "3B"}},
        {"Etablissement": element(L="ANOTHER")},
    ],
)
def test_another_child_has_another_key(change: dict[str, object]) -> None:
    """Name, class and school each make a difference."""
    ((one, _),) = found()
    ((other, _),) = found(changed(STUDENT, ressource=changed(CHILD, **change)))
    assert one.key != other.key


def test_children_alike_in_name_and_class_are_numbered_by_content() -> None:
    """Neither merges, whatever the order they come in, and ids play no part."""
    one = changed(CHILD, N="46#A", listeGroupes=listed({"L": "4ALL"}))
    two = changed(CHILD, N="46#B", listeGroupes=listed({"L": "4ESP"}))
    first = {resource.id: pupil.key for pupil, resource in found(children(one, two), Space.PARENT)}
    swapped = {resource.id: pupil.key for pupil, resource in found(children(two, one), Space.PARENT)}
    renamed = found(children(changed(one, N="46#Z"), changed(two, N="46#Y")), Space.PARENT)
    assert first["46#A"] != first["46#B"]
    assert first == swapped
    assert [pupil.key for pupil, _ in renamed] == list(first.values())
    ((alone, _),) = found(children(one), Space.PARENT)
    assert alone.key == first["46#A"]


def test_the_photo_of_a_numbered_twin_is_its_own() -> None:
    """Its reference follows the key."""
    for pupil, _ in found(children(CHILD, changed(CHILD, P=4)), Space.PARENT):
        assert pupil.photo is not None
        assert pupil.photo.ref == (pupil.key, 0)


# -- the user -------------------------------------------------------------------------


def test_who_is_signed_in() -> None:
    """A parent: own name without the title, the children's names, both schools, the rights."""
    user = to_user(user_page(PARENT), Space.PARENT)
    assert (user.name, user.first_name, user.last_name) == ("Mme EXAMPLE Robin", "Robin", "EXAMPLE")
    assert (user.kind, user.is_delegate) == ("parent", False)
    assert user.pupils == ("EXAMPLE Louison", "FACTICE Maë")
    assert user.class_names == ("4B", "6A")
    assert user.schools == ("COLLEGE EXEMPLE", "ECOLE PLACEHOLDER")
    assert dict(user.rights) == {"AvecDiscussion": True, "discussionInterdit": False}
    assert user.tabs[:4] == (7, 16, 6, 49)


def test_a_pupil_is_their_own_pupil_and_a_teacher_has_none() -> None:
    """What stands in for a pupil in readings is not called one."""
    student = to_user(user_page(), Space.STUDENT)
    assert (student.kind, student.pupils, student.class_names) == ("student", ("EXAMPLE Louison",), ("4B",))
    assert student.is_delegate is True
    teacher = to_user(user_page(TEACHER), Space.TEACHER)
    assert (teacher.kind, teacher.pupils, teacher.class_names) == ("teacher", (), ())


def test_an_almost_empty_user_is_still_one() -> None:
    """Nothing is invented for what is missing."""
    said = {"ressource": {"N": "5#1"}, "autorisations": None, "listeOnglets": None}
    user = to_user(user_page(said), Space.PARENT)
    assert (user.name, user.first_name, user.pupils, user.schools) == ("", None, (), ())
    assert (user.is_delegate, user.tabs, dict(user.rights)) == (None, (), {})

"""What a session begins with: folded without loss, the zone, and the pupils with their periods."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schoolsync.errors import BadArgument, DecodeIssue
from schoolsync.model.decoding import decode_row
from schoolsync.providers.pronote.envelope import Answer
from schoolsync.providers.pronote.mapping.known import Kept, Known, read_zone, to_begun, to_known
from schoolsync.providers.pronote.page import Start
from schoolsync.providers.pronote.schema.settings import SettingsPage, UserPage
from schoolsync.providers.pronote.schema.words import unwrapped
from schoolsync.providers.pronote.session import Resource, Space
from tests.providers.pronote.entering import SETTINGS, TWO, family, pupil, user
from tests.providers.pronote.wire import ROOT

START = Start(number=1)


def answer(function: str, said: Any, *, is_encrypted: bool = False) -> Answer:
    """An answer as the envelope gives it."""
    text = json.dumps({"dataSec": {"data": said}, "dataNonSec": {"fichiers": ["A" * 5000]}})
    if is_encrypted:
        text = json.dumps({"data": said})
    steps = ("data",) if is_encrypted else ("dataSec", "data")
    bare = json.loads(json.dumps(said), object_hook=unwrapped)
    return Answer(function, bare, files=("A" * 5000,), source=text.encode(), steps=steps)


def known(
    said: dict[str, Any],
    space: Space = Space.STUDENT,
    label: str | None = None,
    issues: list[DecodeIssue] | None = None,
    **more: Any,
) -> Known:
    """What an account's answer tells."""
    settings, account = answer("FonctionParametres", SETTINGS | more), answer("ParametresUtilisateur", said)
    lost: list[DecodeIssue] = [] if issues is None else issues
    year = decode_row(SettingsPage, settings.data, "x", lost)
    page = decode_row(UserPage, account.data, "x", lost)
    assert year is not None
    assert page is not None
    begun = to_begun(START, settings, year, timezone=None, label=label)
    return to_known(begun, account, page, root=ROOT, space=space, issues=lost)


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_an_answer_is_unfolded_as_it_was(is_encrypted: bool) -> None:
    """Typed values unwrapped in the content, and as they were sent beside it; the files are gone."""
    given = answer("ParametresUtilisateur", user(), is_encrypted=is_encrypted)
    kept = Kept.of(given)
    again = kept.unfolded()
    assert (again.function, again.data, again.as_sent()) == (given.function, given.data, given.as_sent())
    assert again.files == ()
    assert len(kept.packed) < 1000
    assert "EXAMPLE" not in repr(kept)


def test_a_session_begins_with_its_year() -> None:
    """And the page that it belongs to."""
    begun = known(user()).begun
    assert begun.of is START
    assert begun.year.school == "COLLEGE EXEMPLE"
    assert [period.name for period in begun.year.periods] == ["Trimestre 1", "Trimestre 2", "Trimestre 3"]


def test_a_pupil_is_known_with_its_periods() -> None:
    """Those of the screens that list any; they are the year's own."""
    found = known(user())
    (louison,) = found.pupils
    assert found.resources == {louison.key: Resource("46#lo", "EXAMPLE Louison", 4)}
    assert set(found.tabs[louison.key]) == {198}
    assert found.tabs[louison.key][198].grading == found.begun.year.periods
    assert found.capabilities.of("marks") == "yes"


def test_each_child_has_its_own_periods() -> None:
    """The parent's own row lists none."""
    other = {"G": 198, "listePeriodes": {"_T": 24, "V": [{"N": "11#t1", "L": "Trimestre 1", "G": 2}]}}
    noe = pupil("46#no", "FACTICE Noé", "3C", listeOngletsPourPeriodes={"_T": 24, "V": [other]})
    found = known(family(TWO[0], noe), Space.PARENT)
    counts = [len(found.tabs[one.key][198].grading) for one in found.pupils]
    assert counts == [3, 1]
    assert set(found.tabs) == set(found.resources) == {one.key for one in found.pupils}


def test_a_child_without_an_id_is_told() -> None:
    """Nothing could be asked about it."""
    issues: list[DecodeIssue] = []
    found = known(family(pupil() | {"N": None}), Space.PARENT, issues=issues)
    assert (found.pupils, found.resources) == ((), {})
    assert [issue.path for issue in issues] == ["ParametresUtilisateur.ressource.listeRessources.0.N"]


@pytest.mark.parametrize(("label", "called"), [(None, "FACTICE Dominique"), ("FACTICE D.", "FACTICE D.")])
def test_the_user_is_called_as_the_log_in_said(label: str | None, called: str) -> None:
    """Else as the account's own row says."""
    assert known(family(*TWO), Space.PARENT, label).label == called


def test_all_names_are_private() -> None:
    """The user's and the pupils', whole and in parts."""
    found = known(family(*TWO), Space.PARENT)
    assert found.names == {"FACTICE Dominique", "FACTICE Maë", "FACTICE Noé", "FACTICE", "Maë", "Noé"}
    assert not [name for name in found.names if name in repr(found)]


def test_a_zone_is_read() -> None:
    """By its IANA name."""
    assert read_zone("Indian/Reunion") == "Indian/Reunion"
    assert read_zone(None) is None
    with pytest.raises(BadArgument, match="timezone"):
        read_zone("Réunion")


@pytest.mark.parametrize(
    ("said", "given", "zone"),
    [
        (None, None, "Europe/Paris"),
        (False, None, "Europe/Paris"),
        (True, None, "Pacific/Noumea"),
        (True, "Pacific/Wallis", "Pacific/Wallis"),
    ],
)
def test_a_school_is_in_the_zone_that_is_known(said: bool | None, given: str | None, zone: str) -> None:
    """The caller's word comes first."""
    settings = answer("FonctionParametres", SETTINGS | {"pourNouvelleCaledonie": said})
    page = SettingsPage.model_validate(settings.data)
    assert to_begun(START, settings, page, timezone=given, label=None).zone == zone

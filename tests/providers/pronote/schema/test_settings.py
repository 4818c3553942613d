"""What a session begins with, however it is written."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import DecodeIssue
from schoolsync.model.decoding import decode_row
from schoolsync.providers.pronote.schema.settings import SettingsPage, UserPage
from schoolsync.providers.pronote.schema.words import Named
from tests.providers.pronote.persons import GENERAL, PARENT, STUDENT, bare, changed, user_page


def read(said: dict[str, Any]) -> tuple[UserPage | None, list[DecodeIssue]]:
    """The user, and what could not be read."""
    issues: list[DecodeIssue] = []
    return decode_row(UserPage, bare(said), "ParametresUtilisateur", issues), issues


# -- screens ----------------------------------------------------------------------


def test_screens_are_read_out_of_the_tree() -> None:
    """Groups and what is in them, each once, in the server's order."""
    tree = [{"G": 7}, {"G": 3, "Onglet": [{"G": 198}, {"G": 217, "Onglet": [{"G": 13}]}]}, {"G": 7}]
    assert user_page(listeOnglets=tree).open_tabs == (7, 3, 198, 217, 13)


@pytest.mark.parametrize("hidden", [[3], {"_T": 26, "V": "[3]"}, {"_T": 26, "V": "[2..4]"}])
def test_what_is_in_a_hidden_group_is_hidden(hidden: object) -> None:
    """A list of numbers, or a set."""
    tree = [{"G": 7}, {"G": 3, "Onglet": [{"G": 198}]}, {"G": None, "Onglet": [{"G": 8}]}]
    assert user_page(listeOnglets=tree, listeOngletsInvisibles=hidden).open_tabs == (7, 8)


@pytest.mark.parametrize("tree", [None, [], [{}]])
def test_no_screens_are_none(tree: object) -> None:
    """Missing or empty."""
    assert user_page(listeOnglets=tree).open_tabs == ()


def test_a_tab_that_is_none_does_not_cost_the_others() -> None:
    """Its place is told."""
    found, issues = read(changed(STUDENT, listeOnglets=[{"G": 7}, "x", {"G": 16}]))
    assert found is not None
    assert found.open_tabs == (7, 16)
    assert [issue.path for issue in issues] == ["ParametresUtilisateur.listeOnglets.1"]


# -- people -----------------------------------------------------------------------


def test_a_parent_s_children_are_rows_of_their_own() -> None:
    """With school, class, groups and the periods of their screens."""
    found, issues = read(PARENT)
    assert found is not None
    assert issues == []
    one, other = found.user.children
    assert (one.label, other.label, found.user.kind) == ("EXAMPLE Louison", "FACTICE Maë", 5)
    assert one.class_ == Named(N="23#4B", L="4B")
    assert one.school == Named(N="50#Et1", L="COLLEGE EXEMPLE")
    (periods,) = one.tab_periods
    assert (periods.tab, [period.label for period in periods.periods]) == (198, ["Trimestre 1"])
    assert periods.default is not None
    assert periods.default.id == "105#T1"


def test_repr_shows_no_name() -> None:
    """Of anybody in it."""
    found, _ = read(PARENT)
    assert found is not None
    shown = repr(found) + str(found.user) + repr(found.user.children)
    assert not any(word in shown for word in ("EXAMPLE", "FACTICE", "Robin", "4B"))


@pytest.mark.parametrize("key", [*STUDENT, "nothing"])
@pytest.mark.parametrize("way", ["missing", "null", "renamed"])
def test_only_the_user_must_be_there(key: str, way: str) -> None:
    """Every other key may be missing, null, or have another name, and no issue comes of it."""
    said = changed(STUDENT)
    value = said.pop(key, None)
    if way == "null":
        said[key] = None
    if way == "renamed":
        said[f"{key}X"] = value
    found, issues = read(said)
    if key == "ressource":
        assert found is None
        assert issues[0].path == "ParametresUtilisateur.ressource"
    else:
        assert found is not None
        assert issues == []


# -- the year ---------------------------------------------------------------------


@pytest.mark.parametrize("key", GENERAL)
@pytest.mark.parametrize("way", ["missing", "null", "bare"])
def test_nothing_of_the_year_must_be_there(key: str, way: str) -> None:
    """And what is there comes typed or bare."""
    general = changed(GENERAL)
    if way == "missing":
        del general[key]
    else:
        general[key] = None if way == "null" else bare(general[key])
    issues: list[DecodeIssue] = []
    found = decode_row(SettingsPage, bare({"General": general}), "FonctionParametres", issues)
    assert found is not None
    assert issues == []


def test_the_server_s_clock_and_this_device() -> None:
    """What stands beside the year."""
    said = {
        "identifiantNav": "NAV-1",
        "DateServeurHttp": {"_T": 7, "V": "09/03/2026 12:00:00"},
        "pourNouvelleCaledonie": True,
        "tableauVersion": [2026, 2, 6],
        "General": {},
    }
    found = SettingsPage.model_validate(bare(said))
    assert (found.device, found.is_new_caledonia) == ("NAV-1", True)
    assert str(found.server_time) == "2026-03-09 12:00:00"
    assert found.version_numbers == (2026, 2, 6)


# -- the server ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "text", "version"),
    [
        ([2026, 2, 5, 6], "2026.2.5", (2026, 2, 5, 6)),
        ([2026, 2, 5, 6, 7], None, (2026, 2, 5, 6)),
        (None, "2025.1.3", (2025, 1, 3)),
        ([], "2024.3.9.2", (2024, 3, 9, 2)),
        (None, "2023 - 0.3.0", (2023, 0, 3, 0)),
        (None, None, ()),
        (None, "", ()),
    ],
)
def test_the_version_of_the_server(numbers: object, text: object, version: tuple[int, ...]) -> None:
    """Of newer servers as numbers, of older ones as text."""
    said = {"General": {"versionPN": text}, "tableauVersion": numbers}
    assert SettingsPage.model_validate(said).server_version == version

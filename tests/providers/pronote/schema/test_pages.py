"""Pages of news, discussions and people: nothing in them must be there, and nothing of them is shown."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import DecodeIssue
from schoolsync.model.decoding import decode_row
from schoolsync.providers.pronote.schema.messages import DiscussionRow, MessageRow
from schoolsync.providers.pronote.schema.news import NewsPage, NewsRow, QuestionRow
from schoolsync.providers.pronote.schema.people import PersonalPage, TeamRow
from schoolsync.providers.pronote.schema.words import Row
from tests.providers.pronote.mapping.test_messages import THANKS, TRIP
from tests.providers.pronote.mapping.test_news import MEETING, ONE_QUESTION, SURVEY
from tests.providers.pronote.mapping.test_teachers import CONTACT, TEACHER
from tests.providers.pronote.persons import bare, listed

PERSONAL = {
    "Informations": CONTACT,
    "securisation": {"mode": 1},
    "iCal": {"liste": listed({"L": "EDT", "paramICal": "9F8E", "paramSuppl": "26"})},
}
ROWS: list[tuple[type[Row], dict[str, Any]]] = [
    (NewsRow, MEETING),
    (NewsRow, SURVEY),
    (QuestionRow, ONE_QUESTION),
    (DiscussionRow, TRIP),
    (MessageRow, THANKS),
    (TeamRow, TEACHER),
    (PersonalPage, PERSONAL),
]
KEYS = [(kind, said, key) for kind, said in ROWS for key in said]


def read(kind: type[Row], said: object) -> tuple[Row | None, list[DecodeIssue]]:
    """A row, and what could not be read of it."""
    issues: list[DecodeIssue] = []
    return decode_row(kind, bare(said), "here", issues), issues


@pytest.mark.parametrize(("kind", "said", "key"), KEYS)
def test_any_key_may_be_missing_null_or_renamed(kind: type[Row], said: dict[str, Any], key: str) -> None:
    """Without an issue, and without a change to the others."""
    rest = {name: value for name, value in said.items() if name != key}
    assert read(kind, rest)[1] == []
    found, issues = read(kind, rest | {f"{key}X": said[key]})
    assert found is not None
    assert issues == []
    found, issues = read(kind, rest | {key: None})
    assert found is not None
    assert [issue.path for issue in issues] == []


@pytest.mark.parametrize(("kind", "said"), ROWS)
def test_typed_and_bare_are_alike(kind: type[Row], said: dict[str, Any]) -> None:
    """Every value at once."""
    assert read(kind, said) == read(kind, bare(said))


@pytest.mark.parametrize(("kind", "said"), ROWS)
def test_unknown_keys_are_kept_and_nothing_is_shown(kind: type[Row], said: dict[str, Any]) -> None:
    """`native` gives everything; `repr` gives the id."""
    found, _ = read(kind, said | {"aNewKey": "EXAMPLE Louison"})
    assert found is not None
    assert (found.model_extra or {})["aNewKey"] == "EXAMPLE Louison"
    shown = repr(found) + str(found)
    words = ("EXAMPLE", "MODELE", "Louison", "Merci", "9F8E", "MATH")
    assert not any(word in shown for word in words)


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ({}, [("listeActualites",)]),
        ({"listeModesAff": [{"G": 1}]}, [("listeActualites",)]),
        ({"listeModesAff": [{"G": 1}, {"G": 0}]}, [("listeModesAff", 1, "listeActualites")]),
        ({"listeModesAff": [{}]}, [("listeModesAff", 0, "listeActualites")]),
    ],
)
def test_the_way_to_what_was_received(said: dict[str, Any], ways: list[tuple[object, ...]]) -> None:
    """In the server's words, for issues and raw rows."""
    assert [way for way, _ in NewsPage.model_validate(said).received] == ways

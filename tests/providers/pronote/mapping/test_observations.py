"""Observations and encouragements out of hand-written answers."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.model import BehaviourEvent
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.observations import to_behaviour_events
from schoolsync.providers.pronote.schema.presence import PresencePage
from tests.providers.pronote.reading import bare, context, date, element, page

PARIS = ZoneInfo("Europe/Paris")
ROW: dict[str, Any] = {
    "N": "46#ob1",
    "G": 46,
    "page": {"Absence": 45},
    "L": "Encouragement",
    "date": date("26/09/2026"),
    "estLue": False,
    "avecARObservation": True,
    "genreObservation": 2,
    "rubrique": element({"N": "502#ru1", "L": "Encouragements"}),
    "matiere": element({"N": "16#ma", "L": "MATHEMATIQUES"}),
    "commentaire": "Très <i>bonne</i> participation",
    "demandeur": element({"N": "3#pr1", "L": "MODELE A.", "G": 3, "mail": ""}),
}


def events(*rows: Any, here: Context | None = None, **more: bool) -> list[BehaviourEvent]:
    """What rows become."""
    said = {"listeAbsences": element(list(rows))}
    return to_behaviour_events(here or context(), page(PresencePage, "PagePresence", said, **more))


def one(**change: Any) -> BehaviourEvent:
    """What a row becomes with some keys changed."""
    (found,) = events(ROW | change)
    return found


@pytest.mark.parametrize("is_typed", [True, False])
def test_every_field_of_an_observation(is_typed: bool) -> None:
    """A day without a time begins at midnight."""
    (found,) = events(ROW if is_typed else bare(ROW))
    assert (found.at, found.polarity) == (dt.datetime(2026, 9, 26, tzinfo=PARIS), "positive")
    assert (found.reason, found.given_by, found.lesson_name) == (
        "Très bonne participation",
        "MODELE A.",
        "MATHEMATIQUES",
    )
    assert dict(found.extras) == {
        "pronote.label": "Encouragement",
        "pronote.category": "Encouragements",
        "pronote.is_read": False,
    }
    assert (found.points, found.provider_id, found.identity) == (None, "46#ob1", "derived")


@pytest.mark.parametrize(
    ("said", "polarity"),
    [(0, "negative"), (1, "neutral"), (2, "positive"), (3, "neutral"), (9, "neutral"), (None, "neutral")],
)
def test_which_way_it_counts(said: int | None, polarity: str) -> None:
    """A note to the parents may say anything."""
    assert one(genreObservation=said).polarity == polarity


@pytest.mark.parametrize("comment", ["", "  ", None, "<br/>"])
def test_without_a_comment_the_label_is_the_reason(comment: str | None) -> None:
    """Most schools only tick a heading."""
    assert one(commentaire=comment).reason == "Encouragement"


def test_half_of_the_keys_may_be_missing() -> None:
    """Nobody is the author, and the subject is none, where they have no name."""
    nobody = element({"N": "0"})
    (found,) = events({"G": 45, "date": "26/09/2026 09:30:00"}, strict=True)
    assert found.at == dt.datetime(2026, 9, 26, 9, 30, tzinfo=PARIS)
    assert (found.reason, found.given_by, found.lesson_name, dict(found.extras)) == (None, None, None, {})
    assert (one(matiere=nobody).lesson_name, one(demandeur=nobody).given_by) == (None, None)


def test_without_a_day_it_is_an_issue() -> None:
    """Beside the others."""
    here = context()
    assert len(events(ROW | {"date": None}, ROW, here=here)) == 1
    assert [(issue.path, issue.is_row_lost) for issue in here.issues] == [
        ("PagePresence.listeAbsences.0", True)
    ]


def test_a_corrected_text_keeps_the_key() -> None:
    """So does reading it; ids change with every log-in."""
    assert one(N="46#other", commentaire="Autre", estLue=True, matiere=None).key == one().key
    others = (
        one(date=date("27/09/2026")),
        one(L="Oubli de matériel"),
        one(demandeur=element({"L": "SPECIMEN B."})),
    )
    assert len({other.key for other in others} | {one().key}) == 4


@given(st.permutations(range(4)))
def test_twins_do_not_merge_in_any_order(order: list[int]) -> None:
    """Newest first."""
    rows = [ROW, ROW | {"commentaire": "Autre"}, ROW | {"estLue": True}, ROW | {"date": date("28/09/2026")}]
    found = events(*[rows[place] for place in order])
    assert found == events(*rows)
    assert len({event.key for event in found}) == 4
    assert found[0].at.day == 28


def test_raw_rows_among_other_kinds() -> None:
    """Each its own."""
    here = context(keep_raw=True)
    (found,) = events({"G": 13}, ROW, {"G": 41}, here=here, keep_raw=True)
    assert found.raw == ROW
    assert here.issues == []

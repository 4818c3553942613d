"""Homework out of hand-written rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Homework
from schoolsync.providers.pronote.files import Shelved
from schoolsync.providers.pronote.mapping.homework import to_homeworks
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.schema.notebook import HomeworkPage
from tests.providers.pronote.reading import PUPIL, bare, context, date, element, page

ROW: dict[str, Any] = {
    "N": "38#Ta1",
    "descriptif": {"_T": 21, "V": "<div>Exercices 3 &amp; 4<br/>p. 27</div><script>no()</script>"},
    "avecMiseEnForme": False,
    "PourLe": date("08/10/2026"),
    "DonneLe": date("06/10/2026"),
    "TAFFait": False,
    "niveauDifficulte": 2,
    "duree": 20,
    "avecRendu": True,
    "genreRendu": 2,
    "peuRendre": True,
    "cours": element({"N": "20#Cr1"}),
    "cahierDeTextes": element({"N": "36#Cd1"}),
    "Matiere": element({"N": "16#MaTh", "L": "MATHS &amp; INFO"}),
    "CouleurFond": "#F49737",
    "nomPublic": "4B",
    "ListePieceJointe": element(
        [
            {"N": "48#PJ1", "G": 1, "L": "exercice 3.pdf"},
            {
                "N": "48#PJ2",
                "G": 0,
                "L": "Manuel",
                "url": {"_T": 23, "V": "https://manuel.example.test/p/12"},
            },
        ]
    ),
    "ListeThemes": element([{"N": "110#Th1", "L": "Fractions"}, {"N": "110#Th2", "L": "Nombres"}]),
}


def homeworks(*rows: Any, here: Context | None = None, **more: bool) -> list[Homework]:
    """What rows become."""
    said = {"ListeTravauxAFaire": element(list(rows))}
    return to_homeworks(here or context(), page(HomeworkPage, "PageCahierDeTexte", said, **more))


def one(**change: Any) -> Homework:
    """What the row becomes with some keys changed."""
    (found,) = homeworks(ROW | change)
    return found


def test_every_field_of_homework() -> None:
    """As they were agreed on."""
    found = one()
    assert (found.provider, found.pupil_key, found.identity) == ("pronote", PUPIL.key, "derived")
    assert found.provider_id == "38#Ta1"
    assert (found.due, found.assigned_on) == (dt.date(2026, 10, 8), dt.date(2026, 10, 6))
    assert type(found.due) is dt.date
    assert found.subject is not None
    assert (found.subject.name, found.subject.id, found.subject.colour) == (
        "MATHS & INFO",
        "16#MaTh",
        "#f49737",
    )
    assert found.description_text == "Exercices 3 & 4\np. 27"
    assert found.description_html == "<div>Exercices 3 &amp; 4<br>p. 27</div>"
    assert (found.title, found.kind, found.teacher, found.mark_key) == (None, None, None, None)
    assert (found.state, found.can_toggle, found.submission) == ("todo", False, "upload")
    assert found.expected == dt.timedelta(minutes=20)
    assert [(file.name, str(file.kind), file.ref, file.url) for file in found.attachments] == [
        ("exercice 3.pdf", "file", (found.key, 0), None),
        ("Manuel", "link", (found.key, 1), "https://manuel.example.test/p/12"),
    ]
    assert dict(found.extras) == {
        "pronote.difficulty": 2,
        "pronote.group": "4B",
        "pronote.themes": "Fractions, Nombres",
    }


def test_bare_and_typed_values_say_the_same() -> None:
    """A server may send either."""
    assert homeworks(bare(ROW)) == homeworks(ROW)


@pytest.mark.parametrize("how", ["missing", "null"])
def test_every_key_but_the_day_may_be_missing_or_null(how: str) -> None:
    """It is not said then, and nobody is told."""
    for key in set(ROW) - {"PourLe"}:
        row = {name: value for name, value in ROW.items() if name != key or how == "null"}
        here = context()
        (found,) = homeworks(row | ({key: None} if how == "null" else {}), here=here)
        assert here.issues == []
        assert found.due == dt.date(2026, 10, 8)


def test_a_row_of_which_only_the_day_is_said() -> None:
    """Nothing to hand in; how far it is, is not known."""
    (found,) = homeworks({"PourLe": "08/10/2026"})
    assert (found.subject, found.assigned_on, found.expected, found.description_html) == (None,) * 4
    assert (found.state, found.submission, found.description_text) == ("unknown", "none", "")
    assert (found.attachments, dict(found.extras)) == ((), {})


@pytest.mark.parametrize(
    ("said", "state"), [(True, "done"), (False, "todo"), (None, "unknown"), ("true", "done")]
)
def test_the_tick_is_the_state(said: object, state: str) -> None:
    """Not said is not known."""
    assert one(TAFFait=said).state == state


def test_only_some_accounts_may_tick() -> None:
    """The context knows."""
    assert homeworks(ROW, here=attrs.evolve(context(), can_tick=True))[0].can_toggle is True


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (None, "none"),
        (0, "none"),
        (1, "paper"),
        (2, "upload"),
        (3, "other"),
        (4, "audio"),
        (5, "unknown"),
        (-1, "unknown"),
        ("2", "upload"),
    ],
)
def test_how_it_is_handed_in(said: object, meant: str) -> None:
    """Not said is nothing; a number that we do not know is unknown."""
    assert one(genreRendu=said).submission == meant


@pytest.mark.parametrize(
    ("minutes", "minutes_meant"), [(20, 20), ("45", 45), (0, None), (-5, None), (None, None), ("", None)]
)
def test_how_long_it_should_take(minutes: object, minutes_meant: int | None) -> None:
    """Nothing is not no time."""
    expected = one(duree=minutes).expected
    assert expected == (None if minutes_meant is None else dt.timedelta(minutes=minutes_meant))


def test_a_length_beyond_all_measure_costs_only_itself() -> None:
    """And is told."""
    here = context()
    (found,) = homeworks(ROW | {"duree": 10**15}, here=here)
    assert (found.expected, found.description_text != "") == (None, True)
    assert [issue.path for issue in here.issues] == ["PageCahierDeTexte.ListeTravauxAFaire.0.duree"]


@pytest.mark.parametrize(("said", "meant"), [(0, None), (None, None), (1, 1), (3, 3), (-1, None)])
def test_no_difficulty_is_not_said(said: int | None, meant: int | None) -> None:
    """0 is none."""
    assert one(niveauDifficulte=said).extras.get("pronote.difficulty") == meant


def test_empty_words_are_none() -> None:
    """A class without a name, themes without one, a subject without one."""
    found = one(
        nomPublic=" ", ListeThemes=element([{"L": ""}, {"L": None}]), Matiere=element({"N": "0", "L": ""})
    )
    assert dict(found.extras) == {"pronote.difficulty": 2}
    assert found.subject is None


# -- identity and files ----------------------------------------------------------


def test_a_new_log_in_gives_equal_keys() -> None:
    """Ids do not count; corrected words keep the key."""
    anew = ROW | {"N": "38#zz", "Matiere": element({"N": "16#zz", "L": "MATHS &amp; INFO"})}
    assert homeworks(anew)[0].key == one().key
    assert one(descriptif="<p>Corrigé</p>", TAFFait=True, duree=5, ListePieceJointe=None).key == one().key
    assert one(PourLe="09/10/2026").key != one().key
    assert one(DonneLe="05/10/2026").key != one().key


def test_twins_do_not_merge_and_their_files_follow_them() -> None:
    """In any order of the server's."""
    other = ROW | {
        "N": "38#Ta2",
        "descriptif": "Autre",
        "ListePieceJointe": element([{"N": "48#X", "G": 1, "L": "x.pdf"}]),
    }
    there, back = context(), context()
    found = homeworks(ROW, other, here=there)
    swapped = homeworks(other, ROW, here=back)
    assert [one_.provider_id for one_ in found] == ["38#Ta1", "38#Ta2"]
    assert {one_.key: one_.description_text for one_ in found} == {
        one_.key: one_.description_text for one_ in swapped
    }
    assert len({one_.key for one_ in found}) == 2
    assert (
        there.files
        == back.files
        == {
            (found[0].key, 0): Shelved("48#PJ1", "exercice 3.pdf"),
            (found[1].key, 0): Shelved("48#X", "x.pdf"),
        }
    )


# -- trouble ---------------------------------------------------------------------


def test_homework_for_no_day_is_lost_alone() -> None:
    """And told; strict mode refuses it."""
    here = context()
    found = homeworks(ROW, ROW | {"PourLe": ""}, "no row", ROW | {"PourLe": "31/02/2026"}, here=here)
    assert len(found) == 1
    assert [issue.path for issue in here.issues] == [
        "PageCahierDeTexte.ListeTravauxAFaire.2",
        "PageCahierDeTexte.ListeTravauxAFaire.3.PourLe",
        "PageCahierDeTexte.ListeTravauxAFaire.1",
        "PageCahierDeTexte.ListeTravauxAFaire.3",
    ]
    with pytest.raises(UnexpectedShape, match=r"ListeTravauxAFaire\.0"):
        homeworks(ROW | {"PourLe": None}, here=context(strict=True), strict=True)


JUNK: tuple[Any, ...] = (
    None,
    "?",
    -1,
    10**30,
    1e300,
    [None],
    [{}],
    {},
    "31/12/9999",
    "01/01/0001",
    "\ud800",
    "9" * 400,
)


@given(st.sampled_from(sorted(ROW)), st.sampled_from(JUNK))
def test_junk_under_any_key_never_costs_other_homework(key: str, junk: Any) -> None:
    """Nor does it raise."""
    whole = ROW | {"N": "38#whole"}
    assert "38#whole" in [found.provider_id for found in homeworks(ROW | {key: junk}, whole)]


def test_raw_is_what_was_sent() -> None:
    """Typed values and all, past a row that is lost."""
    found = homeworks("no row", ROW, here=context(keep_raw=True), keep_raw=True)
    assert [one_.raw for one_ in found] == [ROW]
    assert one().raw is None


def test_no_rows_are_no_homework() -> None:
    """Whatever stands for them."""
    for said in ({}, {"ListeTravauxAFaire": None}, {"ListeTravauxAFaire": element([])}):
        assert to_homeworks(context(), page(HomeworkPage, "PageCahierDeTexte", said)) == []

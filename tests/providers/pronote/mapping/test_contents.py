"""Contents of lessons out of hand-written entries."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from schoolsync.model import LessonContent
from schoolsync.providers.pronote.files import Shelved
from schoolsync.providers.pronote.mapping.contents import to_contents
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.schema.notebook import ContentsPage
from tests.providers.pronote.reading import PUPIL, bare, context, date, element, page

FIRST: dict[str, Any] = {
    "N": "37#Co1",
    "L": "Fractions &amp; rappels",
    "descriptif": {"_T": 21, "V": "<p>Addition de <b>fractions</b></p>"},
    "categorie": element({"N": "49#Ca1", "G": 1, "L": "Cours"}),
    "parcoursEducatif": -1,
    "ListePieceJointe": element([{"N": "48#PJ1", "G": 1, "L": "cours.pdf"}]),
    "ListeThemes": element([]),
    "training": element({"ListeExecutionsQCM": []}),
}
SECOND: dict[str, Any] = {
    "N": "37#Co2",
    "L": "Exercices",
    "descriptif": "p. 27",
    "ListePieceJointe": element(
        [{"N": "48#PJ2", "G": 1, "L": "exos.pdf"}, {"G": 0, "url": "https://a.example.test"}]
    ),
}
ENTRY: dict[str, Any] = {
    "N": "36#Cd1",
    "cours": element({"N": "20#Cr1"}),
    "verrouille": False,
    "listeGroupes": element([{"N": "2#Gr", "L": "4B GR.1"}]),
    "Matiere": element({"N": "16#MaTh", "L": "MATHEMATIQUES"}),
    "CouleurFond": "#F49737",
    "listeProfesseurs": element([{"N": "3#Pr", "L": "MODELE A."}, {"N": "3#Pr2", "L": ""}]),
    "Date": date("06/10/2026 08:00:00"),
    "DateFin": date("06/10/2026 09:00:00"),
    "dateTAF": date("08/10/2026"),
    "listeContenus": element([FIRST, SECOND]),
    "listeElementsProgrammeCDT": element([{"N": "84#El1", "L": "Calculer"}]),
}
HERE = {"20#Cr1": "lesson-1"}


def contents(
    *rows: Any, here: Context | None = None, lessons: dict[str, str] | None = None, **more: bool
) -> list[LessonContent]:
    """What entries become."""
    said = {"ListeCahierDeTextes": element(list(rows))}
    return to_contents(here or context(), page(ContentsPage, "PageCahierDeTexte", said, **more), lessons)


def changed(**change: Any) -> dict[str, Any]:
    """The entry with its first content only, and that one changed."""
    return ENTRY | {"listeContenus": element([FIRST | change])}


def test_every_field_of_a_content() -> None:
    """As they were agreed on; one lesson may have several."""
    one, two = contents(ENTRY, lessons=HERE)
    assert (one.provider, one.pupil_key, one.identity, one.provider_id) == (
        "pronote",
        PUPIL.key,
        "derived",
        "37#Co1",
    )
    assert one.start.isoformat() == "2026-10-06T08:00:00+02:00"
    assert one.start.tzinfo is ZoneInfo("Europe/Paris")
    assert one.subject is not None
    assert (one.subject.name, one.subject.id, one.subject.colour) == ("MATHEMATIQUES", "16#MaTh", "#f49737")
    assert (one.title, one.category, one.teachers) == ("Fractions & rappels", "Cours", ("MODELE A.",))
    assert one.description_html == "<p>Addition de <b>fractions</b></p>"
    assert one.description_text == "Addition de fractions"
    assert (one.lesson_key, two.lesson_key) == ("lesson-1", "lesson-1")
    assert (two.title, two.category, two.start, two.subject) == ("Exercices", None, one.start, one.subject)
    assert [(file.name, str(file.kind), file.ref) for file in two.attachments] == [
        ("exos.pdf", "file", (two.key, 0)),
        ("https://a.example.test", "link", (two.key, 1)),
    ]


def test_the_lesson_is_known_only_from_a_listing_of_this_session() -> None:
    """Else nothing is said of it."""
    assert [one.lesson_key for one in contents(ENTRY)] == [None, None]
    assert [one.lesson_key for one in contents(ENTRY, lessons={"20#other": "lesson-9"})] == [None, None]
    assert [one.lesson_key for one in contents(ENTRY | {"cours": None}, lessons=HERE)] == [None, None]


def test_bare_and_typed_values_say_the_same() -> None:
    """A server may send either."""
    assert contents(bare(ENTRY)) == contents(ENTRY)


@pytest.mark.parametrize("how", ["missing", "null"])
def test_every_key_but_the_time_may_be_missing_or_null(how: str) -> None:
    """It is not said then, and nobody is told."""
    for key in set(ENTRY) - {"Date"}:
        row = {name: value for name, value in ENTRY.items() if name != key or how == "null"}
        here = context()
        found = contents(row | ({key: None} if how == "null" else {}), here=here)
        assert here.issues == []
        assert len(found) == (0 if key == "listeContenus" else 2)
    for key in FIRST:
        here = context()
        lacking = {name: value for name, value in FIRST.items() if name != key or how == "null"}
        inner = lacking | ({key: None} if how == "null" else {})
        assert len(contents(ENTRY | {"listeContenus": element([inner])}, here=here)) == 1
        assert here.issues == []


def test_a_content_of_which_nothing_is_said() -> None:
    """Only of which lesson it was."""
    (one,) = contents({"Date": "06/10/2026 08:00:00", "listeContenus": [{}]})
    assert (one.subject, one.title, one.category, one.description_html, one.provider_id) == (None,) * 5
    assert (one.description_text, one.teachers, one.attachments) == ("", (), ())


# -- identity and files ----------------------------------------------------------


def test_a_new_log_in_gives_equal_keys() -> None:
    """Ids do not count; corrected words keep the key."""
    anew = ENTRY | {
        "N": "36#zz",
        "cours": element({"N": "20#zz"}),
        "Matiere": element({"N": "16#zz", "L": "MATHEMATIQUES"}),
        "listeContenus": element([FIRST | {"N": "37#zz", "descriptif": "corrigé"}, SECOND | {"N": "37#yy"}]),
    }
    assert [one.key for one in contents(anew)] == [one.key for one in contents(ENTRY)]
    key = contents(changed())[0].key
    assert contents(changed(L="Autre"))[0].key != key
    assert contents(changed() | {"Date": "06/10/2026 09:00:00"})[0].key != key


def test_twins_do_not_merge_and_files_follow_their_record() -> None:
    """In any order of the server's."""
    twin = FIRST | {
        "N": "37#Co9",
        "descriptif": "tout autre",
        "ListePieceJointe": element([{"N": "48#X", "G": 1, "L": "x"}]),
    }
    there, back = context(), context()
    found = contents(ENTRY | {"listeContenus": element([FIRST, twin])}, here=there)
    swapped = contents(ENTRY | {"listeContenus": element([twin, FIRST])}, here=back)
    assert len({one.key for one in found}) == 2
    assert {one.key: one.description_text for one in found} == {
        one.key: one.description_text for one in swapped
    }
    assert (
        there.files
        == back.files
        == {
            (found[0].key, 0): Shelved("48#PJ1", "cours.pdf"),
            (found[1].key, 0): Shelved("48#X", "x"),
        }
    )


# -- trouble ---------------------------------------------------------------------


def test_an_entry_at_no_time_is_lost_alone() -> None:
    """And told; strict mode refuses it."""
    here = context()
    found = contents(ENTRY, ENTRY | {"Date": None}, ENTRY | {"Date": "?"}, here=here)
    assert [one.provider_id for one in found] == ["37#Co1", "37#Co2"]
    assert [issue.path for issue in here.issues] == [
        "PageCahierDeTexte.ListeCahierDeTextes.2.Date",
        "PageCahierDeTexte.ListeCahierDeTextes.1",
        "PageCahierDeTexte.ListeCahierDeTextes.2",
    ]
    with pytest.raises(UnexpectedShape, match=r"ListeCahierDeTextes\.0"):
        contents(ENTRY | {"Date": ""}, here=context(strict=True), strict=True)


def test_a_bad_content_costs_only_itself() -> None:
    """The others of its lesson are read."""
    here = context()
    found = contents(ENTRY | {"listeContenus": element(["?", SECOND])}, here=here)
    assert [one.title for one in found] == ["Exercices"]
    assert [issue.path for issue in here.issues] == [
        "PageCahierDeTexte.ListeCahierDeTextes.0.listeContenus.0"
    ]


JUNK: tuple[Any, ...] = (
    None,
    "?",
    -1,
    10**30,
    1e300,
    [None],
    [{}],
    {},
    "31/12/9999 23:59:59",
    "01/01/0001",
    "\ud800",
)


@given(st.sampled_from(sorted(ENTRY | FIRST)), st.sampled_from(JUNK))
def test_junk_under_any_key_never_costs_another_entry(key: str, junk: Any) -> None:
    """Nor does it raise."""
    whole = ENTRY | {"listeContenus": element([SECOND | {"N": "37#whole"}])}
    inner = ENTRY | {"listeContenus": element([FIRST | {key: junk}])}
    found = contents(ENTRY | {key: junk}, inner, whole)
    assert "37#whole" in [one.provider_id for one in found]


def test_raw_is_the_entry_as_it_was_sent() -> None:
    """For each of its contents."""
    assert [one.raw for one in contents(ENTRY, here=context(keep_raw=True), keep_raw=True)] == [ENTRY, ENTRY]

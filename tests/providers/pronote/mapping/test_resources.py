"""Shared resources out of hand-written rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Resource
from schoolsync.providers.pronote.files import Shelved
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.resources import to_resources
from schoolsync.providers.pronote.schema.resources import ResourcesPage
from tests.providers.pronote.reading import PUPIL, bare, context, date, element, page

SUBJECTS = element(
    [{"N": "16#Ma", "L": "MATHS &amp; INFO", "couleur": "#F49737"}, {"N": "16#Fr", "L": "FRANCAIS"}]
)
SHEET: dict[str, Any] = {
    "G": 0,
    "date": date("06/10/2026"),
    "matiere": element({"N": "16#Ma"}),
    "ressource": element({"N": "48#PJ1", "L": "exercice n° 3.pdf", "G": 48}),
}
SITE: dict[str, Any] = {
    "G": 1,
    "date": date("07/10/2026"),
    "matiere": element({"N": "16#Fr"}),
    "ressource": element(
        {"N": "94#S1", "L": "Atlas", "G": 48, "url": {"_T": 23, "V": "https://atlas.example.test/"}}
    ),
}


def resources(
    *rows: Any, here: Context | None = None, subjects: object = SUBJECTS, **more: bool
) -> list[Resource]:
    """What rows become."""
    said = {"listeMatieres": subjects, "listeRessources": element(list(rows))}
    return to_resources(here or context(), page(ResourcesPage, "RessourcePedagogique", said, **more))


def one(row: dict[str, Any] = SHEET, **change: Any) -> Resource:
    """What a row becomes with some keys changed."""
    (found,) = resources(row | change)
    return found


def test_every_field_of_a_resource() -> None:
    """As they were agreed on; the subject comes from the page's list."""
    here = context()
    (sheet,) = resources(SHEET, here=here)
    assert (sheet.provider, sheet.pupil_key, sheet.identity, sheet.provider_id) == (
        "pronote",
        PUPIL.key,
        "derived",
        "48#PJ1",
    )
    assert sheet.shared_at is not None
    assert sheet.shared_at.isoformat() == "2026-10-06T00:00:00+02:00"
    assert sheet.subject is not None
    assert (sheet.subject.name, sheet.subject.id, sheet.subject.colour) == (
        "MATHS & INFO",
        "16#Ma",
        "#f49737",
    )
    assert (sheet.title, sheet.category, sheet.description_html, sheet.description_text) == (
        "exercice n° 3.pdf",
        "document",
        None,
        "",
    )
    (file,) = sheet.attachments
    assert (file.name, file.kind, file.ref, file.url) == ("exercice n° 3.pdf", "file", (sheet.key, 0), None)
    assert here.files == {(sheet.key, 0): Shelved("48#PJ1", "exercice n° 3.pdf")}


def test_a_site_is_a_link() -> None:
    """Its address may stand in either place."""
    here = context()
    (site,) = resources(SITE, here=here)
    (link,) = site.attachments
    assert (link.name, link.kind, link.url) == ("Atlas", "link", "https://atlas.example.test/")
    assert (site.category, here.files) == ("site", {})
    beside = one(SITE, ressource=element({"N": "94#S1", "L": "Atlas"}), url="https://b.example.test/")
    assert [file.url for file in beside.attachments] == ["https://b.example.test/"]


@pytest.mark.parametrize(
    ("kind", "category", "kinds"),
    [
        (0, "document", ["file"]),
        (1, "site", []),
        (2, "quiz", ["file"]),
        (3, "subject", ["file"]),
        (4, "correction", ["file"]),
        (5, "handed-in work", ["file"]),
        (6, "kiosk", []),
        (7, "cloud document", ["file"]),
        (8, None, ["file"]),
        (None, None, ["file"]),
    ],
)
def test_categories_and_what_can_be_fetched(kind: int | None, category: str | None, kinds: list[str]) -> None:
    """A site without an address leads nowhere."""
    found = one(G=kind)
    assert (found.category, [str(file.kind) for file in found.attachments]) == (category, kinds)


def test_a_quiz_is_no_file() -> None:
    """Unless it is shared as a document."""
    assert one(G=2, ressource=element({"N": "56#Q", "L": "Quiz", "G": 56})).attachments == ()
    assert one(G=2, ressource=element({"N": "56#Q", "L": "Quiz"})).attachments == ()


def test_no_address_that_may_not_be_followed() -> None:
    """It is none."""
    bad = element({"N": "94#S1", "L": "Atlas", "url": "javascript:no()"})
    assert one(SITE, ressource=bad).attachments == ()


def test_the_subject_may_be_named_by_the_row() -> None:
    """Or be none at all."""
    assert one(matiere=element({"N": "16#zz", "L": "LATIN"})).subject is not None
    assert one(matiere=element({"N": "16#zz"})).subject is None
    assert one(matiere=None).subject is None
    assert resources(SHEET, subjects=None)[0].subject is None


def test_newest_first() -> None:
    """Things without a day come last, whatever the server's order."""
    undated = SHEET | {"date": None}
    for rows in ([SHEET, undated, SITE], [SITE, SHEET, undated], [undated, SITE, SHEET]):
        found = resources(*rows)
        assert [one_.title for one_ in found] == ["Atlas", "exercice n° 3.pdf", "exercice n° 3.pdf"]
        assert found[2].shared_at is None


def test_bare_and_typed_values_say_the_same() -> None:
    """A server may send either."""
    assert resources(bare(SHEET), subjects=bare(SUBJECTS)) == resources(SHEET)


@pytest.mark.parametrize("key", sorted(SHEET))
@pytest.mark.parametrize("how", ["missing", "null"])
def test_every_key_but_the_thing_itself_may_be_missing_or_null(key: str, how: str) -> None:
    """It is not said then, and nobody is told; what has no name is lost."""
    row = {name: value for name, value in SHEET.items() if name != key or how == "null"}
    here = context()
    found = resources(row | ({key: None} if how == "null" else {}), here=here)
    is_named = key != "ressource"
    assert len(found) == is_named
    assert [issue.path for issue in here.issues] == (
        [] if is_named else ["RessourcePedagogique.listeRessources.0"]
    )


# -- identity -----------------------------------------------------------------------


def test_a_new_log_in_gives_equal_keys() -> None:
    """Ids do not count."""
    anew = SHEET | {
        "matiere": element({"N": "16#zz", "L": "MATHS &amp; INFO"}),
        "ressource": element({"N": "48#zz", "L": "exercice n° 3.pdf", "G": 48}),
    }
    assert one(anew).key == one().key
    assert one(date="07/10/2026").key != one().key
    assert one(ressource=element({"N": "48#PJ1", "L": "autre.pdf"})).key != one().key


def test_twins_do_not_merge_and_their_files_stay_apart() -> None:
    """The same name, the same day."""
    here = context()
    twin = SHEET | {"ressource": element({"N": "48#PJ9", "L": "exercice n° 3.pdf", "G": 48}), "G": 4}
    found = resources(SHEET, twin, here=here)
    assert len({one_.key for one_ in found}) == 2
    assert {str(here.files[one_.key, 0].id): one_.category for one_ in found} == {
        "48#PJ1": "document",
        "48#PJ9": "correction",
    }
    assert {one_.key: one_.category for one_ in resources(twin, SHEET)} == {
        one_.key: one_.category for one_ in found
    }


# -- trouble ------------------------------------------------------------------------


def test_strict_mode_refuses_what_has_no_name() -> None:
    """And says where."""
    with pytest.raises(UnexpectedShape, match=r"RessourcePedagogique\.listeRessources\.1"):
        resources(SHEET, SHEET | {"ressource": None}, here=context(strict=True), strict=True)


JUNK: tuple[Any, ...] = (None, "?", -1, 10**30, [None], [{}], {}, "31/12/9999", "01/01/0001", "\ud800")


@given(st.sampled_from(sorted(SHEET)), st.sampled_from(JUNK))
def test_junk_under_any_key_never_costs_another_resource(key: str, junk: Any) -> None:
    """Nor does it raise."""
    assert "94#S1" in [one_.provider_id for one_ in resources(SHEET | {key: junk}, SITE)]


def test_raw_is_what_was_sent() -> None:
    """Typed values and all."""
    assert [one_.raw for one_ in resources(SHEET, here=context(keep_raw=True), keep_raw=True)] == [SHEET]

"""Announcements out of hand-written news."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Announcement
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import Context, Shelved
from schoolsync.providers.pronote.mapping.news import needing_details, to_announcements
from schoolsync.providers.pronote.schema.news import NewsDetailsPage, NewsPage
from tests.providers.pronote.papers import MEETING, RECEIPT, REPLY, SURVEY, news
from tests.providers.pronote.persons import bare, changed, context, day, element, listed, page

ZONE = ZoneInfo("Europe/Paris")


def announced(
    said: dict[str, Any],
    details: dict[str, Page[NewsDetailsPage]] | None = None,
    *,
    about: Context | None = None,
    keep_raw: bool = False,
) -> list[Announcement]:
    """What *said* becomes."""
    found = page("PageActualites", NewsPage, said, keep_raw=keep_raw)
    return to_announcements(about or context(), found, details)


def one(**change: Any) -> Announcement:
    """What the meeting becomes with something changed."""
    (found,) = announced(news(changed(MEETING, **change)))
    return found


# -- an information ---------------------------------------------------------------


def test_every_field_of_an_information() -> None:
    """As the semantics fix it."""
    about = context()
    (found,) = announced(news(MEETING), about=about)
    assert (found.identity, found.provider_id) == ("derived", "43#Ac1")
    assert (found.title, found.author) == ("Réunion parents & professeurs", "MODELE A.")
    assert (found.body_html, found.body_text) == ("<p>Réunion à 18h.</p>", "Réunion à 18h.")
    assert found.category == "Vie de l'établissement"
    assert found.published_at.isoformat() == "2025-10-01T14:12:00+02:00"
    assert found.visible_from == dt.datetime(2025, 10, 2, tzinfo=ZONE)
    assert found.visible_until == dt.datetime(2025, 10, 31, 23, 59, 59, tzinfo=ZONE)
    assert (found.is_read, found.is_acknowledged, found.is_pinned) == (False, False, False)
    assert (found.response, found.questions) == ("acknowledge", ())
    assert found.audience == ("EXAMPLE Louison",)
    assert [(file.name, file.kind, file.ref) for file in found.attachments] == [
        ("plan.pdf", "file", (found.key, 0))
    ]
    assert about.files == {(found.key, 0): Shelved("48#PJ1", "plan.pdf")}
    assert about.issues == []


def test_bare_values_are_read_as_typed_ones_are() -> None:
    """Whichever the server writes."""
    assert announced(bare(news(MEETING, SURVEY))) == announced(news(MEETING, SURVEY))


def test_the_word_of_newer_servers_comes_before_that_of_older_ones() -> None:
    """`nature` since 2026.2.4, `categorie` before; neither is no category."""
    assert one(nature=element(L="Orientation")).category == "Orientation"
    assert one(categorie=None).category is None
    assert one(categorie=None, nature=element(L="Orientation")).category == "Orientation"


@pytest.mark.parametrize(
    ("kind", "is_expected", "is_given", "response", "is_acknowledged"),
    [
        (0, True, False, "acknowledge", False),
        (0, True, True, "acknowledge", True),
        (0, False, False, "none", False),
        (0, None, None, "none", None),
        (4, False, False, "none", None),
        (5, True, True, "none", None),
        (None, True, True, "none", None),
    ],
)
def test_a_receipt_is_asked_for_and_given(
    kind: int | None, is_expected: bool | None, is_given: bool | None, response: str, is_acknowledged: object
) -> None:
    """Only a question of kind 0 wants one; what is not said stays unsaid."""
    reply = element(**(REPLY | {"estReponseAttendue": is_expected, "avecReponse": is_given}))
    found = one(listeQuestions=listed(changed(RECEIPT, genreReponse=kind, reponse=reply)))
    assert (found.response, found.is_acknowledged, found.questions) == (response, is_acknowledged, ())


def test_what_is_missing_or_null_is_not_said() -> None:
    """All but a day may be gone."""
    empty = dict.fromkeys(MEETING) | {"dateCreation": day("01/10/2025 14:12:00")}
    for row in (empty, {"dateCreation": "01/10/2025 14:12:00"}):
        (found,) = announced(news(row))
        assert (found.title, found.author, found.category, found.body_html) == (None, None, None, None)
        assert (found.body_text, found.is_read, found.is_acknowledged) == ("", None, None)
        assert (found.visible_from, found.visible_until) == (None, None)
        assert (found.response, found.attachments, found.audience) == ("none", (), ())


def test_without_a_creation_the_first_day_counts_and_without_both_the_row_is_lost() -> None:
    """An announcement has a time; the row beside it stays."""
    about = context()
    dayless = changed(MEETING, N="43#3", dateCreation=None, dateDebut=None)
    (found,) = announced(news(dayless, changed(MEETING, dateCreation=None)), about=about)
    assert found.published_at.isoformat() == "2025-10-02T00:00:00+02:00"
    assert [(issue.path, issue.is_row_lost) for issue in about.issues] == [
        ("PageActualites.listeModesAff.0.listeActualites.0", True)
    ]


def test_what_the_schema_could_not_read_is_told_too() -> None:
    """A row that is none is an issue beside the others, in the list and in the details."""
    about = context()
    said = {"detailsActualite": {"listeQuestions": listed(RECEIPT, "nothing")}}
    told = page("PageActualites", NewsDetailsPage, said)
    bare_row = {key: value for key, value in MEETING.items() if key != "listeQuestions"}
    listing = {"listeModesAff": [{"G": 0, "listeActualites": listed("nothing", bare_row)}]}
    (found,) = announced(listing, {"43#Ac1": told}, about=about)
    assert found.body_text == "Réunion à 18h."
    assert [issue.path for issue in about.issues] == [
        "PageActualites.listeModesAff.0.listeActualites.0",
        "PageActualites.detailsActualite.listeQuestions.1",
    ]


def test_a_senseless_row_is_an_error_in_strict_mode() -> None:
    """With its place."""
    dayless = changed(MEETING, dateCreation=None, dateDebut=None)
    with pytest.raises(UnexpectedShape, match=r"listeModesAff\.0\.listeActualites\.0"):
        announced(news(dayless), about=context(is_strict=True))


def test_what_was_sent_is_kept_when_asked_for() -> None:
    """Typed values and all."""
    (found,) = announced(news(MEETING), about=context(keeps_raw=True), keep_raw=True)
    assert found.raw == MEETING


def test_scripts_are_not_handed_out() -> None:
    """HTML is cleaned."""
    question = changed(RECEIPT, texte="<p onclick='x()'>Bonjour<script>x()</script></p>")
    found = one(listeQuestions=listed(question))
    assert (found.body_html, found.body_text) == ("<p>Bonjour</p>", "Bonjour")


# -- which list -----------------------------------------------------------------------


def test_only_what_was_received_is_announced() -> None:
    """Not what the account sent, drafted or keeps as a template; newest first."""
    later = changed(MEETING, N="43#Ac3", dateCreation=day("03/10/2025 08:00:00"))
    said = news(MEETING, later)
    said["listeModesAff"] += [{"G": mode, "listeActualites": listed(MEETING)} for mode in (1, 2, 3)]
    assert [found.provider_id for found in announced(said)] == ["43#Ac3", "43#Ac1"]


@pytest.mark.parametrize(
    "said",
    [
        {"listeActualites": listed(MEETING)},
        {"listeActualites": [MEETING], "listeModesAff": None},
        news(MEETING, mode=None),
        news(MEETING, listeActualites=listed(MEETING)),
    ],
)
def test_servers_of_every_year_list_it_once(said: dict[str, Any]) -> None:
    """2021 has one list; later ones one for each mode, and some still the old one beside them."""
    assert [found.provider_id for found in announced(said)] == ["43#Ac1"]


# -- details ------------------------------------------------------------------------------


def detailed(*questions: dict[str, Any]) -> Page[NewsDetailsPage]:
    """The answer about one news."""
    said = {"genreRequeteActualite": 1, "detailsActualite": {"listeQuestions": listed(*questions)}}
    return page("PageActualites", NewsDetailsPage, said)


def unlisted(row: dict[str, Any], **change: Any) -> dict[str, Any]:
    """*row* as servers since 2026.2.4 list it."""
    return {key: value for key, value in row.items() if key != "listeQuestions"} | change


def test_details_fill_what_the_list_leaves_out() -> None:
    """The same announcement as from the list of an older server."""
    row = unlisted(MEETING, informationListeContenu={"avecPJ": True, "aToutRepondu": False})
    assert announced(news(row), {"43#Ac1": detailed(RECEIPT)}) == announced(news(MEETING))


def test_without_details_there_is_no_text_yet() -> None:
    """And nothing is made up: a survey is one, its questions are not known."""
    (found,) = announced(news(unlisted(SURVEY)))
    assert (found.body_html, found.body_text, found.questions) == (None, "", ())
    assert (found.response, found.is_acknowledged) == ("survey", None)


def test_details_are_needed_for_rows_without_questions_only() -> None:
    """A list that is there and empty needs none, and neither does what cannot be asked for."""
    said = news(
        unlisted(MEETING),
        SURVEY,
        changed(MEETING, N="43#Ac4", listeQuestions=listed()),
        unlisted(MEETING, N=None),
        changed(MEETING, N="43#Ac5", listeQuestions=None),
    )
    said["listeModesAff"].append({"G": 1, "listeActualites": listed(unlisted(MEETING, N="43#Sent"))})
    found = needing_details(page("PageActualites", NewsPage, said))
    assert [row.id for row in found] == ["43#Ac1", "43#Ac5"]


# -- keys -----------------------------------------------------------------------------------


def test_a_key_survives_a_new_log_in_and_a_correction() -> None:
    """Neither ids nor text, title or state are part of it; time and author are."""
    before = one()
    after = one(N="43#Later", L="Réunion", lue=True, listeQuestions=listed(), public=None)
    assert before.key == after.key
    assert one(auteur="FACTICE B.").key != before.key
    assert one(dateCreation=day("01/10/2025 14:13:00")).key != before.key


def test_twins_do_not_merge_whatever_their_order() -> None:
    """Two of one author in one minute; each keeps its files."""
    other = changed(
        MEETING,
        N="43#Twin",
        L="Autre réunion",
        listeQuestions=listed(changed(RECEIPT, listePiecesJointes=listed({"N": "48#2", "G": 1, "L": "b"}))),
    )
    about = context()
    first = announced(news(MEETING, other), about=about)
    second = announced(news(other, MEETING))
    assert len({found.key for found in first}) == 2
    assert {found.provider_id: found.key for found in first} == {
        found.provider_id: found.key for found in second
    }
    keys = {found.provider_id: found.key for found in first}
    assert about.files == {
        (keys["43#Ac1"], 0): Shelved("48#PJ1", "plan.pdf"),
        (keys["43#Twin"], 0): Shelved("48#2", "b"),
    }

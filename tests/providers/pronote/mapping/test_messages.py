"""Discussions and messages out of hand-written answers."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.model import Discussion, Message
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import Context, Shelved
from schoolsync.providers.pronote.mapping.messages import read_label, to_discussions, to_messages
from schoolsync.providers.pronote.schema.messages import DiscussionsPage, MessagesPage, ParticipantsPage
from tests.providers.pronote.papers import INNER, LETTER, THANKS, TRIP
from tests.providers.pronote.persons import bare, changed, context, element, listed, page

NOW = dt.datetime(2026, 3, 9, 12, tzinfo=ZoneInfo("Europe/Paris"))
"""A Monday, at noon."""


def thread(*rows: dict[str, Any]) -> Page[MessagesPage]:
    """The messages of one discussion as the server lists them: newest first."""
    said = {"listeMessages": listed(*rows), "messagePourReponse": element(N="68#Me2", G=0)}
    return page("ListeMessages", MessagesPage, said)


def discussed(
    *rows: dict[str, Any],
    about: Context | None = None,
    opened: dict[str, Page[MessagesPage]] | None = None,
    participants: dict[str, Page[ParticipantsPage]] | None = None,
) -> list[Discussion]:
    """What *rows* become."""
    found = page("ListeMessagerie", DiscussionsPage, {"listeMessagerie": listed(*rows)})
    return to_discussions(about or context(), found, NOW, opened=opened, participants=participants)


def written(*rows: dict[str, Any], about: Context | None = None, within: str = "one") -> list[Message]:
    """The messages that *rows* become."""
    return to_messages(about or context(), thread(*rows), NOW, within=within)


# -- discussions --------------------------------------------------------------------


def test_every_field_of_a_discussion() -> None:
    """Before it is opened: no messages, and no beginning."""
    (found,) = discussed(TRIP, INNER)
    assert (found.identity, found.provider_id, found.title) == ("derived", "68#Me2", "Sortie de mardi")
    assert (found.participants, found.unread, found.is_closed) == (("MODELE A.",), 1, False)
    assert (found.messages, found.created_at) == ((), None)


def test_the_rows_of_the_tree_that_are_messages_are_no_discussions() -> None:
    """Nor is what lies deeper, or does not say that it is one."""
    assert discussed(INNER, changed(TRIP, profondeur=1), changed(TRIP, estUneDiscussion=None)) == []
    assert len(discussed(changed(TRIP, profondeur=None))) == 1


def test_bare_values_are_read_as_typed_ones_are() -> None:
    """Whichever the server writes."""
    found = page("ListeMessagerie", DiscussionsPage, bare({"listeMessagerie": listed(TRIP, INNER)}))
    assert to_discussions(context(), found, NOW) == discussed(TRIP, INNER)


def test_the_server_s_order_stays() -> None:
    """It puts the newest message first."""
    other = changed(TRIP, N="68#Me9", objet="Cantine")
    assert [found.title for found in discussed(other, TRIP)] == ["Cantine", "Sortie de mardi"]


def test_what_is_missing_or_null_is_not_said() -> None:
    """A discussion may be nearly empty."""
    empty = dict.fromkeys(TRIP) | {"estUneDiscussion": True}
    for row in (empty, {"estUneDiscussion": True}):
        (found,) = discussed(row)
        assert (found.title, found.participants, found.unread, found.is_closed) == ("", (), None, None)


def test_participants_are_those_of_their_own_page_where_it_was_asked_for() -> None:
    """Else who began it and whom it is with, each once."""
    said = {"listeDest": listed({"N": "46#1", "L": "EXAMPLE Louison", "G": 4}, {"L": "MODELE A.", "G": 3})}
    asked = {"68#Me2": page("SaisiePublicMessage", ParticipantsPage, said)}
    (found,) = discussed(TRIP, participants=asked)
    assert found.participants == ("EXAMPLE Louison", "MODELE A.")
    (listed_,) = discussed(changed(TRIP, public="2 personnes"))
    assert listed_.participants == ("MODELE A.", "2 personnes")


def test_an_opened_discussion_has_its_messages_and_its_beginning() -> None:
    """Oldest first."""
    (found,) = discussed(TRIP, opened={"68#Me2": thread(THANKS, LETTER)})
    assert [message.provider_id for message in found.messages] == ["68#Me1", "68#Me2"]
    assert found.created_at is not None
    assert found.created_at.isoformat() == "2026-03-09T09:02:00+01:00"


# -- messages -------------------------------------------------------------------------


def test_every_field_of_a_message() -> None:
    """Somebody else's in HTML, and the account's own in plain text."""
    about = context()
    own, theirs = written(THANKS, LETTER, about=about)
    assert (theirs.author, theirs.body_html, theirs.body_text) == (
        "MODELE A.",
        "<p>Merci&nbsp;!</p>",
        "Merci !",
    )
    assert (theirs.sent_at.isoformat(), theirs.is_read) == ("2026-03-09T10:15:00+01:00", False)
    assert [(file.name, file.ref) for file in theirs.attachments] == [("plan.pdf", (theirs.key, 0))]
    assert about.files == {(theirs.key, 0): Shelved("48#PJ1", "plan.pdf")}
    assert (own.author, own.body_html, own.is_read) == (None, None, True)
    assert own.body_text == "Voici <l'autorisation>\nsignée."
    assert own.attachments == ()


@pytest.mark.parametrize(
    ("is_own", "author", "meant"),
    [
        (None, "Moi", None),
        (None, "MODELE A.", "MODELE A."),
        (False, "Moi", "Moi"),
        (True, "MODELE A.", None),
        (False, None, None),
    ],
)
def test_whose_message_it_is(is_own: bool | None, author: str | None, meant: str | None) -> None:
    """As the server says; where it does not, the word for oneself tells."""
    (found,) = written(changed(THANKS, emetteur=is_own, public_gauche=author))
    assert found.author == meant


def test_text_of_which_nothing_is_said_may_be_html() -> None:
    """It is cleaned like HTML."""
    (found,) = written(changed(THANKS, estHTML=None, contenu="<p>a<script>x()</script></p>"))
    assert (found.body_html, found.body_text) == ("<p>a</p>", "a")


def test_only_without_a_date_the_label_counts() -> None:
    """And without both, the row is lost, with its place."""
    (dated,) = written(changed(THANKS, libelleDate="mardi 8h00"))
    assert dated.sent_at.hour == 10
    (found,) = written(changed(THANKS, date=None))
    assert found.sent_at.isoformat() == "2026-03-09T10:15:00+01:00"
    about = context()
    assert written(changed(THANKS, date=None, libelleDate="un jour"), about=about) == []
    assert [issue.path for issue in about.issues] == ["ListeMessages.listeMessages.0"]


def test_what_the_schema_could_not_read_is_told_too() -> None:
    """A row that is none is an issue beside the others, in the list and in a thread."""
    about = context()
    said = {"listeMessagerie": listed("nothing", TRIP)}
    opened = page("ListeMessages", MessagesPage, {"listeMessages": listed(THANKS, 7)})
    threads = page("ListeMessagerie", DiscussionsPage, said)
    (found,) = to_discussions(about, threads, NOW, opened={"68#Me2": opened})
    assert len(found.messages) == 1
    assert [issue.path for issue in about.issues] == [
        "ListeMessagerie.listeMessagerie.0",
        "ListeMessages.listeMessages.1",
    ]


def test_labels_are_read_by_the_school_s_clock() -> None:
    """In Nouméa it is Tuesday already, when it is Monday afternoon in Paris."""
    row, noumea = changed(THANKS, date=None, libelleDate="0h15"), context("Pacific/Noumea")
    (found,) = to_messages(noumea, thread(row), NOW + dt.timedelta(hours=3), within="one")
    assert found.sent_at.isoformat() == "2026-03-10T00:15:00+11:00"


# -- keys -------------------------------------------------------------------------------


def test_keys_survive_a_new_log_in() -> None:
    """Ids, counts and the last date end with the session; opening changes no key."""
    (before,) = discussed(TRIP)
    later = changed(TRIP, N="68#X", nombreMessages=3, nbNonLus=0, libelleDate="13h00", ferme=True)
    (after,) = discussed(later, opened={"68#X": thread(changed(THANKS, N="68#Y"), changed(LETTER, N="68#Z"))})
    assert before.key == after.key
    (opened,) = discussed(TRIP, opened={"68#Me2": thread(THANKS, LETTER)})
    assert [one.key for one in opened.messages] == [one.key for one in after.messages]


@pytest.mark.parametrize("change", [{"objet": "Autre"}, {"initiateur": None}])
def test_title_and_initiator_make_a_discussion_what_it_is(change: dict[str, object]) -> None:
    """Another of either is another one."""
    assert discussed(TRIP)[0].key != discussed(changed(TRIP, **change))[0].key


def test_twins_do_not_merge_whatever_their_order() -> None:
    """Told apart by whom they are with, then by their last message."""
    one = changed(TRIP, N="68#A", libelleDate="lundi 9h00")
    two = changed(TRIP, N="68#B", libelleDate="lundi 10h00")
    three = changed(one, N="68#C", public="FACTICE B.")
    first = {found.provider_id: found.key for found in discussed(one, two, three)}
    second = {found.provider_id: found.key for found in discussed(three, two, one)}
    assert len(set(first.values())) == 3
    assert first == second


def test_messages_of_one_author_and_minute_do_not_merge() -> None:
    """Neither within a discussion nor between two."""
    again = changed(THANKS, N="68#Me3", contenu="<p>Encore merci</p>")
    first = {one.provider_id: one.key for one in written(THANKS, again)}
    assert first == {one.provider_id: one.key for one in written(again, THANKS)}
    assert len(set(first.values())) == 2
    assert written(THANKS, within="another")[0].key not in first.values()


def test_files_of_two_discussions_stay_apart() -> None:
    """Each is shelved under its own message."""
    about = context()
    other = changed(THANKS, listeDocumentsJoints=listed({"N": "48#2", "G": 1, "L": "b.pdf"}))
    found = discussed(
        TRIP,
        changed(TRIP, N="68#B", objet="Cantine"),
        about=about,
        opened={"68#Me2": thread(THANKS), "68#B": thread(other)},
    )
    refs = [discussion.messages[0].attachments[0].ref for discussion in found]
    assert [about.files[ref].id for ref in refs] == ["48#PJ1", "48#2"]


# -- labels -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("10h15", "2026-03-09 10:15"),
        ("lundi 10h15", "2026-03-09 10:15"),
        ("lundi 12h01", "2026-03-02 12:01"),
        ("lundi 12h00", "2026-03-09 12:00"),
        ("lundi", "2026-03-09 00:00"),
        ("Dimanche 8h05", "2026-03-08 08:05"),
        ("mardi 10h15", "2026-03-03 10:15"),
        ("hier 23h59", "2026-03-08 23:59"),
        ("samedi 18/10", "2025-10-18 00:00"),
        ("dimanche 08/03", "2026-03-08 00:00"),
        ("09/03", "2026-03-09 00:00"),
        ("10/03", "2025-03-10 00:00"),
        ("29/02", "2024-02-29 00:00"),
        ("dimanche 10/03", "2024-03-10 00:00"),
        ("13/06/26", "2026-06-13 00:00"),
        ("13/06/2025", "2025-06-13 00:00"),
        ("06/10/25 14h05", "2025-10-06 14:05"),
        ("le 06/10/25 à 14h05", "2025-10-06 14:05"),
        ("mercredi 04/03 à 8:30", "2026-03-04 08:30"),
    ],
)
def test_a_label_is_the_nearest_time_that_has_been(label: str, meant: str) -> None:
    """What it does not say is never in the future."""
    assert f"{read_label(label, NOW):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize(
    "label", [None, "", "  ", "le", "un jour", "31/02", "31/02/26", "25h00", "10h60", "mardi 09/03/ 8h"]
)
def test_what_is_no_label_is_refused(label: str | None) -> None:
    """And not taken for today."""
    with pytest.raises(ValueError, match=r"."):
        read_label(label, NOW)

"""Each sign on the wire, and the leaf that it is: numbers, sentences, pages, statuses."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

from schoolsync.errors import (
    AddressSuspended,
    Availability,
    InstanceClosed,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    StaleReference,
    Unavailable,
)
from schoolsync.flow.http import ResponseHead
from schoolsync.providers.pronote.refusals import Misread, Private, page_refusal, refusal, status_refusal

NUMBERS = [
    (3, Unavailable),
    (4, Unavailable),
    (7, AddressSuspended),
    (8, SessionExpired),
    (10, SessionExpired),
    (11, Misread),
    (13, SessionExpired),
    (14, Misread),
    (18, SessionExpired),
    (21, Misread),
    (22, StaleReference),
    (25, RateLimited),
]
PAGES = [
    ("Votre adresse IP est provisoirement suspendue", AddressSuspended),
    ("Le site n'est pas disponible", InstanceClosed),
    ("Le site est momentanément indisponible", RateLimited),
    ("La page demandée n'existe pas", Unavailable),
]


@pytest.mark.parametrize(("number", "leaf"), NUMBERS)
@pytest.mark.parametrize("spelt", [int, str], ids=["number", "text"])
def test_a_number_decides(number: int, leaf: type[SchoolSyncError], spelt: type) -> None:
    """Whatever the title says, in whatever language."""
    assert type(refusal({"G": spelt(number), "Titre": "Page has expired", "Message": "?"})) is leaf


def test_the_facts_of_numbers() -> None:
    """Why it is unavailable, how long to wait, what was misread."""
    denied, limited = refusal({"G": 3}), refusal({"G": 25})
    assert isinstance(denied, Unavailable)
    assert denied.reason is Availability.NOT_FOR_THIS_ACCOUNT
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == dt.timedelta(minutes=30)
    names, iv, order = refusal({"G": 11}), refusal({"G": 21}), refusal({"G": 14})
    assert isinstance(names, Misread)
    assert not names.is_about_key
    assert isinstance(iv, Misread)
    assert iv.is_about_key
    assert isinstance(order, Misread)
    assert order.is_about_key


def test_misread_is_an_expired_session_to_everybody_else() -> None:
    """It crosses processes like any other error."""
    copy = pickle.loads(pickle.dumps(Misread(is_about_key=True)))
    assert isinstance(copy, Misread)
    assert issubclass(Misread, SessionExpired)
    assert copy.is_about_key
    assert "could not read" in str(copy)


@pytest.mark.parametrize(
    ("title", "message", "leaf"),
    [
        ("La page a expiré ! (12)", "Votre session a expiré.", SessionExpired),
        ("La page a expir&eacute; !", "", SessionExpired),
        ("", "Votre adresse IP est provisoirement suspendue.", AddressSuspended),
        ("Impossible d'afficher la page", "", Misread),
        ("Impossible d’afficher la page", "", Misread),
        ("", "Vous avez dépassé le nombre d'erreurs d'authentification autorisées.", RateLimited),
        ("Acc\ufffds refus\ufffd", "", Unavailable),
        ("Accès refusé", "", Unavailable),
        ("La page demandée n'existe pas", "", Refused),
        ("Votre adresse IP a changé", "", Refused),
        ("", "", Refused),
    ],
)
@pytest.mark.parametrize("number", [99, None, "what", True, 3.5, [3], {"G": 3}])
def test_without_a_known_number_the_sentence_decides(
    title: str, message: str, leaf: type[SchoolSyncError], number: object
) -> None:
    """And a sentence that nobody knows is quoted."""
    assert type(refusal({"G": number, "Titre": title, "Message": message})) is leaf


def test_an_unknown_refusal_quotes_the_server_without_the_accounts_words() -> None:
    """The number, and its sentence without tags and names."""
    said = {"G": 77, "Titre": "<b>Non</b>", "Message": "Le compte Louison.Example est fermé"}
    error = refusal(said, Private({"louison.example", "x"}))
    assert isinstance(error, Refused)
    assert error.code == 77
    assert error.text == "Non Le compte … est fermé"


@pytest.mark.parametrize("said", [{}, {"G": None}, {"Titre": 3, "Message": ["x"]}])
def test_a_refusal_without_words(said: dict[str, object]) -> None:
    """Is one all the same."""
    error = refusal(said)
    assert isinstance(error, Refused)
    assert error.text is None


@pytest.mark.parametrize(("sentence", "leaf"), PAGES)
@pytest.mark.parametrize(
    "spell",
    [
        lambda text: text,
        lambda text: text.replace("'", "’"),
        lambda text: text.replace("é", "&eacute;").replace("'", "&#39;"),
        lambda text: text.replace("é", "\ufffd"),
        lambda text: text.replace(" ", "\n   ").upper(),
        lambda text: text.replace(" ", "&nbsp;"),
    ],
    ids=["plain", "typographic", "references", "garbled", "folded", "unbreakable"],
)
def test_a_page_is_known_by_its_sentence(sentence: str, leaf: type[SchoolSyncError], spell: object) -> None:
    """However it is written."""
    assert callable(spell)
    assert type(page_refusal(f"<html><body><p>{spell(sentence)}.</p></body></html>")) is leaf


def test_the_facts_of_pages() -> None:
    """How long to wait, and what to check."""
    busy, missing = page_refusal(PAGES[2][0]), page_refusal(PAGES[3][0])
    assert isinstance(busy, RateLimited)
    assert busy.retry_after == dt.timedelta(minutes=10)
    assert isinstance(missing, Unavailable)
    assert missing.reason is Availability.OFF_AT_SCHOOL
    assert "kind of account" in (missing.hint or "")


def test_a_suspension_comes_before_everything_else_that_its_page_says() -> None:
    """A page of suspension may say that the site is unavailable, too."""
    text = "Le site n'est pas disponible. Votre adresse IP est provisoirement suspendue."
    assert isinstance(page_refusal(text), AddressSuspended)


@pytest.mark.parametrize(
    "text", ["", "IP", "Équipe pédagogique, EQUIPE", "Votre adresse IP : 192.0.2.1", "suspendue"]
)
def test_two_letters_are_no_suspension(text: str) -> None:
    """Only the whole sentence is."""
    assert page_refusal(text) is None


def test_only_the_start_of_a_page_is_looked_at() -> None:
    """No page is searched for long."""
    assert page_refusal("x" * 100_000 + PAGES[0][0]) is None


@pytest.mark.parametrize(
    ("status", "leaf"),
    [
        (404, Unavailable),
        (429, RateLimited),
        (500, InstanceClosed),
        (503, InstanceClosed),
        (599, InstanceClosed),
    ],
)
def test_a_status_that_means_something(status: int, leaf: type[SchoolSyncError]) -> None:
    """To anybody who speaks HTTP."""
    assert type(status_refusal(ResponseHead(status))) is leaf


@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 403])
def test_a_status_that_means_nothing_by_itself(status: int) -> None:
    """Servers answer refusals with 200."""
    assert status_refusal(ResponseHead(status)) is None


@pytest.mark.parametrize(
    ("said", "wait"),
    [("120", 120), (" 7 ", 7), ("soon", None), ("-1", None), ("9" * 40, 999_999_999), ("²", None)],
)
def test_how_long_a_server_asks_to_wait(said: str, wait: int | None) -> None:
    """In seconds; what is no number is not said."""
    error = status_refusal(ResponseHead(429, {"Retry-After": said}))
    assert isinstance(error, RateLimited)
    assert error.retry_after == (None if wait is None else dt.timedelta(seconds=wait))


def test_the_longest_word_is_hidden_first() -> None:
    """So no piece of it is left."""
    private = Private({"Louison.Example", "", "a"}, {"louison"})
    assert private.hide("a Louison.Example b louison") == "a … b …"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Le maximum est de 3, Max.", "Le maximum est de 3, …."),
        ("MAX, d'Anne: année, cannes", "…, d'…: année, cannes"),
        ("max2010 max_2010 (Anne-Max)", "…2010 …_2010 (…-…)"),
        ("Zoé, Zoéline", "…, Zoéline"),
    ],
)
def test_a_name_is_hidden_as_a_word(said: str, shown: str) -> None:
    """Whatever its case; it is no part of other words."""
    assert Private(names={"Max", "Anne", "ZOÉ", "x"}).hide(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("xAzerty1y AZERTY1", "x…y …"),
        ("girafe bleues", "…s"),
        ("lune, l'alunes", "…, l'a…s"),
        ("abc, abcd", "…, abcd"),
    ],
)
def test_a_secret_is_hidden_wherever_it_stands(said: str, shown: str) -> None:
    """Unless it is so short that it says nothing inside a word; one that is a name too is a secret."""
    assert Private({"azerty1", "girafe bleue", "Lune", "abc"}, {"Lune"}).hide(said) == shown


def test_private_words_are_not_shown() -> None:
    """Neither kind."""
    assert "louison" not in repr(Private({"louison"}, {"louison"}))

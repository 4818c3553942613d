"""What own pages of portals say, each sentence and sign of it; shown on a plain CAS server."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import ApereoCasForm
from schoolsync.ent.own_pages import is_again, was_at
from schoolsync.ent.portal import Hop
from schoolsync.errors import (
    AccountError,
    ActionRequired,
    Availability,
    ChallengeUnanswered,
    InstanceClosed,
    LostOnTheWay,
    Unavailable,
    WrongCredentials,
)
from tests.ent import worlds
from tests.ent.pages_b import CAS_FORM
from tests.ent.walking import (
    AT_SCHOOL,
    DOOR,
    INSTANCE,
    NOT_IN,
    SERVICE,
    Walk,
    door,
    entered,
    home,
    looked,
    moved,
    page,
    portal,
    refused,
    write,
)

HOST: Final = "cas.example.test"
URL: Final = f"https://{HOST}/connexion/login"
PORTAL: Final = portal(ApereoCasForm(login_url=URL))
FORM: Final = write(CAS_FORM, service=SERVICE)
ASK: Final = f"GET {HOST}/connexion/login"
TELL: Final = f"POST {HOST}/connexion/login"
FIELD: Final = '<form><input type="text" name="reponse"></form>'


def first(markup: str, status: int = 200) -> Walk:
    """A walk whose first page is this one."""
    return refused(PORTAL, (ASK, page(markup, status)), door=door(entrance=URL))


def after(markup: str, status: int = 200) -> Walk:
    """A walk that gets this page for its password."""
    return refused(PORTAL, (ASK, page(FORM)), (TELL, page(markup, status)), door=door(entrance=URL))


@pytest.mark.parametrize(
    "sentence",
    [
        "Application not allowed to use CAS",
        "Application Not Authorized to Use CAS",
        "L’application n'est pas autorisée à utiliser CAS.",
        "Service non autorisé",
        "Ce service n’est pas autorisé.",
    ],
)
def test_a_school_of_another_portal(sentence: str) -> None:
    """Before the password or after it, whatever the status; the hint says how to find the right one."""
    for walk in (first(f"<h1>{sentence}</h1>", 403), after(f"<h1>{sentence}</h1>")):
        assert isinstance(walk.error, Unavailable)
        assert walk.error.reason is Availability.OFF_AT_SCHOOL
        assert "pronote.find_cas(url)" in str(walk.error)


@pytest.mark.parametrize(
    ("markup", "where"),
    [
        ("<p>Ce compte a été verrouillé.</p>", "locked"),
        ("<p>COMPTE BLOQUÉ</p>", "locked"),
        ("<p>This account has been locked.</p>", "locked"),
        ("<p>Votre mot de passe a expiré</p>", "new password"),
        ("<p>You must change your password.</p>", "new password"),
        ('<form><input type="password" name="a"><input type="password" name="b"></form>', "new password"),
        ("<p>Vous devez activer votre compte</p>", "activated"),
        (f"<p>Merci d'accepter les conditions</p>{FIELD}", "terms"),
    ],
)
def test_something_that_the_person_must_do(markup: str, where: str) -> None:
    """Only once the portal knows whom it speaks to: before, it is help for others."""
    walk = after(markup)
    assert isinstance(walk.error, ActionRequired)
    assert where in walk.error.where
    assert isinstance(first(markup).error, LostOnTheWay)


@pytest.mark.parametrize(
    ("panel", "error"),
    [
        ("<p>Votre compte est verrouillé.</p>", ActionRequired),
        ('<p class="alert-danger">Trop de tentatives.</p><p>Compte bloqué ?</p>', ActionRequired),
        ("<p>Votre compte est désactivé ? De l'aide</p>", WrongCredentials),
        ("<p>Si votre compte est bloqué, demandez de l'aide.</p>", WrongCredentials),
        ("<p>If your account has been locked, ask for help.</p>", WrongCredentials),
        (
            '<p role="alert">Mot de passe incorrect</p><p>Votre compte est bloqué. De l’aide</p>',
            WrongCredentials,
        ),
        ("<p>Vous devez changer votre mot de passe</p>", WrongCredentials),
    ],
)
def test_the_form_again_and_why(panel: str, error: type[AccountError]) -> None:
    """A locked account is told from a wrong password: by a statement, not by help for others."""
    walk = after(panel + FORM)
    assert type(walk.error) is error
    assert walk.proofs == 1


def test_a_form_that_says_locked_before_anybody_said_who_they_are() -> None:
    """It is about somebody else: the form is filled in."""
    walk = refused(
        PORTAL,
        (ASK, page('<p class="error">Votre compte est bloqué</p>' + FORM)),
        (TELL, page(FORM)),
        door=door(entrance=URL),
    )
    assert isinstance(walk.error, WrongCredentials)


@pytest.mark.parametrize("markup", [FORM, ""])
def test_coming_back_before_the_password_was_sent(markup: str) -> None:
    """The school did not let us in yet: the form is filled in then, and its refusal counts."""
    steps = (ASK, moved(INSTANCE)), (AT_SCHOOL, page(NOT_IN)), (ASK, page(FORM))
    if markup:
        walk = refused(PORTAL, *steps, (TELL, page(markup)), door=door(entrance=URL))
        assert isinstance(walk.error, WrongCredentials)
    else:
        walk = entered(PORTAL, *steps, (TELL, home()), *DOOR, door=door(entrance=URL))
        assert walk.signs == ("not let in", "log-in form", "arrived")
    assert walk.proofs == 1


def test_landing_on_a_page_in_front() -> None:
    """After the password it counts as any other page of the portal."""
    front = portal(PORTAL.family, fronts=("front.example.test",))
    landed = (TELL, moved("https://front.example.test/")), ("GET front.example.test/", page("<main></main>"))
    walk = entered(front, (ASK, page(FORM)), *landed, (ASK, home()), *DOOR, door=door(entrance=URL))
    assert walk.signs == ("log-in form", "signed in", "arrived")


def test_a_page_in_front() -> None:
    """It leads to the portal, and is never told anything; after the password it leads nowhere."""
    front = portal(PORTAL.family, fronts=("front.example.test",))
    to_front = (ASK, moved("https://front.example.test/accueil"))
    at_front = ("GET front.example.test/accueil", page("<main></main>"))
    walk = looked(front, to_front, at_front, (ASK, page(FORM)), door=door(entrance=URL))
    assert walk.signs == ("front page", "log-in form")
    round_and_round = refused(front, to_front, at_front, to_front, at_front, door=door(entrance=URL))
    assert isinstance(round_and_round.error, LostOnTheWay)


@pytest.mark.parametrize("sentence", ["Saisissez le code de vérification", "Two-factor sign-in"])
def test_a_code_on_a_form_that_nobody_knows(sentence: str) -> None:
    """It is not guessed into which field; news about codes are none."""
    walk = after(f"<p>{sentence}</p>{FIELD}")
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.error.kind == "second_factor"
    assert not isinstance(after_home(f"<p>{sentence}</p>").error, ChallengeUnanswered)


def test_news_are_nothing_to_do() -> None:
    """A page of somebody who is signed in may speak of terms, and have a form to search with."""
    walk = after_home("<p>Pensez à accepter les conditions du voyage.</p>")
    assert isinstance(walk.error, LostOnTheWay)


def after_home(markup: str) -> Walk:
    """As `after`, for a page that counts as signed in: the way back is tried, and leads nowhere."""
    steps = (ASK, page(FORM)), (TELL, page(markup)), (ASK, page("", 404))
    return refused(PORTAL, *steps, door=door(entrance=URL))


@pytest.mark.parametrize(
    "sign", ['<div class="g-recaptcha"></div>', '<div id="captcha">…</div>', '<input name="captcha_code">']
)
def test_a_picture_to_be_read(sign: str) -> None:
    """Nothing is sent to a form that has one; after a refusal it says more than the form again."""
    with_picture = FORM.replace("</form>", f"{sign}</form>")
    before = first(with_picture)
    assert isinstance(before.error, ChallengeUnanswered)
    assert before.error.kind == "captcha"
    assert not before.proofs
    assert isinstance(after(with_picture).error, ChallengeUnanswered)
    hidden = refused(
        PORTAL,
        (ASK, page(FORM + f"<div hidden>{sign}</div>")),
        (TELL, page("", 404)),
        door=door(entrance=URL),
    )
    assert hidden.proofs == 1


def test_a_look_passes_by_no_picture() -> None:
    """The form was reached, and that is all that a look wants."""
    assert looked(PORTAL, (ASK, page(FORM + '<div id="captcha">…</div>'))).signs == ("log-in form",)


def test_out_of_order_in_words() -> None:
    """A page without a form that says so, before anybody said who they are."""
    assert isinstance(first("<p>Le portail est en maintenance.</p>").error, InstanceClosed)
    assert isinstance(first(f"<p>Le portail est en maintenance.</p>{FIELD}").error, LostOnTheWay)


@pytest.mark.parametrize(("markup", "status"), [("<p>Oups</p>", 404), (FORM.replace("fm1", "other"), 200)])
def test_a_page_that_nobody_knows(markup: str, status: int) -> None:
    """Neither a refusal nor the page of somebody who is signed in: lost, with names of fields only."""
    walk = after(markup, status)
    assert isinstance(walk.error, LostOnTheWay)
    assert f"HTTP {status}" in str(walk.error)
    assert "invented" not in repr(walk.error)
    assert "Oups" not in repr(walk.error)


def test_what_was_met_before() -> None:
    """Once for each time that the walk has begun, it is met for the first time."""
    walk = worlds.trip(hops=[Hop("https://cas.example.test/", 200, "chooser")])
    for begins, again in ((0, True), (1, True), (2, False)):
        walk.begins = begins
        assert was_at(walk, "chooser")
        assert is_again(walk, "chooser") is again
        assert not is_again(walk, "discovery")
        assert not was_at(walk, "discovery")

"""EduConnect's log-in, in all the forms that it has had: what is filled in, how often, what it says."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.portal import Profile
from schoolsync.errors import ActionRequired, ChallengeUnanswered, WrongCredentials
from schoolsync.flow.http import Response
from tests.ent.at_educonnect import (
    ASKED,
    FORMS,
    GET,
    MODERN,
    PORTAL,
    POST,
    POSTS,
    SCHOOL_DOOR,
    VOUCHED,
    after_password,
    enter,
    refuse,
)
from tests.ent.pages_a import edu_login, edu_storage, edu_wrong
from tests.ent.walking import EDU, PASSWORD, USERNAME, looked, page

generation = pytest.mark.parametrize("form", FORMS)


# -- in ------------------------------------------------------------------------------------


@generation
def test_every_form_lets_in(form: str) -> None:
    """The password goes to EduConnect, and as often as that form wants it; the assertion to the portal."""
    walk = enter(*after_password(VOUCHED, form=form))
    assert walk.proofs == POSTS[form]
    assert {one.host for one in walk.sent if one.is_proof} == {EDU}
    last = [one for one in walk.posts if one.is_proof][-1]
    assert (last.fields["j_username"], last.fields["j_password"]) == (USERNAME, PASSWORD)
    assert last.fields["_eventId_proceed"] == ""
    assert walk.posts[-1].fields == {"SAMLResponse": "saml-invented", "RelayState": "relay-invented"}


def test_the_names_of_the_pages_tell_the_way() -> None:
    """Of the longest one, with a storage page on either side."""
    store = (POST, page(edu_storage("e1s3")))
    walk = enter(*FORMS["G2026"], store, (POST, VOUCHED))
    assert walk.signs == (
        "saml request",
        "storage page",
        "log-in form",
        "storage page",
        "saml answer",
        "arrived",
    )


def test_a_storage_page_goes_back_as_it_came() -> None:
    """Every field of it, its token included, and nobody's credentials."""
    store, proof = enter(*after_password(VOUCHED)).posts[1:3]
    assert store.query == "execution=e1s1"
    assert len([name for name in store.fields if name.startswith("shib_idp_ls_")]) == 7
    assert store.fields["csrf_token"] == "csrf-e1s1"
    assert store.fields["_eventId_proceed"] == ""
    assert not {"j_username", "j_password", "typeUser"} & {*store.fields}
    assert proof.fields["csrf_token"] == "csrf-e1s2"


@pytest.mark.parametrize(("profile", "said"), [(Profile.PUPIL, "eleve"), (Profile.PARENT, "responsable")])
def test_the_profile_is_told(profile: Profile, said: str) -> None:
    """In the field that a script fills in, as which one comes."""
    assert enter(*after_password(VOUCHED), profile=profile).proof.fields["typeUser"] == said


def test_what_else_stands_in_the_form_is_sent_back() -> None:
    """Hidden fields that nobody has heard of."""
    odd = edu_login("e1s1", more='<input type="hidden" name="nouveau" value="2027">')
    assert enter((GET, page(odd)), (POST, VOUCHED)).proof.fields["nouveau"] == "2027"


def test_an_error_before_anything_was_sent_is_none() -> None:
    """What a page shows to everybody does not stop anybody."""
    assert enter((GET, page(edu_wrong("e1s1"))), (POST, VOUCHED)).proofs == 1


# -- refused -------------------------------------------------------------------------------


@generation
def test_a_wrong_password(form: str) -> None:
    """Is told from the page, and not tried again."""
    given = MODERN if form == "G2026" else {"csrf": form == "G2025"}
    walk = refuse(*after_password(page(edu_wrong("e1s9", **given)), form=form))
    assert isinstance(walk.error, WrongCredentials)
    assert walk.error.part == "user name or password"
    assert walk.proofs == POSTS[form]


@generation
def test_a_wrong_password_without_a_word(form: str) -> None:
    """The same form at the same place is an answer, too."""
    given = MODERN if form == "G2026" else {"csrf": form == "G2025"}
    step = {"G2022": "e1s2", "G2026": "e1s2", "another conversation": "e9s4"}.get(form, "e1s1")
    walk = refuse(*after_password(page(edu_login(step, **given)), form=form))
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == POSTS[form]


@pytest.mark.parametrize(
    "again",
    [
        edu_wrong("e1s2"),
        edu_login("e1s2", wrong='<p id="erreurIdentifiant">Inconnu</p>'),
        edu_login("e1s2", wrong='<p class="fr-error-text">Inconnu</p>'),
        edu_login("e1s2", csrf=True),
        edu_login("e1s1"),
        edu_login("e2s2"),
        edu_login("e1s0"),
        edu_login("other"),
    ],
    ids=["an error", "another", "a third", "a token", "same step", "anew", "backwards", "no step"],
)
def test_when_a_form_that_comes_again_is_a_refusal(again: str) -> None:
    """Only a later step of the same conversation, without a token and without a word, wants it twice."""
    walk = refuse((GET, page(edu_login("e1s1"))), (POST, page(again)))
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_an_error_that_is_not_shown_is_none() -> None:
    """A class hides as well as an attribute: the form of 2022 is still told."""
    hidden = edu_login("e1s2", wrong='<p id="erreurMdp" class="fr-error-text fr-hidden">Faux</p>')
    assert enter((GET, page(edu_login("e1s1"))), (POST, page(hidden)), (POST, VOUCHED)).proofs == 2


def test_nothing_is_sent_a_third_time() -> None:
    """Whatever the form says."""
    walk = refuse(*after_password(page(edu_login("e1s3")), form="G2022"))
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 2


@pytest.mark.parametrize(
    "locked",
    [
        page(edu_login("e1s3", wrong='<p id="erreurMdp">Votre compte est verrouillé.</p>')),
        page("<p>Votre compte a été bloqué après plusieurs essais.</p>"),
        page("<p>This account is locked.</p>", status=403),
    ],
    ids=["below the password", "a page", "in English"],
)
def test_a_locked_account(locked: Response) -> None:
    """Is no wrong password."""
    walk = refuse(*after_password(locked))
    assert isinstance(walk.error, ActionRequired)
    assert "locked" in walk.error.where
    assert walk.proofs == 1


@pytest.mark.parametrize("more", ["<p>Si votre compte est bloqué, patientez.</p>", "<a>Compte bloqué ?</a>"])
def test_help_for_locked_accounts_says_nothing(more: str) -> None:
    """It stands there for everybody."""
    walk = refuse(*after_password(page(edu_wrong("e1s3", csrf=True) + more)))
    assert isinstance(walk.error, WrongCredentials)


# -- captcha -------------------------------------------------------------------------------

CAPTCHAS: Final = {
    "a block": '<div id="captcha"><label id="label_captcha">Code</label><input name="captcha"></div>',
    "an error": '<p id="erreurCaptcha" class="fr-error-text">Code requis</p>',
    "a label": '<label id="label_captcha">Code</label>',
    "a picture": '<img id="captcha" src="/captcha">',
}
NO_CAPTCHAS: Final = {
    "hidden": '<div id="captcha" hidden><label id="label_captcha">Code</label></div>',
    "hidden by class": '<div id="captcha" class="fr-hidden"><label id="label_captcha">Code</label></div>',
    "empty": '<div id="captcha"></div>',
    "hidden error": '<p id="erreurCaptcha" class="fr-error-text fr-hidden">Code requis</p>',
}


@pytest.mark.parametrize("more", CAPTCHAS.values(), ids=CAPTCHAS)
def test_a_captcha_is_not_guessed(more: str) -> None:
    """Not before the password was sent, and not after: it tells nothing about the password."""
    walk = refuse((GET, page(edu_login("e1s1", csrf=True, more=more))))
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.error.kind == "captcha"
    assert not walk.proofs
    walk = refuse(*after_password(page(edu_login("e1s3", **MODERN, more=more))))
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.proofs == 1


@pytest.mark.parametrize("more", NO_CAPTCHAS.values(), ids=NO_CAPTCHAS)
def test_a_captcha_that_nobody_sees_is_none(more: str) -> None:
    """The place for one stands on every page."""
    assert enter((GET, page(edu_login("e1s1", more=more))), (POST, VOUCHED)).proofs == 1


# -- looking ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["G2021", "G2025", "G2026"])
def test_a_look_reaches_the_form(form: str) -> None:
    """And sends nothing but what every browser sends by itself."""
    walk = looked(PORTAL, *ASKED, *FORMS[form], door=SCHOOL_DOOR)
    assert walk.sight
    assert walk.sight.trouble is None
    assert walk.signs[-1] == "log-in form"
    assert not {"j_username", "j_password"} & {name for one in walk.sent for name in one.fields}


def test_a_look_sees_a_captcha() -> None:
    """Which stands in everybody's way."""
    form = edu_login("e1s1", more=CAPTCHAS["a block"])
    walk = looked(PORTAL, *ASKED, (GET, page(form)), door=SCHOOL_DOOR)
    assert walk.sight
    assert isinstance(walk.sight.trouble, ChallengeUnanswered)

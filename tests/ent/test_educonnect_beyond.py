"""EduConnect beside its log-in form: questions, things to do first, bad news, forms that lead elsewhere."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.educonnect import is_not_serving
from schoolsync.errors import ActionRequired, ChallengeUnanswered, InstanceClosed, LostOnTheWay
from schoolsync.flow.forms import Page
from schoolsync.flow.http import Response
from tests.ent.at_educonnect import (
    ASKED,
    CAS,
    GET,
    MODERN,
    PORTAL,
    POST,
    SCHOOL_DOOR,
    VOUCHED,
    after_password,
    enter,
    refuse,
)
from tests.ent.pages_a import SSO, edu_login, edu_storage
from tests.ent.walking import EDU, PASSWORD, USERNAME, looked, moved, page

# -- questions ---------------------------------------------------------------------------------

BIRTH_DATE: Final = f"""
<form id="theForm" method="post" action="{SSO}?execution=e1s3">
  <input type="hidden" name="csrf_token" value="csrf-e1s3">
  <div id="dateNaissance"><input name="jour"><input name="mois"><input name="annee"></div>
  <input type="hidden" id="password-input" name="j_password" value="">
  <button type="submit" id="submit-button" name="_eventId_proceed">Confirmer</button>
</form>"""
CODE: Final = f"""
<p>Saisissez le code de vérification reçu.</p>
<form method="post" action="{SSO}?execution=e1s3"><input type="hidden" name="csrf_token" value="csrf-e1s3">
  <input type="text" name="code" value=""></form>"""


def test_a_birth_date_is_asked_for() -> None:
    """In its three fields, and joined as the page's script would; the password stays where it is."""
    steps = after_password(page(BIRTH_DATE), (POST, VOUCHED))
    walk = enter(*steps, replies=(" 3/2/2011 ",))
    (question,) = walk.asked
    assert (question.kind, question.choices) == ("birth_date", ())
    assert "DD/MM/YYYY" in question.text
    told = walk.posts[-2]
    assert told.fields == {
        "csrf_token": "csrf-e1s3",
        "jour": "03",
        "mois": "02",
        "annee": "2011",
        "j_password": "03022011",
        "_eventId_proceed": "",
    }
    assert walk.proofs == 1
    assert "birth_date" in walk.signs


def test_a_birth_date_without_the_joined_field() -> None:
    """Goes into the three alone."""
    bare = BIRTH_DATE.replace(' name="j_password"', "")
    walk = enter(*after_password(page(bare), (POST, VOUCHED)), replies=("31/12/2012",))
    assert "j_password" not in walk.posts[-2].fields
    assert walk.posts[-2].fields["annee"] == "2012"


@pytest.mark.parametrize("reply", ["", "2011-02-03", "30/02/2011", "3/2/11"])
def test_an_answer_that_is_no_date(reply: str) -> None:
    """Is not sent, and not shown."""
    walk = refuse(*after_password(page(BIRTH_DATE)), replies=(reply,))
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.error.kind == "birth_date"
    assert not reply or reply not in str(walk.error)


def test_a_code_is_asked_for() -> None:
    """Where the page has one field that takes text and is sent."""
    drawn = CODE.replace("</form>", '<input type="text" id="drawn"></form>')
    walk = enter(*after_password(page(drawn), (POST, VOUCHED)), replies=("246810 ",))
    assert [question.kind for question in walk.asked] == ["second_factor"]
    assert walk.posts[-2].fields == {"csrf_token": "csrf-e1s3", "code": "246810", "_eventId_proceed": ""}
    assert walk.proofs == 1


def test_a_code_that_nobody_can_tell_where_to_put() -> None:
    """Is not asked for."""
    two = CODE.replace("</form>", '<input name="appareil"></form>')
    for markup in (two, "<p>Saisissez le code de vérification dans l'application.</p>"):
        walk = refuse(*after_password(page(markup)), replies=("246810",))
        assert isinstance(walk.error, ChallengeUnanswered)
        assert walk.error.kind == "second_factor"
        assert not walk.asked


@pytest.mark.parametrize(("markup", "kind"), [(BIRTH_DATE, "birth_date"), (CODE, "second_factor")])
def test_questions_are_asked_once(markup: str, kind: str) -> None:
    """Nobody there; the same page again, or the log-in form, when the answer was not accepted."""
    walk = refuse(*after_password(page(markup)))
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.error.kind == kind
    for again in (markup, edu_login("e1s4", **MODERN)):
        walk = refuse(
            *after_password(page(markup), (POST, page(again))), replies=("03/02/2011", "03/02/2011")
        )
        assert isinstance(walk.error, ChallengeUnanswered)
        assert walk.error.kind == kind
        assert len(walk.asked) == walk.proofs == 1


@pytest.mark.parametrize("markup", [BIRTH_DATE, CODE])
def test_nobody_is_asked_when_nobody_wants_to_get_in(markup: str) -> None:
    """A look ends at such a page."""
    walk = looked(PORTAL, *ASKED, (GET, page(markup)), door=SCHOOL_DOOR)
    assert walk.sight
    assert isinstance(walk.sight.trouble, LostOnTheWay)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Vous devez changer le mot de passe avant de continuer.", "new password"),
        ("Votre mot de passe a expiré.", "new password"),
        ("You have to change your password.", "new password"),
        ("Il reste à activer votre compte.", "activated"),
        ("Veuillez accepter les conditions d'utilisation.", "terms"),
    ],
)
def test_something_to_do_first(text: str, what: str) -> None:
    """Is the person's own business, in a browser."""
    form = f'<p>{text}</p><form method="post" action="{SSO}"><input type="password" name="nouveau"></form>'
    walk = refuse(*after_password(page(form)))
    assert isinstance(walk.error, ActionRequired)
    assert what in walk.error.where


# -- not served, stale, unknown ------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        moved("https://assistance.phm.education.gouv.fr/acces?ip=192.0.2.1"),
        moved("http://assistance.phm.education.gouv.fr/"),
        page("<title>Accès perturbé</title><p>Le service rencontre des difficultés techniques.</p>"),
        page("<p>L’accès au service est momentanément indisponible.</p>", status=403),
    ],
    ids=["assistance", "in the clear", "its own page", "with a status"],
)
def test_an_address_that_is_not_served(answer: Response) -> None:
    """Before any form: nothing is said about the password. The page that it leads to is not asked for."""
    walk = refuse((GET, answer))
    assert isinstance(walk.error, InstanceClosed)
    assert "connection at home" in str(walk.error)
    assert not walk.proofs
    seen = looked(PORTAL, *ASKED, (GET, answer), door=SCHOOL_DOOR)
    assert seen.sight
    assert isinstance(seen.sight.trouble, InstanceClosed)


def test_only_a_page_that_asks_for_nothing_is_not_serving() -> None:
    """A form with such a sentence beside it is to be filled in."""
    text = "<p>Le service rencontre des difficultes techniques.</p>"
    assert is_not_serving(Page(page(text)))
    assert not is_not_serving(Page(page(text + edu_login("e1s1"))))
    assert not is_not_serving(Page(page("<p>Bienvenue</p>")))


def test_a_server_that_is_down() -> None:
    """A status of its own."""
    walk = refuse((GET, page(edu_login("e1s1"), status=503)))
    assert isinstance(walk.error, InstanceClosed)
    assert walk.error.status == 503


STALES: Final = {
    "a status": page("<p>Erreur</p>", status=400),
    "a status with a form": page(edu_login("e1s1", csrf=True), status=400),
    "in English": page("<h1>Unable to process request</h1>"),
    "in French": page("<p>Impossible de traiter votre requête</p>"),
}
stale = pytest.mark.parametrize("answer", STALES.values(), ids=STALES)


@stale
def test_a_stale_request_begins_anew(answer: Response) -> None:
    """At the portal, once, and the password is sent once."""
    walk = enter((GET, answer), *ASKED, *after_password(VOUCHED))
    assert walk.signs.count("stale request") == 1
    assert walk.proofs == 1


@stale
def test_a_request_that_stays_stale(answer: Response) -> None:
    """Is not begun a third time; nothing was sent."""
    walk = refuse((GET, answer), *ASKED, (GET, answer))
    assert isinstance(walk.error, LostOnTheWay)
    assert "find_cas" in str(walk.error)
    assert not walk.proofs


@stale
def test_a_request_that_goes_stale_after_the_password(answer: Response) -> None:
    """Is not begun anew at all: the password would be sent twice."""
    walk = refuse(*after_password(answer))
    assert isinstance(walk.error, LostOnTheWay)
    assert "stale" in str(walk.error)
    assert walk.proofs == 1


def test_an_unknown_page() -> None:
    """Is described by names, never by what stands in it."""
    odd = f'<form id="autre"><input name="x" value="{USERNAME}"><input name="y" value="{PASSWORD}"></form>'
    walk = refuse((GET, page(odd)))
    assert isinstance(walk.error, LostOnTheWay)
    assert "autre (x, y)" in walk.error.hop


@pytest.mark.parametrize(
    "action",
    [
        "https://evil.example.test/login",
        f"https://{CAS}/login",
        f"https://{EDU}:444{SSO}",
        f"http://{EDU}{SSO}",
        f"https://{EDU}.evil.example.test{SSO}",
        f"https://{EDU}@evil.example.test{SSO}",
    ],
)
@pytest.mark.parametrize("markup", [edu_login("e1s1", csrf=True), edu_storage("e1s1"), BIRTH_DATE, CODE])
def test_a_form_that_leads_elsewhere(markup: str, action: str) -> None:
    """Is filled in for nobody: not for strangers, not for the portal, not in the clear."""
    there = markup.replace('action="', f'action="{action}?', 1)
    is_question = markup in {BIRTH_DATE, CODE}
    steps = after_password(page(there)) if is_question else ((GET, page(there)),)
    walk = refuse(*steps, replies=("03/02/2011",))
    assert isinstance(walk.error, LostOnTheWay)
    assert walk.proofs == is_question

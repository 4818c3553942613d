"""EduConnect: wrong passwords, and everything that can stand between the right one and the portal."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from schoolsync.sandbox.portals.educonnect import Generation
from schoolsync.sandbox.portals.people import Person
from tests.sandbox.portals.quarter import somebody
from tests.sandbox.portals.visit import ANA, GENERATIONS, LOUISON, ROBIN, UNSOLICITED, Visit, at_educonnect


@pytest.fixture
def visit() -> Visit:
    """With nothing asked for yet."""
    return at_educonnect()


# -- wrong passwords ---------------------------------------------------------------------------------


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_wrong_password(visit: Visit, generation: Generation) -> None:
    """The form again, with a sign that can be seen, on a step of its own."""
    visit.idp.generation = generation
    visit.begin()
    before = visit.step
    assert 'id="erreurMdp" hidden' in visit.text
    visit.sign_in_through(LOUISON, "wrong")
    assert '<p id="erreurMdp" class="fr-error-text">' in visit.text
    assert visit.step > before
    assert visit.browser.answer.status == 200


def test_nobody_is_told_which_of_the_two_was_wrong(visit: Visit) -> None:
    """A user name that does not exist looks the same, but for the token."""
    pages = []
    for username in (LOUISON.username, "nobody"):
        visit.begin()
        visit.sign_in(LOUISON, "wrong", j_username=username)
        pages.append(visit.text.partition("typeUser")[2])
    assert pages[0] == pages[1]
    assert pages[0]


@pytest.mark.parametrize(
    ("person", "profile", "status"),
    [
        (LOUISON, "responsable", "wrong"),
        (ROBIN, "eleve", "wrong"),
        (ANA, "responsable", "wrong"),
        (LOUISON, "", "stale"),
        (LOUISON, "teacher", "stale"),
    ],
)
def test_who_one_is_must_be_said_rightly(visit: Visit, person: Person, profile: str, status: str) -> None:
    """Since 2026: another profile has no such account, and none at all is no answer. Teachers have none."""
    visit.begin()
    visit.sign_in(person, typeUser=profile)
    assert visit.browser.answer.status == (400 if status == "stale" else 200)
    assert ("fr-error-text" in visit.text) == (status == "wrong")


def test_teachers_never_had_an_account(visit: Visit) -> None:
    """In no generation."""
    visit.idp.generation = "G2021"
    visit.begin()
    assert "fr-error-text" in visit.sign_in(ANA).text


def test_a_refusal_can_be_silent(visit: Visit) -> None:
    """The same page at the same address, and not a word."""
    visit.idp.is_silent = True
    visit.begin()
    before = visit.step
    visit.sign_in(LOUISON, "wrong")
    assert visit.step == before
    assert 'id="erreurMdp" hidden' in visit.text
    assert visit.sign_in(LOUISON).status == 200
    assert visit.carry().startswith(LOUISON.login)


def test_three_wrong_passwords_and_a_picture_comes(visit: Visit) -> None:
    """For that account, in any browser, and the right password does not help any more."""
    for number in range(3):
        assert "captcha" not in visit.text
        visit.browser.cookies = type(visit.browser.cookies)()
        visit.begin()
        visit.sign_in(LOUISON, f"wrong {number}")
    assert '<div id="captcha">' in visit.text
    assert '<p id="erreurCaptcha" class="fr-error-text">' in visit.text
    visit.begin()
    assert '<div id="captcha">' in visit.sign_in(LOUISON).text
    visit.begin()
    visit.sign_in(ROBIN)
    assert visit.carry().startswith(ROBIN.login)


def test_a_right_password_wipes_the_wrong_ones_out(visit: Visit) -> None:
    """Two, one that is right, two more: no picture."""
    for password in ("wrong", "wrong", LOUISON.password, "wrong", "wrong"):
        visit.browser.cookies = type(visit.browser.cookies)()
        visit.begin()
        visit.sign_in(LOUISON, password)
        assert "captcha" not in visit.text


# -- troubles -------------------------------------------------------------------------------------


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(
    ("trouble", "sign"),
    [
        ("locked", "Votre compte est verrouillé"),
        ("captcha", 'id="label_captcha"'),
        ("birth_date", 'id="dateNaissance"'),
        ("code", "code de vérification"),
        ("new_password", "changer le mot de passe"),
        ("activation", "activer votre compte"),
    ],
)
def test_every_trouble_has_its_page(visit: Visit, generation: Generation, trouble: str, sign: str) -> None:
    """After the right password, in every generation; and no answer goes to the portal."""
    visit.idp.generation = generation
    visit.begin()
    visit.sign_in_through(somebody(trouble))
    assert sign in visit.text
    assert "SAMLResponse" not in visit.text
    visit.begin()
    assert "j_username" in visit.text


def test_a_locked_account_does_not_look_at_passwords(visit: Visit) -> None:
    """It says the same to a wrong one."""
    visit.begin()
    assert "verrouillé" in visit.sign_in(somebody("locked"), "wrong").text


def test_no_answer_to_a_new_password(visit: Visit) -> None:
    """Whatever is sent, the page stays."""
    visit.begin()
    visit.sign_in(somebody("new_password"))
    assert "changer le mot de passe" in visit.browser.submit(nouveau="another").text


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("date", ["03/02/2011", "03022011"])
def test_the_day_of_birth(visit: Visit, generation: Generation, date: str) -> None:
    """The right one leads on, joined in any way; another one is asked for again."""
    visit.idp.generation = generation
    visit.begin()
    visit.sign_in_through(somebody("birth_date"))
    (sheet,) = visit.browser.read.sheets
    assert {"jour", "mois", "annee", "j_password", "_eventId_proceed"} <= sheet.fields.keys()
    assert sheet.marks["id"] == "theForm"
    assert "dateNaissance" in visit.browser.submit(j_password="01/01/2011").text
    visit.browser.submit(jour="03", mois="02", annee="2011", j_password=date)
    assert visit.carry().startswith("louison.example")
    assert visit.idp.proofs == (2 if generation == "G2022" else 1)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_code_of_a_second_factor(visit: Visit, generation: Generation) -> None:
    """The right one leads on; another one is asked for again."""
    visit.idp.generation = generation
    visit.begin()
    visit.sign_in_through(somebody("code"))
    assert 'name="code"' in visit.browser.submit(code="000000").text
    visit.browser.submit(code="246810")
    assert visit.carry().startswith("louison.example")


@pytest.mark.parametrize("trouble", ["unlinked", "two_schools", "two_profiles", "reset"])
def test_what_is_no_trouble_here(visit: Visit, trouble: str) -> None:
    """It is the portal's business."""
    visit.begin()
    visit.sign_in(somebody(trouble))
    assert visit.carry().startswith(somebody(trouble).login)


def test_some_are_not_served_at_all(visit: Visit) -> None:
    """They are sent to the assistance before any form, and see nothing to fill in."""
    visit.idp.blocks = True
    answer = visit.browser.get(UNSOLICITED)
    assert urlsplit(answer.url).netloc == "assistance.phm.education.gouv.fr"
    assert "difficultés techniques" in answer.text
    assert visit.browser.read.sheets == []

"""EduConnect: its four forms, the steps of a conversation, and the answer."""

from __future__ import annotations

from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.sandbox.faults import ExpireSession
from schoolsync.sandbox.portals.educonnect import Generation
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.portals.saml import EDUCONNECT, Requester
from tests.sandbox.portals.visit import GENERATIONS, LOUISON, PORTAL, ROBIN, UNSOLICITED, Visit, at_educonnect


@pytest.fixture
def visit() -> Visit:
    """With nothing asked for yet."""
    return at_educonnect()


# -- the four forms --------------------------------------------------------------------------

BY_FORM = "by a form"
ENTRIES = [UNSOLICITED, PORTAL.address("my relay"), BY_FORM]


@pytest.mark.parametrize("entry", ENTRIES, ids=["unsolicited", "address", "form"])
@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("person", [LOUISON, ROBIN], ids=["pupil", "parent"])
def test_every_form_leads_back_to_the_portal(
    visit: Visit, generation: Generation, entry: str, person: Person
) -> None:
    """However the portal asked; what it sent along comes back, and something comes in any case."""
    visit.idp.generation = generation
    if entry == BY_FORM:
        visit.browser.answer = attrs.evolve(PORTAL.form("my relay"), url="https://cas.example.test/")
        visit.browser.submit()
        if generation == "G2026":
            visit.browser.submit()
    else:
        visit.begin(entry)
    visit.sign_in_through(person)
    assert visit.carry() == f"{person.login}, {'ss:mem:retour' if entry == UNSOLICITED else 'my relay'}"


@pytest.mark.parametrize(
    ("generation", "fields", "step", "proofs"),
    [
        ("G2021", {"j_username", "j_password", "_eventId_proceed"}, "e1s1", 1),
        ("G2022", {"j_username", "j_password", "_eventId_proceed"}, "e1s1", 2),
        ("G2025", {"csrf_token", "j_username", "j_password", "_eventId_proceed"}, "e1s1", 1),
        ("G2026", {"csrf_token", "typeUser", "j_username", "j_password", "_eventId_proceed"}, "e1s2", 1),
    ],
)
def test_what_each_form_asks_for(
    visit: Visit, generation: Generation, fields: set[str], step: str, proofs: int
) -> None:
    """Its fields, the step on which it stands, and how often the password is wanted."""
    visit.idp.generation = generation
    visit.begin()
    (sheet,) = visit.browser.read.sheets
    assert sheet.fields.keys() == fields
    assert (sheet.marks["id"], sheet.marks["action"].rpartition("=")[2], visit.step) == (
        "validerAuth",
        step,
        step,
    )
    visit.sign_in(LOUISON)
    if proofs == 2:
        assert (visit.step, "j_password" in visit.text) == ("e1s2", True)
        assert 'id="erreurMdp" hidden' in visit.text
        visit.sign_in(LOUISON)
    assert visit.carry().startswith(LOUISON.login)
    assert (visit.idp.proofs, visit.idp.foreign_cookies) == (proofs, 0)


def test_the_store_of_2026(visit: Visit) -> None:
    """It is read first: eight fields of its own, and no password; and once more at the end, if so set."""
    visit.browser.get(UNSOLICITED)
    assert visit.step == "e1s1"
    (sheet,) = visit.browser.read.sheets
    assert sum(name.startswith("shib_idp_ls_") for name in sheet.fields) == 7
    assert {"csrf_token", "_eventId_proceed"} < sheet.fields.keys()
    visit.browser.submit()
    visit.sign_in(LOUISON)
    assert (visit.step, "shib_idp_ls_success.shib_idp_session_ss" in visit.text) == ("e1s3", True)
    assert visit.carry().startswith(LOUISON.login)


def test_the_store_may_be_read_only_once(visit: Visit) -> None:
    """Then the answer comes at once after the password."""
    visit.idp.stores_twice = False
    visit.begin()
    assert "SAMLResponse" in visit.sign_in(LOUISON).text


def test_the_cookie_is_for_the_conversation(visit: Visit) -> None:
    """`JSESSIONID`, below `/idp`, set by the redirect that opens it."""
    answer = visit.browser.get(UNSOLICITED, most=0)
    assert (answer.status, answer.header("location")) == (
        302,
        "/idp/profile/SAML2/Unsolicited/SSO?execution=e1s1",
    )
    assert "; Path=/idp; " in (answer.header("set-cookie") or "")


def test_conversations_are_counted(visit: Visit) -> None:
    """The first number grows when the same browser begins again, and another browser begins at one."""
    visit.begin()
    visit.begin()
    assert visit.step == "e2s2"
    visit.sign_in(LOUISON)
    assert visit.carry().startswith(LOUISON.login)
    visit.browser.cookies = type(visit.browser.cookies)()
    visit.begin()
    assert visit.step == "e1s2"


@pytest.mark.parametrize("generation", GENERATIONS)
def test_whoever_is_signed_in_is_not_asked_again(visit: Visit, generation: Generation) -> None:
    """The answer comes at once, or after the store."""
    visit.idp.generation = generation
    visit.begin()
    visit.sign_in_through(LOUISON)
    visit.carry()
    proofs = visit.idp.proofs
    visit.begin()
    assert visit.carry().startswith(LOUISON.login)
    assert visit.idp.proofs == proofs


# -- steps that are wrong ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        f"https://{EDUCONNECT}/idp/profile/SAML2/Unsolicited/SSO?providerId=urn:nobody",
        f"https://{EDUCONNECT}/idp/profile/SAML2/Unsolicited/SSO",
        Requester("urn:nobody", PORTAL.acs).address("r"),
        Requester(PORTAL.entity, "https://evil.test/acs").address("r"),
        f"https://{EDUCONNECT}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=none",
        f"https://{EDUCONNECT}/idp/profile/SAML2/POST/SSO",
        f"{UNSOLICITED}&execution=e1s1",
    ],
)
def test_who_is_no_portal(visit: Visit, url: str) -> None:
    """Is answered 400, and so is one that wants the answer elsewhere, or a step of nobody's conversation."""
    answer = visit.browser.get(url)
    assert (answer.status, "Unable to process request" in answer.text) == (400, True)


def test_another_page_is_missing(visit: Visit) -> None:
    """There is nothing else on the host."""
    assert visit.browser.get(f"https://{EDUCONNECT}/").status == 404


@pytest.mark.parametrize("generation", ["G2025", "G2026"])
@pytest.mark.parametrize("token", ["", "invented"])
def test_the_token_is_wanted_back(visit: Visit, generation: Generation, token: str) -> None:
    """Where the form has one, and exactly that one."""
    visit.idp.generation = generation
    visit.begin()
    assert visit.sign_in(LOUISON, csrf_token=token).status == 400
    assert visit.idp.proofs == 1


def test_the_token_is_another_one_on_every_page(visit: Visit) -> None:
    """An older one does not do, not even one of the same step."""
    visit.browser.get(UNSOLICITED)
    first = visit.browser.read.sheets[0].fields["csrf_token"]
    visit.browser.get(visit.browser.answer.url)
    assert visit.browser.read.sheets[0].fields["csrf_token"] != first
    assert visit.browser.submit(csrf_token=first).status == 400


def test_a_password_has_no_business_in_the_store(visit: Visit) -> None:
    """It is answered 400, and nobody gets in."""
    visit.browser.get(UNSOLICITED)
    answer = visit.browser.submit(j_username=LOUISON.username, j_password=LOUISON.password)
    assert answer.status == 400


@pytest.mark.parametrize("generation", GENERATIONS)
def test_an_older_step_is_over(visit: Visit, generation: Generation) -> None:
    """Whatever is sent to it; and so is a conversation that has had its answer."""
    visit.idp.generation = generation
    visit.begin()
    here, fields = visit.browser.answer.url, visit.browser.read.sheets[0].fields
    visit.sign_in(LOUISON, "wrong")
    assert visit.browser.post(here, fields | {"j_username": "x", "j_password": "y"}).status == 400
    visit.begin()
    here = visit.browser.answer.url
    visit.sign_in_through(LOUISON)
    visit.carry()
    assert visit.browser.get(here).status == 400


@pytest.mark.parametrize(
    ("generation", "step"), [("G2021", "e2s1"), ("G2022", "e2s1"), ("G2025", "e2s1"), ("G2026", "e2s2")]
)
def test_an_answer_is_given_once(visit: Visit, generation: Generation, step: str) -> None:
    """Whoever asks for its page again gets nothing."""
    visit.idp.generation = generation
    visit.begin()
    visit.sign_in_through(LOUISON)
    visit.carry()
    assert "SAMLResponse" in visit.begin().text
    path = urlsplit(UNSOLICITED).path
    assert visit.browser.get(f"https://{EDUCONNECT}{path}?execution={step}").status == 400


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("field", ["j_username", "j_password", "_eventId_proceed"])
def test_no_field_may_be_missing(visit: Visit, generation: Generation, field: str) -> None:
    """Of those that a browser always sends."""
    visit.idp.generation = generation
    visit.begin()
    (sheet,) = visit.browser.read.sheets
    filled = sheet.fields | {"j_username": "x", "j_password": "y", "typeUser": "eleve"}
    filled.pop(field)
    assert visit.browser.post(sheet.marks["action"], filled).status == 400


def test_without_the_cookie_a_step_is_nobodys(visit: Visit) -> None:
    """Nor after the browser was forgotten."""
    visit.begin()
    here = visit.browser.answer.url
    visit.idp.faults.add(ExpireSession())
    assert visit.sign_in(LOUISON).status == 400
    visit.begin()
    visit.browser.cookies = type(visit.browser.cookies)()
    assert visit.browser.get(here).status == 400


# -- the answer -------------------------------------------------------------------------------------


def test_an_answer_is_good_once(visit: Visit) -> None:
    """And for its portal only."""
    visit.begin()
    visit.sign_in(LOUISON)
    visit.browser.submit()
    said = visit.browser.read.sheets[0].fields["SAMLResponse"]
    assert visit.idp.common.assertions.take(said, PORTAL.acs) is LOUISON
    assert visit.browser.submit().text.count("nobody") == 1
    assert visit.idp.common.assertions.take("", PORTAL.acs) is None

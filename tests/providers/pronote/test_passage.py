"""The way in through a portal: the school first, the portal once, then a name and a word for one use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.errors import InstanceClosed, LoginHeld, LostOnTheWay, Unavailable, Unsupported
from schoolsync.flow.effects import Outcome, Permit
from schoolsync.flow.http import Request, Response
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.crypto import EMPTY_KEY
from schoolsync.providers.pronote.entrance import SignedIn, sign_in
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.testing.play import Answer, Script
from tests.providers.pronote.entering import STEPS, enter, failed, scrambling, settings
from tests.providers.pronote.passing import (
    CAS,
    ENTRANCE,
    FORM,
    HANDLE,
    LOGIN,
    ONCE,
    PAGE,
    TICKET,
    USERNAME,
    VOUCHED,
    WORD,
    arrived,
    asked_and_let_in,
    at,
    behind,
    form,
    html,
    known_and_let_in,
    redirect,
    to_portal,
    who_is_vouched_for,
)
from tests.providers.pronote.wire import MATERIAL, ROOT, Server, error, md5, session

SCHOOL = "0000000a.example"
OLD: dict[str, Any] = {"has_new_names": False, "layout": "body"}
SERVERS: dict[str, Any] = {
    "2026.2.6": lambda: Server(flags=VOUCHED),
    "2026.2.4, scrambled": lambda: Server(version="2026.2.4", flags=VOUCHED),
    "2025.2, both": lambda: scrambling(
        flags={"CrA": True, "CoA": True, **VOUCHED}, encrypts=True, compresses=True
    ),
    "2024.3.11": lambda: Server(version="2024.3.11", flags={"sCrA": True, "sCoA": True, **VOUCHED}, **OLD),
    "2023, both": lambda: Server(
        version="2023.0.3",
        has_new_content=False,
        encrypts=True,
        compresses=True,
        flags={"poll": True, **VOUCHED},
        **OLD,
    ),
}


def proofs(talk: Script) -> list[Request]:
    """The requests that told somebody the password, or anything near it."""
    return [one for one in talk.sent if b"password" in one.body or b"Portail" in one.body]


def heard(talk: Script) -> list[tuple[str, Outcome | None]]:
    """What the governor was asked and told: at which host, and what."""
    return [(permit.knock.host, permit.outcome) for permit in talk.permits]


def renewed(on: Session, *answers: Answer, holds: Any = None) -> tuple[SignedIn, Script]:
    """A log-in of somebody who may still be known."""
    talk = Script(list(answers), holds=holds)
    told = talk.run(sign_in(on, LOGIN, anew=False))
    assert not talk.answers
    return told, talk


def forgotten() -> Answer:
    """The portal's form again, for somebody whom it knew before."""
    return at(ENTRANCE, lambda request: html(FORM, request.url))


def entered() -> tuple[Session, Script]:
    """A session that somebody has signed in to through the portal."""
    on, _, talk = enter(*to_portal(), *asked_and_let_in(), *behind(Server(flags=VOUCHED)), login=LOGIN)
    return on, talk


# -- in -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SERVERS)
def test_a_pupil_enters(name: str) -> None:
    """The school's page, the portal's form, the ticket, the page behind it, and a new key."""
    server = SERVERS[name]()
    answers = behind(server, direct=name == "2026.2.6")
    on, told, talk = enter(*to_portal(), *asked_and_let_in(), *answers, login=LOGIN)
    assert [one.url for one in talk.sent[:5]] == [
        f"{ROOT}/eleve.html",
        ENTRANCE,
        f"https://{CAS}/login",
        f"{ROOT}/eleve.html?ticket={TICKET}",
        f"{ROOT}/eleve.html?identifiant=once",
    ]
    assert [call.function for call in server.log] == STEPS[1:]
    assert on.key == md5(MATERIAL)
    assert told.label == "EXAMPLE Louison"
    assert told.page.data.general.school == "COLLEGE EXEMPLE"


def test_the_portal_vouches() -> None:
    """The one-time name is identified, and said to be a portal's."""
    server = Server(flags=VOUCHED)
    enter(*to_portal(), *asked_and_let_in(), *behind(server), login=LOGIN)
    assert (server.log[1].data["identifiant"], server.log[1].data["pourENT"]) == (HANDLE, True)


def test_the_password_is_told_to_the_portal_once_and_to_nobody_else() -> None:
    """The school never sees it, nor the user name, nor the portal's cookies; all see who asks."""
    on, talk = entered()
    (proof,) = proofs(talk)
    assert urlsplit(proof.url).netloc == CAS
    at_school = [one for one in talk.sent if urlsplit(one.url).netloc == SCHOOL]
    assert len(at_school) == len(talk.sent) - 2
    shown = b"".join(one.url.encode() + repr(one.headers).encode() + one.body for one in at_school)
    for secret in (USERNAME, "Portail", "invented-pass"):
        assert secret.encode() not in shown
    assert all("Firefox" in dict(one.headers)["user-agent"] for one in talk.sent)
    assert {cookie.domain for cookie in on.cookies.kept} == {SCHOOL}
    assert {dict(one.headers)["cookie"] for one in talk.sent[-3:]} == {"door=2; lb=1"}


def test_a_teacher_enters_by_another_page_as_staff() -> None:
    """What kind of account it is, the portal hears as a profile."""
    who = attrs.evolve(LOGIN, space=Space.TEACHER)
    talk = Script([Response(404, url=ROOT)])
    with pytest.raises(Unavailable):
        talk.run(sign_in(session(Space.TEACHER), who))
    assert talk.sent[0].url == f"{ROOT}/professeur.html"
    assert (who.visitor.profile, LOGIN.visitor.profile) == ("staff", "pupil")


def test_what_is_for_one_use_is_private() -> None:
    """As long as it is that of this session: a client that lives for a year does not keep them all."""
    on, _ = entered()
    assert on.private.secrets == {USERNAME, WORD, HANDLE, ONCE}
    other = {"e": "1111222233334444", "f": "5555666677778888"}
    server = Server(flags={**VOUCHED, **other})
    caught = Script(
        [*to_portal(), *known_and_let_in(), *arrived(lambda _: server.page()), Response(503, url=ROOT)]
    )
    with pytest.raises(InstanceClosed):
        caught.run(sign_in(on, LOGIN, anew=False))
    assert on.private.secrets == {USERNAME, WORD, *other.values()}


def test_redirects_of_the_school_to_itself_are_followed() -> None:
    """Also for good to another host, whose own name is then the one that counts."""
    elsewhere = redirect("/pronote/eleve.html?x=1", PAGE)
    way = [at(PAGE, elsewhere), at(f"{PAGE}?x=1", redirect(ENTRANCE, f"{PAGE}?x=1"))]
    enter(*way, *asked_and_let_in(), *behind(Server(flags=VOUCHED)), login=LOGIN)
    new = "https://0000000b.example/pronote"
    there = f"https://{CAS}/login?service=https://0000000B.example/pronote/"
    moved = redirect(f"{new}/eleve.html", PAGE, status=301)
    on = session()
    talk = Script([at(PAGE, moved), at(f"{new}/eleve.html", redirect(there, PAGE)), form(entrance=there)])
    with pytest.raises(AssertionError, match="no answer is scripted"):
        talk.run(sign_in(on, LOGIN))
    assert on.root == new


def test_a_school_that_leads_in_circles_is_lost() -> None:
    """It is asked six times, and no portal."""
    caught, talk = failed(*[redirect("/pronote/eleve.html?again", PAGE)] * 6, login=LOGIN)
    assert isinstance(caught, LostOnTheWay)
    assert {urlsplit(one.url).netloc for one in talk.sent} == {SCHOOL}


def test_an_address_in_the_own_words_of_the_school_stays_as_it_is() -> None:
    """Even where a tidy program would write it otherwise; one without a host is completed."""
    odd = f"HTTPS://{CAS.upper()}/login?service=https:%2F%2F0000000A.example%2Fpronote%2F&&x=%7e"
    talk = Script([at(PAGE, redirect(odd, PAGE)), lambda _: Response(500, url=ENTRANCE)])
    with pytest.raises(InstanceClosed):
        talk.run(sign_in(session(), LOGIN))
    assert talk.sent[1].url == odd


# -- mistaken for another generation -------------------------------------------------------------


def test_a_server_that_misread_is_told_in_the_other_way_without_a_second_password() -> None:
    """The portal knows us: it gives another ticket, and the page another name and word."""
    misread = error(11, "La page a expiré ! (4)")
    server = Server(version="2024.3.11", encrypts=True, compresses=True, flags=VOUCHED, **OLD)
    proxy = Server(version="2025.1.3", layout="body", flags=VOUCHED)
    first = [*arrived(lambda _: proxy.page()), lambda _: misread]
    again = [*to_portal(), *known_and_let_in(), *arrived(lambda _: server.page())]

    def half_migrated(answer: Any) -> Any:
        """The page is of another generation than the server behind it."""

        def shown(request: Request) -> Response:
            answer(request)
            return attrs.evolve(proxy.page(), url=request.url)

        return shown

    again[-1] = half_migrated(again[-1])
    answers = [*first, *again, *who_is_vouched_for(server, direct=False)]
    _, _, talk = enter(*to_portal(), *asked_and_let_in(), *answers, login=LOGIN)
    assert len(proofs(talk)) == 1
    assert heard(talk).count((CAS, None)) == 1
    assert [call.function for call in server.log] == STEPS[1:]


def test_a_portal_that_has_forgotten_us_at_once_is_not_told_again() -> None:
    """Nor is the password sent a second time when the server is the one to blame."""
    server = Server(flags=VOUCHED)
    misread = [*arrived(lambda _: server.page()), lambda _: error(11)]

    again = [*to_portal(), forgotten()]
    caught, talk = failed(*to_portal(), *asked_and_let_in(), *misread, *again, login=LOGIN)
    assert isinstance(caught, LostOnTheWay)
    assert "asks for the password again" in str(caught)
    assert len(proofs(talk)) == 1


def test_a_challenge_that_is_refused_is_asked_for_once_more() -> None:
    """In a new session, behind the same door."""
    server = Server(flags=VOUCHED)
    first = [
        *arrived(lambda _: server.page()),
        server.answered("FonctionParametres", settings()),
        lambda _: error(10),
    ]
    again = [*to_portal(), *known_and_let_in(), *arrived(lambda _: server.page())]
    talk = Script([*to_portal(), *asked_and_let_in(), *first, *again, lambda _: error(11), *again, error(11)])
    with pytest.raises(Unsupported):
        talk.run(sign_in(session(), LOGIN))
    assert not talk.answers
    assert len(proofs(talk)) == 1


def test_a_page_without_a_session_number_is_asked_for_again() -> None:
    """Behind the door as before it; the portal knows us by then."""
    server = Server(flags=VOUCHED)
    empty = Server(flags={"h": None, **VOUCHED})
    way = [*to_portal(), *asked_and_let_in(), *arrived(lambda _: empty.page()), *known_and_let_in()]
    _, _, talk = enter(*way, *behind(server), login=LOGIN)
    assert len(proofs(talk)) == 1
    numberless = Server(flags={"h": None})
    before = [lambda _: numberless.page(), *to_portal(), *asked_and_let_in()]
    enter(*before, *behind(Server(flags=VOUCHED)), login=LOGIN)


# -- known again -----------------------------------------------------------------------------------


def test_a_session_is_renewed_without_the_password() -> None:
    """The portal knows us by its cookies; the governor is asked for the school alone."""
    on, _ = entered()
    told, talk = renewed(on, *to_portal(), *known_and_let_in(), *behind(Server(flags=VOUCHED)))
    assert told.label == "EXAMPLE Louison"
    assert proofs(talk) == []
    assert heard(talk) == [(SCHOOL, None), (SCHOOL, Outcome.ACCEPTED)]
    told, talk = renewed(on, *to_portal(), *known_and_let_in(), *behind(Server(flags=VOUCHED)))
    assert proofs(talk) == []


def test_a_portal_that_knows_us_no_more_is_told_who_we_are() -> None:
    """Once, as a stranger tells it, and the governor is asked for it then."""
    on, _ = entered()
    whole = [*asked_and_let_in(), *behind(Server(flags=VOUCHED))]
    _, talk = renewed(on, *to_portal(), forgotten(), *whole)
    assert len(proofs(talk)) == 1
    asked = [(SCHOOL, None), (CAS, None)]
    assert heard(talk) == [*asked, (SCHOOL, Outcome.ACCEPTED), (CAS, Outcome.ACCEPTED)]


def test_a_portal_that_shows_something_else_meanwhile_is_entered_as_by_a_stranger() -> None:
    """No password had left, so nothing was lost."""
    on, _ = entered()
    strange = at(ENTRANCE, lambda request: html("<h1>Votre session a expire</h1>", request.url))
    whole = [*asked_and_let_in(), *behind(Server(flags=VOUCHED))]
    _, talk = renewed(on, *to_portal(), strange, *whole)
    assert len(proofs(talk)) == 1


def test_whoever_wants_to_come_anew_is_a_stranger() -> None:
    """As after a changed password: no cookie of before goes anywhere."""
    on, _ = entered()
    answers = [*to_portal(), *asked_and_let_in(), *behind(Server(flags=VOUCHED))]
    _, _, talk = enter(*answers, login=LOGIN, on=on)
    assert len(proofs(talk)) == 1
    assert heard(talk)[0] == (CAS, None)


# -- the governor ----------------------------------------------------------------------------------


def test_the_governor_is_asked_for_both_places_and_told() -> None:
    """The host that asks for the password, then the school; opaquely."""
    _, talk = entered()
    accepted = [(CAS, Outcome.ACCEPTED), (SCHOOL, Outcome.ACCEPTED)]
    assert heard(talk) == [(CAS, None), (SCHOOL, None), *accepted]
    assert [permit.knock.secret for permit in talk.permits[:2]] == [Secret(WORD)] * 2
    assert USERNAME not in "".join(permit.knock.account for permit in talk.permits)


@pytest.mark.parametrize("held", [CAS, SCHOOL])
def test_what_is_held_back_is_not_sent(held: str) -> None:
    """For either place: what was agreed to is undone, and a session that lives goes on living."""
    on, _ = entered()

    def hold(permit: Permit) -> None:
        if permit.knock.host == held and permit.outcome is None:
            raise LoginHeld(None)

    caught, talk = failed(on=on, holds=hold, login=LOGIN)
    assert isinstance(caught, LoginHeld)
    assert talk.sent == []
    undone = [(CAS, None), (SCHOOL, None), (CAS, Outcome.UNSENT)]
    assert heard(talk) == (undone if held == SCHOOL else undone[:1])
    assert (on.key, bool(on.passes)) == (md5(MATERIAL), True)


def test_a_portal_that_may_not_be_told_ends_a_renewal() -> None:
    """The school has seen somebody by then, and counts."""
    on, _ = entered()

    def hold(permit: Permit) -> None:
        if permit.knock.host == CAS:
            raise LoginHeld(None, "wrong_credentials")

    talk = Script([*to_portal(), forgotten()], holds=hold)
    with pytest.raises(LoginHeld):
        talk.run(sign_in(on, LOGIN, anew=False))
    assert heard(talk) == [(SCHOOL, None), (CAS, None)]
    assert (on.start, on.passes) == (None, {})


def test_a_log_in_that_is_cut_off_leaves_no_open_session() -> None:
    """Wherever it is: the keys are empty, or the session counts as lost."""
    for count in range(len([*to_portal(), *asked_and_let_in(), *behind(Server(flags=VOUCHED))])):
        on = session()
        answers: list[Any] = [*to_portal(), *asked_and_let_in(), *behind(Server(flags=VOUCHED))]
        flow = sign_in(on, LOGIN)
        effect = flow.send(None)
        while isinstance(effect, Permit):
            effect = flow.send(None)
        for answer in answers[:count]:
            effect = flow.send(answer(effect.request))
        flow.close()
        assert on.key == EMPTY_KEY
        assert on.start is None or on.is_lost

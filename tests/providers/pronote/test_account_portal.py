"""An account behind a portal: signed in, known again, told anew, and its portal found out."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from schoolsync.ent import directory
from schoolsync.errors import (
    LoginHeld,
    LostOnTheWay,
    SchoolSyncError,
    Unavailable,
    UnknownName,
    UsageError,
    WrongCredentials,
)
from schoolsync.flow.effects import Flow
from schoolsync.flow.http import Request, Response
from schoolsync.providers.pronote.account import IDLE, Account
from schoolsync.providers.pronote.login import AutoLogin, PortalLogin
from schoolsync.providers.pronote.session import Space
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.providers.pronote.entering import entry, user
from tests.providers.pronote.keeping import done, read, run, write
from tests.providers.pronote.passing import (
    CAS,
    ENTRANCE,
    FORM,
    LOGIN,
    PAGE,
    USERNAME,
    VOUCHED,
    WORD,
    asked_and_let_in,
    at,
    behind,
    html,
    known_and_let_in,
    redirect,
    to_portal,
)
from tests.providers.pronote.wire import NOON, ROOT, Server, error, options, session

AUTO = AutoLogin(ROOT, Space.STUDENT, USERNAME, WORD)
NOTHING = html("", ROOT, 404)
AGORA = "https://cas.agora06.fr/login?service=https:%2F%2F0000000A.example%2Fpronote%2Feleve.html"


def whole(server: Server) -> list[Answer]:
    """All that a log-in through the portal hears."""
    return [*to_portal(), *asked_and_let_in(), *inside(server)]


def again(server: Server) -> list[Answer]:
    """All that a log-in hears of somebody whom the portal knows."""
    return [*to_portal(), *known_and_let_in(), *inside(server)]


def inside(server: Server) -> list[Answer]:
    """From the page behind the door to who it is."""
    return [*behind(server), server.answered("ParametresUtilisateur", user())]


def ready(clock: HandClock | None = None) -> tuple[Account, Server]:
    """An account that is signed in through the portal."""
    made, server = Account(LOGIN, session(given=options(clock))), Server(flags=VOUCHED)
    play(made.ready(), *whole(server))
    return made, server


def play(flow: Flow[None], *answers: Answer) -> Script:
    """What a flow asked of the world, when it went well."""
    talk = Script(list(answers))
    talk.run(flow)
    assert not talk.answers
    return talk


def broken(flow: Flow[None], *answers: Answer) -> tuple[SchoolSyncError, Script]:
    """The error of a flow, and what it asked of the world."""
    talk = Script(list(answers))
    with pytest.raises(SchoolSyncError) as caught:
        talk.run(flow)
    assert not talk.answers
    return caught.value, talk


def proofs(talk: Script) -> int:
    """How often the portal was told the password."""
    return len([one for one in talk.sent if b"Portail" in one.body])


# -- staying in ----------------------------------------------------------------------------


def test_an_account_is_in_and_known() -> None:
    """As after a password of PRONOTE itself."""
    made, _ = ready()
    assert [one.name for one in made.pupils] == ["EXAMPLE Louison"]
    assert made.is_signed_in


@pytest.mark.parametrize("flow", [read, write])
@pytest.mark.parametrize("number", [8, 10, 18])
def test_a_session_that_is_over_is_renewed_without_the_password(flow: Any, number: int) -> None:
    """Within the call that noticed; the portal knows us."""
    made, server = ready()
    new = Server(flags=VOUCHED)
    talk = run(flow, made, error(number), *again(new), done(new, flow))
    assert proofs(talk) == 0
    assert [permit.knock.host for permit in talk.permits] == ["0000000a.example"] * 2
    assert server is not new


def test_a_silence_that_was_too_long_is_ended_the_same_way() -> None:
    """Half an hour; the session is not asked first."""
    clock = HandClock(NOON)
    made, _ = ready(clock)
    clock.advance(IDLE.lifetime)
    server = Server(flags=VOUCHED)
    assert proofs(run(read, made, *again(server), done(server))) == 0


def test_a_portal_that_has_forgotten_us_is_told_who_we_are() -> None:
    """Within the same call still."""
    made, _ = ready()
    server = Server(flags=VOUCHED)
    asks = at(ENTRANCE, lambda request: html(FORM, request.url))
    renewal = [*to_portal(), asks, *asked_and_let_in(), *inside(server)]
    talk = run(read, made, error(10), *renewal, done(server))
    assert proofs(talk) == 1
    assert [permit.knock.host for permit in talk.permits[:2]] == ["0000000a.example", CAS]


def test_a_log_in_that_is_asked_for_tells_the_password_anew() -> None:
    """Whoever calls it wants to know whether it is right."""
    made, _ = ready()
    assert proofs(play(made.sign_in(anew=True), *whole(Server(flags=VOUCHED)))) == 1


def test_after_a_logout_nobody_is_known() -> None:
    """Neither at the school nor, as far as we say, at the portal."""
    made, server = ready()
    play(made.logout(), server.answered("SaisieDeconnexion"))
    assert made.session.passes == {}
    new = Server(flags=VOUCHED)
    assert proofs(run(read, made, *whole(new), done(new))) == 1


def test_after_a_refusal_nobody_is_known() -> None:
    """An older password that the portal still remembers is not used behind the owner's back."""
    made, _ = ready()
    bad = html(f"Mot de passe incorrect {FORM}", ENTRANCE)
    caught, talk = broken(made.sign_in(anew=True), *to_portal(), *asked_and_let_in()[:1], bad)
    assert isinstance(caught, WrongCredentials)
    assert made.session.passes == {}
    assert proofs(talk) == 1


def test_a_log_in_that_is_held_back_leaves_the_session_as_it_was() -> None:
    """Readings go on."""
    made, server = ready()

    def hold(_: object) -> None:
        raise LoginHeld(None)

    with pytest.raises(LoginHeld):
        Script(holds=hold).run(made.sign_in(anew=True))
    run(read, made, done(server))


# -- what is written down -------------------------------------------------------------------------


def test_a_portal_without_a_name_is_not_written_down() -> None:
    """Whoever gave it has it."""
    made, _ = ready()
    with pytest.raises(UsageError, match="cas="):
        _ = made.credentials


def test_a_portal_is_written_down_by_its_name_with_the_rest() -> None:
    """With the zone, and the address that the school has now."""
    login = PortalLogin(ROOT, Space.STUDENT, USERNAME, WORD, directory.find("agora06"))
    made = Account(login, session(), timezone="Indian/Reunion")
    fields = made.credentials.fields
    assert (fields["cas"], fields["timezone"], fields["url"]) == ("agora06", "Indian/Reunion", ROOT)


# -- a portal that is found out ----------------------------------------------------------------------


def to(target: str) -> Answer:
    """A redirect of the school's page."""
    return at(PAGE, redirect(target, PAGE))


def end(request: Request) -> Response:
    """A page that leads nowhere."""
    return html("<h1>portal</h1>", request.url)


def test_a_school_without_a_portal_is_entered_directly() -> None:
    """It is found out once; the next log-ins know."""
    made, server = Account(AUTO, session()), Server()
    login = AutoLogin(ROOT, Space.STUDENT, "eleve.demo", "Sésame-42")
    made.login = login
    talk = play(made.ready(), NOTHING, Server().page(), *entry(server))
    assert talk.sent[2].url == f"{PAGE}?login=true"
    assert "cas" not in made.credentials.fields
    play(made.sign_in(), *entry(Server()))


def test_the_one_portal_that_fits_is_used_and_remembered() -> None:
    """By name, also in what is written down; until it leads astray."""
    made = Account(AUTO, session())
    assert made.credentials.fields["cas"] == "auto"
    lost = [to(AGORA), lambda request: html("<h1>Bienvenue</h1>", request.url)]
    caught, talk = broken(made.ready(), NOTHING, to(AGORA), end, *lost)
    assert isinstance(caught, LostOnTheWay)
    assert caught.portal == "agora06"
    assert talk.permits[0].knock.host == "educonnect.education.gouv.fr"
    assert made.credentials.fields["cas"] == "auto"
    shut = [to(AGORA), lambda request: html("", request.url, 503)]
    broken(made.ready(), NOTHING, to(AGORA), end, *shut)
    assert made.credentials.fields["cas"] == "agora06"
    _, talk = broken(made.ready(), *shut)
    assert talk.sent[0].url == PAGE


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("https://cas.mon-ent-occitanie.fr/login?service=x", ("ac-montpellier", "ac-toulouse", "cas=")),
        ("https://cas.nobody.example/login?service=x", ("cas.nobody.example", "Portal", "Family")),
    ],
)
def test_a_portal_that_is_not_clear_is_asked_for(way: str, words: tuple[str, ...]) -> None:
    """With the names that it may be, or with the host that nobody knows; no password leaves."""
    caught, talk = broken(Account(AUTO, session()).ready(), NOTHING, to(way), end)
    assert isinstance(caught, UnknownName)
    assert caught.kind == "portal"
    for word in words:
        assert word in str(caught)
    assert (proofs(talk), talk.permits) == (0, [])


def test_a_portal_that_is_not_for_this_account_is_refused_when_it_is_found() -> None:
    """Teachers have no EduConnect."""
    teacher = attrs.evolve(AUTO, space=Space.TEACHER)
    school = [at(f"{ROOT}/professeur.html", redirect(AGORA, ROOT)), end]
    caught, _ = broken(Account(teacher, session(Space.TEACHER)).ready(), NOTHING, *school)
    assert isinstance(caught, Unavailable)
    assert caught.reason == "not_for_this_account"


def test_a_school_that_does_not_answer_says_why() -> None:
    """Nothing is remembered of it."""
    made = Account(AUTO, session())
    caught, _ = broken(made.ready(), NOTHING, html("", ROOT, 503))
    assert "503" in str(caught)

    assert made.credentials.fields["cas"] == "auto"

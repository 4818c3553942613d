"""Log-ins by a token: on the page for the app, once each; and the first token, which a code is good for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.errors import (
    ChallengeUnanswered,
    Interrupted,
    LoginHeld,
    Refused,
    SchoolSyncError,
    TimedOut,
    Unavailable,
    Undecodable,
    UnexpectedShape,
    WrongCredentials,
)
from schoolsync.flow.effects import Permit
from schoolsync.flow.http import Response
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.calls.entering import App
from schoolsync.providers.pronote.entrance import SignedIn, sign_in
from schoolsync.providers.pronote.login import TokenLogin
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.testing.play import Answer
from tests.providers.pronote.entering import scrambling
from tests.providers.pronote.phone import (
    APP,
    CODE_TOKEN,
    LOGIN,
    NEXT,
    OLD,
    PAGE,
    STEPS,
    TOKEN,
    UUID,
    VECTORS,
    Diary,
    asked,
    hide_tokens,
    let_in,
    refusing,
    shown,
)
from tests.providers.pronote.wire import (
    MATERIAL,
    NOON,
    ROOT,
    USER,
    Server,
    error,
    html,
    md5,
    session,
    signed_in,
)

BEFORE = attrs.evolve(LOGIN, previous=Secret(OLD))
"""Somebody who knows the token before, too."""
FORMER: dict[str, Any] = {"has_new_names": False, "layout": "body"}
SERVERS: dict[str, Any] = {
    "2026.2.6": lambda: Server(**APP),
    "2026.2.4, scrambled": lambda: Server(version="2026.2.4", **APP),
    "2025.2, both": lambda: scrambling(
        flags={"a": 6, "CrA": True, "CoA": True}, encrypts=True, compresses=True
    ),
    "2024.3.11": lambda: Server(version="2024.3.11", flags={"a": 6, "sCrA": True, "sCoA": True}, **FORMER),
    "2023, both": lambda: Server(
        version="2023.0.3",
        has_new_content=False,
        encrypts=True,
        compresses=True,
        flags={"a": 6, "poll": True},
        **FORMER,
    ),
}


def entered(
    *answers: Answer, login: TokenLogin = LOGIN, on: Session | None = None, holds: Any = None
) -> tuple[Session, SignedIn, Diary]:
    """A log-in that went well."""
    on, talk = on or session(login.space), Diary(list(answers), holds=holds)
    told = talk.run(sign_in(on, login))
    assert not talk.answers
    hide_tokens(None, on, told, login, talk.permits)
    return on, told, talk


def failed(
    *answers: Answer, login: TokenLogin = LOGIN, on: Session | None = None, holds: Any = None
) -> tuple[SchoolSyncError, Session, Diary]:
    """The error of a log-in, which shows no secret."""
    on, talk = on or session(login.space), Diary(list(answers), holds=holds)
    with pytest.raises(SchoolSyncError) as caught:
        talk.run(sign_in(on, login))
    assert not talk.answers
    hide_tokens(caught.value, on, login, talk.permits)
    return caught.value, on, talk


# -- in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SERVERS)
def test_a_token_lets_in_and_gives_the_next_one(name: str) -> None:
    """The page for the app, settings, challenge, its answer; from then on the server's key counts."""
    server = SERVERS[name]()
    on, told, talk = entered(*asked(server), let_in(server))
    assert talk.told == ["may I?", *STEPS, "accepted"]
    assert on.next_token == Secret(NEXT)
    assert (on.key, on.space_number, on.is_lost) == (md5(MATERIAL), 6, False)
    assert told.label == "EXAMPLE Louison"
    assert [call.order for call in server.log] == [1, 3, 5]


def test_an_app_says_who_it_is() -> None:
    """By its flags and its name; only the page is told that it is an app."""
    server = Server(**APP)
    _, _, talk = entered(*asked(server), let_in(server))
    said = server.log[1].data
    assert said["enConnexionAppliMobile"] is True
    assert (said["uuidAppliMobile"], said["identifiant"], said["genreEspace"]) == (UUID, USER, 6)
    for name in ("demandeConnexionAppliMobile", "demandeConnexionAppliMobileJeton", "pourENT"):
        assert said[name] is False
    assert server.log[2].data["espace"] == 6
    assert ["appliMobile" in str(request.headers) for request in talk.sent] == [True, False, False, False]
    assert urlsplit(talk.sent[1].url).path.startswith("/pronote/appelfonction/6/")


def test_cookies_of_the_school_stand_beside_the_app_s() -> None:
    """A page that came without a number is asked for again, with what it had set."""
    server = Server(**APP)
    first = html("<script>Start ({})</script> PRONOTE", 200, ("set-cookie", "lb=1; path=/"))
    _, _, talk = entered(first, *asked(server), let_in(server))
    assert dict(talk.sent[1].headers)["cookie"] == "lb=1; appliMobile=1"
    assert dict(talk.sent[2].headers)["cookie"] == "lb=1"


@pytest.mark.parametrize(("space", "number", "page"), [("parent", 7, "parent"), ("teacher", 8, "professeur")])
def test_everybody_has_a_page_for_the_app(space: str, number: int, page: str) -> None:
    """With a number of its own, which a page may leave unsaid."""
    login = attrs.evolve(LOGIN, space=Space(space))
    for flags in ({"a": number}, {"a": None}):
        server = Server(flags=flags)
        _, *rest = asked(server)
        on, _, _ = entered(shown(server, f"{ROOT}/mobile.{page}.html"), *rest, let_in(server), login=login)
        assert on.space_number == server.log[1].data["genreEspace"] == number


def test_the_token_never_travels() -> None:
    """Nor anything that it could be guessed from, but the answer to the challenge."""
    server = Server(**APP)
    _, _, talk = entered(*asked(server), let_in(server))
    assert not [one for one in talk.sent if TOKEN.encode() in one.url.encode() + one.body]


def test_the_vector_of_a_token() -> None:
    """Key, challenge and answer as others computed them."""
    row = next(one for one in VECTORS["logins"] if one["password"] == CODE_TOKEN)
    server = scrambling(**APP)
    challenge = {"alea": row["alea"], "challenge": row["challenge"], "modeCompLog": 0, "modeCompMdp": 0}
    page, known, _ = asked(server)
    no = server.answered("Authentification", {"Acces": 1})
    login = attrs.evolve(LOGIN, username=row["username"], token=row["password"])
    failed(page, known, server.answered("Identification", challenge), no, login=login)
    assert server.log[2].data["challenge"] == row["answer"]


def test_a_school_that_has_moved_is_followed() -> None:
    """From one page for the app to the other."""
    server = Server(**APP)
    new = "https://0000000b.example/pronote"
    moved = Response(301, (("location", f"{new}/mobile.eleve.html"),), url=f"{ROOT}/mobile.eleve.html")
    _, *rest = asked(server)
    on, _, _ = entered(moved, shown(server, f"{new}/mobile.eleve.html"), *rest, let_in(server))
    assert on.root == new


def test_a_server_that_gives_no_other_token_keeps_this_one() -> None:
    """As far as anybody can tell."""
    server = Server(**APP)
    on, _, _ = entered(*asked(server), let_in(server, following=None))
    assert on.next_token is None


# -- not in ----------------------------------------------------------------------------------


def test_a_dead_token_is_told() -> None:
    """With what may have killed it; it is reported, and not sent again."""
    server = Server(**APP)
    caught, on, talk = failed(*asked(server), server.answered("Authentification", {"Acces": 1}))
    assert isinstance(caught, WrongCredentials)
    assert caught.part == "token"
    for cause in ("used elsewhere", "password", "school year", "issue_token()"):
        assert cause in str(caught)
    assert talk.told == ["may I?", *STEPS, "refused"]
    assert (on.start, on.next_token) == (None, None)


def test_a_refusal_quotes_nothing_of_a_token() -> None:
    """Neither the token nor the installation, nor whose it is."""
    server = Server(**APP)
    words = f"Jeton {TOKEN} de {USER} sur {UUID} refusé"
    said = {"Acces": 9, "AccesMessage": {"message": words}}
    caught, _, _ = failed(*asked(server), server.answered("Authentification", said))
    assert isinstance(caught, Refused)
    assert caught.text == "Jeton … de … sur … refusé"


def test_a_token_that_does_not_open_the_challenge_is_not_sent() -> None:
    """A scrambled one, which shows it at once."""
    server = scrambling(**APP)
    caught, _, talk = failed(*asked(server, "another"))
    assert isinstance(caught, WrongCredentials)
    assert talk.told == ["may I?", *STEPS[:-1], "refused"]


def test_a_school_for_demonstrations_keeps_no_tokens() -> None:
    """It is told before anything is proven, so that nothing counts as a failure."""
    caught, _, talk = failed(shown(Server(flags={"a": 6, "d": True})))
    assert isinstance(caught, Unavailable)
    assert caught.reason == "off_at_school"
    assert "demonstration" in str(caught)
    assert talk.told == ["may I?", PAGE]


def test_a_lost_answer_leaves_the_token_as_it_was() -> None:
    """Nobody knows whether it is dead; it is not sent again by itself."""
    caught, on, talk = failed(*asked(Server(**APP)), TimedOut(was_sent=True))
    assert isinstance(caught, Interrupted)
    assert talk.told == ["may I?", *STEPS]
    assert on.next_token is None


@pytest.mark.parametrize(
    ("more", "leaf"),
    [
        ({"actionsDoubleAuth": {"_T": 26, "V": "[3]"}}, ChallengeUnanswered),
        ({"cle": ""}, UnexpectedShape),
        ({"cle": "no"}, Undecodable),
        ({"Acces": 9}, Refused),
    ],
)
def test_the_next_token_is_taken_first_of_all(more: dict[str, Any], leaf: type[SchoolSyncError]) -> None:
    """Whatever else the answer says: there is no other copy of it."""
    server = Server(**APP)
    caught, on, _ = failed(*asked(server), let_in(server, **more))
    assert type(caught) is leaf
    assert on.next_token == Secret(NEXT)


# -- the token before --------------------------------------------------------------------------


def test_the_token_before_is_tried_when_the_newest_is_refused() -> None:
    """For a school that has forgotten the newest one; each of the two is a log-in."""
    server = Server(**APP)
    on, _, talk = entered(*refusing(server), *asked(server, OLD), let_in(server, OLD), login=BEFORE)
    assert talk.told == ["may I?", *STEPS, "refused", "may I?", *STEPS, "accepted"]
    assert [permit.knock.secret for permit in talk.permits] == [Secret(TOKEN)] * 2 + [Secret(OLD)] * 2
    assert on.next_token == Secret(NEXT)


def test_it_is_tried_once() -> None:
    """Then both are known to be dead."""
    server = Server(**APP)
    caught, _, talk = failed(*refusing(server), *refusing(server, OLD), login=BEFORE)
    assert isinstance(caught, WrongCredentials)
    assert talk.told == ["may I?", *STEPS, "refused"] * 2


def test_it_is_tried_when_the_newest_was_refused_before() -> None:
    """And the road broke before its turn had come."""
    server = Server(**APP)

    def refused_before(permit: Permit) -> None:
        if permit.outcome is None and permit.knock.secret == Secret(TOKEN):
            raise LoginHeld(None, "wrong_credentials")

    _, _, talk = entered(*asked(server, OLD), let_in(server, OLD), login=BEFORE, holds=refused_before)
    assert talk.told == ["may I?", "may I?", *STEPS, "accepted"]


def test_it_is_not_tried_when_the_governor_says_no() -> None:
    """Too many log-ins are too many with either; what was refused is told."""
    server = Server(**APP)

    def too_many(permit: Permit) -> None:
        if permit.outcome is None:
            raise LoginHeld(NOON)

    def second(permit: Permit) -> None:
        if permit.outcome is None and permit.knock.secret == Secret(OLD):
            raise LoginHeld(None, "wrong_credentials")

    caught, _, talk = failed(login=BEFORE, holds=too_many)
    assert isinstance(caught, LoginHeld)
    assert talk.told == ["may I?"]
    caught, _, talk = failed(*refusing(server), login=BEFORE, holds=second)
    assert isinstance(caught, WrongCredentials)
    assert talk.told == ["may I?", *STEPS, "refused", "may I?"]


@pytest.mark.parametrize("given", [error(25), html("<p>Le site n'est pas disponible</p>"), error(3)])
def test_it_is_not_tried_after_anything_else(given: Response) -> None:
    """What is no refusal of the token says nothing about it."""
    server = Server(**APP)
    _, _, talk = failed(*asked(server), given, login=BEFORE)
    assert talk.steps == STEPS


# -- what a session has of it ----------------------------------------------------------------


def test_a_token_outlives_its_session_and_is_quoted_by_no_error() -> None:
    """It is for the next one; an empty one is none."""
    on = signed_in()
    on.take_token(NEXT)
    on.forget()
    assert on.next_token == Secret(NEXT)
    assert NEXT not in on.private.hide(f"Le jeton {NEXT} est connu")
    for nothing in (None, ""):
        on.take_token(nothing)
        assert on.next_token == Secret(NEXT)


def test_what_an_app_brings_goes_where_it_is_said() -> None:
    """Beside the cookies that the school set, and not into the jar."""
    on = signed_in()
    set_ = Response(200, (("set-cookie", "lb=1; path=/"),), url=ROOT)
    on.hear(set_)
    assert dict(on.dress(ROOT, {"appliMobile": "1"}))["cookie"] == "lb=1; appliMobile=1"
    assert dict(on.dress(ROOT))["cookie"] == "lb=1"


def test_an_installation_shows_no_name() -> None:
    """In `repr`."""
    hide_tokens(None, App(UUID), App(UUID, is_new=True), LOGIN, BEFORE)

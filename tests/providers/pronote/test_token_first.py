"""The first token: a code that the school gives, and a session of an app that is good for it."""

from __future__ import annotations

import logging
from typing import Any

import attrs
import pytest

from schoolsync.errors import (
    Refused,
    SchoolSyncError,
    TimedOut,
    Unavailable,
    Undecodable,
)
from schoolsync.flow.http import Response
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.schema.entering import CodePage
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.providers.pronote.token import check_app, new_app, new_pin, part, with_code
from schoolsync.testing.play import Answer
from tests.providers.pronote.phone import (
    APP,
    CODE,
    CODE_PIN,
    CODE_TOKEN,
    NEXT,
    STEPS,
    Diary,
    asked,
    begun,
    drawing,
    hide_tokens,
    let_in,
    refusing,
)
from tests.providers.pronote.wire import (
    ROOT,
    Server,
    error,
    html,
    signed_in,
)

GIVEN = CodePage.model_validate({"login": CODE["login"], "jeton": CODE["jeton"]})
"""The code of the vectors."""


def first(*answers: Answer, given: CodePage = GIVEN, on: Session | None = None) -> tuple[Any, Session, Diary]:
    """What comes of a code: a log-in or an error; and the session of the app."""
    app, talk = on or begun(), Diary(list(answers))
    try:
        found: Any = talk.run(with_code(app, given, CODE_PIN))
    except SchoolSyncError as trouble:
        found = trouble
    assert not talk.answers
    hide_tokens(found if isinstance(found, SchoolSyncError) else None, app, found, talk.permits)
    return found, app, talk


def with_login(challenged: Any, login: str) -> Any:
    """The same challenge, with the account's own user name beside it."""

    def answer(request: Any) -> Response:
        response = challenged(request)
        body = response.body.replace(b'"challenge"', f'"login": "{login}", "challenge"'.encode())
        told: Response = attrs.evolve(response, body=body)
        return told

    return answer


def test_a_code_is_good_for_a_token() -> None:
    """The vector's code, as a telephone reads it; a new name for the installation; two flags."""
    server = Server(**APP)
    found, app, talk = first(*asked(server, CODE_TOKEN), let_in(server, CODE_TOKEN))
    assert (found.username, found.token, found.previous) == (CODE["username"], Secret(NEXT), None)
    assert (found.root, found.space) == (ROOT, Space.STUDENT)
    assert found.uuid == "00010203-0405-4607-8809-0a0b0c0d0e0f"
    assert talk.told == ["may I?", *STEPS, "accepted"]
    said = server.log[1].data
    assert said["demandeConnexionAppliMobile"] is said["demandeConnexionAppliMobileJeton"] is True
    assert said["enConnexionAppliMobile"] is False
    assert (said["uuidAppliMobile"], said["identifiant"]) == (found.uuid, CODE["username"])
    assert app.next_token == found.token


def test_the_school_says_how_the_account_is_called() -> None:
    """That name goes with the token."""
    server = Server(**APP)
    page, known, challenge = asked(server, CODE_TOKEN)
    found, _, _ = first(page, known, with_login(challenge, "EXAMPLE.L"), let_in(server, CODE_TOKEN))
    assert found.username == "EXAMPLE.L"


def test_a_code_that_is_not_taken_is_nobody_s_wrong_password() -> None:
    """And the governor holds nothing against the account."""
    server = Server(**APP)
    found, _, talk = first(*refusing(server, CODE_TOKEN))
    assert isinstance(found, Refused)
    assert (found.code, found.text) == (1, None)
    assert "code for the app" in str(found)
    assert talk.told == ["may I?", *STEPS]


@pytest.mark.parametrize("number", [2, 3, 5, 7, 8])
def test_an_account_that_may_not_have_the_app(number: int) -> None:
    """The school says so at the proof."""
    server = Server(**APP)
    found, _, _ = first(*asked(server, CODE_TOKEN), server.answered("Authentification", {"Acces": number}))
    assert isinstance(found, Unavailable)
    assert found.reason == "not_for_this_account"


def test_a_school_without_that_page() -> None:
    """It has none for the app."""
    found, _, _ = first(html("", 404))
    assert isinstance(found, Unavailable)
    assert found.reason == "off_at_school"


def test_an_app_that_gets_no_token_leaves_again() -> None:
    """And says what it saw."""
    server = Server(**APP)
    answers = [*asked(server, CODE_TOKEN), let_in(server, CODE_TOKEN, following=None)]
    found, app, talk = first(*answers, server.answered("SaisieDeconnexion"))
    assert isinstance(found, Unavailable)
    assert "no token" in str(found)
    assert talk.steps == [*STEPS, "SaisieDeconnexion"]
    assert app.start is None


@pytest.mark.parametrize("name", ["login", "jeton"])
def test_a_code_under_another_pin_is_ours_to_report(name: str) -> None:
    """Nothing is sent with what cannot be read."""
    words = {"login": CODE["login"], "jeton": CODE["jeton"]} | {name: "00" * 16}
    found, _, talk = first(given=CodePage.model_validate(words))
    assert isinstance(found, Undecodable)
    assert (found.stage, talk.told) == ("decrypt", [])


# -- around it ------------------------------------------------------------------------------------


def test_an_app_is_of_the_same_person_on_the_same_device() -> None:
    """And has nothing else of the first session: no cookie, no key, no number."""
    on = signed_in()
    on.device = "NAV-0001-INVENTED"
    app = new_app(on)
    assert (app.root, app.space, app.options, app.device) == (on.root, on.space, on.options, on.device)
    assert (app.start, app.order, app.cookies.kept) == (None, 1, ())
    assert app.private is not on.private
    assert app.draw(16) == on.draw(16)


def test_a_pin_is_four_digits() -> None:
    """Whatever is drawn; zeros in front stay."""
    assert new_pin(drawing) == CODE_PIN
    assert new_pin(bytes) == "0000"
    assert new_pin((10_007).to_bytes) == "0007"
    assert new_pin(lambda count: b"\xff" * count).isdecimal()


@pytest.mark.parametrize(("has_pages", "is_demo", "told"), [(False, False, "no pages"), (None, True, "demo")])
def test_where_no_token_is_to_be_had(has_pages: bool | None, is_demo: bool, told: str) -> None:
    """It is told before anything is sent."""
    on = signed_in()
    assert on.start is not None
    on.start = attrs.evolve(on.start, is_demo=is_demo)
    with pytest.raises(Unavailable) as caught:
        check_app(on, has_pages=has_pages)
    assert caught.value.reason == "off_at_school"
    assert told in str(caught.value)


@pytest.mark.parametrize("has_pages", [True, None])
def test_where_it_is_not_said_it_is_tried(has_pages: bool | None) -> None:
    """Older servers say nothing about it."""
    check_app(signed_in(), has_pages=has_pages)


@pytest.mark.parametrize("given", [error(10), TimedOut(was_sent=True), html("", 503)])
def test_a_farewell_that_fails_costs_nothing(given: Answer, caplog: pytest.LogCaptureFixture) -> None:
    """The token is worth more; the log has the kind of error, and nothing else."""
    app = signed_in()
    talk = Diary([given])
    with caplog.at_level(logging.INFO):
        talk.run(part(app))
    assert talk.steps == ["SaisieDeconnexion"]
    assert app.start is None
    assert "left open" in caplog.text

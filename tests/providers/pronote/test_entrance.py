"""The way in by a password: every form of challenge and of page, and the governor."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import attrs
import pytest
from Crypto.PublicKey import RSA

from schoolsync.errors import LoginHeld
from schoolsync.flow.effects import Outcome, Permit
from schoolsync.flow.http import Response
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote import wire
from schoolsync.providers.pronote.crypto import EMPTY_KEY, RsaKey
from schoolsync.providers.pronote.entrance import sign_in
from schoolsync.providers.pronote.login import PasswordLogin
from schoolsync.providers.pronote.session import Space
from tests.providers.pronote.entering import (
    DEVICE,
    LOGIN,
    PARENT_LOGIN,
    STEPS,
    asked,
    enter,
    entry,
    failed,
    scrambling,
    settings,
    show_nothing,
    steps,
)
from tests.providers.pronote.wire import MATERIAL, PASSWORD, ROOT, USER, Server, error, md5, session

OLD: dict[str, Any] = {"has_new_names": False, "layout": "body"}
PLAIN: dict[str, Any] = {"flags": {"sCrA": True, "sCoA": True}}
SERVERS: dict[str, Any] = {
    "2026.2.6": Server,
    "2026.2.4, scrambled": lambda: Server(version="2026.2.4"),
    "2025.2": scrambling,
    "2025.2, encrypted": lambda: scrambling(flags={"CrA": True}, encrypts=True),
    "2025.2, both": lambda: scrambling(flags={"CrA": True, "CoA": True}, encrypts=True, compresses=True),
    "2024.3.11": lambda: Server(version="2024.3.11", **OLD, **PLAIN),
    "2023": lambda: Server(version="2023.0.3", has_new_content=False, **OLD, **PLAIN),
    "2023, both": lambda: Server(
        version="2023.0.3", has_new_content=False, encrypts=True, compresses=True, flags={"poll": True}, **OLD
    ),
    "unknown": lambda: scrambling(version="", flags={"CrA": False}),
}


def done(server: Server, **given: Any) -> list[Any]:
    """All that a log-in hears; `ParametresUtilisateur` is not part of it."""
    return entry(server, **given)[:-1]


# -- in ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SERVERS)
def test_a_pupil_enters(name: str) -> None:
    """Page, settings, challenge, its answer; from then on the server's new key counts."""
    server = SERVERS[name]()
    on, told, talk = enter(*done(server, direct=name == "2026.2.6"))
    assert [call.function for call in server.log] == STEPS[1:]
    assert [call.order for call in server.log] == [1, 3, 5]
    assert talk.sent[0].url == f"{ROOT}/eleve.html?login=true"
    assert on.key == md5(MATERIAL)
    assert not on.is_lost
    assert told.label == "EXAMPLE Louison"
    assert told.page.data.general.school == "COLLEGE EXEMPLE"
    assert told.settings.function == "FonctionParametres"


def test_a_parent_enters_by_another_page() -> None:
    """With the number of that space."""
    server = Server(flags={"a": 2})
    _, _, talk = enter(*done(server), login=PARENT_LOGIN)
    assert talk.sent[0].url == f"{ROOT}/parent.html?login=true"
    assert urlsplit(talk.sent[1].url).path.startswith("/pronote/appelfonction/2/1234567/")
    assert server.log[1].data["genreEspace"] == server.log[2].data["espace"] == 2


def test_the_password_never_travels() -> None:
    """Nor anything that it could be guessed from, but the answer to the challenge; the user name does."""
    _, _, talk = enter(*done(Server()))
    sent = b"".join(request.url.encode() + request.body for request in talk.sent)
    assert USER.encode() in sent
    assert PASSWORD.encode() not in sent
    assert b"S\\u00e9same" not in sent


@pytest.mark.parametrize(
    ("modes", "name", "word"), [((1, 0), USER, PASSWORD), ((0, 1), USER.upper(), "sésame-42")]
)
def test_the_server_says_whether_case_counts(modes: tuple[int, int], name: str, word: str) -> None:
    """`modeCompLog` and `modeCompMdp`: what was typed is compared as the server does."""
    server = scrambling()
    page, known, challenged, accepted = done(server)

    def with_modes(request: Any) -> Response:
        response = challenged(request)
        body = response.body.replace(b'"modeCompLog": 0', f'"modeCompLog": {modes[0]}'.encode())
        body = body.replace(b'"modeCompMdp": 0', f'"modeCompMdp": {modes[1]}'.encode())
        changed: Response = attrs.evolve(response, body=body)
        return changed

    challenged = server.challenged(name if not modes[0] else USER, word)
    accepted = server.accepted(name if not modes[0] else USER, word)
    typed = PasswordLogin(ROOT, Space.STUDENT, USER.upper(), PASSWORD)
    on, _, _ = enter(page, known, with_modes, accepted, login=typed)
    assert on.key == md5(MATERIAL)


def test_spaces_around_what_was_typed_do_not_count() -> None:
    """As in the vendor's own page."""
    server = Server()
    enter(*done(server), login=PasswordLogin(ROOT, Space.STUDENT, f" {USER} ", f"{PASSWORD} "))
    assert server.log[1].data["identifiant"] == USER


def test_a_device_is_remembered() -> None:
    """The server names it at the first log-in, and hears it at the next ones."""
    server = Server()
    on, _, _ = enter(*done(server))
    assert (server.log[0].data["identifiantNav"], on.device) == (None, DEVICE)
    page, _, *rest = done(server)
    enter(page, server.answered("FonctionParametres", settings(identifiantNav=None)), *rest, on=on)
    assert server.log[3].data["identifiantNav"] == DEVICE
    assert on.device == DEVICE


def test_a_new_log_in_forgets_the_old_session() -> None:
    """Cookies of two log-ins must never mix; keys and numbers begin anew."""
    server = Server()
    on, _, _ = enter(*done(server))
    old = Response(200, (("set-cookie", "old=1; path=/"),), url=ROOT)
    on.cookies = on.cookies.after(old, on.options.clock.now())
    _, _, talk = enter(*done(server), on=on)
    assert not [request for request in talk.sent if any(name == "cookie" for name, _ in request.headers)]
    assert [call.order for call in server.log] == [1, 3, 5] * 2


def test_a_school_that_has_moved_is_followed() -> None:
    """Once, for good, and the governor knows it by its first address still."""
    new = "https://0000000b.example/pronote"
    moved = Response(301, (("location", f"{new}/eleve.html?login=true"),), url=f"{ROOT}/eleve.html")
    on, _, talk = enter(moved, *done(Server()))
    assert on.root == new
    assert {permit.knock.host for permit in talk.permits} == {"0000000a.example"}


# -- mistaken for another generation ------------------------------------------------------


def test_names_that_were_not_understood_are_changed_once() -> None:
    """G=11: a new page, and the names of the other generation."""
    server = Server(version="2024.3.11", encrypts=True, compresses=True, **OLD)
    proxy = Server(version="2025.1.3", layout="body")
    page, *rest = done(server)

    def half_migrated(request: Any) -> Response:
        """The page is of another generation than the server behind it, which begins anew."""
        page(request)
        return proxy.page()

    no = lambda _: error(11, "La page a expiré ! (4)")  # noqa: E731
    _, _, talk = enter(half_migrated, no, half_migrated, *rest)
    assert b'"nom"' not in talk.sent[1].body
    assert b'"nom"' in talk.sent[3].body
    assert [call.function for call in server.log] == STEPS[1:]
    assert len(talk.sent) == 6


@pytest.mark.parametrize("number", [14, 21, 10])
def test_a_vector_that_was_not_understood_at_the_challenge_is_told_in_the_other_way(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, on a new page: the built-in key instead of none. It is one log-in still."""
    private = RSA.generate(1024)
    monkeypatch.setattr(wire, "BUILT_IN_KEY", RsaKey(private.n, private.e))
    server = Server(rsa=private)
    deaf = Server()
    page, *rest = done(server)
    first = [*asked(deaf)[:2], lambda _: error(number)]
    _, _, talk = enter(*first, page, *rest)
    assert steps(talk) == [*STEPS[:3], *STEPS]
    assert (len(deaf.log[0].data["Uuid"]), len(server.log[0].data["Uuid"])) == (24, 172)
    assert [permit.outcome for permit in talk.permits] == [None, Outcome.ACCEPTED]


# -- the governor -----------------------------------------------------------------------------


def test_the_governor_is_asked_and_told() -> None:
    """By host and an opaque account, before anything is sent."""
    _, _, talk = enter(*done(Server()))
    assert [permit.outcome for permit in talk.permits] == [None, Outcome.ACCEPTED]
    knock = talk.permits[0].knock
    assert (knock.host, knock.secret) == ("0000000a.example", Secret(PASSWORD))
    assert "eleve" not in knock.account
    show_nothing(None, talk.permits, LOGIN)


def test_what_is_held_back_is_not_sent_and_costs_no_session() -> None:
    """A session that lives goes on living."""
    on, _, _ = enter(*done(Server()))

    def hold(_: Permit) -> None:
        raise LoginHeld(None)

    caught, talk = failed(on=on, holds=hold)
    assert isinstance(caught, LoginHeld)
    assert talk.sent == []
    assert on.key == md5(MATERIAL)


def test_a_log_in_that_is_cut_off_leaves_no_open_session() -> None:
    """Wherever it is: the keys are empty, or the session counts as lost."""
    for count in range(len(STEPS)):
        on, answers = session(), done(Server())
        flow = sign_in(on, LOGIN)
        effect = flow.send(None)
        assert isinstance(effect, Permit)
        effect = flow.send(None)
        for answer in answers[:count]:
            effect = flow.send(answer(effect.request))
        flow.close()
        assert on.key == EMPTY_KEY
        assert on.start is None or on.is_lost

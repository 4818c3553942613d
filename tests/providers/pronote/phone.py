"""A school and the telephone of a pupil, played: the page for the app, codes, tokens, and a diary of it all.

The diary is one list of everything that a flow asked of the world, in order: what was sent, what was kept,
what the governor heard. So it shows what came before what.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import attrs

from schoolsync.flow.effects import Permit, Save, Send
from schoolsync.flow.http import Request, Response
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.login import TokenLogin
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.providers.pronote.entering import settings, show_nothing, user
from tests.providers.pronote.keeping import read
from tests.providers.pronote.wire import IV, ROOT, USER, Answering, Server, md5, options, sealed, session

__all__ = [
    "APP",
    "APP_COOKIE",
    "APP_PAGE",
    "CODE",
    "CODE_PIN",
    "CODE_TOKEN",
    "FIRST",
    "LOGIN",
    "NEXT",
    "OLD",
    "PAGE",
    "STEPS",
    "THIRD",
    "TOKEN",
    "UUID",
    "VECTORS",
    "Diary",
    "asked",
    "begun",
    "code",
    "drawing",
    "entry",
    "hide_tokens",
    "let_in",
    "phone",
    "refusing",
    "run",
    "shown",
    "token_of",
]

VECTORS: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "vectors/pronote.json").read_text(encoding="utf-8")
)
TOKEN, NEXT, THIRD, OLD = (digit * 32 for digit in "ABCD")
"""One after the other; the last one came before the first."""
UUID: Final = "6f1c0000-0000-4000-8000-00000000000a"
LOGIN = TokenLogin(ROOT, Space.STUDENT, USER, TOKEN, UUID)
CODE: Final[dict[str, Any]] = VECTORS["qr"]
CODE_PIN, CODE_TOKEN = CODE["pin"], CODE["token"]
APP: Final[dict[str, Any]] = {"flags": {"a": 6}}
"""What the page for the app says."""
APP_PAGE: Final = f"{ROOT}/mobile.eleve.html"
QUERY: Final = {"fd": ["1"], "bydlg": ["A6ABB224-12DD-4E31-AD3E-8A39A1C2C335"], "login": ["true"]}
APP_COOKIE: Final = "appliMobile=1"
PAGE: Final = "GET mobile.eleve.html"
STEPS: Final = [PAGE, "FonctionParametres", "Identification", "Authentification"]
FIRST: Final = ["JetonAppliMobile", *STEPS, "SaisieDeconnexion"]
"""What it takes to have a first token."""


@attrs.define
class Diary(Script):
    """A script that keeps a diary."""

    told: list[str] = attrs.field(factory=list, init=False)

    def _perform(self, effect: Any) -> object:
        match effect:
            case Send(request):
                self.told.append(_word(request))
            case Save(credentials):
                self.told.append(f"save {credentials.fields['token']}")
            case Permit(_, outcome):
                self.told.append(outcome or "may I?")
        return super()._perform(effect)

    @property
    def steps(self) -> list[str]:
        """What was sent."""
        return [_word(request) for request in self.sent]


def _word(request: Request) -> str:
    if request.method == "GET":
        return f"GET {request.url.rpartition('/')[2].partition('?')[0]}"
    said = json.loads(request.body)
    return str(said.get("id") or said.get("nom"))


# -- the school's side -----------------------------------------------------------------------


def shown(server: Server, page: str = APP_PAGE) -> Answering:
    """The page for the app, for somebody who asks for it as an app does."""

    def answer(request: Request) -> Response:
        assert request.url.partition("?")[0] == page
        assert parse_qs(urlsplit(request.url).query) == QUERY
        brought = dict(request.headers).get("cookie", "")
        assert APP_COOKIE in brought.split("; ")
        told: Response = attrs.evolve(server.page(), url=request.url)
        return told

    return answer


def asked(server: Server, token: str = TOKEN, username: str = USER, **more: Any) -> list[Answer]:
    """What *server* answers up to its challenge for somebody with *token*."""
    is_direct = server.version >= "2026.2.5"
    return [
        shown(server),
        server.answered("FonctionParametres", settings(server.version, **more)),
        server.challenged(username, token, direct=is_direct),
    ]


def let_in(
    server: Server, token: str = TOKEN, following: str | None = NEXT, username: str = USER, **more: Any
) -> Answering:
    """What *server* answers to the right proof: a key, and the next token."""
    said: dict[str, Any] = {} if following is None else {"jetonConnexionAppliMobile": following}
    is_direct = server.version >= "2026.2.5"
    return server.accepted(username, token, direct=is_direct, libelleUtil="EXAMPLE Louison", **said | more)


def entry(server: Server, token: str = TOKEN, following: str | None = NEXT, **more: Any) -> list[Answer]:
    """What *server* answers to a whole log-in by the right token."""
    known = server.answered("ParametresUtilisateur", user())
    return [*asked(server, token), let_in(server, token, following, **more), known]


def refusing(server: Server, token: str = TOKEN) -> list[Answer]:
    """What a server answers that does not know *token*."""
    return [*asked(server, token), server.answered("Authentification", {"Acces": 1})]


def code(server: Server, pin: str = CODE_PIN, username: str = USER, token: str = CODE_TOKEN) -> Answering:
    """A code for the app, under the PIN that was asked for."""

    def made(called: Any) -> dict[str, str]:
        assert (called.data, called.tab) == ({"code": pin}, 7)
        words = {"login": username, "jeton": token}
        return {name: sealed(word.encode(), md5(pin.encode()), bytes(16)) for name, word in words.items()}

    return server.answered("JetonAppliMobile", made)


# -- ours ------------------------------------------------------------------------------------


def drawing(count: int) -> bytes:
    """Random bytes that make the PIN of the vectors, and everything else as everywhere."""
    return int(CODE_PIN).to_bytes(8) if count == 8 else (IV * count)[:count]


def phone(
    login: TokenLogin = LOGIN, clock: HandClock | None = None, *, strict: bool = False, **given: Any
) -> Account:
    """The account of somebody with a token, who has not signed in."""
    return Account(login, session(login.space, options(clock, strict=strict)), **given)


def run(made: Account, *answers: Answer, holds: Any = None) -> Diary:
    """What a reading that went well asked of the world."""
    talk = Diary(list(answers), holds=holds)
    assert talk.run(read(made)) == "done"
    assert not talk.answers
    return talk


def token_of(made: Account) -> Secret:
    """The token that the account would sign in with."""
    assert isinstance(made.login, TokenLogin)
    assert made.credentials.fields["token"] == made.login.token.reveal()
    return made.login.token


def hide_tokens(error: BaseException | None, *things: object) -> None:
    """Nothing that can be printed holds a secret, nor a token or the name of an installation."""
    show_nothing(error if isinstance(error, Exception) else None, [], *things)  # type: ignore[arg-type]
    text = repr(error) + str(error) + repr(getattr(error, "__dict__", "")) + "".join(map(repr, things))
    assert not [one for one in (TOKEN, NEXT, THIRD, OLD, UUID, CODE_TOKEN) if one.lower() in text.lower()]


def begun(space: Space = Space.STUDENT) -> Session:
    """A session that has not begun, and draws the PIN of the vectors."""
    return Session(ROOT, space, options(), draw=drawing)

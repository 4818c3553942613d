"""Log-ins played against a script: an invented pupil and parent, what comes of it, and no secret anywhere."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from schoolsync.errors import SchoolSyncError
from schoolsync.flow.effects import Permit
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.entrance import SignedIn, sign_in
from schoolsync.providers.pronote.login import KnownLogin, PasswordLogin
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.providers.pronote.wire import IV, MATERIAL, PASSWORD, ROOT, USER, Server, options, session

DEVICE = "NAV-0001-INVENTED"
LOGIN = PasswordLogin(ROOT, Space.STUDENT, USER, PASSWORD)
PARENT_LOGIN = PasswordLogin(ROOT, Space.PARENT, USER, PASSWORD)
PAGE = "GET eleve.html"
STEPS = [PAGE, "FonctionParametres", "Identification", "Authentification"]
"""Of a log-in."""
ENTRY = [*STEPS, "ParametresUtilisateur"]
"""Of an account's whole log-in."""


def day(text: str) -> dict[str, Any]:
    """A typed date."""
    return {"_T": 7, "V": text}


def period(id_: str, name: str, kind: int, first: str, last: str) -> dict[str, Any]:
    """A row of the year's periods."""
    return {"N": id_, "L": name, "G": kind, "dateDebut": day(first), "dateFin": day(last)}


PERIODS = [
    period("11#t1", "Trimestre 1", 1, "01/09/2025", "30/11/2025"),
    period("11#t2", "Trimestre 2", 1, "01/12/2025", "01/03/2026"),
    period("11#t3", "Trimestre 3", 1, "02/03/2026", "04/07/2026"),
]
GENERAL: dict[str, Any] = {
    "versionPN": "2026.2.6",
    "NomEtablissement": "COLLEGE EXEMPLE",
    "PremierLundi": day("01/09/2025"),
    "PremiereDate": day("01/09/2025"),
    "DerniereDate": day("04/07/2026"),
    "ListePeriodes": PERIODS,
}
SETTINGS: dict[str, Any] = {"identifiantNav": DEVICE, "pourNouvelleCaledonie": False, "General": GENERAL}


def pupil(
    id_: str = "46#lo", name: str = "EXAMPLE Louison", class_: str = "4B", **more: Any
) -> dict[str, Any]:
    """A pupil as the server writes one, with the periods of the marks' screen."""
    listed = [{"N": row["N"], "L": row["L"], "G": 2, "A": True} for row in PERIODS]
    tab = {"G": 198, "listePeriodes": {"_T": 24, "V": listed}}
    default = {"periodeParDefaut": {"_T": 24, "V": {"N": PERIODS[1]["N"], "L": PERIODS[1]["L"]}}}
    said = {
        "N": id_,
        "G": 4,
        "L": name,
        "Etablissement": {"_T": 24, "V": {"N": "10#e", "L": "COLLEGE EXEMPLE"}},
        "classeDEleve": {"N": "1#c", "L": class_},
        "listeOngletsPourPeriodes": {"_T": 24, "V": [tab | default]},
    }
    return said | more


TABS = [{"G": 7}, {"G": 3, "Onglet": [{"G": 198}]}, {"G": 5, "Onglet": [{"G": 16}, {"G": 88}]}]


def user(who: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the server says of a pupil's account."""
    return {"ressource": who or pupil(), "listeOnglets": TABS, "listeOngletsInvisibles": []}


def family(*children: dict[str, Any]) -> dict[str, Any]:
    """What the server says of a parent's account."""
    parent = {"N": "5#pa", "G": 5, "L": "FACTICE Dominique", "listeRessources": list(children)}
    return {"ressource": parent, "listeOnglets": TABS, "listeOngletsInvisibles": []}


TWO = (pupil("46#ma", "FACTICE Maë", "6A"), pupil("46#no", "FACTICE Noé", "3C"))


def scrambling(**given: Any) -> Server:
    """A server whose challenge is scrambled: 2025.2, its page as it was."""
    return Server(**{"version": "2025.2.6", "layout": "body"} | given)


def settings(version: str = "2026.2.6", **more: Any) -> dict[str, Any]:
    """What a server of *version* says of the year."""
    return SETTINGS | {"General": GENERAL | {"versionPN": version}} | more


def asked(server: Server, *, direct: bool | None = None, **more: Any) -> list[Answer]:
    """What *server* answers up to its challenge."""
    is_direct = server.version >= "2026.2.5" if direct is None else direct
    return [
        lambda _: server.page(),
        server.answered("FonctionParametres", settings(server.version, **more)),
        server.challenged(direct=is_direct),
    ]


def entry(
    server: Server, account: dict[str, Any] | None = None, *, direct: bool | None = None
) -> list[Answer]:
    """What *server* answers to a whole log-in of the right person."""
    is_direct = server.version >= "2026.2.5" if direct is None else direct
    accepted = server.accepted(direct=is_direct, libelleUtil="EXAMPLE Louison")
    known = server.answered("ParametresUtilisateur", account or user())
    return [*asked(server, direct=is_direct), accepted, known]


def account(
    space: Space = Space.STUDENT, clock: HandClock | None = None, *, strict: bool = False, **given: Any
) -> Account:
    """An account that has not signed in."""
    login = PasswordLogin(ROOT, space, USER, PASSWORD)
    return Account(login, session(space, options(clock, strict=strict)), **given)


def ready(clock: HandClock | None = None, server: Server | None = None) -> tuple[Account, Server]:
    """A pupil's account that is signed in, and the server that it talks to."""
    made, server = account(clock=clock), server or Server()
    talk = Script(entry(server))
    talk.run(made.ready())
    assert not talk.answers
    server.log.clear()
    return made, server


def steps(talk: Script) -> list[str]:
    """What was sent: pages, and functions by their names (of calls that are not encrypted inside)."""
    return [_step(request) for request in talk.sent]


def _step(request: Any) -> str:
    if request.method == "GET":
        return f"GET {request.url.rpartition('/')[2].partition('?')[0]}"
    said = request.body.decode()
    names = [
        *STEPS[1:],
        "ParametresUtilisateur",
        "Navigation",
        "Presence",
        "SaisieDeconnexion",
        "PageTest",
        "SaisieTest",
    ]
    return next(name for name in names if f'"{name}"' in said)


def enter(
    *answers: Answer, login: KnownLogin = LOGIN, on: Session | None = None
) -> tuple[Session, SignedIn, Script]:
    """A log-in that went well: its session, what it told, and what was asked of the world."""
    on = on or session(login.space)
    talk = Script(list(answers))
    told = talk.run(sign_in(on, login))
    assert not talk.answers
    return on, told, talk


def failed(
    *answers: Answer, login: KnownLogin = LOGIN, on: Session | None = None, holds: Any = None
) -> tuple[SchoolSyncError, Script]:
    """The error of a log-in, which shows no secret, and what was asked of the world."""
    on = on or session(login.space)
    talk = Script(list(answers), holds=holds)
    with pytest.raises(SchoolSyncError) as caught:
        talk.run(sign_in(on, login))
    assert not talk.answers
    show_nothing(caught.value, talk.permits, on, login)
    return caught.value, talk


def show_nothing(error: SchoolSyncError | None, permits: list[Permit], *things: object) -> None:
    """Nothing that can be printed holds a secret."""
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error) if error else ""
    shown += repr(permits) + "".join(map(repr, things))
    secrets = (USER, PASSWORD, PASSWORD.lower(), MATERIAL.hex(), repr(IV), DEVICE, "Louison", "FACTICE")
    assert not [secret for secret in secrets if secret in shown]

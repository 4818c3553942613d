"""The PRONOTE rows of docs/reference/errors.md, provoked one by one: leaf, facts, and how often it tries.

The tables themselves are read: a row without a case fails, and so does a case without a row.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import cache
from typing import Any

import attrs
import pytest

from schoolsync.drivers.vault import Keeper
from schoolsync.errors import TimedOut, Undecodable, Unreachable, WrongCredentials
from schoolsync.flow.http import Response
from schoolsync.model import Attachment, AttachmentKind
from schoolsync.provider import Days, Span
from schoolsync.providers.pronote import refusals
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.address import read_root
from schoolsync.providers.pronote.login import PasswordLogin, read_login
from schoolsync.providers.pronote.session import Space
from schoolsync.testing.play import Script
from tests.error_tables import Row, Seen, agrees, read_rows
from tests.providers.pronote.entering import DEVICE, LOGIN, TWO, account, family, pupil, scrambling, user
from tests.providers.pronote.keeping import read, write
from tests.providers.pronote.signs import (
    CHALLENGE,
    FILE,
    PAGE,
    PROOF,
    SETTINGS,
    USER,
    Case,
    Given,
    Inside,
    anywhere,
    asks,
    at,
    both,
    call,
    caught,
    dead,
    enter,
    file,
    place_of,
    plain,
    reading,
    school,
    steps,
    unasked,
    unsent,
    writing,
)
from tests.providers.pronote.wire import (
    HTML,
    IV,
    JSON,
    MATERIAL,
    NOON,
    PASSWORD,
    ROOT,
    Server,
    error,
    html,
    md5,
    page,
    sealed,
    session,
)
from tests.providers.pronote.wire import USER as WHO

ROWS = read_rows("PQ")
TIMES = {
    "no": 1,
    "once": 2,
    "same bytes": 2,
    "signed in": 2,
    "in the other form": 2,
    "asked for three times": 3,
    "twenty times": 20,
    "listed anew, then once": 1,
}
LEFT = (Unreachable(was_sent=True), Unreachable(was_sent=None), TimedOut(was_sent=True))
STAYED = (Unreachable(was_sent=False), TimedOut(was_sent=False))
WAIT = Inside(None, {"secured": {"SignatureAttente": {"ParametresAtt": {"delai": 1}}}})
LINK = Attachment(
    name="link", kind=AttachmentKind.LINK, url="https://www.example.test", ref=("homework-1", 0)
)
CLOSED = {"ressource": pupil(), "listeOnglets": [{"G": 7}]}
TEACHER = {"ressource": {"N": "3#mo", "G": 3, "L": "MODELE Ana"}, "listeOnglets": [{"G": 16}, {"G": 198}]}


def hidden(tab: int) -> dict[str, Any]:
    """What the server says of an account from which it hides a screen."""
    return user() | {"listeOngletsInvisibles": [tab]}


def refused(number: object, **more: object) -> Inside:
    """A log-in that the school refuses."""
    return Inside({"Acces": number, **more})


def absences(said: dict[str, object]) -> Seen:
    """A reading of absences, which the server answers so."""
    return asks(lambda made: made.absences(Span()), {"PagePresence": Inside(said)})


def homework(content: object, **who: Any) -> Seen:
    """A reading of homework, which the server answers so."""
    return asks(lambda made: made.homeworks(Days()), {"PageCahierDeTexte": Inside(content)}, **who)


def document(said: dict[str, object], body: bytes = b"%PDF") -> Seen:
    """A document that the server makes, and what lies where it says."""
    given: dict[str, Given] = {"GenerationPDF": Inside(said), FILE: Response(200, HTML, body=body)}
    return asks(lambda made: made.timetable_pdf(), given)


def encrypting() -> Server:
    """A server that encrypts."""
    return Server(encrypts=True, flags={"CrA": True})


def compressing() -> Server:
    """A server that compresses."""
    return Server(compresses=True, flags={"CoA": True})


def of_another() -> list[Seen]:
    """A dead session that somebody else signed in to."""
    return [call(error(number), flow, is_own=False) for number in (8, 10, 11) for flow in (read, write)]


def wrong_secret() -> list[Seen]:
    """A scrambled challenge that is not opened by the password."""
    other = PasswordLogin(ROOT, Space.STUDENT, WHO, "another")
    server = scrambling()
    script = school(server, {})
    made = Account(other, session())
    found = caught(script, made.told("login", made.sign_in()))
    places = [place_of(request) for request in script.sent]
    assert PROOF not in places
    return [Seen(found, places.count(CHALLENGE), 0, "log-in")]


def held(*, refused_before: bool) -> Case:
    """A log-in that the governor holds back: the real one, with its own ledger."""

    def case() -> list[Seen]:
        keeper = Keeper()
        given = {PROOF: refused(1)} if refused_before else {}
        for _ in range(1 if refused_before else 3):
            script = school(Server(), given)
            script.holds = lambda one: keeper.permit(one.knock, one.outcome, NOON)
            with suppress(WrongCredentials):
                script.run(account().sign_in())
        script = Script(holds=lambda one: keeper.permit(one.knock, one.outcome, NOON))
        found = caught(script, account().sign_in())
        assert (vars(found)["until"] is None) is refused_before
        return [Seen(found, 0, 0, "unsent")]

    return case


SUSPENDED = "<p>Votre adresse IP est provisoirement suspendue.</p><p>Le site n'est pas disponible</p>"
EXPIRED = (8, 10, 11, 13, 14, 18, 21)
CASES: dict[str, Case] = {
    "P1a": anywhere(html(SUSPENDED), html("Votre adresse IP est provisoirement suspendue", 503)),
    "P1b": anywhere(html("<h1>Le site n'est pas disponible</h1>")),
    "P1c": anywhere(html("Le site est momentan&eacute;ment indisponible")),
    "P1d": anywhere(html("La page demandée n'existe pas"), html("", 404)),
    "P1e": at(PAGE, Response(302, (("location", "https://portal.example/cas?service=x"),))),
    "P1f": at(PAGE, Response(302, (("location", "/elsewhere"),))),
    "P1g": at(
        PAGE,
        html("<form>L'EQUIPE vous souhaite la bienvenue</form>"),
        html("PRONOTE"),
        html("PRONOTE: votre navigateur n'est pas compatible"),
        html("PRONOTE <script>Start ({a:)</script>"),
    ),
    "P1h": at(PAGE, page({"h": None})),
    "P1i": at(PAGE, page({"MR": "zz", "ER": "10001"})),
    "P1j": anywhere(html("", 503), html("Bad gateway", 502), html("", 500)),
    "P1k": anywhere(html("", 429, ("retry-after", "7"))),
    "P1l": anywhere(html("", 403), html("", 401), html("", 204)),
    "P2a": both(error(3, "Accès refusé"), error(4)),
    "P2b": both(error(7)),
    "P2c": dead(error(8, "La page a expiré ! (1)"), error(10), error(13)),
    "P2d": dead(error(18)),
    "P2e": dead(error(11)),
    "P2f": dead(error(14), error(21)),
    "P2g": both(error(22)),
    "P2h": both(error(25)),
    "P2i": dead(error(99, "La page a expiré !"), error(None, "Impossible d'afficher la page")),
    "P2j": both(error(99, "", "Votre adresse IP est provisoirement suspendue.")),
    "P2k": both(error(99, "", "Vous avez dépassé le nombre d'erreurs d'authentification autorisées.")),
    "P2l": both(error(99, "Accès refusé")),
    "P2m": both(error(99, "Autre chose"), error("what", "La page demandée n'existe pas")),
    "P2n": of_another,
    "P3a": at(SETTINGS, error(11), error(14), error(21)),
    "P3b": at(SETTINGS, error(8), error(10), error(13), error(18)),
    "P3c": at(CHALLENGE, *map(error, EXPIRED)),
    "P3d": at(PROOF, *map(error, EXPIRED)),
    "P3e": at(SETTINGS, Inside({"identifiantNav": "x"})),
    "P3f": at(CHALLENGE, Inside({"alea": "0F"})),
    "P3g": at(CHALLENGE, Inside({"challenge": "x" * 64})),
    "P3h": wrong_secret,
    "P4a": at(PROOF, refused(1), refused("1")),
    "P4b": at(PROOF, *map(refused, (2, 3, 5, 7, 8))),
    "P4c": at(PROOF, refused(4)),
    "P4d": at(PROOF, refused(6), refused(10)),
    "P4e": at(PROOF, refused(9, AccesMessage={"titre": "Fermeture", "message": f"{WHO} : lundi"})),
    "P4f": at(PROOF, refused(11), refused(99)),
    "P4g": at(PROOF, Inside({}), refused(0), Inside({"cle": ""})),
    "P4h": at(PROOF, Inside({"cle": "zz"}), Inside({"cle": "00" * 16})),
    "P5a": at(PROOF, *(steps(number) for number in (0, 1, 2, 4, 7)), steps(0, 3)),
    "P5b": at(PROOF, steps(3), steps(3, 5)),
    "P5c": at(PROOF, steps(5)),
    "P5d": at(USER, Inside({"listeOnglets": []})),
    "P5e": lambda: [enter(Inside(family()), USER, space=Space.PARENT)],
    "P5f": at(USER, Inside(user(pupil("")))),
    "P6a": both(Inside({}, {"signature": {"Erreur": 3, "MessageErreur": "Vos droits sont insuffisants"}})),
    "P6b": writing(Inside({}, {"report": {"_erreurSaisie_": True, "_messagesErreur_": ["Trop gros"]}})),
    "P6c": reading(WAIT),
    "P6d": writing(WAIT),
    "P6e": both(*(Response(200, JSON, body=one) for one in (b"", b"{", b'{"a":', b"[" * 100_000, b"<p>"))),
    "P6f": both(plain([]), plain([1])),
    "P6g": both(plain({}), plain({"dataSec": [1]}), plain({"dataSec": None})),
    "P6h": both(plain({"no": "00" * 16, "dataSec": {"data": {}}})),
    "P6i": both(plain({"dataSec": "zz"})),
    "P6j": both(plain({"dataSec": sealed(b"{}", md5(b"other"), md5(IV))}), server=encrypting),
    "P6k": both(plain({"dataSec": "ffff"}), server=compressing),
    "P6l": both(plain({"dataSec": b"EXAMPLE".hex()})),
    "P6m": lambda: [homework({"ListeTravauxAFaire": {"_T": 24, "V": ["?"]}}, strict=True)],
    "P6n": lambda: [homework([1, 2]), homework("x")],
    "P6o": both(Undecodable("size"), Undecodable("inflate")),
    "P6p": lambda: [
        absences({"message": "Fermé"}),
        absences({"autorisations": {"absence": False, "retard": False, "exclusion": False}}),
    ],
    "P7a": lambda: [
        *(file(200, ("content-type", kind)) for kind in ("text/html", "application/json")),
        *(file(status) for status in (204, 400, 403, 404)),
    ],
    "P7b": lambda: [file(429), file(500), file(503)],
    "P7c": lambda: [document({"OAuth2": {"service": 1}})],
    "P7d": lambda: [
        document({}),
        document({"url": "https://elsewhere.example/x.pdf"}),
        document({"url": "../../x.pdf"}),
        document({"url": "PDF/x.pdf"}, b"<html>"),
    ],
    "P8a": reading(Unreachable(was_sent=False)),
    "P8b": reading(Unreachable(was_sent=True)),
    "P8c": reading(TimedOut(was_sent=True)),
    "P8d": at(PAGE, *LEFT, *STAYED),
    "P8e": lambda: [
        *writing(*LEFT)(),
        *(seen for place in (SETTINGS, CHALLENGE, PROOF) for seen in at(place, *LEFT)()),
    ],
    "P8f": lambda: [
        *writing(*STAYED)(),
        *(seen for place in (SETTINGS, CHALLENGE, PROOF) for seen in at(place, *STAYED)()),
    ],
    "Q1": unsent(lambda: read_root("my school"), lambda: read_root("http://pronote.example/x")),
    "Q2": unsent(
        lambda: attrs.evolve(LOGIN, username=" "), lambda: PasswordLogin(ROOT, Space.STUDENT, "x", "")
    ),
    "Q3": unsent(
        lambda: read_login(url=ROOT, username="x", password="x", account="nobody"),
        lambda: read_login(url=ROOT, username="x", password="x", cas="nowhere"),
    ),
    "Q4": unsent(lambda: account(timezone="Nowhere/Land")),
    "Q5": held(refused_before=False),
    "Q6": held(refused_before=True),
    "Q7": lambda: [
        *unasked(lambda made: made.homeworks(Days()), said=CLOSED)(),
        *unasked(lambda made: made.homeworks(Days()), said=hidden(88))(),
    ],
    "Q8": unasked(lambda made: made.badges()),
    "Q9": lambda: [
        *unasked(lambda made: made.marks(Span()), said=TEACHER, space=Space.TEACHER)(),
        *unasked(lambda made: made.set_homework_done("homework-1"), said=family(*TWO), space=Space.PARENT)(),
    ],
    "Q10": unasked(
        lambda made: made.lessons(Days(), pupil="Nobody"),
        lambda made: made.marks(Span(period="Nothing")),
        lambda made: made.lessons(Days(), pupil="pupil-0"),
    ),
    "Q11": unsent(
        lambda: Days.read(dt.date(2026, 3, 9), "2026-03-01"),
        lambda: Span.read("2026-03-01", None, "Trimestre 1"),
        lambda: Days.read("soon"),
    ),
    "Q12": unasked(lambda made: made.locate(LINK)),
}


@cache
def provoked(row: str) -> list[Seen]:
    """What came of a row's case, which is played once."""
    return CASES[row]()


# -- the tables ---------------------------------------------------------------------------


def test_every_row_has_a_case_and_every_case_a_row() -> None:
    """The tables were found, and nobody forgot one."""
    assert len(ROWS) > 60
    assert ROWS.keys() == CASES.keys()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_sign_is_the_leaf_of_its_row(row: Row) -> None:
    """With every fact that the row names."""
    agrees(row, provoked(row.id))


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_it_is_tried_again_as_often_as_its_row_says(row: Row) -> None:
    """Reads; a log-in or a write goes out once, unless the row is about it."""
    for one in provoked(row.id):
        counted = one.kind == "read" or row.tried not in {"once", "same bytes"}
        assert one.times == (0 if one.kind == "unsent" else TIMES[row.tried] if counted else 1)
        assert one.log_ins == (row.tried == "signed in")


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_is_shown_is_safe_to_paste(row: Row) -> None:
    """No secret, no name, no query."""
    for one in provoked(row.id):
        text = f"{one.error} {one.error!r} {one.error.__cause__!r}"
        for secret in (WHO, PASSWORD, MATERIAL.hex(), DEVICE, "Louison", "EXAMPLE", "MODELE", "?"):
            assert secret not in text


def test_every_number_that_the_code_knows_stands_in_the_tables() -> None:
    """Of `Erreur` and of `Acces`: one that is added to the code needs a row."""
    numbers = {number for row in ROWS.values() if row.id[:2] == "P2" for number in row.numbers("`G`")}
    assert refusals.NUMBERS.keys() == numbers
    access = {number for row in ROWS.values() for number in row.numbers("`Acces`")}
    assert refusals.ACCESS.keys() | {9} == access

"""pronotepy's other ways to sign in: through a portal, with a QR code, with the token of a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
import pronotepy
import pytest
import requests
from pronotepy.exceptions import PronoteAPIError, QRCodeDecryptError

from schoolsync.flow.http import Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.portals.fake import Ask, Common, Fake, page, redirect
from schoolsync.sandbox.portals.people import PEOPLE, Person
from schoolsync.sandbox.pronote import GENERATIONS, Front, Generation, Rules
from schoolsync.sandbox.serve import serve
from tests.peers.pronote.scenes import BOTH, LOUISON, MORNING, Scene, Stage
from tests.peers.pronote.test_sessions import IDLE, SIGN_IN

if TYPE_CHECKING:
    from requests.cookies import RequestsCookieJar

pytestmark = pytest.mark.peer

READABLE = [one for one in GENERATIONS if one.version >= (2025,)]
"""What pronotepy can talk to."""
PIN, UUID, OTHER_UUID = "1234", "6f1c0000-0000-4000-8000-000000000001", "6f1c0000-0000-4000-8000-000000000002"
FIRST_CALLS = SIGN_IN[:-1]
DESKTOP, MOBILE = "GET /eleve.html", "GET /mobile.eleve.html"


# -- with a QR code, with a token --------------------------------------------------------


def _code(scene: Scene, pin: str = PIN) -> dict[str, str]:
    """A new QR code, which somebody at a desk has asked for."""
    with scene.client(LOUISON) as client:
        code = client.request_qr_code_data(pin)
    scene.requests()
    return dict(code)


def _credentials(scene: Scene, code: dict[str, str], uuid: str = UUID) -> dict[str, str]:
    """What the telephone *uuid* signs in with the next time."""
    with scene.made(pronotepy.Client.qrcode_login, code, PIN, uuid) as client:
        assert client.logged_in
        return dict(client.export_credentials())


@pytest.mark.parametrize("talk", READABLE, ids=lambda one: one.label)
def test_a_telephone_signs_in(stage: Stage, talk: Generation) -> None:
    """With the code, then with one token after the other, each good once."""
    scene = stage.play(BOTH, talk)
    credentials = _credentials(scene, _code(scene))
    assert scene.requests() == [MOBILE, *SIGN_IN, "PageInfosPerso"]
    assert credentials["username"] == LOUISON.login
    seen = [credentials["password"]]
    for _ in range(2):
        with scene.made(pronotepy.Client.token_login, **credentials) as client:
            assert client.info.name == "EXAMPLE Louison"
            assert len(client.lessons(scene.today)) > 0
            old, credentials = credentials, client.export_credentials()
        seen.append(credentials["password"])
    assert len({*seen}) == 3
    scene.requests()
    with scene.made(pronotepy.Client.token_login, **old) as client:
        assert client.logged_in is False
    assert scene.requests() == [MOBILE, *FIRST_CALLS]


def test_the_code_is_what_the_account_says(stage: Stage) -> None:
    """It leads to the mobile page, and nobody reads it without the PIN."""
    scene = stage.play()
    code = _code(scene)
    assert code.pop("url") == f"{scene.url}/mobile.eleve.html"
    assert code.keys() == {"login", "jeton"}
    with (
        pytest.raises(QRCodeDecryptError),
        scene.made(
            pronotepy.Client.qrcode_login, {**code, "url": f"{scene.url}/mobile.eleve.html"}, "4321", UUID
        ),
    ):
        pass
    assert scene.requests() == []


def test_a_code_is_good_once_and_not_for_long(stage: Stage) -> None:
    """Whoever has one that is not is refused."""
    scene = stage.play()
    used = _code(scene)
    _credentials(scene, used)
    with pytest.raises(PronoteAPIError), scene.made(pronotepy.Client.qrcode_login, used, PIN, UUID):
        pass
    late = _code(scene)
    scene.clock.advance(IDLE)
    with pytest.raises(PronoteAPIError), scene.made(pronotepy.Client.qrcode_login, late, PIN, UUID):
        pass


def test_a_telephone_renews_its_session(stage: Stage) -> None:
    """With the newest token; another telephone's is not touched by that."""
    scene = stage.play()
    other = _credentials(scene, _code(scene), OTHER_UUID)
    credentials = _credentials(scene, _code(scene))
    with scene.made(pronotepy.Client.token_login, **credentials) as client:
        scene.clock.advance(IDLE)
        scene.requests()
        assert len(client.homework(scene.today)) > 0
        assert scene.requests() == ["PageCahierDeTexte", MOBILE, *SIGN_IN, "PageCahierDeTexte"]
    with scene.made(pronotepy.Client.token_login, **other) as client:
        assert client.logged_in


def test_a_telephone_is_sent_away(stage: Stage) -> None:
    """When all tokens are revoked, and always by a school for demonstration."""
    scene = stage.play()
    credentials = _credentials(scene, _code(scene))
    scene.server.tokens.revoke_all()
    with scene.made(pronotepy.Client.token_login, **credentials) as client:
        assert client.logged_in is False
    scene = stage.play(rules=Rules(is_demo=True))
    credentials = _credentials(scene, _code(scene))
    with scene.made(pronotepy.Client.token_login, **credentials) as client:
        assert client.logged_in is False


def test_a_telephone_enters_its_pin(stage: Stage) -> None:
    """Once: with the code, under a name; the token that follows is taken without."""
    scene = stage.play(BOTH)
    who = attrs.evolve(LOUISON, login="code.example", password="coffre-fort")
    with scene.client(who, account_pin="1234", device_name="Bureau") as client:
        code = client.request_qr_code_data(PIN)
    scene.requests()
    device = {"account_pin": "1234", "device_name": "Telephone"}
    with scene.made(pronotepy.Client.qrcode_login, code, PIN, UUID, **device) as client:
        assert client.logged_in
        steps = ["SecurisationCompteDoubleAuth"] * 2
        first = [MOBILE, *FIRST_CALLS, *steps, "ParametresUtilisateur", "PageInfosPerso"]
        assert scene.requests() == [*first, MOBILE, *SIGN_IN]


# -- through a portal --------------------------------------------------------------------


@attrs.define(kw_only=True)
class Cas(Fake):
    """A portal on plain http, which is why its cookie is not only for https."""

    family: ClassVar[str] = "plain"

    visitors: dict[str, Person] = attrs.field(factory=dict, repr=False)
    """What each visitor's cookie says."""

    def answer(self, ask: Ask) -> Response:
        """The way back for who is known; a form for others, and a cookie for who fills it in."""
        person = self.visitors.get(ask.cookies.get("TGC", ""))
        if ask.method == "POST":
            person = self.common.person(ask.form["username"], ask.form["password"])
            if person is None:
                return page("<form></form>", status=HTTPStatus.UNAUTHORIZED)
            cookie = self.common.token()
            self.visitors[cookie] = person
            shown = page("<p>Bonjour</p>")
            return attrs.evolve(shown, headers=(*shown.headers, ("set-cookie", f"TGC={cookie}; Path=/cas")))
        service = ask.query.get("service")
        return redirect(self.with_ticket(service, person)) if person and service else page("<form></form>")


@attrs.frozen
class Portal:
    """A portal that is served."""

    cas: Cas
    url: str

    @property
    def rules(self) -> Rules:
        """Those of a school behind it."""
        return Rules(portal=Front(self.url, self.cas.common.tickets))

    def sign_in(self, username: str, password: str, **_: Any) -> RequestsCookieJar:
        """What pronotepy calls an ENT: a function that comes back with the portal's cookies."""
        answer = requests.post(self.url, {"username": username, "password": password}, timeout=10)
        return answer.cookies


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A portal on loopback."""
    cas = Cas(host="cas.example.test", common=Common(clock=HandClock(MORNING)))
    with pytest.MonkeyPatch.context() as patch, serve(cas) as place:
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield Portal(cas, f"{place.url}/cas/login")


def _client(scene: Scene, portal: Portal, person: Person) -> Any:
    kind: Any = pronotepy.ParentClient if person.kind == "parent" else pronotepy.Client
    name = "parent.html" if person.kind == "parent" else "eleve.html"
    return kind(f"{scene.url}/{name}", person.username, person.password, ent=portal.sign_in)


@pytest.mark.parametrize("talk", READABLE, ids=lambda one: one.label)
@pytest.mark.parametrize("person", PEOPLE[:2], ids=lambda one: one.kind)
def test_a_portal_lets_people_in(stage: Stage, portal: Portal, person: Person, talk: Generation) -> None:
    """Page, ticket, name, page; then the calls of any log-in, with the portal's password nowhere."""
    scene = stage.play(BOTH, talk, portal.rules)
    with scene.made(_client, scene, portal, person) as client:
        assert client.logged_in
        account = scene.college.account(person.login, person.kind)
        assert account is not None
        assert client.info.name == account.name
        shown = "GET /parent.html" if person.kind == "parent" else DESKTOP
        assert scene.requests() == [*[shown] * 3, *SIGN_IN]


def test_a_session_is_renewed_through_the_portal(stage: Stage, portal: Portal) -> None:
    """With a new ticket each time."""
    scene = stage.play(rules=portal.rules)
    with scene.made(_client, scene, portal, PEOPLE[0]) as client:
        scene.clock.advance(IDLE)
        scene.requests()
        assert len(client.homework(scene.today)) > 0
        asked = "PageCahierDeTexte"
        assert scene.requests() == [asked, *[DESKTOP] * 3, *SIGN_IN, asked]


def test_whom_the_portal_does_not_know(stage: Stage, portal: Portal) -> None:
    """Stays on its form, which pronotepy takes for a broken page."""
    scene = stage.play(rules=portal.rules)
    wrong = attrs.evolve(PEOPLE[0], password="faux")
    with pytest.raises(PronoteAPIError), scene.made(_client, scene, portal, wrong):
        pass
    assert not [one for one in scene.requests() if not one.startswith("GET ")]


def test_a_school_behind_a_portal_has_its_own_door(stage: Stage, portal: Portal) -> None:
    """For who says `login=true`, and for telephones."""
    scene = stage.play(rules=portal.rules)
    address, known = f"{scene.url}/eleve.html?login=true", (LOUISON.login, LOUISON.password)
    with scene.made(pronotepy.Client, address, *known) as client:
        assert client.logged_in
        code = client.request_qr_code_data(PIN)
    assert _credentials(scene, code)["username"] == LOUISON.login

"""How the signs on pages of portals of every make are provoked, and the questions, by their rows' ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from schoolsync.flow.http import Response
from schoolsync.testing.play import Answer
from tests.ent.pages_a import (
    HOME,
    SSO,
    account_forms,
    chooser,
    edifice,
    kosmos_form,
    message,
)
from tests.ent.pages_b import (
    CAS_FORM,
    CAS_STOP,
    CAS_TILES,
    CODE_FORM,
    DISCOVERY,
    KEYCLOAK,
    KEYCLOAK_EXPIRED,
    LACLASSE,
    SIMPLE,
    XML,
    xml,
)
from tests.ent.pages_b import TOUTATICE as CHOOSER
from tests.ent.signs import (
    APEREO,
    APEREO_EDU,
    AT_EDUCONNECT,
    CAS,
    ELYCO,
    GATEWAY,
    HUB,
    KEYCLOAKED,
    KOSMOS,
    KOSMOS_EDU,
    LACLASSE_EDU,
    LACLASSE_OWN,
    LOCAL,
    MONLYCEE,
    NEO,
    OPENENT,
    OPENENT_EDU,
    OZE,
    SIMPLE_PAGE,
    TOUTATICE,
    Case,
    Met,
    Way,
    after,
    before,
    walked,
)
from tests.ent.walking import AT_SCHOOL, SERVICE, Step, home, moved, page, write

__all__ = ["CASES", "QUESTIONS"]

ASK: Final = f"GET {CAS}/login"

# -- pages of portals ----------------------------------------------------------------------------

LOCKED: Final = '<p class="error" role="alert">Votre compte est bloqué.</p>'


def same_again() -> list[Met]:
    """The form that every make of portal shows when the password was wrong; and Oze's own sign."""
    return [
        *(met for way in LOCAL for met in after(way, way.shown[-1][1])),
        *after(APEREO, page(write(CAS_FORM, service=SERVICE), status=401)),
        *after(OZE, page('<body class="auth_form"><div id="app"></div></body>')),
    ]


def locked() -> list[Met]:
    """With the sentence above the form, or alone."""
    forms = (
        (KOSMOS, kosmos_form()),
        (APEREO, write(CAS_FORM, service=SERVICE)),
        (LACLASSE_OWN, write(LACLASSE, service=SERVICE)),
        (SIMPLE_PAGE, SIMPLE),
        (KEYCLOAKED, write(KEYCLOAK, action=f"https://{MONLYCEE}/x")),
        (OZE, write(KEYCLOAK, action="https://enc.example.test/x")),
    )
    alone = [met for way in (KOSMOS, APEREO, LACLASSE_OWN, OPENENT) for met in after(way, page(LOCKED))]
    return [*alone, *(met for way, form in forms for met in after(way, page(LOCKED + form)))]


def pictured() -> list[Met]:
    """Every usual kind of captcha, beside the form."""
    boxes = ('<div class="g-recaptcha"></div>', '<iframe src="/captcha"></iframe>', '<input name="captcha">')
    return [
        *(met for box in boxes for met in before(KOSMOS, page(box + kosmos_form()))),
        *before(APEREO, page(boxes[0] + write(CAS_FORM, service=SERVICE))),
        *before(SIMPLE_PAGE, page(boxes[1] + SIMPLE)),
    ]


def on_the_way_in(*pages: Answer) -> list[Met]:
    """What any portal says to somebody whose password was right, its own or EduConnect's."""
    ways = (KOSMOS, APEREO, LACLASSE_OWN, SIMPLE_PAGE, KOSMOS_EDU, OPENENT_EDU, LACLASSE_EDU, GATEWAY)
    return [met for way in ways for met in after(way, *pages)]


NOBODY: Final = page("<p>Votre compte EduConnect n'est rattaché à aucun compte de ce portail.</p>")
TWO: Final = '<form><input type="password" name="a"><input type="password" name="b"></form>'
ASKING: Final = "<p>{0}</p><form method=post><input name=reponse></form>"
LOGGED_OUT: Final[Step] = (f"GET {NEO}/auth/login", edifice("fed.auth.error.user.not.found"))
PAGES: Final[dict[str, Case]] = {
    "C4a": same_again,
    "C4b": locked,
    "C4c": pictured,
    "C4d": lambda: [
        *on_the_way_in(page("<p>Vous devez changer votre mot de passe.</p>")),
        *after(KOSMOS_EDU, page(TWO)),
    ],
    "C4e": lambda: on_the_way_in(page("<p>Vous devez activer votre compte.</p>")),
    "C4f": lambda: on_the_way_in(page(ASKING.format("Veuillez accepter la charte"))),
    "C4g": lambda: on_the_way_in(page(ASKING.format("Saisissez le code de vérification"))),
    "C4h": lambda: [
        *(met for way in (KOSMOS_EDU, LACLASSE_EDU, ELYCO, GATEWAY) for met in after(way, NOBODY)),
        *after(HUB, page(message("Aucun compte ne correspond"))),
    ],
    "C4i": lambda: after(KOSMOS_EDU, page("<h1>Accueil</h1>"), page("<h1>Erreur 42</h1>", status=403)),
    "C4j": lambda: [
        *after(OPENENT_EDU, edifice("fed.auth.error.user.not.found"), edifice("Utilisateur introuvable")),
        walked(OPENENT_EDU, *OPENENT_EDU.shown, (OPENENT_EDU.told, moved("/auth/login")), LOGGED_OUT),
    ],
    "C4k": lambda: after(APEREO_EDU, page(CAS_STOP), page(CAS_STOP, status=403)),
    "C4l": lambda: after(LACLASSE_EDU, page(write(LACLASSE, service=SERVICE))),
    "C4m": lambda: exchanged(
        xml("<reponse><erreurFonctionnelle>compte inconnu</erreurFonctionnelle></reponse>")
    ),
    "C4n": lambda: [
        walked(HUB, *HUB.shown, (HUB.told, home()), (AT_SCHOOL, page("<title>PRONOTE</title>"))),
    ],
}

# -- one make each -----------------------------------------------------------------------------

REMOTE: Final = "GET www.toutatice.fr/idp/Authn/RemoteUser"
LOADED: Final[tuple[Step, ...]] = (
    *TOUTATICE.shown,
    (TOUTATICE.told, moved("/idp/Authn/RemoteUser")),
    (REMOTE, moved("/chargement?conversation=e1s1&sessionid=sess-1")),
    ("GET www.toutatice.fr/chargement", page("<p>Chargement</p>")),
)


def exchanged(*answers: Answer) -> list[Met]:
    """What the exchange of sessions says."""
    return [walked(TOUTATICE, *LOADED, (REMOTE, answer)) for answer in answers]


def led_to(path: str) -> list[Met]:
    """OpenENT leads there instead of letting in, with either kind of account."""
    return [met for way in (OPENENT, OPENENT_EDU) for met in after(way, moved(path))]


def drawn(controller: str) -> list[Met]:
    """OpenENT's script draws that page."""
    return [met for way in (OPENENT, OPENENT_EDU) for met in after(way, edifice(controller=controller))]


def told(key: str) -> list[Met]:
    """OpenENT's script is to show that error."""
    return [met for way in (OPENENT, OPENENT_EDU) for met in after(way, edifice(key))]


def discovered() -> list[Met]:
    """The discovery page after it was answered, and after EduConnect."""
    shown, wayf = page(DISCOVERY), "GET cas3.example.test/discovery/WAYF"
    first = ((ELYCO.shown[0][0], moved("/discovery/WAYF")), (wayf, shown))
    late = (*ELYCO.shown, (ELYCO.told, moved("/discovery/WAYF")), (wayf, shown))
    return [walked(ELYCO, *first, (wayf, shown)), walked(ELYCO, *late)]


def expired() -> list[Met]:
    """Keycloak's form was open for too long, and so was the next one."""
    late = (KEYCLOAKED.shown[0][0], page(KEYCLOAK_EXPIRED))
    return [walked(KEYCLOAKED, late, late)]


def interface(*steps: tuple[str, Answer]) -> Met:
    """Oze's interface for programs, after the password."""
    asked = tuple((f"GET api-enc.example.test/v1/{path}", answer) for path, answer in steps)
    return walked(OZE, *OZE.shown, (OZE.told, page(HOME)), *asked)


def json(text: str, status: int = 200) -> Response:
    """JSON."""
    return Response(status, (("content-type", "application/json"),), body=text.encode())


WHO: Final = ("users/me", json('{"currentProfil": {"codeProfil": "ELEVE", "uai": "0920000A"}}'))
NONE: Final = ("ozapps", json("[]"))
UNTRUSTED: Final = ("https://x.test/ n&#x27;est pas une url de confiance.", "L&#x27;url de service est vide")
FORBIDDEN: Final = json('{"error": "invalid.provider"}', 403)
MAKES: Final[dict[str, Case]] = {
    "C5a": lambda: [
        *before(KOSMOS_EDU, page(chooser("ATS", "AUTRE"))),
        walked(KOSMOS_EDU, *[(ASK, page(chooser("EDU", "ATS")))] * 2),
    ],
    "C5b": lambda: before(KOSMOS_EDU, page(kosmos_form())),
    "C5c": lambda: [*told("auth.error.blockedUser"), *told("auth.error.blockedProfile")],
    "C5d": lambda: told("auth.error.ban"),
    "C5e": lambda: [
        *told("auth.error.global"),
        *after(OPENENT, page("<p>Nombre d'utilisateurs maximum atteint</p>")),
        *after(
            OPENENT_EDU,
            page("<p>Nous avons instauré une logique de quota : instaure une logique de quota</p>"),
        ),
    ],
    "C5f": lambda: [*led_to("/auth/reset/forceChangePassword"), *drawn("ResetController")],
    "C5g": lambda: [*led_to("/auth/activation"), *drawn("ActivationController")],
    "C5h": lambda: led_to("/auth/revalidate-terms"),
    "C5i": lambda: led_to("/auth/validate-mail"),
    "C5j": lambda: led_to("/auth/validate-mfa"),
    "C5k": lambda: before(OPENENT, moved("/auth/openid/login")),
    "C5l": lambda: before(OPENENT_EDU, FORBIDDEN, page("invalid.provider", status=403)),
    "C5m": lambda: [
        *after(OPENENT_EDU, json('{"error": "invalid_state"}', 403)),
        walked(
            OPENENT_EDU,
            *OPENENT_EDU.shown,
            (OPENENT_EDU.told, moved("/auth/login")),
            (LOGGED_OUT[0], edifice()),
        ),
    ],
    "C5n": expired,
    "C5o": lambda: after(KEYCLOAKED, page(KEYCLOAK_EXPIRED)),
    "C5p": lambda: after(KEYCLOAKED, page("<form id=kc-passwd-update-form><input name=x></form>")),
    "C5q": lambda: after(KEYCLOAKED, page("<form id=kc-update-profile-form><input name=x></form>")),
    "C5r": lambda: after(KEYCLOAKED, page("<div id=kc-terms-text>Charte</div>")),
    "C5s": discovered,
    "C5t": lambda: exchanged(xml("<reponse><erreurTechnique>panne</erreurTechnique></reponse>")),
    "C5u": lambda: [
        *after(TOUTATICE, page(write(CHOOSER, idp="educonnect"))),
        *exchanged(
            xml("<reponse></reponse>"),
            xml(XML.replace("?>", '?><!DOCTYPE reponse [<!ENTITY a "aaaa">]>', 1)),
        ),
    ],
    "C5v": lambda: before(HUB, *(page(message(text)) for text in UNTRUSTED)),
    "C5w": lambda: [*before(HUB, page(message("Erreur 42"))), *after(HUB, page(message("Erreur 42")))],
    "C5x": lambda: [interface(WHO, NONE, ("config/Pronote", json("{}", 404)))],
    "C5y": lambda: [
        interface(("users/me", page(HOME))),
        interface(("users/me", json('{"currentProfil": 7}'))),
        interface(WHO, ("ozapps", json('{"code": "pronote"}'))),
        interface(WHO, NONE, ("config/Pronote", json('{"autorisationId": true}'))),
    ],
}

# -- questions -----------------------------------------------------------------------------------

BIRTH_DATE: Final = f"""
<form id="theForm" method="post" action="{SSO}?execution=e1s3">
  <div id="dateNaissance"><input name="jour"><input name="mois"><input name="annee"></div>
  <input type="hidden" id="password-input" name="j_password" value="">
</form>"""
CODE: Final = f"""
<p>Saisissez le code de vérification reçu.</p>
<form method="post" action="{SSO}?execution=e1s3"><input type="text" name="code" value=""></form>"""
OTP: Final = write(CODE_FORM, action=f"https://{MONLYCEE}/realms/IDF/code", field="emailCode")
TILES: Final = page(write(CAS_TILES, service=SERVICE, first="Lycée Exemple", second="Collège Exemple"))
SCHOOLS: Final = page(account_forms("Collège Exemple", "Lycée Exemple"))


def put(way: Way, shown: Answer, *replies: str, again: str = "") -> list[Met]:
    """A question that nobody answers; and each of *replies*, after which *again* shows the same page."""
    more = ((again, shown),) if again else ()
    return [
        *after(way, shown),
        *(walked(way, *way.shown, (way.told, shown), *more, replies=(reply,)) for reply in replies),
    ]


QUESTIONS: Final[dict[str, Case]] = {
    "C6a": lambda: [
        *put(AT_EDUCONNECT, page(BIRTH_DATE), "30/02/2011", "demain"),
        *put(AT_EDUCONNECT, page(BIRTH_DATE), "03/02/2011", again=AT_EDUCONNECT.told),
    ],
    "C6b": lambda: put(AT_EDUCONNECT, page(CODE), "246810", again=AT_EDUCONNECT.told),
    "C6c": lambda: [
        *put(KEYCLOAKED, page(OTP), "246810", again=f"POST {MONLYCEE}/realms/IDF/code"),
        *put(KEYCLOAKED, page(OTP.replace("emailCode", "otp"))),
    ],
    "C6d": lambda: put(OPENENT_EDU, SCHOOLS, "Lycée", "1"),
    "C6e": lambda: put(APEREO_EDU, TILES, "Lycée", "1"),
}
CASES: Final[Mapping[str, Case]] = {**PAGES, **MAKES, **QUESTIONS}
"""All of them, by the id of their row."""

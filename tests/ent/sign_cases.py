"""How the signs of the school, of EduConnect, and of any portal's way are provoked, by their rows' ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from schoolsync.errors import TimedOut, Unreachable
from schoolsync.testing.play import Answer
from tests.ent.pages_a import (
    CONNECTED,
    HOME,
    SSO,
    chooser,
    edu_login,
    edu_storage,
    edu_wrong,
    kosmos_form,
    to_educonnect,
    to_portal,
)
from tests.ent.pages_b import (
    KEYCLOAK,
    xml,
)
from tests.ent.signs import (
    APEREO,
    APEREO_EDU,
    AT_EDUCONNECT,
    CAS,
    FRONT_OF_EDUCONNECT,
    HUB,
    KEYCLOAKED,
    KOSMOS,
    KOSMOS_EDU,
    LOCAL,
    OPENENT,
    OZE,
    Case,
    Met,
    after,
    before,
    behind,
    everywhere,
    slowly,
    walked,
)
from tests.ent.walking import AT_SCHOOL, EDU, NOT_IN, Step, home, moved, page, write

__all__ = ["BUSY", "CASES", "CLOSED", "GONE", "SUSPENDED"]

# -- the school ------------------------------------------------------------------------------

IN: Final[tuple[Step, ...]] = (*KOSMOS.shown, (KOSMOS.told, home(TGC="granted")))
ASK: Final = f"GET {CAS}/login"
AGAIN: Final = moved(KOSMOS.door.entrance)


def turned_back(answer: Answer) -> list[Met]:
    """The school says *answer* to the ticket, to another one, and to whoever comes without."""
    once, more = (AT_SCHOOL, answer), (ASK, home())
    return [walked(KOSMOS, *IN, once, more, once, (AT_SCHOOL, AGAIN), more, once)]


def asked_again() -> list[Met]:
    """The school sends on to a portal that does not know us any more: that second look there is not ours."""
    ways = ((KOSMOS, ASK, kosmos_form()), (KEYCLOAKED, KEYCLOAKED.shown[0][0], KEYCLOAK))
    walks = [
        walked(
            way, *way.shown, (way.told, home()), (AT_SCHOOL, moved(way.door.entrance)), (asked, page(form))
        )
        for way, asked, form in ways
    ]
    return [attrs.evolve(met, times=met.times - 1) for met in walks]


SUSPENDED: Final = "<p>Votre adresse IP est provisoirement suspendue.</p><p>Le site n'est pas disponible</p>"
CLOSED: Final = page("<h1>Le site n'est pas disponible</h1>")
BUSY: Final = page("<p>Le site est momentan&eacute;ment indisponible</p>")
GONE: Final = page("<p>La page demandée n'existe pas</p>")

SCHOOL: Final[dict[str, Case]] = {
    "C1h": lambda: behind(page("<title>PRONOTE</title><p>Accès refusé</p>"), page("PRONOTE")),
    "C1i": lambda: behind(
        page("PRONOTE <script>Start ({a:)</script>"),
        page("PRONOTE: votre navigateur n'est pas compatible"),
        page("<h1>It works!</h1>"),
    ),
    "C1j": lambda: turned_back(page(NOT_IN)),
    "C1k": lambda: [met for status in (401, 403) for met in turned_back(page("", status=status))],
    "C1l": asked_again,
}

# -- the way ---------------------------------------------------------------------------------

STRANGERS: Final = (
    "https://evil.example.test/login",
    f"https://{CAS}.evil.example.test/login",
    f"https://{CAS}:444/login",
    f"https://louison@{CAS}/login",
    f"https://{CAS}./login",
    f"http://{CAS}/login",
)
OLD: Final = "/login/ct_logon_vk.jsp"
ATEN: Final = "<script>function creerCookie(){}</script><form><input id=user><input id=password></form>"
NOT_SERVED: Final = (
    page("<h1>Application not allowed to use CAS</h1>"),
    page("<p>Service non autorisé</p>", status=403),
)
DOWN: Final = (page("<p>Le portail est en maintenance.</p>"), page("<p>Difficultés techniques</p>"))
ODD: Final = page("<form id=autre><input name=x></form>", status=418)
DRAWN: Final = "<input name=a>" * 201


def led_astray() -> list[Met]:
    """Redirects anywhere, a chooser and a link that lead elsewhere."""
    link = '<a id="portalCASLoginLink" href="{0}">Entrer</a>'
    return [
        *everywhere(*map(moved, STRANGERS[:2])),
        *after(KOSMOS, *map(moved, STRANGERS[2:])),
        *(met for url in STRANGERS for met in before(APEREO_EDU, page(link.format(url)))),
        *(met for url in STRANGERS for met in before(KOSMOS_EDU, page(_leading(chooser("EDU"), url)))),
    ]


def _leading(markup: str, url: str) -> str:
    return markup.replace('action="/login"', f'action="{url}"', 1)


def forms_astray() -> list[Met]:
    """Forms for a password to hosts that may not have it, and one that would show it."""
    aside = write(KEYCLOAK, action="https://api-enc.example.test/login")
    shown = kosmos_form().replace('method="post"', 'method="get"')
    pages = (kosmos_form().replace('action="/login', f'action="{url}') for url in STRANGERS)
    return [*before(KOSMOS, *map(page, pages), page(shown)), *before(OZE, page(aside))]


def assertions_astray() -> list[Met]:
    """To strangers, and to those whose own word it is."""
    answers = ("https://evil.example.test/acs", f"https://{EDU}{SSO}", f"http://{CAS}/acs")
    questions = ("https://evil.example.test/sso", f"https://{CAS}/sso")
    return [
        *after(AT_EDUCONNECT, *(page(to_portal(url)) for url in answers)),
        *before(KOSMOS_EDU, *(page(_asking(url)) for url in questions)),
    ]


def _asking(url: str) -> str:
    return to_educonnect().replace(f"https://{EDU}{SSO}", url)


def endless() -> list[Met]:
    """Redirects, pages and exchanges without end, and pages that take their time."""
    around = (ASK, moved("/login?again=1"))
    storage = page(edu_storage("e1s1"))
    turns = [(AT_EDUCONNECT.told, storage)] * 24
    hops = [(AT_EDUCONNECT.told, moved(f"{SSO}?execution=e1s1")), (FRONT_OF_EDUCONNECT.told, storage)] * 19
    first = (*FRONT_OF_EDUCONNECT.shown, (FRONT_OF_EDUCONNECT.told, storage))
    return [
        walked(KOSMOS, *[around] * 16),
        walked(KOSMOS, *KOSMOS.shown, (KOSMOS.told, around[1]), *[around] * 15),
        walked(FRONT_OF_EDUCONNECT, *first, *turns),
        walked(FRONT_OF_EDUCONNECT, *first, *hops[:37]),
        slowly(),
    ]


def not_led_back() -> list[Met]:
    """A page of the portal's own wherever it is asked."""
    inside = (ASK, page(HOME))
    return [walked(KOSMOS, *KOSMOS.shown, (KOSMOS.told, page(HOME)), inside, (AT_SCHOOL, AGAIN), inside)]


WAY: Final[dict[str, Case]] = {
    "C2a": lambda: everywhere(*(Unreachable(was_sent=sent) for sent in (True, False, None))),
    "C2b": lambda: everywhere(TimedOut(was_sent=True), TimedOut(was_sent=False)),
    "C2c": lambda: everywhere(page("", status=500), page(HOME, status=503), page(CONNECTED, status=502)),
    "C2d": lambda: everywhere(page(HOME, status=429)),
    "C2e": lambda: [met for way in (KOSMOS, OPENENT, APEREO, HUB) for met in before(way, *DOWN)],
    "C2f": lambda: [
        *before(KOSMOS_EDU, *NOT_SERVED),
        *after(KOSMOS_EDU, *NOT_SERVED),
        *after(APEREO, *NOT_SERVED),
    ],
    "C2g": lambda: [
        *before(KOSMOS, page(ATEN)),
        walked(KOSMOS, (ASK, moved(OLD)), (f"GET {CAS}{OLD}", page(""))),
    ],
    "C2h": lambda: everywhere(
        page("<form id=autre><input name=x></form>", status=418), but=(OZE, KOSMOS_EDU)
    ),
    "C2i": lambda: before(
        KOSMOS,
        page(kosmos_form() + " " * 2_000_001),
        page(kosmos_form().replace("</form>", f"{DRAWN}</form>")),
        xml(kosmos_form()).__class__(
            200, (("content-type", "application/pdf"),), body=kosmos_form().encode()
        ),
    ),
    "C2j": led_astray,
    "C2k": forms_astray,
    "C2l": lambda: [
        *(
            met
            for way in LOCAL
            for met in after(way, *(moved("/ailleurs", status=code) for code in (307, 308)))
        ),
        *after(AT_EDUCONNECT, moved(f"https://{CAS}/acs", status=307), moved(SSO, status=308)),
    ],
    "C2m": assertions_astray,
    "C2n": endless,
    "C2o": not_led_back,
}

# -- EduConnect --------------------------------------------------------------------------------

STALE: Final = (
    page("<p>Erreur</p>", status=400),
    page("<h1>Unable to process request</h1>"),
    page("<p>La session a expiré</p>"),
)
WRONG: Final = (
    edu_wrong("e1s3", csrf=True, typed=True),
    edu_login("e1s3", csrf=True, wrong='<p id="erreurIdentifiant">Identifiant inconnu</p>'),
    edu_login("e1s3", csrf=True, wrong='<p class="fr-error-text">Non</p>'),
)
PICTURE: Final = (
    edu_login("e1s3", csrf=True, more='<p id="erreurCaptcha">Recopiez</p>'),
    edu_login("e1s3", csrf=True, more='<div id="captcha"><img src="/i"></div>'),
    edu_login("e1s3", csrf=True, more='<label id="label_captcha">Recopiez</label>'),
)


def said(*sentences: str) -> tuple[Answer, ...]:
    """Pages that say so, beside a form."""
    form = f'<form method="post" action="{SSO}"><input name="suite" type="hidden"></form>'
    return tuple(page(f"<p>{sentence}</p>{form}") for sentence in sentences)


def begun_anew() -> list[Met]:
    """The same page, when the portal's first one was asked for once more."""
    front = FRONT_OF_EDUCONNECT
    return [
        walked(front, *front.shown, (front.told, answer), *front.shown, (front.told, answer))
        for answer in STALE
    ]


EDUCONNECT: Final[dict[str, Case]] = {
    "C3a": lambda: after(AT_EDUCONNECT, *map(page, WRONG)),
    "C3b": lambda: after(
        AT_EDUCONNECT, page(edu_login("e1s2", csrf=True)), page(edu_login("e1s3", csrf=True))
    ),
    "C3c": lambda: after(
        AT_EDUCONNECT,
        *said("Votre compte est bloqué.", "Trop de tentatives.", "Your account has been locked."),
        page(edu_login("e1s3", csrf=True, wrong='<p id="erreurMdp">Votre compte est verrouillé</p>')),
    ),
    "C3d": lambda: [
        *after(FRONT_OF_EDUCONNECT, *map(page, PICTURE)),
        *after(AT_EDUCONNECT, *map(page, PICTURE)),
    ],
    "C3e": lambda: after(
        AT_EDUCONNECT, *said("Votre mot de passe a expiré.", "You have to change your password.")
    ),
    "C3f": lambda: after(AT_EDUCONNECT, *said("Il reste à activer votre compte.", "Activate your account")),
    "C3g": lambda: after(
        AT_EDUCONNECT, *said("Veuillez accepter les conditions.", "Please accept the terms.")
    ),
    "C3h": lambda: after(
        FRONT_OF_EDUCONNECT,
        moved("https://assistance.phm.education.gouv.fr/acces?adresse=192.0.2.1"),
        moved("http://assistance.phm.education.gouv.fr/"),
    ),
    "C3i": lambda: after(
        FRONT_OF_EDUCONNECT,
        page("<h1>Accès perturbé</h1>"),
        page("<p>Difficultés techniques</p>", status=403),
    ),
    "C3j": begun_anew,
    "C3k": lambda: after(AT_EDUCONNECT, *STALE),
    "C3l": lambda: after(
        FRONT_OF_EDUCONNECT,
        *(
            page(form.replace(f'action="{SSO}', f'action="{url}'))
            for url in (*STRANGERS[:2], f"https://{CAS}/login", f"http://{EDU}{SSO}")
            for form in (edu_login("e1s1"), edu_storage("e1s1"))
        ),
    ),
}

CASES: Final[Mapping[str, Case]] = {**SCHOOL, **WAY, **EDUCONNECT}
"""All of them, by the id of their row."""

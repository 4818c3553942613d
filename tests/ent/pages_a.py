"""Invented pages of EduConnect, Kosmos, OpenENT and two gateways, and the usual way over EduConnect.

They have the hooks that a client must find; everything else on them is made up. Values are given to the
functions; what nobody needs to vary is a constant.
"""

from __future__ import annotations

from typing import Final

from schoolsync.flow.http import Response
from schoolsync.testing.play import Answer
from tests.ent.walking import EDU, SERVICE, Step, moved, page, write

__all__ = [
    "CONNECTED",
    "FRONT",
    "HOME",
    "SSO",
    "account_forms",
    "chooser",
    "edifice",
    "edu_login",
    "edu_storage",
    "edu_wrong",
    "kosmos_form",
    "message",
    "through_educonnect",
    "to_educonnect",
    "to_portal",
]

HOME: Final = "<title>Accueil</title><main></main>"
"""A page of somebody who is signed in."""
FRONT: Final = "<title>Choisissez votre profil</title><div id='app'></div><script>show();</script>"
"""A page that a script draws."""

# -- EduConnect --------------------------------------------------------------------------

SSO: Final = "/idp/profile/SAML2/POST/SSO"
_WRONG: Final = '<p id="erreurMdp" class="fr-error-text">Identifiant ou mot de passe incorrect</p>'


def edu_storage(execution: str) -> str:
    """The page that looks into the browser's storage, of 2026."""
    kept = ("shib_idp_session_ss", "shib_idp_persistent_ss")
    names = [f"{what}.{where}" for where in kept for what in ("exception", "success", "value")]
    inputs = [f'<input type="hidden" name="shib_idp_ls_{name}" value="">' for name in (*names, "supported")]
    return f"""
<form name="form1" method="post" action="{SSO}?execution={execution}">
  <input type="hidden" name="csrf_token" value="csrf-{execution}">{"".join(inputs)}
  <input type="hidden" name="_eventId_proceed" value="">
  <noscript><input type="submit" value="Continuer"></noscript>
</form>"""


def edu_login(
    execution: str,
    *,
    csrf: bool = False,
    typed: bool = False,
    wrong: str = "",
    more: str = "",
    path: str = SSO,
) -> str:
    """The log-in form.

    Args:
        execution: Which step of which conversation.
        csrf: Whether it has a token, as since 2025.
        typed: Whether it wants the profile, as since 2026.
        wrong: What stands below the password; nothing that is shown if not said.
        more: What else stands in it.
        path: Where the conversation takes place.
    """
    token = f'<input type="hidden" name="csrf_token" value="csrf-{execution}">' if csrf else ""
    kind = '<input type="hidden" name="typeUser" id="typeUser" value="">' if typed else ""
    return f"""
<div id="div_profil"><button type="button" id="bouton_eleve">Eleve</button></div>
<form id="validerAuth" method="post" action="{path}?execution={execution}">{token}{kind}
  <input type="text" id="username" name="j_username" value="">
  <p id="erreurIdentifiant" hidden>A remplir</p>
  <input type="password" id="password" name="j_password" value="">
  {wrong or '<p id="erreurMdp" hidden>A remplir</p>'}{more}
  <button type="submit" id="bouton_valider" name="_eventId_proceed">Entrer</button>
</form>"""


def edu_wrong(execution: str, *, csrf: bool = False, typed: bool = False) -> str:
    """The log-in form that says that something was wrong."""
    return edu_login(execution, csrf=csrf, typed=typed, wrong=_WRONG)


_CARRIED: Final = """
<form action="{{action}}" method="post">
  <input type="hidden" name="RelayState" value="relay-invented">
  <input type="hidden" name="{{name}}" value="saml-invented">
  <noscript><input type="submit" value="Continuer"></noscript>
</form>"""


def to_educonnect() -> str:
    """A portal's question for EduConnect, as a form that a script would send on."""
    return write(_CARRIED, action=f"https://{EDU}{SSO}", name="SAMLRequest")


def to_portal(acs: str) -> str:
    """EduConnect's answer for the portal that takes it at *acs*."""
    return write(_CARRIED, action=acs, name="SAMLResponse")


def through_educonnect(acs: str, answer: Answer | None = None, *, by: str = "POST") -> tuple[Step, ...]:
    """The way over EduConnect: the log-in form, and what the password gets.

    Args:
        acs: Where the portal takes the answer.
        answer: What the password gets; EduConnect's word for the portal if not said.
        by: How EduConnect is entered: `POST`, with a form; or `Redirect`, `Unsolicited`.
    """
    path, method = SSO.replace("POST", by), "POST" if by == "POST" else "GET"
    return (
        (f"{method} {EDU}{path}", moved(f"{path}?execution=e1s1", JSESSIONID="session-invented")),
        (f"GET {EDU}{path}", page(edu_login("e1s1", path=path))),
        (f"POST {EDU}{path}", answer or page(to_portal(acs))),
    )


# -- Kosmos --------------------------------------------------------------------------------


def kosmos_form(said: str = "") -> str:
    """The portal's own log-in form. *said*: what stands above it."""
    return (
        said
        + f"""
<form class="cas__login-form" method="post" action="/login?selection=ATS&amp;service={SERVICE}">
  <input type="text" id="username" name="username" value="">
  <input type="password" id="password" name="password" value="">
  <input type="hidden" name="selection" value="ATS">
  <input type="hidden" name="codeFournisseurIdentite" value="ATS">
  <input type="hidden" name="execution" value="execution-invented">
  <input type="hidden" name="_eventId" value="submit">
  <input type="hidden" name="geolocation" value="">
  <input type="submit" name="submit" value="Se connecter">
</form>"""
    )


def chooser(*codes: str) -> str:
    """The page that asks which source of accounts is meant."""
    radios = "".join(
        f'<input type="radio" name="selection" id="idp-{code}" value="{code}">'
        f'<label for="idp-{code}">Compte</label>'
        for code in codes
    )
    return f"""<form action="/login" method="get">
  <input type="hidden" name="service" value="https://0000001A.example.test/pronote/eleve.html">{radios}
  <input type="submit" id="button-submit" name="submit" value="Valider">
</form>"""


CONNECTED: Final = """
<div class="msg"><h1 class="msg__title">Connexion reussie</h1>
<div class="msg__content"><a href="/login?service=invented">Continuer</a></div></div>"""
"""Kosmos, for somebody who is signed in, without a service."""


# -- OpenENT ---------------------------------------------------------------------------------


def edifice(error: str = "", controller: str = "LoginController") -> Response:
    """A page that a script draws, with what it is to show as its error."""
    return page(
        f"""<body ng-app="app" ng-controller="{controller}" ng-init='error = "{error}"; callBack = "x"'>"""
        "<div ng-include='main'></div></body>"
    )


def account_forms(*schools: str) -> str:
    """The choice between several accounts of the same person."""
    forms = "".join(
        f"""<form method="POST" action="/auth/saml/selectUser">
  <input type="hidden" name="id" value="id-{place}"><input type="hidden" name="login" value="compte{place}">
  <input type="hidden" name="key" value="key-{place}"><input type="hidden" name="nameId" value="name">
  <input type="hidden" name="sessionIndex" value="index">
  <label>{school}</label><button>Choisir</button></form>"""
        for place, school in enumerate(schools, 1)
    )
    return f"<section id='credentials-content'>{forms}</section>"


# -- the vendor's gateway ----------------------------------------------------------------------


def message(text: str) -> str:
    """The gateway's page with a message."""
    return f"<label id='zone_msgDetail'>{text}</label>"

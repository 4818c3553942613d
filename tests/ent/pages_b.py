"""Invented pages of portals that have a make of their own, and EduConnect as far as their tests need it.

They have the hooks that a client must find; everything else on them is made up. `write` fills them.
"""

from __future__ import annotations

from typing import Final

from schoolsync.flow.http import Response
from tests.ent.walking import EDU, Step, moved, page, write

__all__ = [
    "CAS_DONE",
    "CAS_FORM",
    "CAS_FORM_BAD",
    "CAS_STOP",
    "CAS_TILES",
    "CODE_FORM",
    "DISCOVERY",
    "EDU_BAD",
    "EDU_FORM",
    "HOME",
    "KEYCLOAK",
    "KEYCLOAK_BAD",
    "KEYCLOAK_EXPIRED",
    "LACLASSE",
    "LACLASSE_BAD",
    "SIMPLE",
    "TOUTATICE",
    "VOUCHED",
    "XML",
    "at_educonnect",
    "xml",
]

HOME: Final = """
<title>Accueil</title>
<nav><a href="/mot-de-passe">Changer mon mot de passe</a></nav>
<form action="/recherche"><input name="mots"></form>
<main>Bonjour</main>"""
"""A page of somebody who is signed in."""

# -- EduConnect -------------------------------------------------------------------------

ASKED: Final = "/idp/profile/SAML2/Redirect/SSO"
EDU_FORM: Final = """
<form id="validerAuth" method="post" action="/idp/profile/SAML2/Redirect/SSO?execution=e1s1">
  <input type="text" id="username" name="j_username">
  <p id="erreurMdp" hidden>.</p>
  <input type="password" id="password" name="j_password">
  <button type="submit" id="bouton_valider" name="_eventId_proceed">Entrer</button>
</form>"""
EDU_BAD: Final = EDU_FORM.replace('<p id="erreurMdp" hidden>.', '<p id="erreurMdp">Mot de passe incorrect')
VOUCHED: Final = """
<form action="{{acs}}" method="post">
  <input type="hidden" name="RelayState" value="relay-invented">
  <input type="hidden" name="SAMLResponse" value="assertion-invented">
  <noscript><input type="submit" value="Continuer"></noscript>
</form>"""


def at_educonnect(acs: str, answer: Response | None = None) -> tuple[Step, ...]:
    """What happens at EduConnect from the redirect on: its form, and its answer for *acs*, or *answer*."""
    return (
        (f"GET {EDU}{ASKED}", moved(f"{ASKED}?execution=e1s1", JSESSIONID="edu-session")),
        (f"GET {EDU}{ASKED}", page(EDU_FORM)),
        (f"POST {EDU}{ASKED}", answer or page(write(VOUCHED, acs=acs))),
    )


# -- CAS --------------------------------------------------------------------------------

CAS_FORM: Final = """
<p>Votre compte est bloqué ? <a href="/aide">De l'aide</a></p>
<form id="search"><input name="q"></form>
<form id="fm1" method="post" action="/connexion/login?service={{service}}">
  <input type="text" id="username" name="username">
  <input type="password" id="password" name="password">
  <input type="checkbox" name="rememberMe" value="true">
  <input type="hidden" name="lt" value="LT-invented">
  <input type="hidden" name="execution" value="e1s1-invented">
  <input type="hidden" name="_eventId" value="submit">
  <input type="hidden" name="geolocation" value="">
  <input type="submit" name="submit" value="Entrer">
</form>"""
CAS_FORM_BAD: Final = '<div id="loginErrorsPanel"><p>Identifiants invalides</p></div>' + CAS_FORM
CAS_DONE: Final = '<h2>Vous êtes connecté</h2><span id="principalId">personne</span>'
CAS_STOP: Final = '<div class="banner banner-danger"><p>Accès refusé</p></div>'
CAS_TILES: Final = """
<div id="cas-profile-tiles">
  <div><form method="post" action="/cas/login?service={{service}}">
    <input type="hidden" name="execution" value="e2s1-invented">
    <input type="hidden" name="_eventId" value="select">
    <input type="hidden" name="key" value="key-1"><button type="submit">{{first}}</button></form></div>
  <div><form method="post" action="/cas/login?service={{service}}">
    <input type="hidden" name="execution" value="e2s1-invented">
    <input type="hidden" name="_eventId" value="select">
    <input type="hidden" name="key" value="key-2"><button type="submit">{{second}}</button></form></div>
</div>"""

# -- Keycloak -----------------------------------------------------------------------------

KEYCLOAK: Final = """
<form id="kc-form-login" method="post" action="{{action}}">
  <input id="username" name="username" type="text">
  <input id="password" name="password" type="password">
  <input type="hidden" name="credentialId" value="">
  <input id="kc-login" name="login" type="submit" value="Entrer">
</form>"""
KEYCLOAK_BAD: Final = KEYCLOAK.replace('name="username"', 'name="username" value="" aria-invalid="true"')
KEYCLOAK_EXPIRED: Final = '<h1>La page a expiré</h1><a id="loginRestartLink" href="/recommencer">Ici</a>'
CODE_FORM: Final = """
<form id="kc-otp-login-form" method="post" action="{{action}}">
  <input id="{{field}}" name="{{field}}" type="text"><input name="login" type="submit" value="Valider">
</form>"""

# -- one portal each ------------------------------------------------------------------------

LACLASSE: Final = """
<form method="post" action="/sso/login">
  <input type="hidden" name="service" value="{{service}}">
  <input type="hidden" name="state" value="state-invented">
  <input type="text" name="username">
  <input type="password" name="password">
</form>
<a href="/aide">Aide</a> <a href="/sso/educonnect?service={{service}}">EduConnect</a>"""
LACLASSE_BAD: Final = '<p class="error">Identifiants incorrects</p>' + LACLASSE
TOUTATICE: Final = """
<form class="eduouprofils" method="post" action="Ctrl">
  <input type="hidden" name="entityID" value="https://www.toutatice.fr/sp-invented">
  <input type="hidden" name="return" value="https://www.toutatice.fr/retour-invented">
  <input type="hidden" name="_saml_idp" value="{{idp}}">
</form>"""
DISCOVERY: Final = """
<form action="WAYF" method="get">
  <input type="hidden" name="entityID" value="https://cas3.example.test/shibboleth">
  <input type="hidden" name="return" value="https://cas3.example.test/Shibboleth.sso/Login?SAMLDS=1">
  <input type="hidden" name="returnIDParam" value="entityID">
  <input type="hidden" name="action" value="selection">
  <select name="origin"><option value="https://autre.example.test/idp">Autre</option></select>
  <input type="submit" id="valider" value="Valider">
</form>"""
SIMPLE: Final = """
<form action="/chercher"><input name="mots"></form>
<form method="post" action="">
  <input type="text" name="username"><input type="password" name="password">
  <input type="hidden" name="suite" value="suite-invented">
</form>"""
XML: Final = (
    '<?xml version="1.0"?><reponse><conversation>e1s2</conversation>'
    "<uidInSession>uid-invented</uidInSession></reponse>"
)


def xml(text: str) -> Response:
    """An answer in XML."""
    return Response(200, (("content-type", "text/xml"),), body=text.encode())

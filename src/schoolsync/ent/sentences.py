"""What pages say, as far as a sentence is a sign: one list a meaning, in French and in English.

Everything is written small and without accents, as `says` reads a page. Portals and EduConnect are not held
to the same strictness, on purpose. A page of a portal may be the first page of somebody who is signed in,
with news and a menu on it: only whole statements count there. A page of EduConnect after its log-in form is
about nothing else: parts of a sentence, `…_NAMED`, count there too.

Sentences of one make of portal only stand with its family.

Wire:
    docs/protocol/portals.md#families, #educonnect
Evidence:
    `NOT_SERVED` and `STALE` are read, or those of CAS and Shibboleth in general (inferred); `DISTURBED` is
    read; `EXPIRED` is Keycloak's own (inferred). guess: all others. Nobody has kept such a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from schoolsync.flow.forms import Page

__all__ = [
    "ACTIVATION",
    "ACTIVATION_NAMED",
    "CODE",
    "CODE_NAMED",
    "DISTURBED",
    "DOWN",
    "EXPIRED",
    "NEW_PASSWORD",
    "NEW_PASSWORD_NAMED",
    "NOT_SERVED",
    "STALE",
    "TERMS",
    "UNLINKED",
    "is_locked",
    "says",
]

# -- the account --------------------------------------------------------------------------

LOCKED: Final = (
    *("compte est bloque", "compte bloque", "compte a ete bloque", "temporairement bloque"),
    *("compte est verrouille", "compte verrouille", "compte a ete verrouille"),
    *("compte est desactive", "compte desactive", "compte a ete desactive", "compte est suspendu"),
    *("account is locked", "account locked", "account has been locked"),
    *("account is disabled", "account has been disabled", "account disabled"),
    *("trop de tentatives", "trop d'essais", "too many attempts", "too many failed"),
)
SUPPOSED: Final = re.compile(
    r"\b(?:si|if|en cas de|in case)(?: \S+){{0,2}} (?:{0})|(?:{0})[^.!?]{{0,30}}\?".format("|".join(LOCKED))
)
"""Help for those whose account may be locked, which stands on many a form: "locked out?", "if you are …"."""
UNLINKED: Final = (
    *("aucun compte ne correspond", "aucun compte n'est", "aucun compte n'a ete", "aucun compte associe"),
    *("rattache a aucun", "compte inconnu", "compte n'est pas reconnu", "compte n'est pas rattache"),
    *("compte educonnect n'est pas", "utilisateur inconnu", "utilisateur non trouve"),
    *("unknown account", "user not found", "no account matches", "no account is linked", "no account found"),
)
"""A portal does not know the account that EduConnect vouched for. Many a page has an "aucun compte rendu"."""

# -- what must be done first --------------------------------------------------------------

NEW_PASSWORD: Final = (
    *("vous devez changer le mot de passe", "vous devez changer votre mot de passe"),
    *("vous devez changer de mot de passe", "vous devez modifier votre mot de passe"),
    *("mot de passe doit etre change", "mot de passe doit etre modifie", "mot de passe doit etre renouvele"),
    *("mot de passe a expire", "mot de passe est expire", "definir un nouveau mot de passe"),
    *("must change your password", "password has expired", "password must be changed"),
)
NEW_PASSWORD_NAMED: Final = (
    *NEW_PASSWORD,
    *("changer le mot de passe", "changer votre mot de passe", "changer de mot de passe"),
    *("modifier votre mot de passe", "nouveau mot de passe"),
    *("change your password", "new password"),
)
ACTIVATION: Final = (
    *("vous devez activer votre compte", "compte doit etre active"),
    *("account must be activated", "account is not activated"),
)
ACTIVATION_NAMED: Final = (
    *ACTIVATION,
    *("activer votre compte", "activation de votre compte", "activate your account"),
)
TERMS: Final = (
    *("accepter les conditions", "acceptez les conditions", "accepter la charte", "accepter le reglement"),
    *("accept the terms", "accept the conditions"),
)
CODE: Final = (
    *("code de verification", "code a usage unique", "code de securite", "authentification forte"),
    *("double authentification", "deuxieme facteur", "verification code", "one-time code", "security code"),
    *("two-factor", "strong authentication"),
)
"""A second factor."""
CODE_NAMED: Final = (*CODE, "code recu")

# -- the server ---------------------------------------------------------------------------

NOT_SERVED: Final = (
    *("not allowed to use cas", "not authorized to use cas", "application not authorized"),
    *("non autorise a utiliser cas", "non autorisee a utiliser cas", "pas autorisee a utiliser cas"),
    *("service non autorise", "service n'est pas autorise", "application non autorisee"),
    *("application n'est pas autorisee", "service not authorized"),
)
"""The school is none that the portal gives tickets for."""
DOWN: Final = (
    *("difficultes techniques", "technical difficulties", "en maintenance", "under maintenance"),
    *("temporairement indisponible", "momentanement indisponible"),
)
DISTURBED: Final = (*DOWN, "acces perturbe", "service perturbe", "perturbations")
"""EduConnect's words for it. On a portal they may be about trains."""
EXPIRED: Final = (
    *("page a expire", "session a expire", "session est expiree", "connexion a expire"),
    *("page has expired", "session has expired", "login attempt timed out"),
)
STALE: Final = (*EXPIRED, "unable to process", "stale request", "impossible de traiter", "requete perimee")
"""EduConnect's words for it, and for a request that it does not understand."""


# -- reading ------------------------------------------------------------------------------


def says(page: Page, sentences: Sequence[str]) -> bool:
    """Whether one of *sentences*, written small and without accents, stands on *page*."""
    words = _words(page)
    return any(sentence in words for sentence in sentences)


def is_locked(page: Page, within: str = "") -> bool:
    """Whether *page* says that the account is locked, and does not only suppose it.

    Args:
        page: The page.
        within: The only element to look in, if it has anything to say.
    """
    words = SUPPOSED.sub(" ", _words(page, within))
    return any(sentence in words for sentence in LOCKED)


def _words(page: Page, within: str = "") -> str:
    """What *page* says, small and without accents."""
    said = page.text(within).replace("’", "'").casefold() if within else ""
    letters = unicodedata.normalize("NFD", said or page.words)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

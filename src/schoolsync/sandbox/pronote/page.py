"""The pages: where a session begins, and what stands there instead when none can.

No page that works may contain the two letters `I` and `P` side by side, and no
value of its `Start` a comma or a colon: a well-known client could not read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.pronote.crypto import PUBLIC_EXPONENT, PUBLIC_MODULUS
from schoolsync.sandbox.pronote.generations import Generation

if TYPE_CHECKING:
    from schoolsync.sandbox.pronote.sessions import Session

__all__ = [
    "INCOMPATIBLE",
    "MISSING",
    "SENTENCES",
    "SPACES",
    "Condition",
    "Space",
    "app_information",
    "html",
    "missing",
    "notice",
    "space_called",
    "space_numbered",
    "start_page",
    "start_values",
]

Condition: TypeAlias = Literal["open", "closed", "busy", "suspended"]
"""What the whole site is."""

BY_PORTAL = 3
"""How somebody whom a portal vouches for comes in. Evidence: read."""
GESTION = "gestion de vie scolaire, notes, absences"


@attrs.frozen
class Space:
    """One page, for one kind of user."""

    number: int
    """What the protocol calls it."""
    page: str
    """Name of its page."""
    kind: str | None
    """Whose it is; `None`: nobody signs in there."""
    label: str = ""
    """What people call it."""
    is_mobile: bool = False
    """Whether it is made for telephones."""


SPACES = (
    Space(0, "", None),
    Space(1, "professeur.html", "teacher", "Espace Professeurs"),
    Space(2, "parent.html", "parent", "Espace Parents"),
    Space(3, "eleve.html", "student", "Espace Élèves"),
    Space(9, "mobile.html", None, is_mobile=True),
    Space(8, "mobile.professeur.html", "teacher", "Espace Professeurs", is_mobile=True),
    Space(7, "mobile.parent.html", "parent", "Espace Parents", is_mobile=True),
    Space(6, "mobile.eleve.html", "student", "Espace Élèves", is_mobile=True),
)
"""The spaces that the college has opened."""


def space_called(page: str) -> Space | None:
    """The space whose page is called so, in any case."""
    return next((space for space in SPACES if space.page == page.lower()), None)


def space_numbered(number: int) -> Space:
    """The space with that number.

    Raises:
        KeyError: There is none.
    """
    return {space.number: space for space in SPACES}[number]


def html(markup: str, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """A page."""
    return Response(status, (("content-type", "text/html; charset=utf-8"), *headers), body=markup.encode())


# -- pages that begin a session -----------------------------------------------------


def start_page(
    generation: Generation,
    session: Session,
    *,
    encrypts: bool,
    compresses: bool,
    is_demo: bool,
    path: str,
) -> Response:
    """The page from which *session* begins."""
    space = space_numbered(session.space)
    given = start_values(generation, session, encrypts=encrypts, compresses=compresses, is_demo=is_demo)
    call = f"Start ({_written(given, generation)})"
    if generation.has_script_page:
        script = (
            f'<script>window.addEventListener("load", () => '
            f"{{try{{{call};}} catch (e) {{IE.sendLogFailStart ({session.number}, e)}}}});</script>"
        )
        body = f'<body id="id_body" class="EspaceIndex">{_footer(generation)}</body>'
    else:
        script = ""
        onload = f"try {{ {call} }} catch (e) {{ messageErreur (e) }}"
        body = f'<body id="id_body" onload="{onload}" class="EspaceIndex">{_footer(generation)}</body>'
    head = f'<head><meta charset="utf-8"><title>PRONOTE - {space.label}</title>{script}</head>'
    keeps = ("set-cookie", f"pronote_noeud={session.cookie}; Path={path}; HttpOnly; SameSite=Lax")
    return html(f'<!DOCTYPE html><html lang="fr">{head}{body}</html>', headers=(keeps,))


def start_values(
    generation: Generation, session: Session, *, encrypts: bool, compresses: bool, is_demo: bool = False
) -> dict[str, str | int | bool]:
    """What the page tells the client; a flag that is not set is not there."""
    number, arrived = session.number, session.arrived
    given: dict[str, str | int | bool] = {"h": number if generation.has_script_page else str(number)}
    if session.space:
        given["a"] = session.space
    if is_demo:
        given["d"] = True
    if arrived:
        given |= {"e": arrived.handle, "f": arrived.secret, "g": BY_PORTAL}
    if generation.sends_rsa_key:
        given |= {"MR": f"{PUBLIC_MODULUS:X}", "ER": f"{PUBLIC_EXPONENT:X}"}
    if generation.says_what_it_skips:
        flags = {"sCrA": not encrypts, "sCoA": not compresses}
    else:
        flags = {"CrA": encrypts, "CoA": compresses}
    return given | {name: True for name, is_set in flags.items() if is_set}


def _written(given: Mapping[str, str | int | bool], generation: Generation) -> str:
    """As strict JSON, or as it can stand in an attribute: bare keys and single quotes."""
    if generation.has_script_page:
        return json.dumps(given, separators=(",", ":"))
    pieces = (f"{name}:{_bare(value)}" for name, value in given.items())
    return f"{{{','.join(pieces)}}}"


def _bare(value: str | float) -> str:
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def _footer(generation: Generation) -> str:
    year, *rest = generation.version
    dashed = f"{year} - {'.'.join(map(str, rest))}"
    shown = dashed if generation.sends_rsa_key else generation.label
    return f'<a href="https://editeur.example.test/" style="display:none">PRONOTE {shown} {GESTION}</a>'


# -- pages that stand in the way -------------------------------------------------------

SUSPENDED = "Votre adresse IP est provisoirement suspendue"
UNAVAILABLE = "Le site n'est pas disponible"
BUSY = "Le site est momentanément indisponible"
MISSING = "La page demandée n'existe pas"
INCOMPATIBLE = "Votre navigateur n'est pas compatible"

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "suspended": (SUSPENDED, UNAVAILABLE),
    "closed": (UNAVAILABLE,),
    "busy": (BUSY,),
}


def notice(*sentences: str, status: int = 200) -> Response:
    """A page that says only *sentences*."""
    said = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return html(
        f"<!DOCTYPE html><html><head><title>PRONOTE</title></head><body>{said}</body></html>", status=status
    )


def missing() -> Response:
    """The page for what is not there."""
    return notice(MISSING, status=404)


# -- what the mobile app asks first ------------------------------------------------------


def app_information(
    generation: Generation, school: str, now: str, portal: str | None, token: str
) -> dict[str, object]:
    """What `InfoMobileApp.json` holds.

    Args:
        generation: How the server talks; older ones do not number their spaces.
        school: Name of the school.
        now: The present, in UTC.
        portal: Where the school's own log-in page is, if it has one.
        token: What the app is to bring with it to the page, once, if there is a portal.
    """
    spaces = [
        {"nom": space.label, "URL": space.page}
        | ({"genreEspace": space.number} if generation.has_new_names else {})
        for space in SPACES
        if space.is_mobile and space.kind
    ]
    cas: dict[str, object] = {"actif": False, "casURL": ""}
    if portal:
        cas = {"actif": True, "casURL": portal, "jetonCAS": token}
    return {
        "modeModif": False,
        "version": [*generation.version],
        "date": now,
        "espaces": spaces,
        "CAS": cas,
        "nomEtab": school,
    }

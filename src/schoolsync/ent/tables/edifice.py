"""Portals of Edifice (OpenENT, Neo) whose families come with EduConnect."""

from __future__ import annotations

import datetime as dt
from typing import Final

from schoolsync.ent.families import OpenEntEduConnect
from schoolsync.ent.portal import Portal, Profile

__all__ = ["ROWS"]

_LYCEE_CONNECTE: Final = OpenEntEduConnect(host="mon.lyceeconnecte.fr")
_LYCEE_CONNECTE_FRONTS: Final = ("jeunes.nouvelle-aquitaine.fr", "lyceeconnecte.fr", "auth.lyceeconnecte.fr")
_LYCEE_CONNECTE_SEEN: Final = (
    "Users of pronotepy signed in this way (pronotepy#254 and #276, 2023). That EduConnect itself must be"
    " told whom to answer is what they did; whether the portal can begin was not tried."
)
_NORMANDIE: Final = OpenEntEduConnect(host="ent.l-educdenormandie.fr")
_NORMANDIE_FRONTS: Final = ("connexion.l-educdenormandie.fr",)
_NORMANDIE_SEEN: Final = (
    "Edifice's own sign-in page of October 2026 names this way, and pronotepy the same (pronotepy#67)."
)
_HDF: Final = OpenEntEduConnect(host="enthdf.fr", authn=True)
_HDF_FRONTS: Final = ("connexion.enthdf.fr", "www.enthdf.fr")
_HDF_SEEN: Final = (
    "Edifice's own sign-in page of 2026 names this way; a user wrote down all of its redirects"
    " (pronotepy#297, May 2024)."
)
_PAGE: Final = "Edifice's own sign-in page of 2026 names this way; no report of a user."
_LISTED: Final = (
    "Listed on Edifice's own sign-in page of 2026 without its details. Guess: it comes in as most of its kind"
    " do, told to EduConnect by its own address."
)

ROWS: Final = (
    # -- Nouvelle-Aquitaine --
    Portal(
        name="lyceeconnecte",
        title="Lycée connecté",
        region="Nouvelle-Aquitaine",
        family=_LYCEE_CONNECTE,
        aliases=("lyceeconnecte_edu",),
        fronts=_LYCEE_CONNECTE_FRONTS,
        evidence=_LYCEE_CONNECTE_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-bordeaux",
        title="Lycée connecté, académie de Bordeaux",
        region="Nouvelle-Aquitaine",
        family=_LYCEE_CONNECTE,
        fronts=_LYCEE_CONNECTE_FRONTS,
        evidence=_LYCEE_CONNECTE_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-limoges",
        title="Lycée connecté, académie de Limoges",
        region="Nouvelle-Aquitaine",
        family=_LYCEE_CONNECTE,
        fronts=_LYCEE_CONNECTE_FRONTS,
        evidence=_LYCEE_CONNECTE_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-poitiers",
        title="Lycée connecté, académie de Poitiers",
        region="Nouvelle-Aquitaine",
        family=_LYCEE_CONNECTE,
        fronts=_LYCEE_CONNECTE_FRONTS,
        evidence=_LYCEE_CONNECTE_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="charente",
        title="Mon ENT 16 (Charente)",
        region="Nouvelle-Aquitaine",
        family=OpenEntEduConnect(host="mon-ent16.lacharente.fr"),
        evidence=(
            "Edifice's application for phones lists the host without its details. Guess: it comes in as"
            " most of its kind do, told to EduConnect by its own address."
        ),
        seen=dt.date(2026, 1, 1),
    ),
    # -- Normandie --
    Portal(
        name="normandie",
        title="L'Educ de Normandie",
        region="Normandie",
        family=_NORMANDIE,
        aliases=("l_normandie",),
        fronts=_NORMANDIE_FRONTS,
        evidence=_NORMANDIE_SEEN,
        seen=dt.date(2026, 10, 1),
    ),
    Portal(
        name="ac-caen",
        title="L'Educ de Normandie, académie de Caen",
        region="Normandie",
        family=_NORMANDIE,
        fronts=_NORMANDIE_FRONTS,
        evidence=_NORMANDIE_SEEN,
        seen=dt.date(2026, 10, 1),
    ),
    Portal(
        name="ac-rouen",
        title="L'Educ de Normandie, académie de Rouen",
        region="Normandie",
        family=_NORMANDIE,
        fronts=_NORMANDIE_FRONTS,
        evidence=_NORMANDIE_SEEN,
        seen=dt.date(2026, 10, 1),
    ),
    # -- Hauts-de-France --
    Portal(
        name="hdf",
        title="ENT Hauts-de-France",
        region="Hauts-de-France",
        family=_HDF,
        aliases=("ent_hdf",),
        fronts=_HDF_FRONTS,
        evidence=_HDF_SEEN,
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="ac-lille",
        title="ENT Hauts-de-France, Pas-de-Calais",
        region="Hauts-de-France",
        family=_HDF,
        fronts=_HDF_FRONTS,
        evidence=f"{_HDF_SEEN} Pas-de-Calais is among its partners there.",
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="ac-lille2",
        title="ENT Hauts-de-France, académie de Lille",
        region="Hauts-de-France",
        family=_HDF,
        fronts=_HDF_FRONTS,
        evidence=_HDF_SEEN,
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="somme",
        title="ENT Hauts-de-France, Somme",
        region="Hauts-de-France",
        family=_HDF,
        aliases=("ent_somme",),
        fronts=(*_HDF_FRONTS, "college.entsomme.fr"),
        evidence=(
            f"{_HDF_SEEN} The Somme is among its partners there; pronotepy takes both for one."
            " Guess: the department's former host leads there."
        ),
        seen=dt.date(2026, 6, 1),
    ),
    # -- Île-de-France --
    Portal(
        name="moncollege-essonne",
        title="Mon collège Essonne",
        region="Île-de-France",
        family=OpenEntEduConnect(host="www.moncollege-ent.essonne.fr", authn=True),
        evidence="Edifice's own sign-in page of October 2026 sends pupils and parents this way.",
        seen=dt.date(2026, 10, 1),
    ),
    Portal(
        name="seine-et-marne-educonnect",
        title="ENT 77 (Seine-et-Marne), EduConnect",
        region="Île-de-France",
        family=OpenEntEduConnect(host="ent77.seine-et-marne.fr", authn=True),
        fronts=("ent.seine-et-marne.fr",),
        evidence=(
            "Two browser clients of 2026 follow the portal's own links to EduConnect."
            " Guess: the second host, which they name, leads to the same portal."
        ),
        seen=dt.date(2026, 1, 1),
    ),
    Portal(
        name="ent94",
        title="ENT 94 (Val-de-Marne)",
        region="Île-de-France",
        family=OpenEntEduConnect(
            host="ent94.opendigitaleducation.com", provider_id="urn:fi:ent:prod-cd94-edu:1.0"
        ),
        aliases=("ent_94",),
        evidence="pronotepy gained it in January 2023; how it stands to val-de-marne is not known.",
        seen=dt.date(2023, 1, 1),
    ),
    # -- Provence-Alpes-Côte d'Azur, Corse --
    Portal(
        name="var",
        title="Mon collège (Var)",
        region="Provence-Alpes-Côte d'Azur",
        family=OpenEntEduConnect(host="moncollege-ent.var.fr", provider_id="urn:fi:ent:prod-cd83-edu:1.0"),
        aliases=("ent_var",),
        evidence=(
            "Edifice's own sign-in page of October 2026 names the same way as pronotepy (pronotepy#151)."
        ),
        seen=dt.date(2026, 10, 1),
    ),
    Portal(
        name="bouches-du-rhone",
        title="Edu'Provence (Bouches-du-Rhône)",
        region="Provence-Alpes-Côte d'Azur",
        family=OpenEntEduConnect(host="www.eduprovence.fr", provider_id="urn:fi:ent:prod-cd13-edu:1.0"),
        evidence=_PAGE,
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="vaucluse",
        title="Au collège 84 (Vaucluse)",
        region="Provence-Alpes-Côte d'Azur",
        family=OpenEntEduConnect(host="www.aucollege84.vaucluse.fr", authn=True),
        evidence=_PAGE,
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="alpes-de-haute-provence",
        title="ENT 04 (Alpes-de-Haute-Provence)",
        region="Provence-Alpes-Côte d'Azur",
        family=OpenEntEduConnect(host="ent04.fr"),
        evidence=_LISTED,
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="hautes-alpes",
        title="ENT des collèges 05 (Hautes-Alpes)",
        region="Provence-Alpes-Côte d'Azur",
        family=OpenEntEduConnect(host="ent.colleges05.fr"),
        evidence=_LISTED,
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="corse",
        title="Leia (Corse)",
        region="Corse",
        family=OpenEntEduConnect(host="ent.leia.corsica", provider_id="urn:fi:ent:prod-leia-edu:1.0"),
        aliases=("leia",),
        evidence=(
            "Edifice's own sign-in page of 2026 names this way; users of pronotepy saw the region move here"
            " (pronotepy#236). Agricultural schools come another way, which is not known well enough."
        ),
        seen=dt.date(2026, 6, 1),
    ),
    # -- Grand Est --
    Portal(
        name="moselle-educonnect",
        title="Ariane 57 (Moselle), EduConnect pour les parents",
        region="Grand Est",
        family=OpenEntEduConnect(
            host="ariane57.moselle-education.fr", provider_id="urn:fi:ent:prod-ent57-edu:1.0"
        ),
        admits=(Profile.PARENT,),
        evidence="Edifice's own sign-in page of 2026 offers this way to parents only.",
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="vosges",
        title="Panda (Vosges)",
        region="Grand Est",
        family=OpenEntEduConnect(host="panda.vosges.fr", provider_id="urn:fi:ent:prod-vosges-edu:1.0"),
        aliases=("panda",),
        evidence="Edifice's own sign-in page of 2026 names this way; the portal is for primary schools.",
        seen=dt.date(2026, 6, 1),
    ),
    # -- Pays de la Loire --
    Portal(
        name="e-primo",
        title="e-primo (académie de Nantes), EduConnect pour les parents",
        region="Pays de la Loire",
        family=OpenEntEduConnect(host="ent.e-primo.fr", authn=True),
        admits=(Profile.PARENT,),
        evidence=(
            "Edifice's own sign-in page of 2026 offers this way to parents and refuses it to pupils;"
            " the portal is for primary schools."
        ),
        seen=dt.date(2026, 6, 1),
    ),
    # -- overseas --
    Portal(
        name="guadeloupe",
        title="Karukera (Guadeloupe)",
        region="Guadeloupe",
        family=OpenEntEduConnect(host="karukera.ac-guadeloupe.fr", authn=True),
        aliases=("karukera",),
        evidence=_PAGE,
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="guyane",
        title="Wilapa (Guyane)",
        region="Guyane",
        family=OpenEntEduConnect(host="wilapa-guyane.com"),
        aliases=("wilapa",),
        evidence=(
            "Edifice's own sign-in page of 2026 names this way for collèges and lycées, and accounts of its"
            " own for primary and agricultural schools; see also hass-pronote#16."
        ),
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="martinique",
        title="Colibri (Martinique)",
        region="Martinique",
        family=OpenEntEduConnect(host="colibri.ac-martinique.fr"),
        aliases=("colibri",),
        evidence=f"{_PAGE} Agricultural schools come another way, which is not known well enough.",
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="mayotte",
        title="ENT Mayotte",
        region="Mayotte",
        family=OpenEntEduConnect(
            host="mayotte.edifice.io", provider_id="urn:fi:ent:prod-edifice-mayotte-edu:1.0"
        ),
        evidence=(
            "Edifice's own sign-in page of October 2026 names this way, and accounts of its own beside it."
        ),
        seen=dt.date(2026, 10, 1),
    ),
    Portal(
        name="polynesie",
        title="Nati (Polynésie française)",
        region="Polynésie française",
        family=OpenEntEduConnect(host="nati.pf"),
        aliases=("nati",),
        evidence=_LISTED,
        seen=dt.date(2026, 6, 1),
    ),
)
"""The rows."""

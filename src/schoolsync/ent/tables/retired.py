"""Portals that are over: known, so that whoever asks for one is told what to use instead.

Most asked for an academy's own password (ATEN, ATS), which a script of the page encrypted. Scripts of a page
are never run here, and those accounts were replaced by EduConnect between 2020 and 2023.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from schoolsync.ent.families import Retired
from schoolsync.ent.portal import Portal, State

__all__ = ["ROWS"]

_SCRIPT: Final = "the page encrypted the password in a script of its own; EduConnect replaced these accounts"
_ATEN_SEEN: Final = (
    "pronote-api ran the page's script until 2021; EduConnect replaced such accounts between 2020 and 2023"
    " (pronote-api#174, pronotepy#255)."
)
_LYCEE_CONNECTE_SEEN: Final = (
    "pronote-api ran the page's script until 2021 (pronote-api#81 and #163); users of pronotepy come with"
    " EduConnect since (pronotepy#254, 2023)."
)
_GRAND_EST_SEEN: Final = (
    "A user wrote that these accounts move to EduConnect in the whole region (pronote-api#266, April 2021)."
)

ROWS: Final = (
    # -- Kosmos in front of an academy's server --
    Portal(
        name="ac-besancon-historic",
        title="Éclat-BFC, académie de Besançon, comptes de l'académie",
        region="Bourgogne-Franche-Comté",
        family=Retired(was="kosmos_aten", host="teleservices.ac-besancon.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-besancon",
        evidence=_ATEN_SEEN,
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="ac-dijon-historic",
        title="Éclat-BFC, académie de Dijon, comptes de l'académie",
        region="Bourgogne-Franche-Comté",
        family=Retired(was="kosmos_aten", host="teleservices.ac-dijon.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-dijon",
        evidence=_ATEN_SEEN,
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="ac-lille-historic",
        title="Savoirs numériques 62 (Pas-de-Calais)",
        region="Hauts-de-France",
        family=Retired(was="kosmos_aten", host="cas.savoirsnumeriques62.fr", why=_SCRIPT),
        hosts=("teleservices.ac-lille.fr",),
        state=State.DEAD,
        successor="ac-lille",
        evidence=(
            "Edifice's own sign-in page of 2026 has the department among the regional portal's partners."
        ),
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="ac-montpellier-historic",
        title="Mon ENT Occitanie, académie de Montpellier, comptes de l'académie",
        region="Occitanie",
        family=Retired(was="kosmos_aten", host="famille.ac-montpellier.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-montpellier",
        evidence=_ATEN_SEEN,
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="ac-nancy-metz-historic",
        title="Mon Bureau Numérique, académie de Nancy-Metz, comptes de l'académie",
        region="Grand Est",
        family=Retired(was="kosmos_aten", host="teleservices.ac-nancy-metz.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-nancy-metz",
        evidence=_GRAND_EST_SEEN,
        seen=dt.date(2021, 4, 1),
    ),
    Portal(
        name="ac-reims-historic",
        title="Mon Bureau Numérique, académie de Reims, comptes de l'académie",
        region="Grand Est",
        family=Retired(was="kosmos_aten", host="services-familles.ac-reims.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-reims",
        evidence=_GRAND_EST_SEEN,
        seen=dt.date(2021, 4, 1),
    ),
    Portal(
        name="ac-strasbourg-historic",
        title="Mon Bureau Numérique, académie de Strasbourg, comptes de l'académie",
        region="Grand Est",
        family=Retired(was="kosmos_aten", host="teleservices.ac-strasbourg.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-strasbourg",
        evidence=_GRAND_EST_SEEN,
        seen=dt.date(2021, 4, 1),
    ),
    # -- discovery pages in front of an academy's server --
    Portal(
        name="ac-caen-historic",
        title="itslearning (académie de Caen)",
        region="Normandie",
        family=Retired(was="shib_wayf_aten", host="teleservices.ac-caen.fr", why=_SCRIPT),
        hosts=("fip.itslearning.com",),
        state=State.DEAD,
        successor="ac-caen",
        evidence="Users reported that the region opened a portal of its own (pronotepy#67, 2021).",
        seen=dt.date(2021, 1, 1),
    ),
    Portal(
        name="ac-nantes-historic",
        title="e-lyco (académie de Nantes), comptes de l'académie",
        region="Pays de la Loire",
        family=Retired(was="shib_wayf_aten", host="ats-idp.ac-nantes.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-nantes",
        evidence="pronote-api ran the page's script until 2021; scripts of 2023 choose EduConnect instead.",
        seen=dt.date(2023, 1, 1),
    ),
    # -- an academy's server alone --
    Portal(
        name="ac-bordeaux-historic",
        title="Lycée connecté, académie de Bordeaux, comptes de l'académie",
        region="Nouvelle-Aquitaine",
        family=Retired(was="aten_start", host="bv.ac-bordeaux.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-bordeaux",
        evidence=_LYCEE_CONNECTE_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-bordeaux2-historic",
        title="Argos (académie de Bordeaux), comptes de l'académie",
        region="Nouvelle-Aquitaine",
        family=Retired(was="aten_start", host="idp-fim-ts.ac-bordeaux.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-bordeaux2",
        evidence="pronote-api ran the page's script until 2021; Argos itself closed in 2023 (pronotepy#280).",
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-bordeaux2-argos",
        title="Argos (académie de Bordeaux), EduConnect",
        region="Nouvelle-Aquitaine",
        family=Retired(was="shib_wayf_educonnect", host="ent2d.ac-bordeaux.fr", why="the portal was closed"),
        aliases=("ent2d_bordeaux",),
        hosts=("ds.ac-bordeaux.fr",),
        state=State.DEAD,
        successor="ac-bordeaux2",
        evidence="Users came this way (pronotepy#156, 2022) and reported its end (pronotepy#280, 2023).",
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-lille2-historic",
        title="ENT Hauts-de-France, comptes des académies de Lille et d'Amiens",
        region="Hauts-de-France",
        family=Retired(was="aten_start", host="teleservices.ac-lille.fr", why=_SCRIPT),
        hosts=("teleservices.ac-amiens.fr",),
        state=State.DEAD,
        successor="ac-lille2",
        evidence="Both servers are named in pronote-api#155 (2020); families have EduConnect by now.",
        seen=dt.date(2020, 1, 1),
    ),
    Portal(
        name="ac-limoges-historic",
        title="Lycée connecté, académie de Limoges, comptes de l'académie",
        region="Nouvelle-Aquitaine",
        family=Retired(was="aten_start", host="teleservices.ac-limoges.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-limoges",
        evidence=_LYCEE_CONNECTE_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-poitiers-historic",
        title="Lycée connecté, académie de Poitiers, comptes de l'académie",
        region="Nouvelle-Aquitaine",
        family=Retired(was="aten_start", host="teleservices.ac-poitiers.fr", why=_SCRIPT),
        state=State.DEAD,
        successor="ac-poitiers",
        evidence=_LYCEE_CONNECTE_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-rouen-historic",
        title="Nero (académie de Rouen)",
        region="Normandie",
        family=Retired(was="aten_start", host="nero.l-educdenormandie.fr", why=_SCRIPT),
        hosts=("sso-ent.ac-rouen.fr",),
        state=State.DEAD,
        successor="ac-rouen",
        evidence=(
            "A user signed in (pronote-api#156, 2020); the region's portal came in its place (pronotepy#67)."
        ),
        seen=dt.date(2021, 1, 1),
    ),
    Portal(
        name="portail-famille",
        title="Portail Famille (académie d'Orléans-Tours)",
        region="Centre-Val de Loire",
        family=Retired(was="aten_start", host="seshat.ac-orleans-tours.fr:8443", why=_SCRIPT),
        aliases=("portail-famille-historic",),
        hosts=("portail-famille.ac-orleans-tours.fr",),
        state=State.DEAD,
        successor="ac-orleans-tours",
        evidence="pronote-api ran the page's script until 2021; no report of a user since.",
        seen=dt.date(2021, 4, 1),
    ),
    # -- moved, closed, or without encryption --
    Portal(
        name="ac-orleans-tours-historic",
        title="Net O'Centre (académie d'Orléans-Tours), ancienne adresse",
        region="Centre-Val de Loire",
        family=Retired(
            was="apereo_cas_educonnect", host="ent.netocentre.fr", why="the log-in moved to another host"
        ),
        state=State.DEAD,
        successor="ac-orleans-tours",
        evidence="A user reported that the former log-in page is gone (pronotepy#334, September 2025).",
        seen=dt.date(2025, 9, 3),
    ),
    Portal(
        name="extranet-colleges-somme",
        title="Extranet des collèges de la Somme",
        region="Hauts-de-France",
        family=Retired(
            was="simple_form", host="www.colleges.cg80.fr", why="it asks for the password without encryption"
        ),
        state=State.DEAD,
        successor="somme",
        evidence="pronotepy knows it over plain http only; a password is never sent that way.",
        seen=dt.date(2025, 9, 4),
    ),
    Portal(
        name="yvelines-historic",
        title="OZE Collège Yvelines",
        region="Île-de-France",
        family=Retired(was="oze", host="ozecollege.yvelines.fr", why="the department left it"),
        aliases=("ozecollege_yvelines",),
        state=State.DEAD,
        successor="yvelines",
        evidence="A user reported that the department has another portal (pronotepy#256, 2023).",
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-reunion-historic",
        title="Métice (La Réunion), avant 2022",
        region="La Réunion",
        family=Retired(
            was="apereo_cas_form",
            host="portail.college-jeandesme.re:8443",
            why="the server of one school is gone",
        ),
        state=State.DEAD,
        successor="ac-reunion",
        evidence="pronotepy replaced it by the academy's gateway in September 2022.",
        seen=dt.date(2022, 9, 1),
    ),
    Portal(
        name="corse-historic",
        title="itslearning (Corse)",
        region="Corse",
        family=Retired(was="itslearning", host="cas.itslearning.com", why="the region left it"),
        state=State.DEAD,
        successor="corse",
        evidence="Users reported the region's move to another portal (pronotepy#211 and #236, 2023).",
        seen=dt.date(2023, 1, 1),
    ),
)
"""The rows."""

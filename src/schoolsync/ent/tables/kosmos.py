"""Portals of Kosmos (Skolengo, kdecole) whose families come with EduConnect."""

from __future__ import annotations

import datetime as dt
from typing import Final

from schoolsync.ent.families import KosmosEduConnect
from schoolsync.ent.portal import Portal

__all__ = ["ROWS"]

_ECLAT: Final = KosmosEduConnect(host="cas.eclat-bfc.fr", selection="EDU")
_AUVERGNE_RHONE_ALPES: Final = KosmosEduConnect(host="cas.ent.auvergnerhonealpes.fr", selection="EDU")
_GRAND_EST: Final = KosmosEduConnect(host="cas.monbureaunumerique.fr", selection="EDU")

_ECLAT_SEEN: Final = (
    "In pronotepy and in forks of pronote-api; browser scripts name the same choice of EduConnect."
    " One school of Besançon reported a failure that nobody explained (pronotepy#218, 2023)."
)
_AUVERGNE_SEEN: Final = (
    "Users reported that EduConnect works where the local form fails (pronotepy#246, 2023), and that it works"
    " at home but not from a build server (pronotepy#327, 2025)."
)
_GRAND_EST_SEEN: Final = (
    "Academy accounts moved to EduConnect in 2021 (pronote-api#266); the portal refuses a service it does not"
    " know, solved by sending the school's own (pronotepy#318, January 2025)."
)

ROWS: Final = (
    # -- Bourgogne-Franche-Comté --
    Portal(
        name="eclat-bfc",
        title="Éclat-BFC",
        region="Bourgogne-Franche-Comté",
        family=_ECLAT,
        evidence=_ECLAT_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-besancon",
        title="Éclat-BFC, académie de Besançon",
        region="Bourgogne-Franche-Comté",
        family=_ECLAT,
        evidence=_ECLAT_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="ac-dijon",
        title="Éclat-BFC, académie de Dijon",
        region="Bourgogne-Franche-Comté",
        family=_ECLAT,
        evidence=_ECLAT_SEEN,
        seen=dt.date(2023, 1, 1),
    ),
    # -- Auvergne-Rhône-Alpes --
    Portal(
        name="auvergne-rhone-alpes",
        title="Mon ENT Auvergne-Rhône-Alpes",
        region="Auvergne-Rhône-Alpes",
        family=_AUVERGNE_RHONE_ALPES,
        aliases=("ent_auvergnerhonealpe",),
        evidence=_AUVERGNE_SEEN,
        seen=dt.date(2025, 1, 1),
    ),
    Portal(
        name="ac-clermont",
        title="Mon ENT Auvergne-Rhône-Alpes, académie de Clermont-Ferrand",
        region="Auvergne-Rhône-Alpes",
        family=_AUVERGNE_RHONE_ALPES,
        evidence=_AUVERGNE_SEEN,
        seen=dt.date(2025, 1, 1),
    ),
    Portal(
        name="ac-grenoble",
        title="Mon ENT Auvergne-Rhône-Alpes, académie de Grenoble",
        region="Auvergne-Rhône-Alpes",
        family=_AUVERGNE_RHONE_ALPES,
        evidence=_AUVERGNE_SEEN,
        seen=dt.date(2025, 1, 1),
    ),
    Portal(
        name="ac-lyon",
        title="Mon ENT Auvergne-Rhône-Alpes, académie de Lyon",
        region="Auvergne-Rhône-Alpes",
        family=_AUVERGNE_RHONE_ALPES,
        evidence=_AUVERGNE_SEEN,
        seen=dt.date(2025, 1, 1),
    ),
    Portal(
        name="cybercolleges42",
        title="Cybercollèges 42 (Loire)",
        region="Auvergne-Rhône-Alpes",
        family=KosmosEduConnect(host="cas.cybercolleges42.fr", selection="EDU_parent_eleve"),
        aliases=("cas_cybercolleges42_edu",),
        evidence="pronotepy gained this way in December 2022 and dropped the local one in September 2023.",
        seen=dt.date(2023, 9, 1),
    ),
    # -- Grand Est --
    Portal(
        name="monbureaunumerique-educonnect",
        title="Mon Bureau Numérique",
        region="Grand Est",
        family=_GRAND_EST,
        aliases=("monbureaunumerique",),
        evidence=_GRAND_EST_SEEN,
        seen=dt.date(2025, 1, 1),
    ),
    Portal(
        name="ac-nancy-metz",
        title="Mon Bureau Numérique, académie de Nancy-Metz",
        region="Grand Est",
        family=_GRAND_EST,
        evidence=_GRAND_EST_SEEN,
        seen=dt.date(2025, 1, 1),
    ),
    Portal(
        name="ac-reims",
        title="Mon Bureau Numérique, académie de Reims",
        region="Grand Est",
        family=_GRAND_EST,
        evidence=_GRAND_EST_SEEN,
        seen=dt.date(2025, 1, 1),
    ),
    Portal(
        name="ac-strasbourg",
        title="Mon Bureau Numérique, académie de Strasbourg",
        region="Grand Est",
        family=_GRAND_EST,
        evidence=_GRAND_EST_SEEN,
        seen=dt.date(2025, 1, 1),
    ),
    # -- Occitanie --
    Portal(
        name="ac-montpellier",
        title="Mon ENT Occitanie, académie de Montpellier",
        region="Occitanie",
        family=KosmosEduConnect(host="cas.mon-ent-occitanie.fr", selection="MONT-EDU_parent_eleve"),
        aliases=("occitanie_montpellier_educonnect",),
        fronts=("ent.occitanie-education.fr",),
        evidence=(
            "In pronotepy, whose users needed the service (pronotepy#164) and saw the local form fail"
            " (pronotepy#207, 2022). Guess: the newer host, seen in one list of 2026, leads to the same"
            " portal."
        ),
        seen=dt.date(2022, 1, 1),
    ),
    Portal(
        name="ac-toulouse",
        title="Mon ENT Occitanie, académie de Toulouse",
        region="Occitanie",
        family=KosmosEduConnect(host="cas.mon-ent-occitanie.fr", selection="TOULO-EDU_parent_eleve"),
        aliases=("occitanie_toulouse_edu",),
        fronts=("ent.occitanie-education.fr",),
        evidence=(
            "Two browser clients take the whole way; pronotepy dropped the local one (pronotepy#277, October"
            " 2023). Guess: the newer host, seen in one list of 2026, leads to the same portal."
        ),
        seen=dt.date(2023, 10, 1),
    ),
    Portal(
        name="haute-garonne",
        title="eCollège Haute-Garonne",
        region="Occitanie",
        family=KosmosEduConnect(host="cas.ecollege.haute-garonne.fr", selection="EDU_parent_eleve"),
        aliases=("ecollege_haute_garonne_edu",),
        evidence="Users signed in this way in the school year 2023 (hass-pronote#33, pronotepy#249).",
        seen=dt.date(2023, 9, 1),
    ),
    # -- Normandie --
    Portal(
        name="arsene76",
        title="Arsène 76 (Seine-Maritime)",
        region="Normandie",
        family=KosmosEduConnect(host="cas.arsene76.fr", selection="EDU_parent_eleve"),
        aliases=("cas_arsene76_edu",),
        evidence=(
            "pronotepy gained this way in December 2022 and announced the end of the local one for 2023."
        ),
        seen=dt.date(2022, 12, 1),
    ),
    Portal(
        name="eure-normandie",
        title="ENT 27 (Eure)",
        region="Normandie",
        family=KosmosEduConnect(host="cas.ent27.fr", selection="EDU_parent_eleve"),
        evidence=(
            "Guess: pronotepy announced the end of the local form for autumn 2023 and nobody wrote down what"
            " came after; this is what the other portals of that make did. Else try normandie."
        ),
        seen=dt.date(2023, 9, 1),
    ),
    # -- Provence-Alpes-Côte d'Azur --
    Portal(
        name="agora06",
        title="Agora 06 (Alpes-Maritimes)",
        region="Provence-Alpes-Côte d'Azur",
        family=KosmosEduConnect(host="cas.agora06.fr", selection="EDU"),
        aliases=("cas_agora06", "cas_agora06_educonnect"),
        evidence=(
            "A browser client took the whole way in the school year 2024; a user met EduConnect's page of"
            " 2026 behind it (hass-pronote#172, September 2026)."
        ),
        seen=dt.date(2026, 9, 7),
    ),
    # -- Nouvelle-Aquitaine --
    Portal(
        name="creuse",
        title="ENT Creuse",
        region="Nouvelle-Aquitaine",
        family=KosmosEduConnect(host="cas.entcreuse.fr", selection="EDU"),
        aliases=("ent_creuse_educonnect",),
        evidence=(
            "In pronotepy beside the local way since September 2023 (pronotepy#255); no report of a user."
        ),
        seen=dt.date(2023, 9, 1),
    ),
    # -- Île-de-France --
    Portal(
        name="seine-saint-denis",
        title="Webcollège Seine-Saint-Denis",
        region="Île-de-France",
        family=KosmosEduConnect(host="cas.webcollege.seinesaintdenis.fr", selection="EDU_parent_eleve"),
        aliases=("cas_seinesaintdenis_edu",),
        evidence="pronotepy replaced the local way by this one in December 2022; no report since.",
        seen=dt.date(2022, 12, 1),
    ),
    Portal(
        name="val-de-marne",
        title="Mon collège Val-de-Marne",
        region="Île-de-France",
        family=KosmosEduConnect(host="cas.moncollege.valdemarne.fr", selection="EDU_parent_eleve"),
        evidence="pronotepy gained it in October 2023; no report since.",
        seen=dt.date(2023, 10, 1),
    ),
)
"""The rows."""

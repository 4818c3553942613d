"""Every other portal that may be walked: gateways, plain CAS servers, and portals that are one of a kind."""

from __future__ import annotations

import datetime as dt
from typing import Final

from schoolsync.ent.families import (
    ApereoCasEduConnect,
    ApereoCasForm,
    HubEduConnect,
    KeycloakMonLycee,
    LaclasseEduConnect,
    LaclasseSso,
    Oze,
    SamlDiscoveryEduConnect,
    ShibWayfEduConnect,
    Toutatice,
)
from schoolsync.ent.portal import Portal, State

__all__ = ["ROWS"]

_HUB: Final = HubEduConnect()
_METICE: Final = (
    "https://sso.ac-reunion.fr/saml/discovery/?idp_ident=https://educonnect.education.gouv.fr/idp"
)

ROWS: Final = (
    # -- EduConnect without a portal --
    Portal(
        name="hubeduconnect",
        title="EduConnect sans ENT, par la passerelle de PRONOTE",
        region="France entière",
        family=_HUB,
        aliases=("prn_educonnect", "pronote_hubeduconnect"),
        evidence="Browser clients of 2026 take this way; in pronotepy under several names (pronotepy#213).",
        seen=dt.date(2026, 1, 1),
    ),
    Portal(
        name="ac-bordeaux2",
        title="EduConnect, académie de Bordeaux",
        region="Nouvelle-Aquitaine",
        family=_HUB,
        aliases=("bordeaux",),
        evidence=(
            "Users reported that Argos closed (pronotepy#280, 2023) and signed in by this gateway instead"
            " (pronotepy#296, March 2024)."
        ),
        seen=dt.date(2024, 3, 1),
    ),
    # -- CAS servers --
    Portal(
        name="ac-orleans-tours",
        title="Net O'Centre (académie d'Orléans-Tours)",
        region="Centre-Val de Loire",
        family=ApereoCasEduConnect(login_url="https://auth.recia.fr/cas/login", idp_id="parentEleveEN-IdP"),
        aliases=("netocentre",),
        hosts=("ent.netocentre.fr", "lycees.netocentre.fr"),
        evidence=(
            "The server's own published settings of 2026 name this way; a user reported that the former host"
            " stopped answering (pronotepy#334, September 2025)."
        ),
        seen=dt.date(2026, 1, 1),
    ),
    Portal(
        name="atrium-sud",
        title="Atrium (région Sud)",
        region="Provence-Alpes-Côte d'Azur",
        family=ApereoCasForm(login_url="https://www.atrium-sud.fr/connexion/login"),
        fronts=("www.atrium-paca.fr", "atrium-sud.fr"),
        evidence=(
            "A client signed in this way in October 2025; one hidden field went away in 2021 (pronote-"
            " api#264). Guess: the portal's former host still leads to it."
        ),
        seen=dt.date(2025, 10, 1),
    ),
    # -- gateways of academies --
    Portal(
        name="ac-reunion",
        title="Métice (La Réunion)",
        region="La Réunion",
        family=SamlDiscoveryEduConnect(start_url=_METICE),
        aliases=("metice",),
        evidence=(
            "pronotepy gained this way in September 2022; in 2026 Edifice's own sign-in page still leads"
            " staff to the same host. Guess: families are served as before."
        ),
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="ac-poitiers-gateway",
        title="Passerelle de l'académie de Poitiers",
        region="Nouvelle-Aquitaine",
        family=SamlDiscoveryEduConnect(start_url="https://sp-ts.ac-poitiers.fr/dispatcher/index2.php"),
        evidence="In pronotepy since 2022 (pronotepy#145); no report since.",
        seen=dt.date(2022, 1, 1),
    ),
    Portal(
        name="ac-nantes",
        title="e-lyco (académie de Nantes)",
        region="Pays de la Loire",
        family=ShibWayfEduConnect(host="cas3.e-lyco.fr", cas_path="access/login"),
        aliases=("ent_elyco", "e-lyco"),
        hosts=("cas2.e-lyco.fr",),
        evidence=(
            "Scripts of 2023 took this way; a user reported in May 2025 that it answers with an error, and"
            " named the second host (pronotepy#329). Guess: the second host works as the first did."
        ),
        seen=dt.date(2025, 5, 1),
    ),
    # -- one of a kind --
    Portal(
        name="iledefrance",
        title="MonLycée.net (Île-de-France)",
        region="Île-de-France",
        family=KeycloakMonLycee(),
        aliases=("ile_de_france", "monlycee"),
        hosts=("ent.monlycee.net", "ent.iledefrance.fr"),
        evidence=(
            "Two clients sign in this way, one of 2026, which meets a code by mail. The older way stopped in"
            " September 2024 (pronotepy#304)."
        ),
        seen=dt.date(2026, 1, 1),
    ),
    Portal(
        name="laclasse",
        title="laclasse.com (Grand Lyon)",
        region="Auvergne-Rhône-Alpes",
        family=LaclasseEduConnect(),
        aliases=("laclasse_educonnect",),
        evidence=(
            "In pronotepy until it gave up its portals in September 2025; no report of a failure."
            " Guess: what becomes of the service on the way through EduConnect."
        ),
        seen=dt.date(2025, 9, 4),
    ),
    Portal(
        name="laclasse-local",
        title="laclasse.com (Grand Lyon), comptes locaux",
        region="Auvergne-Rhône-Alpes",
        family=LaclasseSso(),
        aliases=("laclasse-historic", "laclasse_lyon"),
        evidence=(
            "In pronote-api, and in pronotepy until it gave up its portals in September 2025; no report of a"
            " failure, and other sites sign people in by the same server."
        ),
        seen=dt.date(2025, 9, 4),
    ),
    Portal(
        name="toutatice",
        title="Toutatice (académie de Rennes)",
        region="Bretagne",
        family=Toutatice(),
        aliases=("ac_rennes",),
        evidence=(
            "Users saw it move to EduConnect (pronote-api#172, 2020) and came this way with pronotepy"
            " (pronotepy#224, 2023); its middle steps were not seen since."
        ),
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="hauts-de-seine",
        title="ENC Hauts-de-Seine",
        region="Île-de-France",
        family=Oze(url="https://enc.hauts-de-seine.fr/"),
        aliases=("enc_hauts_de_seine",),
        state=State.HISTORIC,
        evidence="pronotepy switched it off in September 2023 (pronotepy#255); nobody wrote what came after.",
        seen=dt.date(2023, 9, 1),
    ),
)
"""The rows."""

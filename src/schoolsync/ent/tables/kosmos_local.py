"""Portals of Kosmos (Skolengo, kdecole) with accounts of their own: some current, most before EduConnect."""

from __future__ import annotations

import datetime as dt
from typing import Final

from schoolsync.ent.families import KosmosForm
from schoolsync.ent.portal import Portal, State

__all__ = ["ROWS"]

_AUVERGNE_SEEN: Final = (
    "pronote-api signed in this way until 2021; pronotepy dropped it in September 2023 (pronotepy#255) after"
    " users reported that it fails (pronotepy#246)."
)

ROWS: Final = (
    Portal(
        name="ac-valdoise",
        title="Mon collège Val-d'Oise",
        region="Île-de-France",
        family=KosmosForm(host="cas.moncollege.valdoise.fr", selection="eleveparent"),
        aliases=("val_doise",),
        evidence="pronotepy gained the choice of accounts in September 2022; no report of a move since.",
        seen=dt.date(2022, 9, 1),
    ),
    Portal(
        name="ac-valdoise-historic",
        title="Mon collège Val-d'Oise, avant 2022",
        region="Île-de-France",
        family=KosmosForm(host="cas.moncollege.valdoise.fr"),
        state=State.HISTORIC,
        evidence="pronote-api signed in without a choice of accounts (until 2021); pronotepy did until 2022.",
        seen=dt.date(2022, 9, 1),
    ),
    Portal(
        name="skolengo",
        title="Skolengo, établissements sans portail régional",
        region="France et étranger",
        family=KosmosForm(host="cas.kosmoseducation.com"),
        aliases=("cas_kosmos",),
        fronts=("cas.skolengo.com",),
        evidence=(
            "In pronotepy, and a scraper of a French lycée abroad posts the same form."
            " Guess: the second host, from a list of July 2023, leads to the same."
        ),
        seen=dt.date(2023, 7, 1),
    ),
    Portal(
        name="ljr-munich",
        title="Lycée Jean Renoir, Munich",
        region="Étranger",
        family=KosmosForm(host="cas.kosmoseducation.com", selection="MUNICH-SKO_parent_eleve"),
        evidence=(
            "In pronote-api (pronote-api#111, 2020); a scraper of another French lycée abroad posts the"
            " same form."
        ),
        seen=dt.date(2020, 1, 1),
    ),
    # -- before EduConnect --
    Portal(
        name="ac-clermont-historic",
        title="Mon ENT Auvergne-Rhône-Alpes, académie de Clermont-Ferrand, comptes locaux",
        region="Auvergne-Rhône-Alpes",
        family=KosmosForm(host="cas.ent.auvergnerhonealpes.fr", selection="CLERMONT-ATS_parent_eleve"),
        aliases=("ac_clermont_ferrand",),
        state=State.HISTORIC,
        evidence=_AUVERGNE_SEEN,
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="ac-grenoble-historic",
        title="Mon ENT Auvergne-Rhône-Alpes, académie de Grenoble, comptes locaux",
        region="Auvergne-Rhône-Alpes",
        family=KosmosForm(host="cas.ent.auvergnerhonealpes.fr", selection="GRE-ATS_parent_eleve"),
        state=State.HISTORIC,
        evidence=_AUVERGNE_SEEN,
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="ac-lyon-historic",
        title="Mon ENT Auvergne-Rhône-Alpes, académie de Lyon, comptes locaux",
        region="Auvergne-Rhône-Alpes",
        family=KosmosForm(host="cas.ent.auvergnerhonealpes.fr", selection="LYON-ATS_parent_eleve"),
        state=State.HISTORIC,
        evidence=_AUVERGNE_SEEN,
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="cybercolleges42-historic",
        title="Cybercollèges 42 (Loire), comptes locaux",
        region="Auvergne-Rhône-Alpes",
        family=KosmosForm(host="cas.cybercolleges42.fr", selection="ATS_parent_eleve"),
        aliases=("cas_cybercolleges42",),
        state=State.HISTORIC,
        evidence="In pronote-api until 2021; pronotepy dropped it in September 2023 (pronotepy#255).",
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="arsene76-historic",
        title="Arsène 76 (Seine-Maritime), comptes locaux",
        region="Normandie",
        family=KosmosForm(host="cas.arsene76.fr", selection="ATS_parent_eleve"),
        aliases=("cas_arsene76",),
        state=State.HISTORIC,
        evidence="Users signed in (pronote-api#156, 2020); pronotepy announced its end for autumn 2023.",
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="eure-normandie-historic",
        title="ENT 27 (Eure), comptes locaux",
        region="Normandie",
        family=KosmosForm(host="cas.ent27.fr", selection="ATS_parent_eleve"),
        aliases=("cas_ent27",),
        state=State.HISTORIC,
        evidence="In pronote-api (pronote-api#114, 2020); pronotepy announced its end for autumn 2023.",
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="ac-toulouse-historic",
        title="Mon ENT Occitanie, académie de Toulouse, comptes locaux",
        region="Occitanie",
        family=KosmosForm(host="cas.mon-ent-occitanie.fr", selection="TOULO-ENT_parent_eleve"),
        aliases=("occitanie_toulouse",),
        state=State.HISTORIC,
        evidence="In pronote-api until 2021; pronotepy dropped it in October 2023 (pronotepy#277).",
        seen=dt.date(2023, 10, 1),
    ),
    Portal(
        name="ac-montpellier-local",
        title="Mon ENT Occitanie, académie de Montpellier, comptes locaux et agricoles",
        region="Occitanie",
        family=KosmosForm(host="cas.mon-ent-occitanie.fr", selection="CSES-ENT_parent_eleve"),
        aliases=("occitanie_montpellier",),
        state=State.HISTORIC,
        evidence="In pronotepy; a user reported that the form fails (pronotepy#207, 2022).",
        seen=dt.date(2022, 1, 1),
    ),
    Portal(
        name="haute-garonne-historic",
        title="eCollège Haute-Garonne, comptes locaux",
        region="Occitanie",
        family=KosmosForm(host="cas.ecollege.haute-garonne.fr", selection="ATS_parent_eleve"),
        aliases=("ecollege_haute_garonne",),
        state=State.HISTORIC,
        evidence=(
            "In pronote-api until 2021; dropped by pronotepy when its users moved to EduConnect in 2023."
        ),
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="agora06-historic",
        title="Agora 06 (Alpes-Maritimes), comptes locaux",
        region="Provence-Alpes-Côte d'Azur",
        family=KosmosForm(host="cas.agora06.fr"),
        state=State.HISTORIC,
        evidence=(
            "In pronote-api (pronote-api#282, 2021). In 2022 pronotepy chose ATS-NICE here, before it moved"
            " to EduConnect."
        ),
        seen=dt.date(2022, 1, 1),
    ),
    Portal(
        name="creuse-historic",
        title="ENT Creuse, comptes locaux",
        region="Nouvelle-Aquitaine",
        family=KosmosForm(host="cas.entcreuse.fr", selection="ATS_parent_eleve"),
        aliases=("ent_creuse",),
        state=State.HISTORIC,
        evidence="In pronotepy, which put EduConnect beside it in September 2023 (pronotepy#255).",
        seen=dt.date(2023, 9, 1),
    ),
    Portal(
        name="seine-saint-denis-historic",
        title="Webcollège Seine-Saint-Denis, comptes locaux",
        region="Île-de-France",
        family=KosmosForm(host="cas.webcollege.seinesaintdenis.fr", selection="ATS_parent_eleve"),
        aliases=("cas_seinesaintdenis",),
        state=State.HISTORIC,
        evidence="pronotepy dropped it in December 2022 for EduConnect.",
        seen=dt.date(2022, 12, 1),
    ),
)
"""The rows."""

"""Portals of Edifice (OpenENT, Neo) with accounts of their own: some current, most before EduConnect."""

from __future__ import annotations

import datetime as dt
from typing import Final

from schoolsync.ent.families import OpenEntLocal
from schoolsync.ent.portal import Portal, State

__all__ = ["ROWS"]

ROWS: Final = (
    Portal(
        name="seine-et-marne",
        title="ENT 77 (Seine-et-Marne)",
        region="Île-de-France",
        family=OpenEntLocal(host="ent77.seine-et-marne.fr"),
        aliases=("ent77",),
        fronts=("ent.seine-et-marne.fr",),
        evidence=(
            "A user wrote down its redirects (pronotepy#103, 2022) and two browser clients of 2026 show the"
            " same. Guess: the second host, which they name, leads to the same portal."
        ),
        seen=dt.date(2026, 1, 1),
    ),
    Portal(
        name="parisclassenumerique",
        title="Paris Classe Numérique",
        region="Île-de-France",
        family=OpenEntLocal(host="ent.parisclassenumerique.fr"),
        aliases=("paris_classe_numerique",),
        evidence=(
            "In pronote-api (pronote-api#135), and in pronotepy until it gave up its portals in September"
            " 2025; no report of a move. Guess: where the form refuses, the portal has moved to EduConnect."
        ),
        seen=dt.date(2025, 9, 4),
    ),
    Portal(
        name="yvelines",
        title="eCollège 78 (Yvelines)",
        region="Île-de-France",
        family=OpenEntLocal(host="ent.ecollege78.fr"),
        aliases=("ent_ecollege78",),
        evidence="A user of pronotepy signed in when the department had left Oze (pronotepy#256, 2023).",
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="mayotte-local",
        title="ENT Mayotte, comptes locaux",
        region="Mayotte",
        family=OpenEntLocal(host="mayotte.edifice.io"),
        evidence="Edifice's own sign-in page of October 2026 offers accounts of its own beside EduConnect.",
        seen=dt.date(2026, 10, 1),
    ),
    Portal(
        name="moselle",
        title="Ariane 57 (Moselle)",
        region="Grand Est",
        family=OpenEntLocal(host="ariane57.moselle-education.fr"),
        aliases=("ariane57",),
        evidence="Edifice's own sign-in page of 2026 sends pupils this way, and parents if they wish.",
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="e-primo-local",
        title="e-primo (académie de Nantes), comptes locaux",
        region="Pays de la Loire",
        family=OpenEntLocal(host="ent.e-primo.fr"),
        evidence=(
            "Edifice's own sign-in page of 2026 sends pupils this way; the portal is for primary schools."
        ),
        seen=dt.date(2026, 6, 1),
    ),
    # -- before EduConnect --
    Portal(
        name="hdf-historic",
        title="ENT Hauts-de-France, comptes locaux",
        region="Hauts-de-France",
        family=OpenEntLocal(host="enthdf.fr"),
        fronts=("connexion.enthdf.fr", "www.enthdf.fr"),
        state=State.HISTORIC,
        evidence=(
            "A user reported that families have no such account any more (pronotepy#223, 2022); Edifice's own"
            " sign-in page of 2026 keeps it for primary and agricultural schools."
        ),
        seen=dt.date(2026, 6, 1),
    ),
    Portal(
        name="somme-historic",
        title="ENT Somme, comptes locaux",
        region="Hauts-de-France",
        family=OpenEntLocal(host="college.entsomme.fr"),
        state=State.HISTORIC,
        evidence="In pronote-api until 2021; pronotepy leads to the portal of the region instead.",
        seen=dt.date(2021, 4, 1),
    ),
    Portal(
        name="lyceeconnecte-historic",
        title="Lycée connecté, comptes locaux",
        region="Nouvelle-Aquitaine",
        family=OpenEntLocal(host="mon.lyceeconnecte.fr"),
        aliases=("lyceeconnecte_aquitaine",),
        fronts=("jeunes.nouvelle-aquitaine.fr", "lyceeconnecte.fr", "auth.lyceeconnecte.fr"),
        state=State.HISTORIC,
        evidence="Staff have such accounts (pronotepy#276, 2023); pupils have none (ynotes#24, 2021).",
        seen=dt.date(2023, 1, 1),
    ),
    Portal(
        name="iledefrance-historic",
        title="MonLycée.net (Île-de-France), avant 2024",
        region="Île-de-France",
        family=OpenEntLocal(host="ent.iledefrance.fr"),
        state=State.HISTORIC,
        evidence="Users signed in until 2023 (pronotepy#282); it stopped in September 2024 (pronotepy#304).",
        seen=dt.date(2024, 9, 1),
    ),
    Portal(
        name="moncollege-essonne-historic",
        title="Mon collège Essonne, comptes locaux",
        region="Île-de-France",
        family=OpenEntLocal(host="www.moncollege-ent.essonne.fr"),
        aliases=("ent_essonne",),
        state=State.HISTORIC,
        evidence=(
            "Users signed in (pronotepy#60 and #88, 2022); Edifice's own sign-in page of October 2026 keeps"
            " it for those who are neither pupils nor parents."
        ),
        seen=dt.date(2026, 10, 1),
    ),
    Portal(
        name="mayotte-historic",
        title="ENT Mayotte, ancienne adresse",
        region="Mayotte",
        family=OpenEntLocal(host="mayotte.opendigitaleducation.com"),
        aliases=("ent_mayotte",),
        state=State.HISTORIC,
        evidence=(
            "In pronotepy until it gave up its portals in September 2025; Edifice's own sign-in page of"
            " October 2026 names another host."
        ),
        seen=dt.date(2025, 9, 4),
    ),
    Portal(
        name="guadeloupe-historic",
        title="NéoConnect (Guadeloupe), ancienne adresse",
        region="Guadeloupe",
        family=OpenEntLocal(host="neoconnect.opendigitaleducation.com"),
        aliases=("neoconnect_guadeloupe",),
        state=State.HISTORIC,
        evidence=(
            "In pronotepy until it gave up its portals in September 2025. Guess: the host of 2026 for the"
            " same islands has replaced it."
        ),
        seen=dt.date(2025, 9, 4),
    ),
)
"""The rows."""

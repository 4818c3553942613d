"""Which hosts there are in a town, and what each one shows.

The hosts, codes and names are those of the real portals, as far as they are publicly known; which party
shows them is decided by `town.FAKES`. A host that is missing here does not exist in the sandbox.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

__all__ = ["PLACES", "Place"]


@attrs.frozen
class Place:
    """What one host shows."""

    family: str
    """Which make of portal, or which other party."""
    settings: Mapping[str, object] = attrs.field(factory=dict)
    """What is set for this one: fields of its fake."""
    also: tuple[str, ...] = ()
    """Other hosts that the same fake answers for."""


def _kosmos(
    *, educonnect: str = "", form: str = "", default: str | None = None, also: tuple[str, ...] = ()
) -> Place:
    """A CAS of Kosmos, with the sources of accounts that its chooser offers, in order.

    Args:
        educonnect: Codes of those that lead to EduConnect.
        form: Codes of those that it asks itself.
        default: The source of somebody who does not say; without it they are shown the chooser, if there
            is a choice.
        also: Its other hosts.
    """
    ways = dict.fromkeys(educonnect.split(), "educonnect") | dict.fromkeys(form.split(), "form")
    family = "kosmos_educonnect" if educonnect else "kosmos_form"
    return Place(family, {"selections": ways, "default": default}, also)


def _local(**settings: object) -> Place:
    """A portal of Edifice whose families have accounts of its own."""
    return Place("openent_local", settings)


def _by_portal(*authn: str, **settings: object) -> Place:
    """A portal of Edifice that sends to EduConnect itself, those profiles."""
    return Place("openent_educonnect", {"authn": frozenset(authn), **settings})


def _unsolicited(provider_id: str | None = None, **settings: object) -> Place:
    """A portal of Edifice that EduConnect is told to answer; *provider_id* if it is not the usual one."""
    named = {"provider_id": provider_id} if provider_id else {}
    return Place("openent_educonnect", {**named, **settings})


def _front(portal: str) -> Place:
    """A host that leads to *portal* at once."""
    return Place("openent_front", {"portal": portal})


def _chooser(portal: str, *authn: str) -> Place:
    """A host that shows the ways to come to *portal*, which sends those profiles to EduConnect itself."""
    return Place("openent_front", {"portal": portal, "chooses": True, "authn": frozenset(authn)})


PLACES: Mapping[str, Place] = {
    # -- who asks for passwords, and who tells of schools --
    "educonnect.education.gouv.fr": Place("educonnect"),
    "assistance.phm.education.gouv.fr": Place("assistance"),
    "www.index-education.com": Place("geolocation"),
    # -- Kosmos --
    "cas.agora06.fr": _kosmos(educonnect="EDU", form="ATS-NICE", default="ATS-NICE"),
    "cas.arsene76.fr": _kosmos(educonnect="EDU_parent_eleve", form="ATS_parent_eleve"),
    "cas.cybercolleges42.fr": _kosmos(educonnect="EDU_parent_eleve", form="ATS_parent_eleve"),
    "cas.eclat-bfc.fr": _kosmos(educonnect="EDU"),
    "cas.ecollege.haute-garonne.fr": _kosmos(educonnect="EDU_parent_eleve", form="ATS_parent_eleve"),
    "cas.ent.auvergnerhonealpes.fr": _kosmos(
        educonnect="EDU", form="CLERMONT-ATS_parent_eleve GRE-ATS_parent_eleve LYON-ATS_parent_eleve"
    ),
    "cas.ent27.fr": _kosmos(educonnect="EDU_parent_eleve", form="ATS_parent_eleve"),
    "cas.entcreuse.fr": _kosmos(educonnect="EDU", form="ATS_parent_eleve"),
    "cas.kosmoseducation.com": _kosmos(form="MUNICH-SKO_parent_eleve", also=("cas.skolengo.com",)),
    "cas.mon-ent-occitanie.fr": _kosmos(
        educonnect="MONT-EDU_parent_eleve TOULO-EDU_parent_eleve",
        form="CSES-ENT_parent_eleve TOULO-ENT_parent_eleve",
        also=("ent.occitanie-education.fr",),
    ),
    "cas.monbureaunumerique.fr": _kosmos(educonnect="EDU"),
    "cas.moncollege.valdemarne.fr": _kosmos(educonnect="EDU_parent_eleve"),
    "cas.moncollege.valdoise.fr": _kosmos(form="eleveparent"),
    "cas.webcollege.seinesaintdenis.fr": _kosmos(educonnect="EDU_parent_eleve", form="ATS_parent_eleve"),
    # -- Edifice --
    "mon.lyceeconnecte.fr": _unsolicited(front="auth.lyceeconnecte.fr"),
    "auth.lyceeconnecte.fr": _chooser("mon.lyceeconnecte.fr"),
    "jeunes.nouvelle-aquitaine.fr": _chooser("mon.lyceeconnecte.fr"),
    "lyceeconnecte.fr": _front("mon.lyceeconnecte.fr"),
    "enthdf.fr": _by_portal("student", "relative", front="connexion.enthdf.fr"),
    "connexion.enthdf.fr": _chooser("enthdf.fr", "student", "relative"),
    "www.enthdf.fr": _front("enthdf.fr"),
    "ent.l-educdenormandie.fr": _unsolicited(front="connexion.l-educdenormandie.fr"),
    "connexion.l-educdenormandie.fr": _chooser("ent.l-educdenormandie.fr"),
    "college.entsomme.fr": _local(),
    "ent.ecollege78.fr": _local(),
    "ent.iledefrance.fr": _local(moved_to="https://auth.monlycee.net/cas/login/keycloak-idf"),
    "ent.parisclassenumerique.fr": _local(),
    "ent.seine-et-marne.fr": _by_portal("student", "relative"),
    "ent77.seine-et-marne.fr": _by_portal("student", "relative"),
    "ent94.opendigitaleducation.com": _unsolicited("urn:fi:ent:prod-cd94-edu:1.0"),
    "karukera.ac-guadeloupe.fr": _by_portal("student", "relative"),
    "mayotte.edifice.io": _unsolicited("urn:fi:ent:prod-edifice-mayotte-edu:1.0"),
    "mayotte.opendigitaleducation.com": _local(),
    "moncollege-ent.var.fr": _unsolicited("urn:fi:ent:prod-cd83-edu:1.0"),
    "neoconnect.opendigitaleducation.com": _local(),
    "www.moncollege-ent.essonne.fr": _by_portal("student", "relative"),
    "ariane57.moselle-education.fr": _unsolicited("urn:fi:ent:prod-ent57-edu:1.0"),
    "colibri.ac-martinique.fr": _unsolicited(),
    "ent.colleges05.fr": _unsolicited(),
    "ent.e-primo.fr": _by_portal("relative"),
    "ent.leia.corsica": _unsolicited("urn:fi:ent:prod-leia-edu:1.0"),
    "ent04.fr": _unsolicited(),
    "mon-ent16.lacharente.fr": _unsolicited(),
    "nati.pf": _unsolicited(),
    "panda.vosges.fr": _unsolicited("urn:fi:ent:prod-vosges-edu:1.0"),
    "wilapa-guyane.com": _unsolicited(),
    "www.aucollege84.vaucluse.fr": _by_portal("student", "relative"),
    "www.eduprovence.fr": _unsolicited("urn:fi:ent:prod-cd13-edu:1.0"),
    # -- CAS servers of Apereo's make --
    "www.atrium-sud.fr": Place("apereo_cas_form", also=("www.atrium-paca.fr", "atrium-sud.fr")),
    "auth.recia.fr": Place(
        "apereo_cas_educonnect", {"portal_host": "lycees.netocentre.fr"}, also=("lycees.netocentre.fr",)
    ),
    "ent.netocentre.fr": Place(
        "apereo_cas_educonnect",
        {"acs_path": "/cas/Shibboleth.sso/SAML2/POST?client_name=EduConnect"},
    ),
    # -- discovery pages --
    "cas2.e-lyco.fr": Place("shib_wayf_educonnect"),
    "cas3.e-lyco.fr": Place("shib_wayf_educonnect"),
    "ent2d.ac-bordeaux.fr": Place(
        "shib_wayf_educonnect",
        {"path": "/shibcas/login", "ds_host": "ds.ac-bordeaux.fr", "asks_by_form": True},
        also=("ds.ac-bordeaux.fr",),
    ),
    # -- one of a kind --
    "auth.monlycee.net": Place("keycloak_monlycee", also=("psn.monlycee.net", "ent.monlycee.net")),
    "www.laclasse.com": Place("laclasse_sso"),
    "www.toutatice.fr": Place("toutatice"),
    "enc.hauts-de-seine.fr": Place("oze", also=("api-enc.hauts-de-seine.fr",)),
    "www.colleges.cg80.fr": Place("simple_form", {"scheme": "http"}),
    # -- gateways to EduConnect --
    "hubeduconnect.index-education.net": Place("hubeduconnect"),
    "sp-ts.ac-poitiers.fr": Place(
        "saml_discovery_educonnect", {"start_path": "/dispatcher/index2.php", "asks_by_form": False}
    ),
    "sso.ac-reunion.fr": Place(
        "saml_discovery_educonnect", {"start_path": "/saml/discovery/", "asks_by_form": True}
    ),
}
"""Host → what it shows."""

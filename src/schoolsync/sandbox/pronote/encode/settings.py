"""What `FonctionParametres` answers: the school year, its grid, its periods, its levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from schoolsync.sandbox.college.evaluations import LEVELS, Level
from schoolsync.sandbox.college.roll import COLLEGE
from schoolsync.sandbox.college.year import (
    BREAKS,
    CANTEEN,
    CANTEEN_DAYS,
    CANTEEN_LAST_PLACE,
    ENDS,
    FIRST_HOUR,
    HALF_DAY_PLACE,
    PLACES_PER_DAY,
    PLACES_PER_HOUR,
    SLOTS,
    STARTS,
    CollegeYear,
)
from schoolsync.sandbox.pronote.encode.people import period_element
from schoolsync.sandbox.pronote.encode.words import day, element, listed, mark, moment, ranges, typed, url
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.ids import Ids
from schoolsync.sandbox.pronote.page import SPACES, Space

if TYPE_CHECKING:
    from schoolsync.sandbox.college.college import SandboxCollege

__all__ = ["encode_settings", "encode_spaces", "level_element"]

LANGUAGE = 1036
SITE = "https://editeur.example.test/"
WORKDAYS = (1, 2, 3, 4, 5)
MORNINGS, AFTERNOONS = (0, 1, 2, 3, 4), (0, 1, 3, 4)
ZERO_DAY = dt.date(1899, 12, 30)

NO_WEIGHT = ("", "#FFFFFF")
WEIGHTS = {1: ("50", "#008000"), 2: ("40", "#45B851"), 3: ("25", "#FFDA01"), 4: ("10", "#F80A0A")}
"""Number of a level → how many points it is worth, and its colour."""
LAST_REACHED = 2
"""The levels up to this one count as reached."""


def level_element(ids: Ids, level: Level) -> dict[str, Any]:
    """A level of acquisition: `level:A+`."""
    weight, colour = WEIGHTS.get(level.number, NO_WEIGHT)
    short = level.abbreviation
    return element(
        ids.of(93, f"level:{short}"),
        level.label,
        level.number,
        P=level.number,
        abbreviation=short,
        raccourci=short[0],
        couleur=colour,
        positionJauge=len(LEVELS) - LEVELS.index(level),
        actifPour=typed(26, "[0..3]"),
        ponderation=mark(weight),
        nombrePointsBrevet=mark(weight),
        estAcqui=level.number <= LAST_REACHED,
        estNotantPourTxReussite=bool(weight),
        listePositionnements=listed(
            [{"G": 1, "L": level.label, "abbreviation": short, "abbreviationAvecPrefixe": short}]
        ),
    )


def encode_settings(
    college: SandboxCollege, ids: Ids, generation: Generation, now: dt.datetime, *, space: Space, device: str
) -> dict[str, Any]:
    """The settings, for somebody of whom nothing is known but the page they opened.

    Args:
        college: The school.
        ids: The ids of the session.
        generation: How the server talks.
        now: The present, in the school's zone.
        space: The page.
        device: How the server will know this browser again.
    """
    newer = {"tableauVersion": [*generation.version]} if generation.has_new_names else {}
    return {
        "identifiantNav": device,
        "listePolices": listed([{"L": "Arial"}]),
        "avecMembre": False,
        "pourNouvelleCaledonie": False,
        "genreImageConnexion": 0,
        "urlImageConnexion": "",
        "logoProduitCss": "",
        "Theme": 0,
        **newer,
        "DateServeurHttp": moment(now),
        "URLEspace": space.page,
        "URLMobile": space.page if space.is_mobile else f"mobile.{space.page}",
        "AvecEspaceMobile": True,
        "Nom": space.label,
        "General": _general(college.year, ids, generation, now),
    }


def encode_spaces(school: str, year: CollegeYear) -> dict[str, Any]:
    """The same for the root page: only which spaces there are."""
    return {
        "NomEtablissement": school,
        "anneeScolaire": year.label,
        "langID": LANGUAGE,
        "listeLangues": _languages(),
        "espaces": listed(
            {"G": space.number, "L": space.label, "url": space.page}
            for space in SPACES
            if space.kind and not space.is_mobile
        ),
    }


def _general(year: CollegeYear, ids: Ids, generation: Generation, now: dt.datetime) -> dict[str, Any]:
    """The school year."""
    return {
        "versionPN": generation.label,
        "version": f"PRONOTE {generation.label} gestion de vie scolaire",
        "millesime": str(generation.version[0]),
        "nomProduit": "PRONOTE",
        "langue": "fr",
        "langID": LANGUAGE,
        "listeLangues": _languages(),
        "NomEtablissement": COLLEGE.name,
        "NomEtablissementConnexion": COLLEGE.name,
        "AnneeScolaire": year.label,
        **_days(year, now.date()),
        **_grid(),
        **_marking(ids),
        "ListePeriodes": _periods(year, ids),
        "listeJoursFeries": listed(
            element(
                ids.of(200, f"holiday:{one.label}:{one.first}"),
                one.label,
                dateDebut=day(one.first),
                dateFin=day(one.last),
            )
            for one in year.holidays
        ),
        **_about(),
    }


def _days(year: CollegeYear, today: dt.date) -> dict[str, Any]:
    """Days and weeks."""
    weeks = [*year.working_weeks()]
    fortnights = [[week for week in weeks if week % 2 == odd] for odd in (1, 0)]
    return {
        "numeroPremiereSemaine": 1,
        "PremierLundi": day(year.first_monday),
        "PremiereDate": day(year.first_day),
        "DerniereDate": day(year.last_day),
        "JourOuvre": day(_next_workday(year, today)),
        "dateDebutPremierCycle": day(year.first_monday),
        "JoursOuvres": typed(11, ranges(WORKDAYS)),
        "JoursDemiPension": typed(26, ranges(CANTEEN_DAYS)),
        "DemiJourneesOuvrees": [typed(26, ranges(half)) for half in (MORNINGS, AFTERNOONS)],
        "setOfJoursCycleOuvre": typed(26, ranges(MORNINGS)),
        "premierJourSemaine": 2,
        "joursOuvresParCycle": len(WORKDAYS),
        "grillesEDTEnCycle": 0,
        "DomainesFrequences": [typed(8, ranges(domain)) for domain in (weeks, *fortnights)],
        "LibellesFrequences": ["", "Q1", "Q2", ""],
    }


def _next_workday(year: CollegeYear, today: dt.date) -> dt.date:
    calendar = year.calendar
    return next(calendar.school_days(today, today + dt.timedelta(days=30)))


def _grid() -> dict[str, Any]:
    """The day: places, their names, breaks, the canteen."""
    return {
        "PlacesParJour": PLACES_PER_DAY,
        "PlacesParHeure": PLACES_PER_HOUR,
        "DureeSequence": 0.0416666666666667,
        "PlaceDemiJourneeAbsence": HALF_DAY_PLACE,
        "PremiereHeure": typed(7, f"{ZERO_DAY:%d/%m/%Y} {FIRST_HOUR:%H:%M:%S}"),
        "ListeHeures": listed(_hours(STARTS, {*SLOTS.values(), PLACES_PER_DAY})),
        "ListeHeuresFin": listed(_hours(ENDS, {place + 1 for place in SLOTS.values()})),
        "afficherSequences": False,
        "sequences": [*SLOTS],
        "recreations": listed({"L": one.label, "place": one.place} for one in BREAKS),
        "activationDemiPension": True,
        "debutDemiPension": CANTEEN.place,
        "finDemiPension": CANTEEN_LAST_PLACE + 1,  # the place at which it is over. Evidence: inferred
    }


def _hours(labels: Iterable[str], shown: set[int]) -> list[dict[str, Any]]:
    """Names of places; those that the grid does not show say so."""
    return [
        {"G": place, "L": label} | ({} if place in shown else {"A": False})
        for place, label in enumerate(labels)
    ]


def _marking(ids: Ids) -> dict[str, Any]:
    """Marks and levels."""
    nothing = {"N": "0", "L": "Aucune évaluation", "G": 0, "P": 0, "abbreviation": "", "raccourci": "0"}
    return {
        "BaremeNotation": mark(20),
        "BaremeMaxDevoirs": mark(100),
        "listeAnnotationsAutorisees": typed(26, "[1..8]"),
        "ListeNiveauxDAcquisitions": listed([nothing, *(level_element(ids, level) for level in LEVELS)]),
    }


def _periods(year: CollegeYear, ids: Ids) -> list[dict[str, Any]]:
    """A plain list, as real servers send it; numbered across all kinds."""
    return [
        period_element(
            ids,
            one,
            one.kind,
            periodeNotation=number,
            dateDebut=day(one.record.start),
            dateFin=day(one.record.end),
        )
        for number, one in enumerate(year.periods())
    ]


def _about() -> dict[str, Any]:
    """What the page shows and nobody reads."""
    return {
        "urlSiteIndexEducation": url(SITE),
        "UrlAide": url(f"{SITE}aide"),
        "urlAccesVideos": url(""),
        "urlAccesTwitter": url(""),
        "AvecChoixConnexion": False,
        "avecForum": False,
        "nomCookieAppli": "validationAppliMobile",
        "lienMentions": "mentions",
        "TailleMaxAppreciation": [300, 300],
        "Police": "arial,helvetica,sans-serif",
        "TaillePolice": 11,
        "genresRenduTAFValable": typed(26, "[0..4]"),
        "tailleMaxEnregistrementAudioRenduTAF": 3,
        "Collectivite": {"L": "Collectivite", "genreCollectivite": 0},
        "logo": typed(25, 0),
    }


def _languages() -> dict[str, Any]:
    return listed([{"langID": LANGUAGE, "description": "Français"}])

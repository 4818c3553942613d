"""What is asked about people, the agenda and the home page."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.providers.pronote.calls import people as calls
from schoolsync.providers.pronote.session import Space
from schoolsync.testing.play import play
from tests.providers.pronote.papers import COLLEAGUE, CONTACT
from tests.providers.pronote.persons import LOUISON, day, element, listed
from tests.providers.pronote.wire import answered, called, signed_in


def test_the_team_is_asked_for() -> None:
    """Without content; a parent names the child."""
    answer = answered("PageEquipePedagogique", {"liste": listed(COLLEAGUE)})
    page, sent = play(calls.team(signed_in(Space.PARENT), LOUISON), [answer])
    one = called(sent[0])
    assert (one.tab, one.data or {}) == (37, {})
    assert one.signature["membre"]["N"] == "46#Louison1"
    assert page.data.members[0].subjects[0].weekly == "3h30"


@pytest.mark.parametrize("tab", [49, 16])
def test_personal_data_is_asked_for_on_either_screen(tab: int) -> None:
    """With the keys of calendars, which nothing prints."""
    calendars = {"liste": listed({"L": "Emploi du temps", "paramICal": "9F8E7D6C", "paramSuppl": "266f"})}
    said = {"Informations": CONTACT, "securisation": {"mode": 0}, "iCal": calendars}
    page, sent = play(calls.personal(signed_in(), LOUISON, tab=tab), [answered("PageInfosPerso", said)])
    assert called(sent[0]).tab == tab
    assert page.data.exports is not None
    assert page.data.exports.calendars[0].key == "9F8E7D6C"
    assert "9F8E7D6C" not in repr(page) + repr(page.data) + str(page.data.exports.calendars)


def test_the_agenda_of_a_week_is_asked_for() -> None:
    """Past events too, unless they are not wanted."""
    event = {
        "N": "1",
        "L": "Brevet blanc",
        "G": 17,
        "DateDebut": day("09/03/2026 08:00:00"),
        "sansHoraire": False,
        "famille": element(L="Examens"),
    }
    said = {"ListeEvenements": [event], "listeFamilles": listed({"L": "Examens", "couleur": "#FF0000"})}
    page, sent = play(calls.agenda(signed_in(), LOUISON, 28), [answered("PageAgenda", said)])
    one = called(sent[0])
    assert one.tab == 9
    assert one.data == {"NumeroSemaine": 28, "avecEventsPasses": True, "AvecListeClasses": True}
    (found,) = page.data.events
    assert (found.label, found.kind, str(found.start)) == ("Brevet blanc", 17, "2026-03-09 08:00:00")
    assert page.data.families[0].colour == "#FF0000"
    flow = calls.agenda(signed_in(), LOUISON, 28, with_past=False)
    _, sent = play(flow, [answered("PageAgenda", {})])
    assert called(sent[0]).data["avecEventsPasses"] is False


def test_the_home_page_is_told_the_day_and_the_week() -> None:
    """Every widget that wants one; some are typed, the others stay as they were sent."""
    said = {
        "lienUtile": {"listeLiens": listed({"N": "1", "L": "Site", "url": "https://college.example"})},
        "partenaireARD": {
            "SSO": {"codePartenaire": "ARD"},
            "porteMonnaie": listed({"libellePorteMonnaie": "Cantine", "valeurSolde": "12,40 €"}),
        },
        "penseBete": {"libelle": "pain"},
    }
    flow = calls.home(signed_in(), LOUISON, dt.date(2026, 3, 9), 28)
    page, sent = play(flow, [answered("PageAccueil", said)])
    one = called(sent[0])
    assert (one.tab, one.data["numeroSemaine"]) == (7, 28)
    assert one.data["dateGrille"] == {"_T": 7, "V": "9/3/2026 0:0:0"}
    assert one.data["EDT"] == {"numeroSemaine": 28}
    assert one.data["TAFARendre"] == {"date": one.data["dateGrille"]}
    assert "widgets" not in one.data
    assert page.data.links is not None
    assert page.data.links.links[0].url == "https://college.example"
    assert page.data.meals is not None
    assert page.data.meals.purses[0].balance == "12,40 €"
    assert (page.data.model_extra or {})["penseBete"] == {"libelle": "pain"}


def test_only_some_widgets_may_be_asked_for() -> None:
    """By their numbers."""
    flow = calls.home(signed_in(), LOUISON, dt.date(2026, 3, 9), 28, (27, 36))
    _, sent = play(flow, [answered("PageAccueil", {})])
    assert called(sent[0]).data["widgets"] == [27, 36]

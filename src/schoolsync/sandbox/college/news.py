"""What the invented collège tells its families, and asks them."""

from __future__ import annotations

import datetime as dt

from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.marks import past_day
from schoolsync.sandbox.college.news_papers import (
    Answer,
    AnswerKind,
    Choice,
    NewsQuestion,
    NewsSheet,
    news_sheet,
)
from schoolsync.sandbox.college.resources import Link, document
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR, HEADMISTRESS

__all__ = ["NATURES", "draw_news"]

NATURES = ("Vie de l'établissement", "Sorties & voyages", "Sondages")
"""The school's categories; the first one is what news have unless somebody says otherwise."""
LIFE, TRIPS, POLLS = NATURES

HOSTILE = (
    '<div style="font-size:13px"><p onclick="alert(1)">Voyage &agrave; <b>Exemple-sur-Mer</b>&nbsp;:</p>'
    '<script>alert("x")</script><ul><li>autorisation</li><li>carte <i>(copie)</i></li></ul>'
    '<img src=x onerror=alert(1)><a href="javascript:alert(1)">ici</a> ou '
    '<a href="https://college.example.test/voyage?a=1&b=2">là</a></div>'
)
HOSTILE_CLEAN = (
    "<div><p>Voyage à <b>Exemple-sur-Mer</b>&nbsp;:</p><ul><li>autorisation</li><li>carte <i>(copie)</i></li>"
    '</ul><a rel="noopener noreferrer">ici</a> ou <a href="https://college.example.test/voyage?a=1&amp;b=2"'
    ' rel="noopener noreferrer">là</a></div>'
)
HOSTILE_TEXT = "Voyage à Exemple-sur-Mer :\n\nautorisation\ncarte (copie)\nici ou là"


def draw_news(desk: CollegeDesk) -> list[NewsSheet]:
    """Informations and surveys of every kind for one pupil, one for another, none for the third."""
    if desk.file.number == "e1":
        return [*_informations(desk), *_surveys(desk)]
    return [_meeting(desk)] if desk.file.number == "e2" else []


def _at(desk: CollegeDesk, back: int, clock: str) -> dt.datetime:
    """A time of day, *back* school days before today."""
    return dt.datetime.combine(past_day(desk.year, back), dt.time.fromisoformat(clock), desk.year.zone)


def _meeting(desk: CollegeDesk) -> NewsSheet:
    """An information that has to be confirmed, with a file and a link."""
    invitation = document("news-1", "invitation & plan.pdf")
    place = Link("Plan d'accès", "https://college.example.test/plan?salle=B12&etage=1")
    return news_sheet(
        *(desk, 1, "Réunion parents-professeurs", _at(desk, 1, "14:12")),
        NewsQuestion(
            AnswerKind.RECEIPT, "<p>Réunion jeudi à 18h, salle&nbsp;B12.</p>", papers=(invitation, place)
        ),
        author=COUNSELLOR,
        category=LIFE,
    )


def _informations(desk: CollegeDesk) -> list[NewsSheet]:
    noted = Answer(_at(desk, 11, "19:30"))
    return [
        _meeting(desk),
        news_sheet(
            *(desk, 2, "Voyage à Exemple-sur-Mer", _at(desk, 4, "08:00:30")),
            NewsQuestion(AnswerKind.NO_RECEIPT, HOSTILE),
            author=TEACHERS[2],
            category=TRIPS,
            is_read=True,
            clean_html=HOSTILE_CLEAN,
            text=HOSTILE_TEXT,
        ),
        news_sheet(
            *(desk, 3, "Photo de classe", _at(desk, 12, "10:05")),
            NewsQuestion(AnswerKind.RECEIPT, "La photo de classe a lieu vendredi.", answer=noted),
            author=HEADMISTRESS,
            category=LIFE,
            is_read=True,
        ),
        news_sheet(
            *(desk, 4, None, _at(desk, 13, "07:55")),
            NewsQuestion(AnswerKind.NO_RECEIPT, "", papers=(document("news-2", "menu de fête.pdf"),)),
            author=COUNSELLOR,
            category=LIFE,
        ),
    ]


def _surveys(desk: CollegeDesk) -> list[NewsSheet]:
    when = Answer(_at(desk, 5, "20:15"), ranks=(2,))
    wish = Answer(_at(desk, 5, "20:16"), text="Un club d'échecs, s'il vous plaît.")
    choices = (Choice("Lundi"), Choice("Mardi"), Choice("Autre", is_free=True))
    clubs = (Choice("Théâtre"), Choice("Chorale & orchestre"), Choice("Échecs"))
    return [
        news_sheet(
            *(desk, 5, "Quel jour pour le soutien ?", _at(desk, 2, "09:00")),
            NewsQuestion(AnswerKind.SINGLE, "<p>Choisissez un jour.</p>", choices),
            author=TEACHERS[0],
            category=POLLS,
            is_survey=True,
        ),
        news_sheet(
            *(desk, 6, "Clubs du midi", _at(desk, 6, "12:00")),
            NewsQuestion(AnswerKind.SINGLE, "<p>Quand ?</p>", choices[:2], answer=when),
            NewsQuestion(
                *(AnswerKind.MULTIPLE, "<p>Lesquels ? Deux au plus.</p>", clubs),
                papers=(document("news-3", "les clubs.pdf"),),
                most=2,
            ),
            NewsQuestion(AnswerKind.TEXT, "<p>Une autre idée ?</p>", answer=wish),
            author=COUNSELLOR,
            category=POLLS,
            is_read=True,
            is_survey=True,
            is_anonymous=True,
        ),
        news_sheet(
            *(desk, 7, "Enquête close", _at(desk, 18, "16:40")),
            NewsQuestion(AnswerKind.TEXT, "<p>Que pensez-vous de la cantine ?</p>", is_expected=False),
            author=HEADMISTRESS,
            category=POLLS,
            is_read=True,
            is_survey=True,
        ),
    ]

"""Report cards out of hand-written answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Report
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.periods import key_of_period
from schoolsync.providers.pronote.mapping.reports import to_reports
from schoolsync.providers.pronote.mapping.year import YearPeriod
from schoolsync.providers.pronote.schema.reports import ReportPage
from tests.providers.pronote.reading import SCHOOL, T1, T2, bare, context, element, number, page

LINE: dict[str, Any] = {
    "N": "12#se1",
    "L": "MATHEMATIQUES",
    "couleur": "#F49737",
    "Matiere": element({"N": "16#ma", "L": "MATHEMATIQUES"}),
    "Coefficient": number("1,5"),
    "MoyenneEleve": number("15,00"),
    "MoyenneClasse": number("12,10"),
    "MoyenneInf": number("6,50"),
    "MoyenneSup": number("18,75"),
    "ListeProfesseurs": element([{"N": "3#pr1", "L": "MODELE A."}]),
    "ListeAppreciations": element([{"N": "87#ap1", "L": "Bon<br/>trimestre."}, {"N": "87#ap2", "L": ""}]),
    "ListeElements": element(
        [
            {
                "N": "0",
                "L": "",
                "ListeProfesseurs": element([{"L": "MODELE A."}, {"N": "3#pr2", "L": "SPECIMEN B."}]),
            }
        ]
    ),
}
SAID: dict[str, Any] = {
    "General": element({"MoyenneEleve": number("14,25"), "MoyenneClasse": number("12,80")}),
    "ListeServices": element([LINE, {"L": "ARTS", "MoyenneEleve": number("|3")}]),
    "ObjetListeAppreciations": element(
        {
            "ListeAppreciations": element(
                [{"N": "87#ap9", "L": "Ensemble satisfaisant.", "Intitule": "Appréciation globale"}]
            )
        }
    ),
}


def report(
    said: object, here: Context | None = None, *, period: YearPeriod = T1, of_class: bool = False
) -> Report:
    """What an answer becomes."""
    answer = page(ReportPage, "PageBulletins", said, keep_raw=True)
    (found,) = to_reports(here or context(), answer, period, of_class=of_class)
    return found


@pytest.mark.parametrize("is_typed", [True, False])
def test_every_field_of_a_report(is_typed: bool) -> None:
    """One line per service, then one for the whole."""
    found = report(SAID if is_typed else bare(SAID))
    maths, arts, whole = found.lines
    assert maths.subject is not None
    assert (maths.subject.name, maths.subject.id, maths.subject.colour) == (
        "MATHEMATIQUES",
        "16#ma",
        "#f49737",
    )
    assert (maths.average, maths.class_average, maths.coefficient) == (
        Decimal(15),
        Decimal("12.1"),
        Decimal("1.5"),
    )
    assert maths.teachers == ("MODELE A.", "SPECIMEN B.")
    assert maths.comments == ("Bon\ntrimestre.",)
    assert maths.grades == ()
    assert (arts.average, arts.grades, arts.teachers) == (None, (), ())
    assert (whole.subject, whole.average, whole.class_average) == (None, Decimal("14.25"), Decimal("12.8"))
    assert found.comments == ("Ensemble satisfaisant.",)
    assert (found.title, found.start, found.end) == ("Trimestre 1", T1.start, T1.end)
    assert (found.is_published, found.period_key) == (True, key_of_period(SCHOOL, T1))
    assert (found.provider_id, found.identity, dict(found.extras)) == (None, "derived", {})


@pytest.mark.parametrize(
    ("said", "comments"),
    [
        ({"Message": "Pas <b>encore</b> publié"}, ("Pas encore publié",)),
        ({"message": "Pas encore publié"}, ("Pas encore publié",)),
        ({"Message": "Non"} | SAID, ("Non",)),
        ({}, ()),
    ],
)
def test_one_that_is_not_published_has_the_reason_and_no_lines(
    said: dict[str, Any], comments: tuple[str, ...]
) -> None:
    """It is there, so that its coming out is an update of the same record."""
    found = report(said)
    assert (found.is_published, found.lines, found.comments) == (False, (), comments)
    assert found.key == report(SAID).key


def test_a_school_that_shows_no_overall_average_has_no_such_line() -> None:
    """An empty figure is none."""
    for general in (None, {}, element({"MoyenneEleve": number("")})):
        lines = report(SAID | {"General": general}).lines
        assert [line.subject is None for line in lines] == [False, False]


def test_a_report_is_known_by_its_period_and_by_whose_it_is() -> None:
    """Ids and figures do not count."""
    again = report(SAID | {"General": None}, period=attrs.evolve(T1, id="105#other"))
    of_class = report(SAID, of_class=True)
    assert again.key == report(SAID).key
    assert len({report(SAID).key, report(SAID, period=T2).key, of_class.key}) == 3
    assert dict(of_class.extras) == {"pronote.is_of_class": True}


def test_a_line_without_a_subject_never_passes_for_the_whole() -> None:
    """It is an issue; the subject's own name stands in for the service's."""
    here = context()
    nameless = {"N": "12#x", "MoyenneEleve": number("3")}
    found = report(SAID | {"ListeServices": [nameless, LINE | {"L": ""}]}, here)
    assert [line.subject and line.subject.name for line in found.lines] == ["MATHEMATIQUES", None]
    assert found.lines[-1].average == Decimal("14.25")
    assert [issue.path for issue in here.issues] == ["PageBulletins.ListeServices.0"]
    with pytest.raises(UnexpectedShape):
        report(SAID | {"ListeServices": [nameless]}, context(strict=True))


def test_raw_is_the_whole_answer_when_asked_for() -> None:
    """Typed values included."""
    assert report(SAID, context(keep_raw=True)).raw == SAID
    assert report(SAID).raw is None

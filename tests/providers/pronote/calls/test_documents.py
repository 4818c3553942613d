"""Documents made on demand, and addresses of calendars."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import attrs
import pytest

from schoolsync.errors import Unavailable, UnexpectedShape
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.calls import documents as calls
from schoolsync.providers.pronote.schema.home import PdfPage
from schoolsync.providers.pronote.schema.people import CalendarRow
from schoolsync.testing.play import play
from tests.providers.pronote.persons import LOUISON, year
from tests.providers.pronote.wire import ROOT, answered, called, signed_in

URL = {"url": {"_T": 23, "V": "PDF/emploi du temps.pdf?Session=1234567"}}


@pytest.mark.parametrize(("weeks", "domain"), [((6, 6), "[6]"), ((6, 9), "[6..9]")])
def test_a_timetable_is_printed_for_weeks(weeks: tuple[int, int], domain: str) -> None:
    """One or several."""
    flow = calls.timetable_pdf(signed_in(), LOUISON, *weeks)
    page, sent = play(flow, [answered("GenerationPDF", URL)])
    one = called(sent[0])
    assert (one.tab, one.data["genreGenerationPDF"]) == (16, 0)
    assert one.data["domaine"] == {"_T": 8, "V": domain}
    assert one.data["ressource"] == {"G": 4, "N": "46#Louison1"}
    assert one.data["ressources"] == [one.data["ressource"]]
    assert one.data["options"]["portrait"] is False
    assert calls.pdf_address(ROOT, page.data) == f"{ROOT}/PDF/emploi%20du%20temps.pdf?Session=1234567"


def test_a_report_card_is_printed_for_a_period() -> None:
    """Upright."""
    period = year().periods[0]
    _, sent = play(calls.report_pdf(signed_in(), LOUISON, period), [answered("GenerationPDF", URL)])
    one = called(sent[0])
    assert (one.tab, one.data["genreGenerationPDF"]) == (13, 2)
    assert one.data["periode"] == {"N": "105#T1", "L": "Trimestre 1", "G": 2}
    assert one.data["options"]["portrait"] is True


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "https://elsewhere.example/a.pdf",
        "//elsewhere.example/a.pdf",
        "\\\\elsewhere.example\\a.pdf",
        "/a.pdf",
        "PDF/../../a.pdf",
        "..\\a.pdf",
        "javascript:x()",
    ],
)
def test_an_address_that_leads_out_of_the_instance_is_refused(url: str | None) -> None:
    """Its cookies would go along. The error does not quote it."""
    with pytest.raises(UnexpectedShape, match="GenerationPDF") as caught:
        calls.pdf_address(ROOT, PdfPage(url=url))
    assert "elsewhere" not in str(caught.value)


def test_a_school_that_exports_to_a_cloud_gives_no_document() -> None:
    """That is no error of the protocol."""
    with pytest.raises(Unavailable, match="off_at_school"):
        calls.pdf_address(ROOT, PdfPage.model_validate({"OAuth2": {"url": "x"}}))


# -- calendars --------------------------------------------------------------------------


def address(calendar: calls.Calendar | None, version: tuple[int, ...]) -> tuple[str, dict[str, str]]:
    """Path and query of a calendar's address."""
    assert calendar is not None
    parts = urlsplit(calls.calendar_address(ROOT, version, calendar).reveal())
    assert f"{parts.scheme}://{parts.netloc}" == "https://0000000a.example"
    return parts.path, dict(parse_qsl(parts.query, strict_parsing=True))


def test_newest_servers_say_key_and_supplement() -> None:
    """2026."""
    row = CalendarRow.model_validate({"L": "Emploi du temps", "paramICal": "9F8E+/7D", "paramSuppl": "abc"})
    assert address(calls.to_calendar(row), (2026, 2, 6)) == (
        "/pronote/ical/mesinformations.ics",
        {"icalsecurise": "9F8E+/7D", "version": "2026.2.6", "param": "abc"},
    )


def test_servers_before_say_the_key_only() -> None:
    """2024 and 2025: the supplement is always the same."""
    found = calls.to_calendar(CalendarRow.model_validate({"paramICal": "9F8E7D"}))
    path, query = address(found, (2025, 1, 3))
    assert path == "/pronote/ical/mesinformations.ics"
    assert query == {"icalsecurise": "9F8E7D", "version": "2025.1.3", "param": "266f3d32"}


def test_oldest_servers_say_a_key_with_the_timetable() -> None:
    """2020 and 2021."""
    path, query = address(calls.Calendar(Secret("9F8E7D"), is_old=True), (2021, 2, 1, 0))
    assert path == "/pronote/ical/Edt.ics"
    assert query == {"icalsecurise": "9F8E7D", "version": "2021.2.1.0"}


@pytest.mark.parametrize("key", [None, ""])
def test_without_a_key_there_is_no_calendar(key: str | None) -> None:
    """And no address that leads nowhere."""
    assert calls.to_calendar(CalendarRow.model_validate({"L": "Emploi du temps", "paramICal": key})) is None


def test_nothing_prints_an_address() -> None:
    """Whoever knows it reads the timetable for ever."""
    calendar = calls.Calendar(Secret("9F8E7D"), Secret("abcdef"))
    shown = f"{calendar!r} {calendar} {calls.calendar_address(ROOT, (2026, 2), calendar)!r}"
    assert not {"9F8E7D", "abcdef"} & set(shown.replace("'", " ").split())
    assert "9F8E7D" not in shown
    assert attrs.asdict(calendar, recurse=False)["is_old"] is False

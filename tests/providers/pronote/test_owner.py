"""Whose session it is, and what is known of them without asking anybody."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.errors import BadArgument, Unavailable, UnknownName
from schoolsync.flow.secret import Secret
from schoolsync.model import Period
from schoolsync.provider import Days, Span
from schoolsync.providers.pronote.mapping.periods import to_periods
from schoolsync.providers.pronote.session import Space
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Script
from tests.providers.pronote.entering import TWO, account, entry, family, ready, settings, user
from tests.providers.pronote.phone import LOGIN, NEXT, TOKEN, UUID, phone
from tests.providers.pronote.wire import NOON, PASSWORD, ROOT, USER, Server

# -- whom, and when ----------------------------------------------------------------------


def test_pupils_are_found_however_they_are_named() -> None:
    """And nobody else."""
    server, made = Server(flags={"a": 2}), account(Space.PARENT)
    Script(entry(server, family(*TWO))).run(made.ready())
    mae, noe = made.pupils
    assert made.pupil(None) is mae
    for wanted in (noe, noe.key, "factice noé", "Noé", 2, "46#no"):
        assert made.pupil(wanted) is noe
    for wanted in ("Louison", 3, ""):
        with pytest.raises(UnknownName) as caught:
            made.pupil(wanted)
        assert "FACTICE" not in str(caught.value)


def test_what_is_off_is_refused_before_anything_is_sent() -> None:
    """With the reason."""
    made, _ = ready()
    made.need("lessons", None)
    with pytest.raises(Unavailable) as caught:
        made.need("menus", None)
    assert (caught.value.reason, caught.value.operation) == ("off_at_school", "menus")


@pytest.mark.parametrize(("space", "can_tick"), [(Space.STUDENT, True), (Space.PARENT, False)])
def test_a_context_knows_the_account(space: Space, can_tick: bool) -> None:
    """Pupils tick their homework, parents do not."""
    server, made = Server(flags={"a": space.number}), account(space, strict=True)
    Script(entry(server, user() if can_tick else family(*TWO))).run(made.ready())
    context = made.context(None)
    assert (context.can_tick, context.is_strict, context.keeps_raw) == (can_tick, True, False)
    assert (context.pupil, context.year) == (made.pupils[0], made.year)
    assert context.issues is not made.context(None).issues


@pytest.mark.parametrize(
    ("timezone", "is_new_caledonia", "zone", "today"),
    [
        (None, False, "Europe/Paris", dt.date(2026, 3, 9)),
        (None, None, "Europe/Paris", dt.date(2026, 3, 9)),
        (None, True, "Pacific/Noumea", dt.date(2026, 3, 10)),
        ("America/Martinique", True, "America/Martinique", dt.date(2026, 3, 9)),
        ("Pacific/Noumea", False, "Pacific/Noumea", dt.date(2026, 3, 10)),
    ],
)
def test_the_school_has_a_zone(
    timezone: str | None, is_new_caledonia: bool | None, zone: str, today: dt.date
) -> None:
    """The caller's, else New Caledonia's if the server says so, else that of Paris; a day is its day."""
    clock = HandClock(dt.datetime(2026, 3, 9, 20, tzinfo=ZoneInfo("Europe/Paris")))
    server, made = Server(), account(clock=clock, timezone=timezone)
    page, _, *rest = entry(server)
    year = settings(pourNouvelleCaledonie=is_new_caledonia)
    Script([page, server.answered("FonctionParametres", year), *rest]).run(made.ready())
    assert made.pupils[0].school.timezone == zone
    assert made.today(None) == today


@pytest.mark.parametrize("timezone", ["Europe/Pariss", "", "+02:00", "../etc/passwd", 2])
def test_a_zone_that_is_none_is_refused_before_anything_is_sent(timezone: Any) -> None:
    """By its name in the call."""
    with pytest.raises(BadArgument) as caught:
        account(timezone=timezone)
    assert caught.value.argument == "timezone"


def test_periods_are_those_of_the_screen() -> None:
    """Its default; by days, by name, by record; of a screen that lists none, those of the year."""
    made, _ = ready()

    def names(span: Span, tab: int = 198) -> list[str]:
        return [period.name for period in made.periods(span, tab, None)]

    assert names(Span()) == ["Trimestre 2"]
    assert names(Span(), tab=19) == ["Trimestre 3"]  # the one of today, 9 March
    assert names(Span(Days(dt.date(2026, 3, 1), dt.date(2026, 3, 2)))) == ["Trimestre 2", "Trimestre 3"]
    assert names(Span(period="trimestre 1")) == ["Trimestre 1"]
    for one in to_periods(made.context(None), NOON.date()):
        assert names(Span(period=one)) == names(Span(period=one.key)) == [one.name]
    with pytest.raises(UnknownName) as caught:
        names(Span(period="Trimestre 4"))
    assert "Trimestre 3" in caught.value.suggestions
    stranger = Period(
        key="period-x", name="Trimestre 1", start=NOON.date(), end=NOON.date(), is_current=False
    )
    with pytest.raises(UnknownName):
        names(Span(period=stranger))


# -- credentials -----------------------------------------------------------------------------


def test_credentials_are_what_connect_takes() -> None:
    """With the school's zone, if the caller said it."""
    made = account(timezone="Pacific/Noumea")
    fields = {"url": ROOT, "username": USER, "password": PASSWORD, "account": "student"}
    assert made.credentials.fields == fields | {"timezone": "Pacific/Noumea"}
    assert account().credentials.fields == fields


def test_credentials_follow_a_school_that_moved() -> None:
    """The next log-in begins there."""
    made = account()
    made.session.root = "https://0000000b.example/pronote"
    assert made.credentials.fields["url"] == "https://0000000b.example/pronote"


def test_credentials_of_a_token_name_its_installation() -> None:
    """And no password; another log-in of the same account can be written down as well."""
    made = phone(timezone="Pacific/Noumea")
    fields = {"url": ROOT, "username": USER, "token": TOKEN, "uuid": UUID, "account": "student"}
    assert made.credentials.provider == "pronote"
    assert made.credentials.fields == fields | {"timezone": "Pacific/Noumea"}
    made.session.root = "https://0000000b.example/pronote"
    written = made.written(LOGIN.followed_by(Secret(NEXT)))
    assert (written.fields["token"], written.fields["url"]) == (NEXT, made.session.root)

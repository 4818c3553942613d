"""What only PRONOTE says: frozen, silent in `repr`, and there and back through JSON."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from schoolsync.errors import UsageError
from schoolsync.model import FrozenMap
from schoolsync.model.record import Value
from schoolsync.providers.pronote import extra

VALUES: list[Value] = [
    extra.User(
        name="EXAMPLE Robin",
        first_name="Robin",
        last_name="EXAMPLE",
        kind=extra.UserKind.PARENT,
        pupils=("EXAMPLE Louison",),
        class_names=("4B",),
        schools=("COLLEGE EXEMPLE",),
        is_delegate=False,
        tabs=(7, 16),
        rights=FrozenMap({"AvecDiscussion": True}),
    ),
    extra.Holiday(name="Armistice", first=dt.date(2025, 11, 11), last=dt.date(2025, 11, 11)),
    extra.Params(
        version="2026.2.6",
        school="COLLEGE EXEMPLE",
        first_day=dt.date(2025, 9, 1),
        workdays=(1, 2),
        slots=(extra.Slot(place=0, start=dt.time(8), end=dt.time(8, 55)),),
        breaks=(("Récréation", 2),),
        holidays=(extra.Holiday(name="Pont", first=dt.date(2026, 5, 15), last=dt.date(2026, 5, 15)),),
        fortnights=(("Q1", (1, 3)),),
        scale=Decimal(20),
        levels=(extra.Level(label="Très bonne maîtrise", abbreviation="A+", colour="#00aa00"),),
    ),
    extra.Teacher(
        name="MODELE A.",
        kind=extra.TeacherKind.TEACHER,
        subjects=(extra.TaughtSubject(name="MATHS", weekly=dt.timedelta(hours=3, minutes=30)),),
        is_head=True,
    ),
    extra.PersonalData(address=("1 rue de l'Exemple",), city="Paris", second_factor=extra.SecondFactor.PIN),
    extra.InstanceInfo(
        name="COLLEGE EXEMPLE",
        url="https://0000000a.example/pronote",
        version="2026.2.6",
        spaces=(
            extra.InstanceSpace(
                name="Espace Parents", url="https://0000000a.example/pronote/mobile.parent.html"
            ),
            extra.InstanceSpace(name="x", url="https://0000000a.example/x.html", kind=extra.SpaceKind.TUTOR),
        ),
        cas_active=True,
        cas_url="https://cas.example/login",
        date=dt.datetime(2026, 3, 9, 11, tzinfo=dt.UTC),
    ),
    extra.FoundSchool(
        name="COLLEGE EXEMPLE",
        url="https://0000000a.example/pronote",
        latitude=48.8566,
        longitude=2.3522,
        distance_km=0.25,
    ),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_there_and_back_through_json(value: Value) -> None:
    """Equal, after real JSON."""
    text = json.dumps(value.to_dict())
    assert type(value).from_dict(json.loads(text)) == value


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_repr_and_str_show_nothing_of_a_person(value: Value) -> None:
    """Only the class."""
    assert (repr(value), str(value)) == (f"{type(value).__name__}()",) * 2


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_never_change(value: Value) -> None:
    """Nor take unknown fields."""
    field = next(iter(type(value).model_fields))
    with pytest.raises(UsageError):
        setattr(value, field, "x")
    assert type(value).model_config["extra"] == "forbid"


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_field_is_described_in_the_schema(value: Value) -> None:
    """Editors and other programs show it."""
    schema = type(value).json_schema()
    for field in type(value).model_fields:
        assert schema["properties"][field].get("description"), field


def test_what_is_not_said_is_none() -> None:
    """A user needs a name and a kind, a year a version and a school."""
    user = extra.User(name="EXAMPLE Robin", kind=extra.UserKind.STUDENT)
    assert (user.is_delegate, user.first_name, user.tabs) == (None, None, ())
    params = extra.Params(version="", school="")
    assert (params.scale, params.has_canteen, params.places_per_day) == (None, None, None)


def test_words_of_a_fixed_set_come_back_as_such() -> None:
    """And no other word is taken."""
    teacher = extra.Teacher.from_dict({"name": "MODELE A.", "kind": "staff"})
    personal = extra.PersonalData.from_dict({"second_factor": "mail"})
    assert (teacher.kind, personal.second_factor) == (extra.TeacherKind.STAFF, extra.SecondFactor.MAIL)
    assert isinstance(teacher.kind, extra.TeacherKind)
    assert isinstance(personal.second_factor, extra.SecondFactor)
    with pytest.raises(ValueError, match="kind"):
        extra.Teacher.from_dict({"name": "MODELE A.", "kind": "head"})

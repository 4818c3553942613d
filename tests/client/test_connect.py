"""Any provider by its name: the built-in one, another package's, a broken one."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

import attrs
import pytest

import schoolsync
from schoolsync import classcharts, registry
from schoolsync.errors import BadArgument, Unavailable, UnknownName, UsageError
from schoolsync.flow import effects
from schoolsync.flow.http import Request, Response
from schoolsync.model import Capabilities, Lesson, Pupil, Rows, School
from schoolsync.provider import Days, Options, PupilLike, Service
from schoolsync.registry import Provider
from tests.client.worlds import Awaited, World

# -- ClassCharts ----------------------------------------------------------------------


def test_either_role_is_connected(world: World) -> None:
    """By the fields that say which."""
    parent, file = world.school.parents[0], world.school.pupil_files[0]

    async def body() -> None:
        for fields in (
            {"email": parent.email, "password": parent.password},
            {"code": file.access_code, "date_of_birth": "14/03/2011"},
            {"code": file.access_code, "date_of_birth": file.born_on},
        ):
            async with connected(
                world, "classcharts", http_client=world.mount, clock=world.clock, **fields
            ) as school:
                assert school.provider == "classcharts"
                assert await school.get_badges()

    world.run(body)


def connected(world: World, provider: str, **fields: Any) -> Any:
    """A client of *provider* in that world."""
    if world.name == "sync":
        return Awaited(schoolsync.connect(provider, **fields))
    return schoolsync.connect_async(provider, **fields)


@pytest.mark.parametrize("connect", [schoolsync.connect, schoolsync.connect_async])
def test_the_clients_are_the_provider_s_own(connect: Any) -> None:
    """With everything that it has beyond the common face."""
    prefix = "" if connect is schoolsync.connect else "Async"
    assert isinstance(
        connect("classcharts", email="a@example.test", password="x"),
        getattr(classcharts, f"{prefix}ParentClient"),
    )
    assert isinstance(connect("classcharts", code="ZZ"), getattr(classcharts, f"{prefix}StudentClient"))


@pytest.mark.parametrize("connect", [schoolsync.connect, schoolsync.connect_async])
@pytest.mark.parametrize(
    ("provider", "fields", "leaf"),
    [
        ("classchart", {}, UnknownName),
        ("classcharts", {}, BadArgument),
        ("classcharts", {"email": "a@example.test"}, BadArgument),
        ("classcharts", {"email": "a@example.test", "password": "s3cret", "code": "ZZ"}, BadArgument),
        (
            "classcharts",
            {"email": "a@example.test", "password": "s3cret", "date_of_birth": "1/1/2010"},
            BadArgument,
        ),
        ("classcharts", {"code": "ZZ", "date_of_birth": "2010-01-01"}, BadArgument),
        ("classcharts", {"code": "ZZ", "base_url": "http://school.example.test"}, BadArgument),
        ("classcharts", {"email": "a@example.test", "password": "s3cret", "url": "x"}, TypeError),
        ("classcharts", {"email": "a@example.test", "pasword": "s3cret"}, (TypeError, BadArgument)),
    ],
)
def test_fields_that_cannot_be_meant_are_refused(
    connect: Any, provider: str, fields: dict[str, Any], leaf: Any
) -> None:
    """Before any I/O, and no secret is quoted."""
    with pytest.raises(leaf) as caught:
        connect(provider, **fields)
    assert "s3cret" not in str(caught.value)


# -- another package's -----------------------------------------------------------------


@attrs.define
class OtherNative:
    """The other provider's own words."""

    async def hello(self, name: str) -> str:
        """One request."""
        response = await effects.send(Request("GET", f"https://other.example.test/{name}", is_read=True))
        return response.text


class Other(Service):
    """A provider that another package brings: lessons, and nothing else."""

    name = "other"
    address = "https://other.example.test"

    def __init__(self, options: Options, *, token: str) -> None:
        self.options, self.token = options, token
        self.is_in = False

    @property
    def native(self) -> OtherNative:
        """Its own words."""
        return OtherNative()

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """Two of them."""
        if not self.is_in:
            raise UsageError("nobody has signed in yet")
        school = School(name="Other", timezone="Europe/London", provider="other")
        return tuple(Pupil(key=f"pupil-{n}", name=f"Pupil {n}", school=school) for n in (1, 2))

    @property
    def capabilities(self) -> Capabilities:
        """None."""
        return Capabilities(pupils=self.pupils)

    async def login(self) -> None:
        """One request."""
        await effects.send(Request("POST", "https://other.example.test/login"))
        self.is_in = True

    async def logout(self) -> None:
        """One request, if somebody is in."""
        if self.is_in:
            await effects.send(Request("POST", "https://other.example.test/logout"))
            self.is_in = False

    async def keep_alive(self) -> None:
        """Nothing."""

    async def lessons(
        self, days: Days, *, pupil: PupilLike | None = None, raw_view: bool = False
    ) -> Rows[Lesson]:
        """None, and who was asked for."""
        await self.ready()
        rows: Rows[Lesson] = Rows()
        rows.asked = (days, pupil, raw_view)  # type: ignore[attr-defined]
        return rows


OTHER = Provider(service="tests.client.test_connect:Other")
BROKEN = Provider(service="tests.client.test_connect:nothing")


@attrs.define
class Remembering:
    """Answers everything, and remembers it."""

    asked: list[str] = attrs.field(factory=list)

    def exchange(self, request: Request) -> Response:
        """An answer that repeats the address."""
        self.asked.append(f"{request.method} {request.url.rpartition('/')[2]}")
        return Response(200, url=request.url, body=b"hello")


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Remembering:
    """The other package is installed."""
    points = [
        EntryPoint(name=name, value=f"tests.client.test_connect:{name.upper()}", group=registry.GROUP)
        for name in ("other", "broken", "missing")
    ]
    monkeypatch.setattr(registry, "entry_points", lambda **_: points)
    return Remembering()


def test_another_package_s_provider_gets_the_common_client(world: World, other: Remembering) -> None:
    """Under both worlds, unchanged, and with its own words."""

    async def body() -> None:
        async with connected(world, "other", token="t", http_client=other, clock=world.clock) as school:
            assert (school.provider, len(school.pupils)) == ("other", 2)
            school.select_pupil(2)
            rows = await school.get_lessons("2026-11-23", raw_view=True)
            assert rows.asked == (Days.read("2026-11-23"), "pupil-2", True)
            assert (await school.get_lessons(pupil="Pupil 1")).asked[1] == "Pupil 1"
            assert await school.native.hello("you") == "hello"
            with pytest.raises(AttributeError):
                school.native.goodbye  # noqa: B018
            with pytest.raises(Unavailable) as caught:
                await school.get_badges()
            assert (caught.value.reason, caught.value.provider) == ("not_in_provider", "other")

    world.run(body)
    assert other.asked == ["POST login", "GET you", "POST logout"]


@pytest.mark.parametrize("connect", [schoolsync.connect, schoolsync.connect_async])
def test_fields_that_another_package_does_not_know(other: Remembering, connect: Any) -> None:
    """Are a mistake of the caller; the options of every client are not."""
    with pytest.raises(TypeError):
        connect("other", tokn="x")
    with pytest.raises(TypeError):
        connect("other")
    assert connect("other", token="x", strict=True, timeout=3.0).provider == "other"


@pytest.mark.parametrize("connect", [schoolsync.connect, schoolsync.connect_async])
@pytest.mark.parametrize("name", ["broken", "missing"])
def test_a_broken_package_is_told(other: Remembering, connect: Any, name: str) -> None:
    """As what it is, and only when it is asked for."""
    with pytest.raises(UsageError, match="cannot be loaded"):
        connect(name, token="x")
    assert connect("other", token="x")

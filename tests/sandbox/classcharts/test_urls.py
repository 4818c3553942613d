"""Addresses."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.classcharts import urls
from schoolsync.sandbox.classcharts.actions import ACTIONS
from schoolsync.sandbox.classcharts.readings import FEATURE_OF, READINGS

WEB = "https://www.classcharts.com"
LOCAL = "http://127.0.0.1:8421"


@pytest.mark.parametrize(
    ("path", "role", "name", "tail"),
    [
        ("/apiv2parent/pupils", "parent", "pupils", ""),
        ("/apiv2parent/pupils/", "parent", "pupils", ""),
        ("/apiv2student/homeworks", "student", "homeworks", ""),
        ("/apiv2student/behaviour/", "student", "behaviour", ""),
        ("/apiv2parent/homeworks/5000001?", "parent", "homeworks", "5000001"),
        ("/apiv2student/purchase/5501", "student", "purchase", "5501"),
    ],
)
def test_an_address_means_a_function(path: str, role: str, name: str, tail: str) -> None:
    """With or without a slash at the end, a number, an empty query."""
    place = urls.find(WEB + path)
    assert place is not None
    assert (place.role, place.route.name, place.tail) == (role, name, tail)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/parent/login",
        "/apiv2parent",
        "/apiv2parent/rewards/1",
        "/apiv2student/pupils",
        "/apiv2student/password",
        "/apiv2parent/pupils/1",
        "/apiv2parent/homeworks/1/2",
        "/apiv2parent/nothing",
        "/apiv3parent/pupils",
    ],
)
def test_other_addresses_mean_nothing(path: str) -> None:
    """Functions of the other role, too long paths, unknown words."""
    assert urls.find(WEB + path) is None


def test_every_function_is_answered() -> None:
    """Each route is a reading, an action or a door, and everything that can be switched off exists."""
    assert set(urls.ROUTES) == set(READINGS) | set(ACTIONS) | {"login", "logout", "hasdob"}
    assert not set(READINGS) & set(ACTIONS)
    assert set(FEATURE_OF) <= set(urls.ROUTES)


def test_hosts_follow_the_address_that_was_asked() -> None:
    """A real host name has neighbours; a loopback address has paths."""
    assert urls.origin_of(f"{WEB}/a?b=c") == WEB
    assert urls.files_base(f"{WEB}/a") == "https://attachments.classcharts.com"
    assert urls.files_base(f"{LOCAL}/a") == LOCAL + urls.FILES_PATH
    assert urls.tes_address(f"{WEB}/a") == "https://session.tes.com/v1/verify"
    assert urls.tes_address(f"{LOCAL}/a").startswith(f"{LOCAL}/")


def test_a_code_in_a_path_is_masked() -> None:
    """And no query is shown."""
    assert urls.shown_path(f"{WEB}/student/checkpupilcode/ZZTEST0001?a=b") == "/student/checkpupilcode/…"
    assert urls.shown_path(f"{WEB}/apiv2parent/pupils?a=b") == "/apiv2parent/pupils"

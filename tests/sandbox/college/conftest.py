"""A collège on a Monday morning in March."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from tests.sandbox.college.fresh import fresh_college


@pytest.fixture
def college() -> SandboxCollege:
    """The invented collège."""
    return fresh_college()

"""A figure says how it stands, and the least of several runs is what counts."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.drivers import vault
from tools import measuring


@pytest.mark.parametrize(("ours", "verdict"), [(1.5, "met"), (2.5, "MISSED")])
def test_a_figure_says_how_it_stands(ours: float, verdict: str) -> None:
    """The ratio, the target, and whether it was reached."""
    text = str(measuring.Figure("a full read", ours, 1.0, 2.0, "ms"))

    assert f"= {ours:6.2f} (target 2: {verdict})" in text


def test_the_least_of_several_rounds_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """In turn, in milliseconds, the first round not counted; nobody's log-in is held back meanwhile."""
    monkeypatch.setattr(vault.KEEPER, "limits", vault.KEEPER.limits)
    now = [0.0]
    costs: dict[str, Any] = {"one": iter([0.001, 0.005, 0.004]), "two": iter([0.009, 0.002, 0.003])}
    ran: list[str] = []
    monkeypatch.setattr("time.process_time", lambda: now[0])

    def run(name: str) -> None:
        ran.append(name)
        now[0] += next(costs[name])

    found = measuring.least(lambda: run("one"), lambda: run("two"), rounds=2)

    assert found == pytest.approx([4.0, 2.0])
    assert ran == ["one", "two"] * 3

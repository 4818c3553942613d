"""What holds for every test: invented data is the same in every run, and a slow machine is no failure."""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

# A shell hands "ignored" down to what it runs in the background; the programs under test must not inherit it.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("house")

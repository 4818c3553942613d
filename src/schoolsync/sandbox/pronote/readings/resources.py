"""What the server tells of shared files and links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.pronote.asked import asked_for
from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.resources import encode_resources

__all__ = ["READINGS", "resources"]


def resources(call: Call) -> Mapping[str, Any]:
    """Everything that teachers share, unless the request wants nothing of the school's own."""
    is_wanted = asked_for(call.data, "avecRessourcesPronote") is not False
    return encode_resources(call.desk.resources if is_wanted else (), call.ids)


READINGS: Mapping[str, Reading] = {"RessourcePedagogique": resources}
"""Name of a function → what it does."""

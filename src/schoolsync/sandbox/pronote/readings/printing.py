"""Pages as PDF files: the answer says where the file is, as long as the session lives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.words import url

__all__ = ["PRINT_PREFIX", "READINGS", "printed"]

PRINT_PREFIX = 48
"""The number in front of the ids of prints."""


def printed(call: Call) -> Mapping[str, Any]:
    """Where the page is, as an address below the root. What is on it says only whose it is."""
    thing = f"print:{call.tab}:{call.data.get('genreGenerationPDF', 0)}:{call.desk.file.number}"
    name = call.ids.of(PRINT_PREFIX, thing).partition("#")[2]
    return {"url": url(f"PDF/{name}.pdf?Session={call.session}")}


READINGS: Mapping[str, Reading] = {"GenerationPDF": printed}
"""Name of a function → what it does."""

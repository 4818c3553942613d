"""Everything that an account shows of this week, in one JSON file for each child.

It asks for nothing that only ClassCharts has, so it works with every platform: SCHOOL_PROVIDER
names it. Try it on the sandbox as `homework_to_do.py` says, with a folder to write to:

    python examples/save_as_json.py /tmp/school
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import schoolsync
from schoolsync.model import Pupil


def this_week(pupil: Pupil) -> tuple[dt.date, dt.date]:
    """Monday and Sunday, where the school is."""
    today = dt.datetime.now(pupil.school.zone).date()
    monday = today - dt.timedelta(days=today.weekday())
    return monday, monday + dt.timedelta(days=6)


def read(school: schoolsync.SchoolClient, pupil: Pupil) -> dict[str, Any]:
    """The records by name; `None` where the school shows none."""
    week = this_week(pupil)
    readings: dict[str, Callable[..., list[Any]]] = {
        "lessons": school.get_lessons,
        "homework": school.get_homeworks,
        "absences": school.get_absences,
        "announcements": school.get_announcements,
    }
    saved: dict[str, Any] = {}
    for name, get in readings.items():
        try:
            saved[name] = [record.to_dict() for record in get(*week, pupil=pupil)]
        except schoolsync.Unavailable:
            saved[name] = None
    return saved


def main(folder: Path) -> None:
    """The files are written, and their names are printed."""
    provider = os.environ.get("SCHOOL_PROVIDER", "classcharts")
    account = {"email": os.environ["SCHOOL_EMAIL"], "password": os.environ["SCHOOL_PASSWORD"]}
    if "SCHOOL_URL" in os.environ:
        account["base_url"] = os.environ["SCHOOL_URL"]
    folder.mkdir(parents=True, exist_ok=True)
    with schoolsync.connect(provider, **account) as school:
        for pupil in school.pupils:
            path = folder / f"{pupil.key}.json"
            path.write_text(json.dumps(read(school, pupil), ensure_ascii=False, indent=2), encoding="utf-8")
            print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

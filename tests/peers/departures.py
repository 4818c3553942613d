"""Where the server is known to say what the peers do not declare.

Each stands here because it was seen at the real server, or by another client:
names that are not there, empty maps that come as lists, one map that is declared
as a list of maps. Anything else that a peer does not declare fails.
"""

from __future__ import annotations

__all__ = ["ours"]

OF_BOTH = {
    "Announcement.teacher_name: NoneType",
    "AttendanceMeta.percentage: NoneType",
    "AttendanceMeta.percentage_singe_august: NoneType",
    "AttendancePeriod.room_name: NoneType",
    "BehaviourResponseData.negative_reasons: list",
    "BehaviourResponseData.other_positive_count: dict",
    "BehaviourResponseData.positive_reasons: list",
    "Detention.lesson_pupil_behaviour: NoneType",
    "Homework.completion_time_value: NoneType",
    "Homework.description: NoneType",
    "Homework.subject: NoneType",
    "Lesson.teacher_id: NoneType",
    "Pupil.school_logo: NoneType",
    "PupilEvent.lesson_pupil_behaviour: NoneType",
}
"""Field and what came instead of what is declared."""

OF_ONE = {
    "npm classcharts-api": {
        "ClassChartsResponse.data: list",
        "ClassChartsResponse.meta: list",
        "PupilFieldsData.fields.graphic: NoneType",
        "PupilFieldsData.fields.value: NoneType",
    },
    "pyclasschartsapi": {
        "AttendanceResponse.data: list",
        "DetentionsResponse.meta: list",
        "PupilField.graphic: NoneType",
        "PupilField.value: NoneType",
        "RewardsResponse.meta: list",
    },
}
"""The same where the peers have other names for it."""


def ours(peer: str) -> set[str]:
    """The departures from what the peer of that name declares."""
    return OF_BOTH | OF_ONE[peer]

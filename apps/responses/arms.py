"""Answers by arm: who came how far on each way, and what those answered who were asked twice."""

from dataclasses import dataclass

from django.db import connection

from apps.responses.arm_counts import AnsweredTwice, ArmCounts

# Few of all readers are asked again, so only their arms are looked up.
TWICE = """
SELECT (participant.coins ->> 'arm')::int AS arm, get_byte(answer.codes, %(first)s) AS before,
    get_byte(answer.codes, %(again)s) AS after, count(*)
FROM responses_response AS answer JOIN participants_participant AS participant USING (pseudonym)
WHERE answer.inquiry_id = %(inquiry)s AND answer.version_id = %(version)s
    AND get_byte(answer.codes, %(again)s) <> 255
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def answered_twice(inquiry_id: int, *, version_id: int, first: int, again: int) -> list[AnsweredTwice]:
    """By the places of both questions in the codes of one version; an answer left blank is one of the codes."""
    values = {"inquiry": inquiry_id, "version": version_id, "first": first, "again": again}
    with connection.cursor() as cursor:
        cursor.execute(TWICE, values)
        return [AnsweredTwice(*row) for row in cursor.fetchall()]


ARMS = """
SELECT (participant.coins ->> 'arm')::int AS arm, count(*), count(*) FILTER (WHERE answer.finished),
    count(*) FILTER (WHERE answer.answers ?| %(again)s)
FROM responses_response AS answer JOIN participants_participant AS participant USING (pseudonym)
WHERE answer.inquiry_id = %(inquiry)s AND participant.coins ? 'arm'
GROUP BY 1 ORDER BY 1
"""


def readers_by_arm(inquiry_id: int, *, again: list[str]) -> dict[int, ArmCounts]:
    """Who was drawn which arm, and how far they came; `again`: the questions that are asked once more."""
    with connection.cursor() as cursor:
        cursor.execute(ARMS, {"inquiry": inquiry_id, "again": again})
        return {arm: ArmCounts(*counts) for arm, *counts in cursor.fetchall()}


FURTHEST = """
SELECT coalesce((participant.coins ->> 'arm')::int, 0) AS arm, answer.screen, count(*),
    count(*) FILTER (WHERE answer.finished)
FROM responses_response AS answer JOIN participants_participant AS participant USING (pseudonym)
WHERE answer.inquiry_id = %s GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(slots=True)
class Came:
    """`furthest`: by screen, how many came no further; `finished`: how many sent their answers."""

    furthest: dict[int, int]
    finished: int = 0


def furthest_by_arm(inquiry_id: int) -> dict[int, Came]:
    """How far answers came on each way; who was drawn no arm went the first one."""
    found: dict[int, Came] = {}
    with connection.cursor() as cursor:
        cursor.execute(FURTHEST, [inquiry_id])
        for arm, screen, readers, finished in cursor.fetchall():
            way = found.setdefault(arm, Came({}))
            way.furthest[screen] = readers
            way.finished += finished
    return found

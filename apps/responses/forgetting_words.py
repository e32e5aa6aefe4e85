"""Deleting what readers wrote in their own words, twelve months after an inquiry closed. Choices and counts stay."""
# ruff: noqa: S608 - only constants of this file are joined into a statement

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from apps.inquiries.models import Inquiry
from apps.surveys.models import SurveyVersion
from apps.surveys.queries import instrument

TABLES = ("responses_response", "responses_responselog")
HOLDS_WORDS = """
inquiry_id = %(inquiry)s AND EXISTS (
    SELECT 1 FROM jsonb_each(answers) AS given (name, answer)
    WHERE (name = ANY(%(texts)s) AND jsonb_typeof(answer) = 'string' AND answer <> '""')
        OR jsonb_typeof(answer -> 'text') = 'string'
)
"""
# A text becomes an empty one, which still says that something was written; an option with words becomes the option.
WITHOUT_WORDS = """
SELECT jsonb_object_agg(name, CASE
    WHEN name = ANY(%(texts)s) AND jsonb_typeof(answer) = 'string' THEN '""'
    WHEN jsonb_typeof(answer -> 'text') = 'string' THEN answer -> 'code'
    ELSE answer END)
FROM jsonb_each(answers) AS given (name, answer)
"""
COUNT = {table: f"SELECT count(*) FROM {table} WHERE {HOLDS_WORDS}" for table in TABLES}
FORGET = {table: f"UPDATE {table} SET answers = ({WITHOUT_WORDS}) WHERE {HOLDS_WORDS}" for table in TABLES}


def count_words(limit: datetime) -> int:
    """Rows of inquiries closed before the limit that still hold words."""
    with connection.cursor() as cursor:
        total = 0
        for values in _closed_before(limit):
            for statement in COUNT.values():
                cursor.execute(statement, values)
                total += cursor.fetchone()[0]
    return total


def forget_words(limit: datetime) -> int:
    """Take the words out of these rows, latest answers and log together; says of how many rows."""
    total = 0
    for values in _closed_before(limit):
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in FORGET.values():
                cursor.execute(statement, values)
                total += cursor.rowcount
    return total


def _closed_before(limit: datetime) -> list[dict[str, Any]]:
    """Each such inquiry with the questions that are answered by a text in any of its versions."""
    return [
        {"inquiry": inquiry, "texts": _questions_of_words(inquiry)}
        for inquiry in Inquiry.objects.filter(closes_at__lt=limit).order_by("pk").values_list("pk", flat=True)
    ]


def _questions_of_words(inquiry_id: int) -> list[str]:
    versions = SurveyVersion.objects.filter(inquiry_id=inquiry_id).values_list("pk", flat=True)
    questions = (question for version in versions for question in instrument(version).definition.questions)
    return sorted({question.id for question in questions if question.kind == "open_text"})

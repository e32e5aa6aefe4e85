"""Does the ledger hold? Rows against the log, keys and participants against rows, codes against answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from apps.responses.models import Response
from apps.surveys.codes import pack_codes
from apps.surveys.queries import instrument

# Each query finds the pseudonyms that break one promise.
PROMISES = {
    "a response equals its last log row": """
        SELECT answer.pseudonym FROM responses_response AS answer
        LEFT JOIN responses_responselog AS log ON log.pseudonym = answer.pseudonym AND log.revision = answer.revision
        WHERE answer.inquiry_id = %(inquiry)s AND (log.id IS NULL OR log.answers <> answer.answers
            OR log.status <> answer.status OR log.version_id <> answer.version_id
            OR log.inquiry_id <> answer.inquiry_id OR log.day <> answer.changed_day)
    """,
    "the log of a response counts from 1 without a gap": """
        SELECT answer.pseudonym FROM responses_response AS answer
        JOIN responses_responselog AS log ON log.pseudonym = answer.pseudonym
        WHERE answer.inquiry_id = %(inquiry)s
        GROUP BY answer.pseudonym, answer.revision
        HAVING count(*) <> answer.revision OR min(log.revision) <> 1 OR max(log.revision) <> answer.revision
    """,
    "no log row without a response": """
        SELECT DISTINCT log.pseudonym FROM responses_responselog AS log
        LEFT JOIN responses_response AS answer ON answer.pseudonym = log.pseudonym
        WHERE log.inquiry_id = %(inquiry)s AND answer.pseudonym IS NULL
    """,
    "no participant without a response": """
        SELECT participant.pseudonym FROM participants_participant AS participant
        LEFT JOIN responses_response AS answer
            ON answer.pseudonym = participant.pseudonym AND answer.inquiry_id = participant.inquiry_id
        WHERE participant.inquiry_id = %(inquiry)s AND answer.pseudonym IS NULL
    """,
    # A key does not say of which inquiry it is; one that is left over is told of whichever is looked at.
    "no key without a response": """
        SELECT DISTINCT used.pseudonym FROM responses_idempotencykey AS used
        LEFT JOIN responses_response AS answer ON answer.pseudonym = used.pseudonym
        WHERE answer.pseudonym IS NULL
    """,
}
CODES = "the codes of a response follow from its answers"
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    promise: str
    pseudonym: str


def ledger_faults(inquiry_id: int) -> Iterator[Fault]:
    """Every broken promise but the one about codes."""
    with connection.cursor() as cursor:
        for promise, query in PROMISES.items():
            cursor.execute(query, {"inquiry": inquiry_id})
            yield from (Fault(promise, bytes(row[0]).hex()) for row in cursor.fetchall())


def right_codes(inquiry_id: int) -> Iterator[tuple[Response, bytes]]:
    """Each response with the codes that follow from its answers."""
    rows = Response.objects.filter(inquiry_id=inquiry_id).only("answers", "codes", "version_id", "revision")
    for response in rows.iterator(chunk_size=AT_ONCE):
        yield response, pack_codes(instrument(response.version_id).definition, response.answers)


def code_faults(inquiry_id: int, *, seen: Callable[[int], None] = lambda _rows: None) -> Iterator[Fault]:
    """Responses whose packed codes are not those of their answers."""
    number = 0
    for number, (response, codes) in enumerate(right_codes(inquiry_id), start=1):
        if number % AT_ONCE == 0:
            seen(AT_ONCE)
        if codes != bytes(response.codes):
            yield Fault(CODES, bytes(response.pk).hex())
    seen(number % AT_ONCE)

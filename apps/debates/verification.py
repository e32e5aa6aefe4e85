"""Does the ledger of votes hold? Ballots against the log, keys and cards against ballots."""

# ruff: noqa: S608 - only constants of this file are joined into a statement

from collections.abc import Iterator

from django.db import connection

# Each query finds the pseudonyms that break one promise. A ballot's bytes are 00 to 04, so that of their hexadecimal
# digits exactly the second of each vote is not 0.
LAST = """
    SELECT DISTINCT ON (pseudonym, number) pseudonym, number, choice FROM debates_votelog
    WHERE debate_id = %(debate)s ORDER BY pseudonym, number, revision DESC
"""
PROMISES = {
    "a ballot holds the last vote on each statement": f"""
        SELECT DISTINCT last.pseudonym FROM ({LAST}) AS last JOIN debates_ballot AS ballot USING (pseudonym)
        WHERE last.choice <> CASE
            WHEN length(ballot.votes) < last.number THEN 0 ELSE get_byte(ballot.votes, last.number - 1) END
    """,
    "a ballot holds no vote that the log does not know": f"""
        SELECT ballot.pseudonym FROM debates_ballot AS ballot
        LEFT JOIN ({LAST}) AS last ON last.pseudonym = ballot.pseudonym AND last.choice > 0
        WHERE ballot.debate_id = %(debate)s GROUP BY ballot.pseudonym
        HAVING length(replace(encode(ballot.votes, 'hex'), '0', '')) <> count(last.number)
    """,
    "the log of a ballot counts from 1 without a gap": """
        SELECT ballot.pseudonym FROM debates_ballot AS ballot
        LEFT JOIN debates_votelog AS log ON log.pseudonym = ballot.pseudonym
        WHERE ballot.debate_id = %(debate)s GROUP BY ballot.pseudonym, ballot.revision
        HAVING count(log.id) <> ballot.revision OR coalesce(max(log.revision), 0) <> ballot.revision
    """,
    "no logged vote without a ballot": """
        SELECT DISTINCT log.pseudonym FROM debates_votelog AS log
        LEFT JOIN debates_ballot AS ballot
            ON ballot.pseudonym = log.pseudonym AND ballot.debate_id = log.debate_id
        WHERE log.debate_id = %(debate)s AND ballot.pseudonym IS NULL
    """,
    # A key does not say of which debate it is; one that is left over is told of whichever is looked at.
    "no key of a vote without a ballot": """
        SELECT DISTINCT used.pseudonym FROM debates_votekey AS used
        LEFT JOIN debates_ballot AS ballot ON ballot.pseudonym = used.pseudonym
        WHERE ballot.pseudonym IS NULL
    """,
}


def ballot_faults(inquiry_id: int) -> Iterator[tuple[str, str]]:
    """Every broken promise, with the pseudonym of the reader it was given to."""
    with connection.cursor() as cursor:
        for promise, query in PROMISES.items():
            cursor.execute(query, {"debate": inquiry_id})
            yield from ((promise, bytes(row[0]).hex()) for row in cursor.fetchall())

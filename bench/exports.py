"""A million responses into a CSV file, by the command as an operator runs it.

`python -m bench.exports 1000000` prints the figures as JSON. The database is a throw-away one; the responses are those
of a few thousand simulated readers, copied under new pseudonyms.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.servers import CONTENT, ROOT, only_a_database

READERS = 5_000
RESPONSES, MOST_SECONDS, MOST_MEGABYTES = 1_000_000, 8, 300
COPIED = "inquiry_id, version_id, revision, answers, codes, status, finished, screen, language, device, visible_ms"
# Each round every reader there is gets a double, until there are enough.
DOUBLES = f"""
WITH chosen AS (
    SELECT *, substr(sha256(pseudonym || int4send(%(round)s)), 1, 16) AS double FROM responses_response LIMIT %(most)s
), people AS (
    INSERT INTO participants_participant
        (pseudonym, inquiry_id, receipt_hash, coins, consent_sha256, consent_day, simulated)
    SELECT double, who.inquiry_id, sha256(double), coins, consent_sha256, consent_day, who.simulated
    FROM chosen JOIN participants_participant AS who USING (pseudonym)
)
INSERT INTO responses_response (pseudonym, {COPIED}, started_day, changed_day, simulated)
SELECT double, {COPIED}, started_day, changed_day, simulated FROM chosen
"""


def measured(responses: int, kind: str) -> dict[str, Any]:
    with only_a_database() as data_dir:
        fill(responses)
        return exported(kind, data_dir / "file")


def fill(responses: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    with open(os.devnull, "w") as nowhere:
        call_command("migrate", verbosity=0)
        call_command("load_inquiry", str(CONTENT), stdout=nowhere)
        call_command("simulate_readers", "one-founder-ai", readers=min(READERS, responses), seed=1, stdout=nowhere)
    with connection.cursor() as cursor:
        there, number = min(READERS, responses), 0
        while there < responses:
            number += 1
            cursor.execute(DOUBLES, {"round": number, "most": responses - there})
            there += cursor.rowcount
        cursor.execute("VACUUM ANALYZE responses_response")
        cursor.execute("VACUUM ANALYZE participants_participant")
        cursor.execute("CHECKPOINT")  # what was written is not still on its way to the disk while reading is timed
    connection.close()


def exported(kind: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "django", "export_responses", "one-founder-ai", "--format", kind, "--out", path]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, used = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "name": "exports",
        "format": kind,
        "responses": int(done.stdout.split()[1].replace(",", "")),
        "seconds": round(seconds, 2),
        "megabytes": round(used.ru_maxrss / 1024),
        "file_megabytes": round(path.stat().st_size / 1e6),
    }


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "csv")))

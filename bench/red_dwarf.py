"""red-dwarf (PyPI) on the same planted votes. `python -m bench.red_dwarf 10000 300` prints its seconds and memory."""

import json
import sys
from typing import Any

from bench.maps import planted
from bench.processes import peak_megabytes, worked


def measured(readers: int, statements: int) -> dict[str, Any]:
    """Empty where it is not installed."""
    try:
        from reddwarf.implementations.polis import run_pipeline
    except ImportError:
        return {}
    votes, _ = planted(readers, statements)
    listed = [
        {"participant_id": int(reader), "statement_id": int(statement), "vote": int(value), "modified": 1}
        for reader, statement, value in zip(votes.rows(), votes.indices, votes.values, strict=True)
    ]
    before = peak_megabytes()
    _, seconds = worked(lambda: run_pipeline(votes=listed, random_state=1))
    return {"seconds": round(seconds, 2), "megabytes": round(peak_megabytes() - before)}


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))

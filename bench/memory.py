"""What a web process keeps in memory after it has served all of the benchmark."""

from pathlib import Path

MEGABYTES = 130


def resident(process_id: int) -> float:
    """Resident megabytes of the largest process below this one, shared code included; Linux only."""
    return max((megabytes(child) for child in children(process_id)), default=0.0)


def children(process_id: int) -> list[int]:
    listed = Path(f"/proc/{process_id}/task/{process_id}/children")
    return [int(word) for word in listed.read_text().split()] if listed.exists() else []


def megabytes(process_id: int) -> float:
    lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

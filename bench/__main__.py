"""`make bench`: ratios against the simplest code that does the same, measured in turns on one database and server."""

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from bench.load import run
from bench.memory import MEGABYTES, resident
from bench.opinion import measure_ballots, measure_gains, measure_maps
from bench.reports import measure_reports
from bench.scenarios import PAIRS, Pair
from bench.servers import both_sites

ROUNDS = 7
SECONDS = 2.0
RESULTS = Path(__file__).parent / "results"
OPINION = {"maps": measure_maps, "ballots": measure_ballots, "gains": measure_gains, "reports": measure_reports}


def measure(pair: Pair, ports: dict[str, int]) -> dict[str, Any]:
    """Rates of both in turns, so that a machine that slows down slows both; the median of the ratios counts."""
    ours, bare = [], []
    for number in range(ROUNDS + 1):
        a = run(ports["toikake"], lambda: pair.ours(ports["toikake"]), seconds=SECONDS)
        b = run(ports["bare"], lambda: pair.bare(ports["bare"]), seconds=SECONDS)
        if number:  # the first turn warms both up
            ours.append(a)
            bare.append(b)
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    return {
        "name": pair.name,
        "what": pair.what,
        "ours_per_second": round(statistics.median(ours)),
        "bare_per_second": round(statistics.median(bare)),
        "ratio": round(statistics.median(ratios), 3),
        "lowest": round(min(ratios), 3),
        "highest": round(max(ratios), 3),
        "floor": pair.floor,
    }


def measure_memory(process_id: int) -> dict[str, Any]:
    return {
        "name": "memory",
        "what": "resident megabytes of the larger web process after all this",
        "megabytes": round(resident(process_id)),
        "ceiling": MEGABYTES,
    }


def keep(figures: dict[str, Any]) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{figures['name']}.json").write_text(json.dumps(figures, indent=2) + "\n")


def line(figures: dict[str, Any]) -> str:
    columns = (figures[name] for name in ("ours_per_second", "bare_per_second", "ratio", "lowest", "highest"))
    return f"{figures['name']:<15}" + "".join(f"{value:>9}" for value in columns) + f"{'≥ ' + str(figures['floor']):>9}"


def main(wanted: list[str]) -> int:
    names = [*(pair.name for pair in PAIRS), *OPINION]
    if unknown := set(wanted) - set(names):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; choose from {', '.join(names)}.")
        return 2
    pairs = [pair for pair in PAIRS if not wanted or pair.name in wanted]
    missed = measure_pairs(pairs) if pairs else 0
    missed += sum(measure_it(keep) for name, measure_it in OPINION.items() if not wanted or name in wanted)
    return 1 if missed else 0


def measure_pairs(pairs: list[Pair]) -> int:
    """Prints and keeps the figures of each; how many missed what is wanted."""
    print(f"{'':<15}{'ours/s':>9}{'bare/s':>9}{'ratio':>9}{'lowest':>9}{'highest':>9}{'wanted':>9}")
    missed = 0
    with both_sites() as (ports, process):
        for pair in pairs:
            figures = measure(pair, ports)
            keep(figures)
            print(line(figures), flush=True)
            missed += figures["ratio"] < pair.floor
        memory = measure_memory(process)
    keep(memory)
    print(f"A web process holds {memory['megabytes']} MB (wanted: ≤ {MEGABYTES}).")
    return missed + (memory["megabytes"] > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

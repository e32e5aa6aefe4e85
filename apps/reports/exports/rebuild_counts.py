"""Counts the answers again from responses.csv and compares them with counts.json, byte for byte.

Stands in every bundle and needs nothing but Python and numpy:

    python rebuild_counts.py            says whether counts.json is what the answers give (exit 1 where it is not)
    python rebuild_counts.py --print    writes what the answers give
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent
NOT_SHOWN = 255


def codes_of(name: str) -> dict[str, np.ndarray]:
    """The columns that the codebook calls codes of a question; an empty cell was not shown."""
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        kept = {column: bytearray() for column in head}
        wanted = [(head.index(each["name"]), kept[each["name"]]) for each in coded()]
        for row in rows:
            for place, codes in wanted:
                codes.append(int(row[place]) if row[place] else NOT_SHOWN)
    return {name: np.frombuffer(codes, dtype=np.uint8) for name, codes in kept.items()}


def coded() -> list[dict]:
    return [each for each in CODEBOOK["columns"] if each["type"] == "code" and each["question"]]


def rebuilt() -> bytes:
    codes, columns = codes_of("responses.csv"), {}
    for each in coded():
        found = np.bincount(codes[each["name"]], minlength=256)
        known = sorted(value["code"] for value in each["values"])
        columns[each["name"]] = {
            "codes": {str(code): int(found[code]) for code in known},
            "not_shown": int(found[NOT_SHOWN]),
        }
    document = {
        "format": "toikake-counts/1",
        "inquiry": CODEBOOK["inquiry"],
        "responses": CODEBOOK["responses"],
        "simulated": CODEBOOK["simulated"],
        "columns": columns,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


if __name__ == "__main__":
    CODEBOOK = json.loads((FOLDER / "codebook.json").read_text(encoding="utf-8"))
    if sys.argv[1:] == ["--print"]:
        sys.stdout.buffer.write(rebuilt())
    elif rebuilt() == (FOLDER / "counts.json").read_bytes():
        print("counts.json is what the answers give.")
    else:
        sys.exit("counts.json is not what the answers give.")

"""Works the report out again from responses.csv and compares it with report/report.json, byte for byte.

Stands in every bundle and needs nothing but Python, numpy, scipy and highspy. The code that counts lies beside it, in
report/code; parts that rest on votes, times or words, which no bundle holds, are carried over as they are.

    python report/rebuild_report.py            says whether report.json is what the answers give (exit 1 where not)
    python report/rebuild_report.py --print    writes what the answers give
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER / "code"))

if __name__ == "__main__":
    from apps.reports.report.taken_along.rebuilding import rebuilt

    found = rebuilt(FOLDER.parent)
    if sys.argv[1:] == ["--print"]:
        sys.stdout.buffer.write(found)
    elif found == (FOLDER / "report.json").read_bytes():
        print("report.json is what the answers give.")
    else:
        sys.exit("report.json is not what the answers give.")

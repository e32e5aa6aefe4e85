"""A million answers: into arrays, tables, a report and files; beside it SQL over JSONB, and polars on Parquet.

`python -m bench.reports 1000000` prints the figures as JSON. The database is the throw-away one of `bench.exports`.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

from bench.exports import MOST_MEGABYTES, MOST_SECONDS, RESPONSES, exported, fill
from bench.opinion import Figures, Keep, Wanted, told
from bench.processes import apart, peak_megabytes, timed
from bench.servers import only_a_database

SLUG = "one-founder-ai"
TURNS = 5
ARRAYS, TABLE, REPORT, PDF = 0.4, 0.06, 1.5, 3.0
CROSSED = tuple(product(("Q1", "Q4", "Q6"), ("B1", "B2", "B3")))


def measure_reports(keep: Keep) -> int:
    figures: Figures = apart("bench.reports", RESPONSES)
    csv: Figures = figures.pop("csv")
    for each in (figures, csv):
        keep(each)
    print(line(figures), flush=True)
    return told(wanted_of(figures, csv))


def line(figures: Figures) -> str:
    return (
        f"{figures['responses']:,} responses. Codes into arrays: {figures['arrays']} s; all items counted by SQL over"
        f" JSONB {figures['sql_counts']} s; Parquet into polars {figures['polars_arrays']} s.\n"
        f"A table with its tests: {1000 * figures['table']:.0f} ms (slowest of {len(CROSSED)}); SQL"
        f" {1000 * figures['sql_table']:.0f} ms and polars on Parquet {1000 * figures['polars_table']:.0f} ms,"
        " chi-square alone."
    )


def wanted_of(figures: Figures, csv: Figures) -> Iterator[Wanted]:
    yield Wanted("codes of all responses into arrays, seconds", figures["arrays"], ARRAYS, at_least=False)
    yield Wanted("slowest table with its tests, seconds", figures["table"], TABLE, at_least=False)
    yield Wanted("live report, seconds", figures["report"], REPORT, at_least=False)
    yield Wanted("PDF, seconds", figures["pdf"], PDF, at_least=False)
    yield Wanted(
        "CSV with labels, seconds, start of the command included", csv["seconds"], MOST_SECONDS, at_least=False
    )
    yield Wanted("CSV with labels, megabytes at most", csv["megabytes"], MOST_MEGABYTES, at_least=False)


def measured(responses: int) -> dict[str, Any]:
    with only_a_database() as data_dir:
        fill(responses)
        csv = exported("csv", data_dir / "file.csv")
        exported("parquet", data_dir / "file.parquet")
        return {"name": "reports", "responses": responses, **figures_of(data_dir / "file.parquet"), "csv": csv}


def figures_of(parquet: Path) -> Figures:
    from apps.inquiries.queries import inquiry_by_slug
    from apps.reports.report.gathering import gather
    from apps.reports.report.live import counted
    from apps.reports.report.settings import LIVE

    inquiry = inquiry_by_slug(SLUG)
    material, arrays = usual(lambda: gather(inquiry))
    table = max(usual(lambda pair=pair: crossed(material, pair))[1] for pair in CROSSED)
    report, seconds = usual(lambda: counted(inquiry, LIVE), turns=3)
    found: Figures = {"arrays": arrays, "table": table, "report": seconds, "parts": len(report["parts"])}
    found["pdf"] = usual(lambda: printed(inquiry), turns=3)[1]
    found["megabytes"] = round(peak_megabytes())
    sql_counts, found["sql_counts"] = usual(lambda: counted_by_sql(material.slots), turns=3)
    if otherwise := [slot for slot, counts in counted_here(material).items() if sql_counts[slot] != counts]:
        raise AssertionError(f"SQL counts otherwise: {otherwise}")
    return found | beside(parquet, material)


def usual(action: Callable[[], Any], turns: int = TURNS) -> tuple[Any, float]:
    """What it gives, and the median of the seconds after a first turn that warms up. One result lives at a time, as in
    a worker."""
    value, taken = action(), []
    for _turn in range(turns):
        del value
        value, seconds = timed(action)
        taken.append(seconds)
    return value, round(median(taken), 3)


def crossed(material: Any, pair: tuple[str, str]) -> Any:
    from apps.reports.crosstables.asked import asked
    from apps.reports.crosstables.crosstable import crosstable
    from apps.reports.crosstables.fields import fields_of
    from apps.reports.crosstables.known import Known

    fields = fields_of(material.definition, None)
    return crosstable(material, fields, asked(fields, *pair), Known({}))


def printed(inquiry: Any) -> bytes:
    """From the report as data to the bytes of the file, questionnaire included."""
    from django.utils import timezone
    from django.utils.translation import override

    from apps.reports.calculations.asking import ask
    from apps.reports.calculations.making import work_out
    from apps.reports.documents.pdf import Imprint, pdf
    from apps.reports.documents.questionnaire import questionnaire
    from apps.reports.report import live
    from apps.surveys.queries import published_instrument

    asked_for = ask(inquiry=inquiry, kind=live.KIND, parameters={})
    work_out(calculation_id=asked_for.pk)
    asked_for.refresh_from_db()
    with override("ja"):
        report = live.told(asked_for, "ja")
        return pdf(report, Imprint("—", timezone.now()), (questionnaire(published_instrument(inquiry.pk), "ja"),))


def counted_here(material: Any) -> dict[Any, Counter[int]]:
    """Without those who left it blank, which JSON may say in two ways."""
    import numpy as np

    from apps.analysis.tabulation import NOT_SHOWN
    from apps.surveys.definition import BLANK

    found = {}
    for place, slot in enumerate(material.slots):
        counts = np.bincount(material.codes[:, place], minlength=256)
        found[slot] = Counter({code: int(n) for code, n in enumerate(counts) if n and code not in (BLANK, NOT_SHOWN)})
    return found


def way(slot: Any) -> str:
    """Where an answer stands in the JSON, as who keeps only that would look for it."""
    if slot.question == "Q9":
        return f"answers #>> '{{Q9,{int(slot.part) - 1}}}'"
    if slot.part is not None:
        return f"answers #>> '{{{slot.question},{slot.part}}}'"
    return f"coalesce(answers #>> '{{{slot.question},code}}', answers ->> '{slot.question}')"


def counted_by_sql(slots: Any) -> dict[Any, Counter[int]]:
    """One query for each item, as reports over JSON are made."""
    found = {}
    for slot in slots:
        rows = asked_of_server(f"SELECT {way(slot)} AS code, count(*) FROM responses_response GROUP BY 1")
        found[slot] = Counter({int(code): n for code, n in rows if code not in (None, "97")})
    return found


def asked_of_server(query: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def beside(parquet: Path, material: Any) -> Figures:
    """The same table by what others use. Chi-square alone: no exact test, no letters, nothing hidden."""
    import polars as pl
    from scipy.stats import chi2_contingency

    def by_sql(rows: str, columns: str) -> float:
        a, b = (f"coalesce(answers #>> '{{{name},code}}', answers ->> '{name}')" for name in (rows, columns))
        cells = asked_of_server(f"SELECT {a}, {b}, count(*) FROM responses_response GROUP BY 1, 2")
        return tested([cell for cell in cells if cell[0] and cell[1]])

    def by_polars(rows: str, columns: str) -> float:
        cells = pl.scan_parquet(parquet).group_by(rows, columns).len().collect()
        return tested([cell for cell in cells.iter_rows() if cell[0] and cell[1]])

    def tested(cells: list[tuple[Any, ...]]) -> float:
        rows, columns = ({cell[place] for cell in cells} for place in (0, 1))
        counts = {(str(row), str(column)): n for row, column, n in cells}
        table = [[counts.get((str(row), str(column)), 0) for column in columns] for row in rows]
        return round(float(chi2_contingency(table, correction=False).statistic), 6)

    (chi_sql, sql), (chi_polars, polars) = (
        usual(lambda count=count: count(*CROSSED[0]), turns=3) for count in (by_sql, by_polars)
    )
    if abs(chi_sql - chi_polars) > 1e-6 * chi_sql:
        raise AssertionError(f"{chi_sql} is not {chi_polars}")
    names = ["_".join(str(part) for part in (s.question, s.part, s.option) if part is not None) for s in material.slots]
    _table, arrays = usual(lambda: pl.read_parquet(parquet, columns=names).to_numpy(), turns=3)
    return {"sql_table": sql, "polars_table": polars, "polars_arrays": arrays}


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))

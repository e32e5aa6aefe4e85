"""The formats there are. Named here without what writes them, which web processes do not import."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    module: str
    suffix: str
    content_type: str


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "csv": Format("csv_table", ".csv", "text/csv; charset=utf-8"),
    "xlsx": Format("workbook", ".xlsx", SHEET),
    "sav": Format("spss", ".sav", "application/x-spss-sav"),
    "parquet": Format("parquet", ".parquet", "application/vnd.apache.parquet"),
    "bundle": Format("bundle", ".zip", "application/zip"),
}


class TooManyRows(Exception):
    """More responses than this format holds."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

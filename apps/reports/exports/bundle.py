"""Everything in one zip: the answers, what they mean, what was asked, a script that counts them again; and the votes.

The same answers under the same seed give the same bytes.
"""

from collections.abc import Callable
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db.models import Exists, OuterRef

from apps.debates.models import Ballot, Debate
from apps.debates.tidy.exporting import export_debate, rows_to_see
from apps.inquiries.models import Inquiry
from apps.reports.exports import codebook, counts, csv_table, ddi, parquet
from apps.reports.exports.guide import guide
from apps.reports.exports.responses import Responses
from apps.reports.report.taken_along.files import report_files
from apps.surveys.definition import canonical

ALWAYS = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
PIECE = 1 << 20
SCRIPT = "rebuild_counts.py"


def write(responses: Responses, path: Path, *, language: str, seen: Callable[[int], object]) -> None:
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as made:
        folder = Path(made)
        csv_table.write(responses, folder / "responses.csv", language=language, seen=seen)
        parquet.write(responses, folder / "responses.parquet", language=language, seen=lambda _rows: None)
        debated = add_debate(responses.inquiry, folder / "debate", seen)
        for name, content in {**small_files(responses, language, debated=debated), **responses.beside}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        names = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
        sums = "".join(f"{checksum(folder / name)}  {name}\n" for name in names)
        (folder / "checksums.txt").write_text(sums, encoding="ascii")
        with ZipFile(path, "w") as packed:
            for name in sorted([*names, "checksums.txt"]):
                pack(packed, folder / name, name)


def beside(responses: Responses) -> dict[str, bytes]:
    """The report of the same moment, with all that makes it again."""
    return report_files(responses.inquiry, {column.source: column.name for column in responses.columns})


def add_debate(inquiry: Inquiry, folder: Path, seen: Callable[[int], object]) -> bool:
    """The votes beside the answers, under numbers that lead from neither to the other; False where nobody voted."""
    debate = debate_voted_on(inquiry)
    if debate is None:
        return False
    export_debate(debate, folder, seen=seen, days=False)
    return True


def more_steps(inquiry: Inquiry) -> int:
    """Of a progress bar."""
    debate = debate_voted_on(inquiry)
    return rows_to_see(debate) if debate else 0


def debate_voted_on(inquiry: Inquiry) -> Debate | None:
    voted = Exists(Ballot.objects.filter(debate=OuterRef("pk")))
    return Debate.objects.filter(voted, inquiry=inquiry).select_related("inquiry").first()


def small_files(responses: Responses, language: str, *, debated: bool) -> dict[str, bytes]:
    instruments = {
        f"questionnaire-v{each.number}.json": canonical(dict(each.definition.document))
        for each in responses.instruments
    }
    return instruments | {
        "codebook.json": codebook.as_json(responses),
        "codebook.ja.md": codebook.as_markdown(responses, "ja"),
        "codebook.en.md": codebook.as_markdown(responses, "en"),
        "ddi.xml": ddi.as_xml(responses),
        "counts.json": counts.as_json(responses),
        "settings.json": codebook.written_down(settings(responses, language)),
        "README.md": guide(responses, debated=debated),
        SCRIPT: (Path(__file__).parent / SCRIPT).read_bytes(),
    }


def settings(responses: Responses, language: str) -> dict[str, object]:
    """With what it was made: enough to make it again."""
    return {
        "format": codebook.FORMAT,
        "inquiry": responses.inquiry.slug,
        "seed": responses.seed,
        "language": language,
        "raw_text": responses.raw_text,
        "log_watermark": responses.watermark,
        "code_version": code_version(),
        "libraries": {name: metadata.version(name) for name in ("highspy", "numpy", "pyarrow", "scipy")},
    }


def code_version() -> str:
    """A hash of everything that makes the files what they are."""
    digest = sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def checksum(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def pack(packed: ZipFile, path: Path, name: str) -> None:
    told = ZipInfo(name, ALWAYS)
    told.compress_type, told.external_attr = ZIP_DEFLATED, READABLE
    told.file_size = path.stat().st_size
    with path.open("rb") as file, packed.open(told, "w") as kept:
        while piece := file.read(PIECE):
            kept.write(piece)

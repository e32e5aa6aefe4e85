"""`export_debate SLUG DIR`: a debate as tidy files with a codebook. The mathematics is imported when it is needed."""

from collections.abc import Callable
from pathlib import Path

from apps.common.threads import count_in_one_thread
from apps.debates.management.exporting import FolderExport
from apps.debates.models import Debate


class Command(FolderExport):
    help = "Writes the debate of an inquiry as tables: statements, votes, exposures, groups; a codebook; checksums."

    def rows_to_see(self, debate: Debate) -> int:
        count_in_one_thread()  # before the first import of what counts

        from apps.debates.tidy.exporting import rows_to_see

        return rows_to_see(debate)

    def write(self, debate: Debate, folder: Path, seen: Callable[[int], None]) -> dict[str, int]:
        from apps.debates.tidy.exporting import export_debate

        return export_debate(debate, folder, seen=seen)

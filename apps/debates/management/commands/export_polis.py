"""`export_polis SLUG DIR`: a debate as files that tools for Polis read."""

from collections.abc import Callable
from pathlib import Path

from apps.debates.management.exporting import FolderExport
from apps.debates.models import Debate, VoteLog
from apps.debates.polis.exporting import export_conversation


class Command(FolderExport):
    help = "Writes the debate of an inquiry as polis-export/1: votes, comments, participants, groups, summary."

    def rows_to_see(self, debate: Debate) -> int:
        return 2 * VoteLog.objects.filter(debate=debate).count()

    def write(self, debate: Debate, folder: Path, seen: Callable[[int], None]) -> dict[str, int]:
        return export_conversation(debate, folder, seen=seen)

"""Static files as readers get them: named by their content, compressed, collected under the data folder."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Collect them unless what is there was made from the very same sources; says whether it did."""
    mark = settings.DATA_DIR / "static-sources"
    wanted = fingerprint_of_sources()
    if settings.STATIC_ROOT.exists() and mark.exists() and mark.read_text() == wanted:
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(wanted)
    return True


def fingerprint_of_sources() -> str:
    """Of all names, sizes and times: a change, a new file, one that went and another version of a package show."""
    facts = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            facts.append(f"{path}\t{status.st_size}\t{status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()

"""The catalogues that Django reads are made of those that people write: by `make`, and by a start without it.

Without them every page would be in English, and so would the Japanese documents that are kept.
"""

from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

LANGUAGES = ("ja",)  # English is the language of the sources


def written_by_hand(language: str) -> Path:
    return settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def compile_if_changed() -> bool:
    """Whether one had to be made. Raises CommandError where it cannot be; an older one is better than none."""
    made = False
    for language in LANGUAGES:
        source = written_by_hand(language)
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        from apps.common.catalogue import compile_catalogue  # Babel is not needed otherwise

        try:
            compile_catalogue(source, language)
        except OSError as error:
            if compiled.exists():
                continue
            raise CommandError(
                f"{compiled} is missing and cannot be written ({error.strerror}). Run `make messages` as the owner of"
                " the checkout.",
                returncode=2,
            ) from error
        made = True
    return made

"""Static files under names that change with their content, also where one of our modules imports another.

Django can do that for all scripts or for none; those of our guests hold words that only look like imports.
"""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = r"""(?P<matched>import\s*\{(?P<names>[^}]*)\}\s*from\s*["'](?P<url>\./[^"']+)["'];)"""


class HashedFiles(CompressedManifestStaticFilesStorage):
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((IMPORT, 'import {%(names)s} from "%(url)s";'),)),
    )

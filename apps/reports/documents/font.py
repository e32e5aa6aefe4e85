"""The one type of all documents, IPAex Gothic: where it lies, and which signs it has.

Its licence (IPA Font License 1.0) lies beside it in the package `matplotlib-fontja`; documents may embed it freely.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def folder() -> Path:
    """Found without importing the package, which would load matplotlib."""
    found = find_spec("matplotlib_fontja")
    assert found
    assert found.origin
    return Path(found.origin).parent / "fonts"


@cache
def fonts() -> Any:
    """For the typesetter. Only the type that comes with the house: every machine makes the same document."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())])


@cache
def signs() -> frozenset[int]:
    """Code points that the type can set."""
    from fontTools.ttLib import TTFont

    with TTFont(folder() / "ipaexg.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())

"""Pictures of words, laid out as numbers for templates: a dot on a line, knots on a sheet."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from apps.reports.texts.naming import word_text

WIDTH, HEIGHT = 860, 560
ROOM_ACROSS, ROOM_DOWN, ROOM = WIDTH / 2, HEIGHT / 2, 6
SMALLEST, LARGEST = 4.0, 13.0
LINE = 18


def lollipops(words: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """`at`: how far along its line the dot lies."""
    longest = max((each["z"] for each in words), default=0) or 1
    return [
        {
            "word": word_text(each["word"]),
            "at": f"{96 * each['z'] / longest:.1f}%",
            "z": f"{each['z']:.1f}",
            **counted(each),
        }
        for each in words
    ]


def counted(word: Mapping[str, Any]) -> dict[str, Any]:
    return {"answers": f"{word['answers']:,}", "lift": "" if word["lift"] is None else f"{word['lift']:.1f}"}


def knots(found: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """On a sheet of WIDTH by HEIGHT; the worker has made room for the names, which stand above their knots."""
    most = max((knot["answers"] for knot in found["knots"]), default=1) or 1
    places = [on_sheet(knot["x"], knot["y"]) for knot in found["knots"]]
    sizes = [SMALLEST + (LARGEST - SMALLEST) * sqrt(knot["answers"] / most) for knot in found["knots"]]
    strongest = max((edge["jaccard"] for edge in found["edges"]), default=1) or 1
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "lines": [
            {
                "x1": f"{places[edge['one']][0]:.1f}",
                "y1": f"{places[edge['one']][1]:.1f}",
                "x2": f"{places[edge['other']][0]:.1f}",
                "y2": f"{places[edge['other']][1]:.1f}",
                "wide": f"{1 + 5 * edge['jaccard'] / strongest:.1f}",
            }
            for edge in sorted(found["edges"], key=lambda edge: edge["jaccard"])
        ],
        "knots": [
            {"x": f"{x:.1f}", "y": f"{y:.1f}", "r": f"{size:.1f}", "name": name, "name_y": f"{y - size - 5:.1f}"}
            for (x, y), size, name in zip(places, sizes, names, strict=True)
        ],
    }


def on_sheet(x: float, y: float) -> tuple[float, float]:
    """The middle of a knot's box; the word stands above the knot."""
    return WIDTH / 2 + x * ROOM_ACROSS, HEIGHT / 2 + y * ROOM_DOWN + LINE / 2


def width(word: str) -> float:
    """In pixels, at the size in which names are set."""
    return sum(15 if ord(sign) > 0x2E7F else 8.5 for sign in word_text(word))

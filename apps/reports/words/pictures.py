"""Pictures of words, laid out as numbers for templates: a dot on a line, knots on a sheet."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from apps.reports.words.naming import word_text

WIDTH, HEIGHT, MARGIN, HEAD = 800, 520, 70, 34
SMALLEST, LARGEST = 5.0, 17.0
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
    """On a sheet of WIDTH by HEIGHT; names stand above their knots, and make room for each other."""
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
            {
                "x": f"{x:.1f}",
                "y": f"{y:.1f}",
                "r": f"{size:.1f}",
                "name": name,
                "name_x": f"{at[0]:.1f}",
                "name_y": f"{at[1]:.1f}",
            }
            for (x, y), size, name, at in zip(places, sizes, names, named(places, sizes, names), strict=True)
        ],
    }


def on_sheet(x: float, y: float) -> tuple[float, float]:
    return MARGIN + (x + 1) / 2 * (WIDTH - 2 * MARGIN), HEAD + (y + 1) / 2 * (HEIGHT - 2 * HEAD)


def named(
    places: Sequence[tuple[float, float]], sizes: Sequence[float], names: Sequence[str]
) -> list[tuple[float, float]]:
    """Where each name stands: above its knot or below, wherever less is covered; the largest knots choose first."""
    taken: list[tuple[float, float, float]] = []  # middle, line, half a width
    found: dict[int, tuple[float, float]] = {}
    for knot in sorted(range(len(names)), key=lambda knot: -sizes[knot]):
        (x, y), half = places[knot], width(names[knot]) / 2
        spots = [(x, y - sizes[knot] - 6), (x, y + sizes[knot] + LINE - 4), (x, y - sizes[knot] - 6 - LINE), (x, y + 5)]
        inside = [(min(max(sx, half + 4), WIDTH - half - 4), min(max(sy, LINE), HEIGHT - 6)) for sx, sy in spots]
        best = min(inside, key=lambda spot: covered(spot, half, taken))
        found[knot] = best
        taken.append((*best, half))
    return [found[knot] for knot in range(len(names))]


def covered(spot: tuple[float, float], half: float, taken: Sequence[tuple[float, float, float]]) -> float:
    """How much of other names a name would lie on."""
    x, y = spot
    return sum(max(0.0, half + other - abs(x - ox)) * max(0.0, LINE - abs(y - oy)) for ox, oy, other in taken)


def width(name: str) -> float:
    """In pixels, at the size in which names are set."""
    return sum(15 if ord(sign) > 0x2E7F else 8.5 for sign in name)

"""Knots on a ring, those that belong together side by side: every name has its place and covers no other."""

from collections.abc import Sequence
from math import sqrt

from apps.reports.drawings.canvas import LEADING, SMALL, Canvas
from apps.reports.drawings.measure import wrap
from apps.reports.drawings.palette import fill
from apps.reports.report.blocks import Chart, Link

LINE = SMALL * LEADING
TURNS = 12


def draw(canvas: Canvas, chart: Chart) -> None:
    count = len(chart.rows)
    if not count:
        return
    order = around(count, chart.links)
    canvas.axis(chart.axis)
    side = canvas.width * (0.3 if canvas.narrow else 0.26)
    half = (count + 1) // 2
    across = (canvas.width - 2 * side) / 2 - 10
    tall = max(half * LINE * (1.6 if canvas.narrow else 1.15) / 2, min(across, 190))
    middle, centre = canvas.width / 2, canvas.y + tall + LINE
    places = {knot: spot(turn, count, middle, centre, across, tall) for turn, knot in enumerate(order)}
    for link in sorted(chart.links, key=lambda link: link.weight):
        join(canvas, places[link.start], places[link.end], link, (middle, centre))
    largest = max((row.marks[0].value or 0 for row in chart.rows if row.marks), default=0) or 1
    for knot, row in enumerate(chart.rows):
        (x, y), mark = places[knot], row.marks[0] if row.marks else None
        radius = 3 + 7 * sqrt(max(mark.value or 0, 0) / largest) if mark else 4
        canvas.dot(x, y, radius, fill(mark.tone if mark else "one", canvas.theme))
        right = x >= middle
        words = " ".join(filter(None, (row.label, mark.text if mark else "")))
        lines = wrap(words, SMALL, canvas.width - x - 14 if right else x - 14, 2)
        canvas.lines(
            x + 13 if right else x - 13,
            y - len(lines) * LINE / 2,
            lines,
            size=SMALL,
            anchor="start" if right else "end",
        )
    canvas.y = centre + tall + LINE


def around(count: int, links: Sequence[Link]) -> list[int]:
    """Each knot moves towards the middle of those it is joined to, a few times: strong links become short ones."""
    order = list(range(count))
    for _ in range(TURNS):
        at = {knot: place for place, knot in enumerate(order)}
        pull = {knot: [(float(at[knot]), 0.25)] for knot in order}
        for link in links:
            pull[link.start].append((float(at[link.end]), link.weight))
            pull[link.end].append((float(at[link.start]), link.weight))
        goal = {knot: sum(p * w for p, w in pulls) / sum(w for _, w in pulls) for knot, pulls in pull.items()}
        order.sort(key=lambda knot: (goal[knot], knot))
    return order


def spot(turn: int, count: int, middle: float, centre: float, across: float, tall: float) -> tuple[float, float]:
    """Heights are spread evenly, down the right side and up the left one."""
    half = (count + 1) // 2
    right = turn < half
    of, place = (half, turn) if right else (count - half, count - 1 - turn)
    high = -1 + 2 * (place + 0.5) / of
    reach = sqrt(max(1 - high * high, 0))
    return middle + (1 if right else -1) * across * (0.35 + 0.65 * reach), centre + high * tall


def join(
    canvas: Canvas, a: tuple[float, float], b: tuple[float, float], link: Link, centre: tuple[float, float]
) -> None:
    pull = [(a[i] + b[i]) / 2 * 0.3 + centre[i] * 0.7 for i in (0, 1)]
    path = f"M{a[0]:.1f} {a[1]:.1f}Q{pull[0]:.1f} {pull[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    thick = 0.8 + 4.2 * max(0.0, min(link.weight, 1.0))
    canvas.add(
        "path",
        d=path,
        fill="none",
        stroke=canvas.theme.edge,
        stroke_opacity=0.25 + 0.5 * link.weight,
        stroke_width=thick,
    )

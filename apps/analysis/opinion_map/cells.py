"""Where readers stand, as areas of at least ten: never a single reader, nor anyone's place as the edge of an area.

Edges lie on a grid of round numbers; the outermost are those of the tenth reader from outside, and whoever stands
beyond is counted as if standing there. Sizes are rounded down.
"""

from dataclasses import dataclass

import numpy as np

from apps.analysis.opinion_map.votes import Numbers

SMALLEST = 10
ROUNDED_TO = 5
CELLS_OF_AN_AXIS = 24  # about so many before small ones are merged
ROUND_WIDTHS = (0.1, 0.2, 0.25, 0.5, 1.0)  # times a power of ten
MOST_HALVINGS = 4  # of the plane: at most 16 × 16 cells
MOST_LOST = 0.2  # of a cell's readers, when it is parted and some parts are too small to draw


@dataclass(frozen=True)
class AxisCell:
    """Readers from `start` up to `stop`."""

    start: float
    stop: float
    readers: int


@dataclass(frozen=True)
class PlaneCell:
    """Readers in a rectangle with its lower left corner at (`x`, `y`)."""

    x: float
    y: float
    width: float
    height: float
    readers: int


def cells_of_axis(position: Numbers, *, smallest: int = SMALLEST, rounded_to: int = ROUNDED_TO) -> tuple[AxisCell, ...]:
    """Positions (n,) as neighbouring cells without a gap; none where there are fewer readers than `smallest`.

    Cells of equal width first; then the smallest joins its smaller neighbour, until each has enough.
    """
    people = len(position)
    if people < smallest:
        return ()
    low, high = sorted(np.sort(position)[[smallest - 1, people - smallest]])
    width = round_width((high - low) / CELLS_OF_AN_AXIS)
    first, last = int(np.floor(low / width)), int(np.floor(high / width))
    place = np.clip(np.floor(position / width), first, last).astype(np.int64)
    edges = [*range(first, last + 2)]
    sizes = np.bincount(place - first, minlength=last + 1 - first).tolist()
    while min(sizes) < smallest:
        at = sizes.index(min(sizes))
        other = min((near for near in (at - 1, at + 1) if 0 <= near < len(sizes)), key=lambda near: sizes[near])
        left = min(at, other)
        sizes[left : left + 2] = [sizes[left] + sizes[left + 1]]
        del edges[left + 1]
    return tuple(
        AxisCell(tidy(start * width), tidy(stop * width), size // rounded_to * rounded_to)
        for start, stop, size in zip(edges, edges[1:], sizes, strict=False)
    )


def cells_of_plane(
    position: Numbers, *, smallest: int = SMALLEST, rounded_to: int = ROUNDED_TO
) -> tuple[PlaneCell, ...]:
    """Positions (2, n) as squares of several sizes: parted in four as long as few readers are lost by it.

    What is lost are readers in parts that have fewer than `smallest`.
    """
    people = position.shape[1]
    if people < smallest:
        return ()
    width = round_width(float(np.sort(np.abs(position).max(axis=0))[people - smallest]))
    inside = np.clip(position, -width, np.nextafter(width, 0))
    cells = parted(inside, np.array([-width, -width]), 2 * width, MOST_HALVINGS, smallest)
    return tuple(
        PlaneCell(tidy(x), tidy(y), tidy(side), tidy(side), size // rounded_to * rounded_to)
        for x, y, side, size in sorted(cells)
    )


def parted(
    points: Numbers, corner: Numbers, side: float, halvings: int, smallest: int
) -> list[tuple[float, float, float, int]]:
    """Corner, side and readers of the cells that one square with points (2, n) is drawn as."""
    whole = [(float(corner[0]), float(corner[1]), side, points.shape[1])]
    if halvings == 0:
        return whole
    half = side / 2
    upper = points >= corner[:, None] + half
    quarters = [(x, y, points[:, (upper[0] == x) & (upper[1] == y)]) for x in (0, 1) for y in (0, 1)]
    drawn = [(x, y, inside) for x, y, inside in quarters if inside.shape[1] >= smallest]
    if sum(inside.shape[1] for *_, inside in drawn) < (1 - MOST_LOST) * points.shape[1]:
        return whole
    return [
        cell
        for x, y, inside in drawn
        for cell in parted(inside, corner + half * np.array([x, y]), half, halvings - 1, smallest)
    ]


def round_width(least: float) -> float:
    """The smallest of 0.1, 0.2, 0.25, 0.5 and 1 times a power of ten that is not smaller; 0.1 for nothing at all."""
    if not least > 1e-9:
        return ROUND_WIDTHS[0]
    power = 10.0 ** np.ceil(np.log10(least))
    return float(next(power * width for width in (*ROUND_WIDTHS, 10.0) if power * width >= least * (1 - 1e-9)))


def tidy(edge: float) -> float:
    """Without the last digits of a sum of fractions, so that 0.3 is 0.3."""
    return round(float(edge), 6)


@dataclass(frozen=True)
class Areas:
    """Of k groups: centres `x`, `y` and `radius`, each (k,), in a square from -1 to 1. No two areas overlap."""

    x: Numbers
    y: Numbers
    radius: Numbers


def areas_of_groups(opinions: Numbers, shares: Numbers, *, previous: Numbers | None = None) -> Areas:
    """Groups with opinions (k, S) and shares (k,) as circles: the more apart the less they agree (Torgerson 1952),
    as large in area as their shares.

    `previous` (k, 2): where they were drawn before, NaN for new ones; the picture is turned to lie like it.
    """
    centres = spread(scaled(opinions, shares))
    if previous is not None:
        centres = turned_like(centres, previous)
    apart = np.sqrt(((centres[:, None] - centres) ** 2).sum(axis=2))
    roots = np.sqrt(shares)
    pairs = ~np.eye(len(shares), dtype=bool)
    room = (apart / (roots[:, None] + roots))[pairs].min(initial=0.6)
    radius = 0.95 * room * roots
    size = float((np.abs(centres) + radius[:, None]).max())
    return Areas(centres[:, 0] / size, centres[:, 1] / size, radius / size)


def scaled(opinions: Numbers, shares: Numbers) -> Numbers:
    """Classical scaling of the groups' differences over all statements into the plane: (k, S) → (k, 2)."""
    middle = opinions - shares @ opinions / shares.sum()
    values, vectors = np.linalg.eigh(middle @ middle.T)
    size = min(2, len(shares))
    axes = vectors[:, ::-1][:, :size] * np.sqrt(np.maximum(values[::-1][:size], 0.0))
    way = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(size)])
    centres = np.zeros((len(shares), 2))
    centres[:, :size] = axes * np.where(way == 0, 1.0, way)
    return centres


def spread(centres: Numbers) -> Numbers:
    """Centres (k, 2) about their middle, the farthest at 1; any two a quarter apart, on a circle if need be."""
    centres = centres - centres.mean(axis=0)
    largest = float(np.sqrt((centres**2).sum(axis=1)).max())
    k = len(centres)
    if k == 1:
        return np.zeros((1, 2))
    around = 2 * np.pi * np.arange(k) / k
    circle = np.stack([np.cos(around), np.sin(around)], axis=1)
    if largest < 1e-9:
        return circle
    centres = centres / largest
    for weight in np.linspace(0, 1, 21):
        mixed = (1 - weight) * centres + weight * circle[np.argsort(np.argsort(angles(centres), kind="stable"))]
        apart = np.sqrt(((mixed[:, None] - mixed) ** 2).sum(axis=2))[~np.eye(k, dtype=bool)]
        if apart.min() >= 0.25:
            return np.asarray(mixed)
    return circle


def angles(centres: Numbers) -> Numbers:
    """Of the centres (k, 2) seen from the middle, 0 … 2π, (k,)."""
    return np.asarray(np.arctan2(centres[:, 1], centres[:, 0]) % (2 * np.pi))


def turned_like(centres: Numbers, previous: Numbers) -> Numbers:
    """Centres (k, 2) turned or mirrored (Schönemann 1966), so that groups lie where they lay before."""
    known = np.isfinite(previous).all(axis=1)
    left, _, right = np.linalg.svd(centres[known].T @ previous[known])
    return np.asarray(centres @ (left @ right))

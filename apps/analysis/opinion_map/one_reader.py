"""One reader's place, computed where the page is made: the same as `placing` finds, in plain Python.

Everything here is a list of floats or integers; a vote is the log-odds of its statement's choices, what opinion does to
it, and the choice. Choices stand in the order agree, disagree, neither, unsure, the last ones absent where they are not
offered; an opinion moves the first up and the second down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

STEPS, LONGEST_STEP = 6, 2.0  # of `placing`
SETTLING_STEPS, LONGEST_SETTLING = 10, 1.0  # of `classes`
CLOSE_ENOUGH = 1e-9
AGREE, DISAGREE = 0, 1

Row = list[float]


@dataclass(frozen=True, slots=True)
class OnSpectrum:
    """`position` and its standard deviation `spread`, both of d numbers; `moves`: how far each vote, taken by itself,
    moved the position, d numbers for each."""

    style: Row
    position: Row
    spread: Row
    moves: list[Row]


@dataclass(frozen=True, slots=True)
class InGroups:
    """`probabilities` of the k groups; `evidence`: for each vote the log-probability of it in each group."""

    style: Row
    probabilities: Row
    evidence: list[Row]


def place_on_spectrum(
    base: Sequence[Row], statements: Sequence[Row], choices: Sequence[int], *, style: float, opinion: float
) -> OnSpectrum:
    """The most probable style and position by Newton's method. `base` (n, C) log-odds, `statements` (n, d) of the
    votes, of which there is one at least; `style` and `opinion` are the precisions of the priors."""
    offered, dimensions = len(base[0]), len(statements[0])
    precision = [style] * offered + [opinion] * dimensions
    x = [0.0] * len(precision)
    for _ in range(STEPS):
        slopes, bend = _derivatives(x, base, statements, choices, precision)
        total = [sum(column) + weight * at for *column, weight, at in zip(*slopes, precision, x, strict=True)]
        step = [max(-LONGEST_STEP, min(LONGEST_STEP, part)) for part in _times(_inverse(bend), total)]
        x = [at - part for at, part in zip(x, step, strict=True)]
        if max(map(abs, step), default=0.0) < CLOSE_ENOUGH:
            break
    slopes, bend = _derivatives(x, base, statements, choices, precision)
    inverse = _inverse(bend)
    moves = [[-part for part in _times(inverse[offered:], slope)] for slope in slopes]
    spread = [sqrt(inverse[place][place]) for place in range(offered, len(x))]
    return OnSpectrum(x[:offered], x[offered:], spread, moves)


def _derivatives(
    x: Row, base: Sequence[Row], statements: Sequence[Row], choices: Sequence[int], precision: Row
) -> tuple[list[Row], list[Row]]:
    """Of minus the log of the posterior: the slope of each vote, and the bend of all with the priors."""
    offered, width = len(base[0]), len(x)
    bend = [[precision[one] if one == other else 0.0 for other in range(width)] for one in range(width)]
    slopes = []
    for odds, along, choice in zip(base, statements, choices, strict=True):
        opinion = sum(at * part for at, part in zip(x[offered:], along, strict=True))
        probability = _softmax([part + at for part, at in zip(odds, x, strict=False)], opinion)
        pull = probability[AGREE] - probability[DISAGREE]
        gap = (choice == AGREE) - (choice == DISAGREE)
        slope = [chance - (choice == place) for place, chance in enumerate(probability)]
        slopes.append([*slope, *((pull - gap) * part for part in along)])
        _add_bend(bend, probability, pull, along)
    for one in range(width):
        for other in range(one):
            bend[one][other] = bend[other][one]
    return slopes, bend


def _add_bend(bend: list[Row], probability: Row, pull: float, along: Row) -> None:
    """The upper half of what one vote adds."""
    offered = len(probability)
    spread = probability[AGREE] + probability[DISAGREE] - pull * pull
    for one, chance in enumerate(probability):
        row = bend[one]
        row[one] += chance
        for other in range(one, offered):
            row[other] -= chance * probability[other]
        way = chance * ((one == AGREE) - (one == DISAGREE) - pull)
        for place, part in enumerate(along, start=offered):
            row[place] += way * part
    for first, part in enumerate(along):
        row = bend[offered + first]
        for second in range(first, len(along)):
            row[offered + second] += part * along[second] * spread


def place_in_groups(
    base: Sequence[Row], groups: Sequence[Row], choices: Sequence[int], shares: Row, *, style: float
) -> InGroups:
    """Style and probabilities of the groups in turn. `base` (n, C) log-odds, `groups` (n, k) opinions of the groups on
    the statements of the votes, of which there is one at least."""
    odds = [[exp(part) for part in row] for row in base]
    ups = [[exp(opinion) for opinion in row] for row in groups]
    habits, probabilities = [0.0] * len(base[0]), list(shares)
    for _ in range(SETTLING_STEPS):
        chances = _chances(odds, ups, habits)
        probabilities = _posterior(_evidence(chances, choices), shares)
        habits = _settled(habits, chances, choices, probabilities, style)
    evidence = _evidence(_chances(odds, ups, habits), choices)
    return InGroups(habits, _posterior(evidence, shares), evidence)


def _chances(odds: Sequence[Row], ups: Sequence[Row], habits: Row) -> list[list[Row]]:
    """For each vote and group the probabilities of the choices."""
    habit = [exp(part) for part in habits]
    found = []
    for row, up_by_group in zip(odds, ups, strict=True):
        free = [part * factor for part, factor in zip(row, habit, strict=True)]
        rest = sum(free[2:])
        by_group = []
        for up in up_by_group:
            agree, disagree = free[AGREE] * up, free[DISAGREE] / up
            total = agree + disagree + rest
            by_group.append([agree / total, disagree / total, *[part / total for part in free[2:]]])
        found.append(by_group)
    return found


def _evidence(chances: Sequence[Sequence[Row]], choices: Sequence[int]) -> list[Row]:
    return [[log(chance[choice]) for chance in by_group] for by_group, choice in zip(chances, choices, strict=True)]


def _posterior(evidence: Sequence[Row], shares: Row) -> Row:
    logs = [log(share) + sum(column) for share, *column in zip(shares, *evidence, strict=True)]
    top = max(logs)
    odds = [exp(part - top) for part in logs]
    return [part / sum(odds) for part in odds]


def _settled(
    habits: Row, chances: Sequence[Sequence[Row]], choices: Sequence[int], probabilities: Row, style: float
) -> Row:
    """Half of Newton's step on each habit, as `classes` does it."""
    error, weight = [0.0] * len(habits), [0.0] * len(habits)
    for by_group, choice in zip(chances, choices, strict=True):
        error[choice] -= 1.0
        for member, chance in zip(probabilities, by_group, strict=True):
            for place, part in enumerate(chance):
                error[place] += member * part
                weight[place] += member * part * (1 - part)
    steps = ((slope + style * at) / (bend + style) for slope, bend, at in zip(error, weight, habits, strict=True))
    return [
        at - max(-LONGEST_SETTLING, min(LONGEST_SETTLING, step)) / 2 for at, step in zip(habits, steps, strict=True)
    ]


def _softmax(logits: Row, opinion: float) -> Row:
    """Probabilities once an opinion pulls agreeing up and disagreeing down; however far the odds lie apart."""
    moved = [logits[AGREE] + opinion, logits[DISAGREE] - opinion, *logits[2:]]
    top = max(moved)
    odds = [exp(part - top) for part in moved]
    total = sum(odds)
    return [part / total for part in odds]


def _times(matrix: Sequence[Row], vector: Row) -> Row:
    return [sum(part * at for part, at in zip(row, vector, strict=True)) for row in matrix]


def _inverse(matrix: Sequence[Row]) -> list[Row]:
    """Of a small symmetric positive definite matrix (Gauss-Jordan; such a one needs no pivots)."""
    size = len(matrix)
    work = [[*row, *(1.0 if one == place else 0.0 for one in range(size))] for place, row in enumerate(matrix)]
    for place in range(size):
        pivot = work[place][place]
        lead = work[place] = [part / pivot for part in work[place]]
        for other in range(size):
            factor = work[other][place]
            if other != place and factor:
                work[other] = [part - factor * above for part, above in zip(work[other], lead, strict=True)]
    return [row[size:] for row in work]

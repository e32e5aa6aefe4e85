"""Where one reader stands on a stored map, by their own votes. Computed where the page is made, so without numpy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, hypot, log

from apps.analysis.opinion_map.one_reader import AGREE, DISAGREE, InGroups, place_in_groups, place_on_spectrum
from apps.debates.choices import Choice
from apps.debates.models import OpinionMap

MOST_TOLD = 3
LEAST_SHARED = 0.5  # how likely unlike readers are to say the same
FEWEST_VOTES = 10  # on a statement of which something is said


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """`votes`: how many it rests on. `position` and `spread` (standard deviation) by axis, `probabilities` by id of the
    group, `cell` of the axis; empty where the story has no such thing. `deciding`: the votes that moved it most;
    `shared`: statements on which readers who stand elsewhere would say the same as this one."""

    votes: int
    position: tuple[float, ...] = ()
    spread: tuple[float, ...] = ()
    probabilities: dict[int, float] = field(default_factory=dict)
    cell: int | None = None
    deciding: tuple[tuple[int, Choice], ...] = ()
    shared: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The reader's votes on statements of the map: numbers, log-odds (n, C), opinions (n, d or k), choices."""

    numbers: list[int]
    base: list[list[float]]
    opinions: list[list[float]]
    places: list[int]
    choices: list[Choice]

    def told(self, strengths: Sequence[float], least: float = 0.0) -> list[int]:
        """Places of the few strongest above `least`, the strongest first."""
        order = sorted(range(len(strengths)), key=lambda place: (-strengths[place], self.numbers[place]))
        return [place for place in order if strengths[place] > least][:MOST_TOLD]

    def decided(self, strengths: Sequence[float]) -> tuple[tuple[int, Choice], ...]:
        return tuple((self.numbers[place], self.choices[place]) for place in self.told(strengths))


def own_place(stored: OpinionMap, votes: Mapping[int, Choice]) -> OwnPlace:
    """From the first vote on; votes on statements of which the map tells nothing count for nothing."""
    parameters = stored.parameters
    known = _known(stored, votes)
    if not known.numbers:
        return OwnPlace(votes=0)
    if parameters["story"] == "spectrum":
        return _on_spectrum(stored, known)
    if parameters["story"] == "groups":
        return _in_groups(stored, known)
    return OwnPlace(votes=len(known.numbers))


def told_of(stored: OpinionMap) -> frozenset[int]:
    """The statements on which enough have voted. By no others is anybody placed: with ballots made up for it one could
    work back from one's own place what the few have chosen."""
    return frozenset(entry["number"] for entry in stored.summary["statements"])


def _known(stored: OpinionMap, votes: Mapping[int, Choice]) -> _Known:
    parameters, told = stored.parameters, told_of(stored)
    columns = {number: place for place, number in enumerate(parameters.get("numbers", ()))}
    offered = {category: place for place, category in enumerate(parameters.get("offered", ()))}
    cast = [
        (number, columns[number], offered[choice - 1], Choice(choice))
        for number, choice in sorted(votes.items())
        if number in columns and number in told and choice - 1 in offered
    ]
    opinions = parameters.get("opinions") or [[]] * len(columns)
    return _Known(
        numbers=[number for number, _column, _place, _choice in cast],
        base=[parameters["base"][column] for _number, column, _place, _choice in cast],
        opinions=[opinions[column] for _number, column, _place, _choice in cast],
        places=[place for _number, _column, place, _choice in cast],
        choices=[choice for _number, _column, _place, choice in cast],
    )


def _on_spectrum(stored: OpinionMap, known: _Known) -> OwnPlace:
    parameters = stored.parameters
    found = place_on_spectrum(
        known.base, known.opinions, known.places, style=parameters["style"], opinion=parameters["opinion"]
    )
    length = hypot(*found.position) or 1.0
    towards = [sum(part * at for part, at in zip(move, found.position, strict=True)) / length for move in found.moves]
    ends: Sequence[Sequence[float]] = parameters["ends"]
    unlike = max(ends, key=lambda end: abs(end[0] - found.position[0]))
    opinions = [sum(part * at for part, at in zip(row, unlike, strict=True)) for row in known.opinions]
    return OwnPlace(
        votes=len(known.numbers),
        position=tuple(found.position),
        spread=tuple(found.spread),
        cell=cell_of(stored.summary["axis"]["cells"], found.position[0]),
        deciding=known.decided(towards),
        shared=_shared(stored, known, [[opinion] for opinion in opinions], [1.0]),
    )


def _in_groups(stored: OpinionMap, known: _Known) -> OwnPlace:
    parameters = stored.parameters
    found = place_in_groups(known.base, known.opinions, known.places, parameters["shares"], style=parameters["style"])
    likeliest = max(range(len(found.probabilities)), key=lambda group: found.probabilities[group])
    others = [0.0 if group == likeliest else share for group, share in enumerate(parameters["shares"])]
    return OwnPlace(
        votes=len(known.numbers),
        probabilities=dict(zip(parameters["ids"], found.probabilities, strict=True)),
        deciding=known.decided(_ahead(found, likeliest, others)),
        shared=_shared(stored, known, known.opinions, others),
    )


def _ahead(found: InGroups, likeliest: int, others: Sequence[float]) -> list[float]:
    """How much likelier each vote is in the likeliest group than in the others together, as a logarithm."""
    total = sum(others)
    return [
        row[likeliest] - log(sum(share * exp(chance) for share, chance in zip(others, row, strict=True)) / total)
        for row in found.evidence
    ]


def _shared(
    stored: OpinionMap, known: _Known, opinions: Sequence[Sequence[float]], weights: Sequence[float]
) -> tuple[int, ...]:
    """Statements with an agreeing or disagreeing vote that the least likely of the unlike would cast as well, told by
    how likely that is, habits left aside. `opinions` (n, sides); a side of weight 0 is the reader's own."""
    served = {entry["number"] for entry in stored.summary["statements"] if entry["votes"] >= FEWEST_VOTES}
    chances = [0.0] * len(known.numbers)
    for place, (number, row) in enumerate(zip(known.numbers, opinions, strict=True)):
        if number in served and known.places[place] in {AGREE, DISAGREE}:
            chances[place] = min(
                _chance(known.base[place], opinion, known.places[place])
                for opinion, weight in zip(row, weights, strict=True)
                if weight
            )
    return tuple(known.numbers[place] for place in known.told(chances, LEAST_SHARED))


def _chance(base: Sequence[float], opinion: float, place: int) -> float:
    moved = [base[AGREE] + opinion, base[DISAGREE] - opinion, *base[2:]]
    top = max(moved)
    odds = [exp(part - top) for part in moved]
    return odds[place] / sum(odds)


def cell_of(cells: Sequence[Mapping[str, float]], at: float) -> int | None:
    """The cell that holds this place of the axis, or the nearest one; None where nothing is drawn."""
    if not cells:
        return None
    return min(range(len(cells)), key=lambda place: max(cells[place]["from"] - at, at - cells[place]["to"], 0.0))

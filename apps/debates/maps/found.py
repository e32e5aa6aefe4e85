"""A run and what was found in it: what its summary and its parameters are made of.

Imported by the worker only: web processes have no numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.dividing import dividing_bounds
from apps.analysis.opinion_map.ends import EndStatement
from apps.analysis.opinion_map.exposed_rates import ExposedRates, Exposures, exposed_rates
from apps.analysis.opinion_map.spectrum import Spectrum
from apps.analysis.opinion_map.unsure import unsure
from apps.analysis.opinion_map.votes import Numbers
from apps.debates.maps.runs import Run


@dataclass(frozen=True)
class Found:
    """A run and what was made of it: ids of the groups, the statements that the sides stand for, and where groups were
    drawn before, (k, 2) with None for new ones."""

    run: Run
    ids: Sequence[int]
    ends: Sequence[EndStatement]
    places: Sequence[Sequence[float | None]] | None
    shown: Exposures | None = None

    @cached_property
    def bounds(self) -> Numbers | None:
        """Of how far each statement divides, (2, S)."""
        told = self.model is not None and self.run.story != "none"
        return dividing_bounds(self.run.votes, self.run.ours) if told else None

    @cached_property
    def unsure_of_sides(self) -> Numbers | None:
        """Shares of the sides' voters, (sides, S), NaN where they are too few."""
        told = self.model is not None and self.run.story != "none"
        return unsure(self.run.votes, self.run.ours).of_sides if told else None

    @cached_property
    def corrected(self) -> ExposedRates | None:
        return exposed_rates(self.shown, self.run.votes.statements) if self.shown is not None else None

    @property
    def model(self) -> Spectrum | Classes | None:
        return self.run.ours.model

    @property
    def numbers(self) -> list[int]:
        return self.run.votes.statements.tolist()

"""The question that is asked twice: its answers in pairs, by the way on which readers came to it. Pure numbers.

Counted are readers who answered both times, don't-know included, which stands with the middle. `arms` holds what is
shown of each way, `effect` how much more those moved who had seen others' statements, `first_question` how those
differ at the end who were not asked at first. Nothing of it is a share of all readers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.analysis.paired import Estimate, net_difference, net_of, shift, shift_difference
from apps.analysis.suppression import hidden_cells, rounded_to
from apps.analysis.tabulation import BLANK, Counts
from apps.inquiries.privacy import Profile
from apps.reports.disclosure import Entry, about, bases, table
from apps.reports.sides import sides
from apps.reports.twice.repetition import Repetition
from apps.responses.arm_counts import AnsweredTwice, ArmCounts
from apps.surveys.arms import Arm

SIDES = ("low", "middle", "high")
MOVES = ("down", "same", "up")
SEED = 1
MARGIN_DIGITS = 2
"""Of shifts: whole points, so that they do not give away what the tables hide."""


@dataclass(frozen=True)
class Twice:
    """`pairs`: readers by arm and both codes; arm None where nobody was drawn. `arms`: who was drawn, and sent."""

    repetition: Repetition
    pairs: Sequence[AnsweredTwice]
    arms: Mapping[int, ArmCounts]
    compared: bool


def prepost(twice: Twice, profile: Profile, before: Mapping[str, Any]) -> Entry:
    rng, earlier = np.random.default_rng(SEED), before.get("arms", {})
    flows = {arm: flow_of(twice, arm) for arm in (Arm.A, Arm.B)} if twice.compared else {Arm.A: flow_of(twice, None)}
    last = at_the_end(twice, Arm.C)
    arms = {arm.name: paired(flow, profile, earlier.get(arm.name, {}), rng) for arm, flow in flows.items()}
    found: Entry = {
        "question": twice.repetition.again.id,
        "repeats": twice.repetition.first.id,
        "compared": twice.compared,
        "arms": arms,
        "effect": None,
        "first_question": None,
    }
    if twice.compared:
        arms["C"] = once(last, profile, earlier.get("C", {}))
        if not (arms["A"]["hidden"] or arms["B"]["hidden"]):
            found["effect"] = estimate(shift_difference(flows[Arm.A], flows[Arm.B], rng))
        if not (arms["A"]["hidden"] or arms["C"]["hidden"]):
            found["first_question"] = estimate(net_difference(at_the_end(twice, Arm.A), last, rng))
        found["left"] = left_before(twice, profile)
    return found


def flow_of(twice: Twice, arm: Arm | None) -> Counts:
    """(3, 3): low, middle, high before by the same after. Arm None: everybody who was asked both times after voting."""
    place = {code: number for number, codes in enumerate(grouped(twice.repetition)) for code in codes}
    flow = np.zeros((len(SIDES), len(SIDES)), dtype=np.int64)
    for pair in twice.pairs:
        wanted = pair.arm == arm if arm is not None else pair.arm in {None, Arm.A}
        if wanted and pair.before in place and pair.after in place:
            flow[place[pair.before], place[pair.after]] += pair.readers
    return flow


def at_the_end(twice: Twice, arm: Arm) -> Counts:
    """(3,): the last answers of an arm, whether there was a first one or not."""
    place = {code: number for number, codes in enumerate(grouped(twice.repetition)) for code in codes}
    found = np.zeros(len(SIDES), dtype=np.int64)
    for pair in twice.pairs:
        if pair.arm == arm and pair.after in place:
            found[place[pair.after]] += pair.readers
    return found


def grouped(repetition: Repetition) -> tuple[tuple[int, ...], ...]:
    both = sides(repetition.first)
    return both.low, both.middle + both.apart, both.high


def paired(flow: Counts, profile: Profile, before: Mapping[str, Any], rng: np.random.Generator) -> Entry:
    """One way: where its readers stood, where they stand, how many moved; and from where to where, if that may be seen.

    A single step between two sides is rare, so the whole table is shown or none of it: with the sums beside it, a part
    of it would give the rest away.
    """
    base, smallest = int(flow.sum()), profile.smallest_group
    shown = {**bases(base, 0, 0, profile), "before": None, "after": None, "moved": None, "flow": None, "shift": None}
    if shown["hidden"]:
        return shown
    shown["shift"] = estimate(shift(flow, rng))
    shown["moved"] = movers(flow, profile, before.get("moved") or {})
    if (flow.sum(axis=0) < smallest).any() or (flow.sum(axis=1) < smallest).any():
        return shown  # sides with so few would follow from one another by the shift
    return {
        **shown,
        "before": named_shares(flow.sum(axis=1), profile),
        "after": named_shares(flow.sum(axis=0), profile),
        "flow": rounded_to(flow, profile.counts_to).tolist() if (flow >= smallest).all() else None,
    }


def movers(flow: Counts, profile: Profile, before: Mapping[str, Any]) -> Entry:
    """How many answered on the same side both times, and how many further down or up."""
    counts = np.array([np.tril(flow, -1).sum(), np.trace(flow), np.triu(flow, 1).sum()])
    base, smallest = int(flow.sum()), profile.smallest_group
    return table(MOVES, counts, base, profile=profile, smallest=smallest, before=before)


def once(last: Counts, profile: Profile, before: Mapping[str, Any]) -> Entry:
    base = int(last.sum())
    shown = {**bases(base, 0, 0, profile), "after": None}
    if shown["hidden"]:
        return shown
    earlier = before.get("after", "never shown") is None
    hidden = hidden_cells(last, profile.smallest_group, np.full(len(SIDES), earlier))
    net = round(float(net_of(last)), MARGIN_DIGITS)
    return {**shown, "net": net, "after": None if hidden.any() else named_shares(last, profile)}


def left_before(twice: Twice, profile: Profile) -> Entry | None:
    """Of arm A: how many sent their answers, and which part of them did not come to the last question."""
    sent = twice.arms[Arm.A].finished if Arm.A in twice.arms else 0
    came = sum(pair.readers for pair in twice.pairs if pair.arm == Arm.A and pair.after != BLANK)
    if sent < profile.smallest_base:
        return None
    return {"sent": about(sent, profile), "share": round(max(0, sent - came) / sent, MARGIN_DIGITS)}


def named_shares(counts: Counts, profile: Profile) -> dict[str, float]:
    return dict(zip(SIDES, (counts / counts.sum()).round(profile.share_digits).tolist(), strict=True))


def estimate(found: Estimate) -> dict[str, Any]:
    return {
        "value": round(found.value, MARGIN_DIGITS),
        "interval": [round(found.low, MARGIN_DIGITS), round(found.high, MARGIN_DIGITS)],
    }

"""One question's part of an epoch: a small builder for each kind, and one row in a dict."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from apps.analysis.intervals import lead
from apps.analysis.summaries import Summary, bin_edges, net, summary
from apps.analysis.tabulation import Counts, Distribution, distribution, ranking
from apps.inquiries.privacy import Profile
from apps.reports.disclosure import Entry, about, bases, table, whole
from apps.reports.sides import ORDERED_KINDS, asks_for_opinion, sides
from apps.reports.tallies import Tally
from apps.surveys.definition import Question

Values = Sequence[tuple[str | None, int]]

YEAR, MONTH = len("2026"), len("2026-04")
MOST_MONTHS = 24


def entry(
    question: Question, *, tally: Tally, profile: Profile, values: Values = (), before: Mapping[str, Any] | None = None
) -> Entry:
    """What is shown of one question.

    `values`: answers that are not codes, with the number of readers; None stands for left blank. `before`: the
    question's entry in the last epoch.
    """
    built = BUILDERS[question.kind](question, tally, profile, values, dict(before or {}))
    return {"id": question.id, "kind": question.kind, **built}


def one_choice(question: Question, tally: Tally, profile: Profile, values: Values, before: Entry) -> Entry:
    found = distribution(tally.histogram(question), codes_of(question))
    return counted(question, found, profile, before)


def choice_per_row(question: Question, tally: Tally, profile: Profile, values: Values, before: Entry) -> Entry:
    rows = {
        row.code: counted(
            question,
            distribution(tally.histogram(question, row.code), codes_of(question)),
            profile,
            before.get("rows", {}).get(row.code, {}),
        )
        for row in question.rows
    }
    return {**joint_bases(question, tally, profile), "rows": rows}


def ranks(question: Question, tally: Tally, profile: Profile, values: Values, before: Entry) -> Entry:
    """First choices add up to the base; being anywhere among the first k does not."""
    places = np.stack([tally.histogram(question, str(place)) for place in range(1, question.top + 1)])
    found = ranking(places, codes_of(question))
    base, smallest = found.first.base, cell_size(question, profile)
    shown = {
        name: table(found.first.codes, counts, base, profile=profile, smallest=smallest, before=before.get(name, {}))
        for name, counts in (("first", found.first.counts), ("any", found.ranked))
    }
    hide_together(shown["first"], shown["any"], [str(o.code) for o in question.options if o.exclusive])
    entry = {**bases(base, found.first.blank, found.first.not_shown, profile), **shown}
    if not entry["hidden"] and all(whole(each) for each in shown.values()):
        entry["mentions"] = round(float(found.ranked.sum() / base), 2)
        entry["finding"] = finding(groups(question), found.first.codes, found.ranked, base, profile)
    return entry


def hide_together(first: Entry, anywhere: Entry, codes: Sequence[str]) -> None:
    """An option that stands alone has one number in both tables; hidden in one, it must not be read from the other."""
    for code in codes:
        if None in (first["counts"][code], anywhere["counts"][code]):
            for shown in (first, anywhere):
                shown["counts"][code] = shown["shares"][code] = None


def several_choices(question: Question, tally: Tally, profile: Profile, values: Values, before: Entry) -> Entry:
    """Shares of readers, not of ticks; together they are more than the base."""
    codes = codes_of(question)
    ticked = np.array([tally.histogram(question, option=code)[1] for code in codes])
    base, smallest = tally.answered[question.id], cell_size(question, profile)
    shown = {
        **joint_bases(question, tally, profile),
        **table(codes, ticked, base, profile=profile, smallest=smallest, before=before),
    }
    if not shown["hidden"] and whole(shown):
        shown["mentions"] = round(float(ticked.sum() / base), 2)
        shown["finding"] = finding(groups(question), codes, ticked, base, profile)
    return shown


def scale(question: Question, tally: Tally, profile: Profile, values: Values, before: Entry) -> Entry:
    steps = range(int(question.minimum), int(question.maximum) + 1)
    histogram = tally.histogram(question)
    found = distribution(histogram, [*steps, *codes_of(question)])
    shown = counted(question, found, profile, before)
    held = summary(np.array(steps, dtype=float), histogram[list(steps)])
    return shown | moments(held, profile) if held and whole(shown) else shown


def number(question: Question, tally: Tally, profile: Profile, values: Values, before: Entry) -> Entry:
    """Values are counted in bins of a round width over the range that the question allows, else over what was given."""
    numbers = np.array([float(text) for text, _readers in values if text is not None])
    readers = np.array([readers for text, readers in values if text is not None], dtype=np.int64)
    base, shown = int(readers.sum()), written_bases(values, tally, profile)
    held = summary(numbers, readers)
    if held is None or shown["hidden"]:
        return {**shown, "counts": {}, "shares": {}}
    edges = bin_edges(
        held.smallest if question.minimum is None else float(question.minimum),
        held.largest if question.maximum is None else float(question.maximum),
    )
    binned = np.histogram(numbers, edges, weights=readers)[0].astype(np.int64)
    starts = [np.format_float_positional(start, trim="-") for start in edges[:-1]]
    smallest = cell_size(question, profile)
    shown |= table(starts, binned, base, profile=profile, smallest=smallest, before=before)
    shown["bin_width"] = float(edges[1] - edges[0])
    return shown | moments(held, profile) if whole(shown) else shown


def day(question: Question, tally: Tally, profile: Profile, values: Values, before: Entry) -> Entry:
    """Dates are counted by month, over more than two years by year. Empty ones between the first and the last have a
    cell, too: time runs evenly, and what is hidden does not tell that somebody is there."""
    given = {text: readers for text, readers in values if text is not None}
    shown = written_bases(values, tally, profile)
    if not given or shown["hidden"]:
        return {**shown, "counts": {}, "shares": {}}
    cells = dict.fromkeys(periods(min(given), max(given)), 0)
    length = len(next(iter(cells)))
    for text, readers in given.items():
        cells[text[:length]] += readers
    smallest = cell_size(question, profile)
    base = sum(given.values())
    return shown | table(list(cells), list(cells.values()), base, profile=profile, smallest=smallest, before=before)


def periods(first: str, last: str) -> list[str]:
    """Every month from one day to another, `2026-04`, or every year, `2026`, where the months would be too many."""
    start, end = (int(day[:YEAR]) * 12 + int(day[YEAR + 1 : MONTH]) - 1 for day in (first, last))
    if end - start < MOST_MONTHS:
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    return [f"{year:04}" for year in range(start // 12, end // 12 + 1)]


def words(question: Question, tally: Tally, profile: Profile, values: Values, before: Entry) -> Entry:
    """How many wrote something. What they wrote is not shown before somebody has read it."""
    return written_bases(values, tally, profile)


def written_bases(values: Values, tally: Tally, profile: Profile) -> Entry:
    given = sum(readers for text, readers in values if text is not None)
    blank = sum(readers for text, readers in values if text is None)
    return bases(given, blank, tally.readers - given - blank, profile)


def counted(question: Question, found: Distribution, profile: Profile, before: Mapping[str, Any]) -> Entry:
    """The figure of one distribution; a sentence and a net only where every cell may be seen."""
    smallest = cell_size(question, profile)
    shown = {
        **bases(found.base, found.blank, found.not_shown, profile),
        **table(found.codes, found.counts, found.base, profile=profile, smallest=smallest, before=before),
    }
    if not whole(shown) or not asks_for_opinion(question) or question.kind == "scale":
        return shown
    if question.kind in ORDERED_KINDS:
        shown["net"] = round(net(found.counts, signs(question, found), found.base), profile.share_digits)
    return {**shown, "finding": finding(groups(question), found.codes, found.counts, found.base, profile)}


def joint_bases(question: Question, tally: Tally, profile: Profile) -> Entry:
    """Of questions with several slots: who answered in any of them. Not asked is not asked in all of them."""
    asked, base = tally.asked[question.id], tally.answered[question.id]
    return bases(base, asked - base, tally.readers - asked, profile)


def codes_of(question: Question) -> list[int]:
    return [option.code for option in question.options]


def cell_size(question: Question, profile: Profile) -> int:
    """From how many readers on a cell is shown."""
    return profile.smallest_cell if asks_for_opinion(question) else profile.smallest_group


def signs(question: Question, found: Distribution) -> np.ndarray:
    both = sides(question)
    return np.array([both.sign(code) for code in found.codes])


def groups(question: Question) -> list[list[int]]:
    """What a sentence about the question compares: the two sides of a scale, or one option with another."""
    if question.kind not in ORDERED_KINDS:
        return [[code] for code in codes_of(question)]
    both = sides(question)
    return [list(side) for side in (both.low, both.middle, both.high) if side] + [[code] for code in both.apart]


def finding(
    compared: Sequence[Sequence[int]], codes: Sequence[int], counts: Counts, base: int, profile: Profile
) -> Entry:
    """The group of answers that leads; several where none is ahead by more than the width of its interval."""
    readers = dict(zip(codes, counts.tolist(), strict=True))
    grouped = np.array([sum(readers[code] for code in group) for group in compared])
    leaders = lead(grouped, base).leaders
    return {
        "groups": [list(compared[place]) for place in leaders],
        "shares": [round(float(grouped[place] / base), profile.share_digits) for place in leaders],
    }


def moments(held: Summary, profile: Profile) -> Entry:
    """`valued`: readers who gave a value, without don't-know."""
    return {
        "mean": round(held.mean, profile.share_digits - 2),
        "median": held.median,
        "quartiles": [held.lower_quartile, held.upper_quartile],
        "valued": about(held.readers, profile),
    }


Builder = Callable[[Question, Tally, Profile, Values, Entry], Entry]
BUILDERS: dict[str, Builder] = {
    "single_ordinal": one_choice,
    "single_nominal": one_choice,
    "paired_ab": one_choice,
    "item_by_item": choice_per_row,
    "rank_top_k": ranks,
    "multiple": several_choices,
    "scale": scale,
    "number": number,
    "date": day,
    "open_text": words,
}

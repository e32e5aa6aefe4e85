"""What was put before what: points, duels, worths; and that they need not agree."""

from collections.abc import Iterator, Mapping, Sequence
from math import exp
from typing import Any

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import NONE, percent_text, value_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Chart, ChartKind, Figure, Mark, Row, Section, Table, Words
from apps.reports.report.told.questions import wording
from apps.surveys.definition import Question

Z = 1.96
Ranked = Mapping[str, Any]


def section(content: Mapping[str, Any], about: About) -> Section:
    figures: list[Block] = []
    for name, found in content["questions"].items():
        question = about.question(name)
        figures += [figure(question, found, about), *duels(question, found, about)]
    return Section("rankings", _("What was put first"), tuple(figures))


def figure(question: Question, found: Ranked, about: About) -> Figure:
    names = labels(question, about)
    order = sorted(range(len(found["codes"])), key=lambda place: -found["worths"][place])
    rows = tuple(row(place, found, names) for place in order)
    return Figure(
        id=f"{question.id}-worth",
        headline=agreement(found, names),
        question=wording(question, about),
        base=_("n={number}: those who put at least one answer in order").format(number=about.count(found["rankers"])),
        table=Table((_("Answer"), _("Points"), _("Worth"), _("as far as known")), rows),
        chart=chart(order, found, names, about) if about.intervals else None,
        facts=about.facts,
        notes=tuple(explained(question, found)),
    )


def labels(question: Question, about: About) -> dict[int, str]:
    return {option.code: in_language(option.label, about.language) for option in question.options}


def row(place: int, found: Ranked, names: Mapping[int, str]) -> tuple[str, ...]:
    low, high = bounds(found, place)
    return (
        names[found["codes"][place]],
        f"{found['points'][place]:,}",
        value_text(found["worths"][place]),
        f"{value_text(low)}–{value_text(high)}",
    )


def bounds(found: Ranked, place: int) -> tuple[float, float]:
    """Of ln(worth) two standard errors to either side."""
    reach = exp(Z * found["errors"][place])
    return found["worths"][place] / reach, min(1.0, found["worths"][place] * reach)


def agreement(found: Ranked, names: Mapping[int, str]) -> str:
    """By points and by worth; they weigh later places differently, and are both told."""
    by_points = names[found["codes"][largest(found["points"])]]
    by_worth = names[found["codes"][largest(found["worths"])]]
    if by_points == by_worth:
        return _("“{answer}” comes first by points and by worth").format(answer=by_points)
    return _("“{points}” comes first by points, “{worth}” by worth").format(points=by_points, worth=by_worth)


def largest(numbers: Sequence[float]) -> int:
    return max(range(len(numbers)), key=lambda place: numbers[place])


def explained(question: Question, found: Ranked) -> Iterator[str]:
    yield _(
        "Points: {top} for the first place, one fewer for each later one (Borda). Worth: how likely an answer is put"
        " first, from all choices at once, also of those who named fewer (Plackett and Luce); all worths sum to 1."
    ).format(top=question.top)
    if found["imagined"]:
        yield _("As one answer was never put before another, each was given one imagined win and one imagined defeat.")


def chart(order: Sequence[int], found: Ranked, names: Mapping[int, str], about: About) -> Chart:
    rows = []
    for place in order:
        low, high = bounds(found, place)
        mark = Mark("", found["worths"][place], value_text(found["worths"][place]), low=low, high=high)
        rows.append(Row(names[found["codes"][place]], (mark,)))
    return Chart(ChartKind.DOTS, tuple(rows), agreement(found, names), axis=_("Worth"))


def duels(question: Question, found: Ranked, about: About) -> list[Block]:
    """Who beat whom: of those who put one of two answers before the other, the share that put the row's first."""
    names = labels(question, about)
    told: list[Block] = [Words(winner_text(found, names))]
    if found["duels"] is None:
        return told
    rows = tuple(
        (names[code], *(duel(found["duels"], here, there) for there in range(len(found["codes"]))))
        for here, code in enumerate(found["codes"])
    )
    letters = tuple(str(number) for number in range(1, len(rows) + 1))
    numbered = tuple((f"{letter}. {row[0]}", *row[1:]) for letter, row in zip(letters, rows, strict=True))
    caption = _("Which part put the answer of the row before that of the column")
    note = _(
        "Those who named only one of the two are taken to put it before the other; those who named neither are not"
        " counted."
    )
    return [*told, Table(("", *letters), numbered, caption=caption, notes=(note,))]


def duel(preferred: Sequence[Sequence[int]], here: int, there: int) -> str:
    both = preferred[here][there] + preferred[there][here]
    if here == there or not both:
        return NONE
    return percent_text(preferred[here][there] / both, preferred[here][there] or 0)


def winner_text(found: Ranked, names: Mapping[int, str]) -> str:
    if found["winner"] is None:
        return _("No answer was put before every other one by more readers than after it.")
    return _("“{answer}” was put before every other answer by more readers than after it.").format(
        answer=names[found["winner"]]
    )

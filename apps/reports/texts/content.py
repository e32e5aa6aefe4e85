"""The answers to one written question as numbers: how many wrote, which words, by whom. Works in the worker."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

import numpy as np

from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import Profile, profile_of
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.disclosure import about
from apps.reports.texts import counting
from apps.reports.texts.groups import (
    ARRIVAL,
    EARLY,
    LANGUAGE,
    LATE,
    by_arrival,
    by_choice,
    fields,
    groups_of,
    written_questions,
)
from apps.reports.texts.tokens import tokenizer_version, words_in
from apps.responses.texts import Written, count_asked, count_readers, written_texts
from apps.surveys.definition import Definition
from apps.surveys.queries import published_instrument

DESK_SUPPORT, PUBLIC_SUPPORT = 5, 10
MOST_FREQUENT = 30
SHARE_FOR_NETWORK = 0.01
DIGITS, PUBLIC_DIGITS = 3, 1
SMALLEST_Z = 1.0
"""Less than that is no difference that one would name."""


@dataclass(frozen=True)
class Reader:
    """For whom it is: the desk sees numbers as they are, the public rounded ones, and fewer words."""

    support: int
    profile: Profile | None = None

    @property
    def digits(self) -> int:
        return PUBLIC_DIGITS if self.profile else DIGITS

    def number(self, number: int) -> int:
        return about(number, self.profile) if self.profile else number


DESK = Reader(DESK_SUPPORT)


MOST_READ, MOST_READ_FOR_REPORT, DRAWN_FOR_REPORT = 200_000, 10_000, 5_000
"""Readers whose texts are read; of more, some are drawn by lot. A report must not wait for words alone."""


def texts_content(inquiry: Inquiry, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The calculation "texts": `question`, and by what to divide (`by`)."""
    instrument = published_instrument(inquiry.pk)
    definition = instrument.definition if instrument else None
    if definition is None or asked["question"] not in {each.id for each in written_questions(definition)}:
        raise CannotBeCalculated("unknown_question")
    if asked["by"] not in fields(definition):
        raise CannotBeCalculated("unknown_field")
    share = MOST_READ / max(1, count_readers(inquiry.pk))
    return content_of(inquiry, definition, asked["question"], by=asked["by"], reader=DESK, share=share)


def for_everybody(inquiry: Inquiry, definition: Definition, question: str, *, readers: int) -> dict[str, Any]:
    """The same for a report, by the first question of opinion."""
    share = 1 if readers <= MOST_READ_FOR_REPORT else DRAWN_FOR_REPORT / readers
    reader = Reader(PUBLIC_SUPPORT, profile_of(inquiry.privacy_profile))
    return content_of(inquiry, definition, question, by=fields(definition)[0], reader=reader, share=share)


def content_of(
    inquiry: Inquiry, definition: Definition, question: str, *, by: str, reader: Reader, share: float = 1
) -> dict[str, Any]:
    chosen = by if by in definition.by_id else ""
    written = written_texts(inquiry.pk, question, by=chosen, share=share)
    asked = count_asked(inquiry.pk, question, share=share)
    found = counting.counted([words_in(text.words) for text in written], support=reader.support)
    return {
        "question": question,
        "by": by,
        "made_by": tokenizer_version(),
        "support": reader.support,
        "by_lot": share < 1,
        "shown": reader.number(asked.shown),
        "wrote": reader.number(len(written)),
        "languages": languages(written, reader),
        "signs": lengths(written),
        "frequent": frequent(found, reader),
        "groups": groups(found, grouped(definition, written, by), reader, order=order_of(definition, by)),
        "network": network(found, reader),
    }


def grouped(definition: Definition, written: Sequence[Written], by: str) -> list[str | None]:
    if by == LANGUAGE:
        return [text.language for text in written]
    if by == ARRIVAL:
        return by_arrival([text.day for text in written])
    return by_choice(definition.question(by), [text.group for text in written])


def languages(written: Sequence[Written], reader: Reader) -> dict[str, int]:
    """None of them where one is too small: the others would give it away."""
    counts = Counter(text.language for text in written)
    if any(number < reader.support for number in counts.values()):
        return {}
    return {name: reader.number(number) for name, number in sorted(counts.items())}


def lengths(written: Sequence[Written]) -> list[int] | None:
    """How long texts are: the quarter, the half, the three quarters."""
    if len(written) < PUBLIC_SUPPORT:
        return None
    return [round(cut) for cut in quantiles([len(text.words) for text in written], n=4, method="inclusive")]


def frequent(found: counting.Counted, reader: Reader) -> list[dict[str, Any]]:
    most = zip(found.words[:MOST_FREQUENT], found.totals[:MOST_FREQUENT].tolist(), strict=True)
    return [{"word": word, "answers": reader.number(number)} for word, number in most]


def order_of(definition: Definition, by: str) -> list[str]:
    return [group.key for group in groups_of(definition.question(by))] if by in definition.by_id else [EARLY, LATE]


def groups(
    found: counting.Counted, keys: Sequence[str | None], reader: Reader, *, order: Sequence[str]
) -> list[dict[str, Any]]:
    """Each that is large enough to be compared, with the words that are typical of it. Who left the question blank is
    in no group, and in no rest either."""
    known = np.array([key or "" for key in keys], dtype=object)
    among = known != ""
    smallest = 2 * reader.support
    listed = []
    for key in [*(key for key in order if key in known), *sorted(set(known[among]) - set(order))]:
        inside = np.asarray(known == key, dtype=bool)
        if inside.sum() < smallest or (among & ~inside).sum() < smallest:
            continue
        words = counting.typical(found, inside, np.asarray(among, dtype=bool), support=reader.support)
        listed.append(
            {
                "key": key,
                "answers": reader.number(int(inside.sum())),
                "words": [
                    {
                        "word": found.words[each.word],
                        "z": round(each.z, reader.digits),
                        "lift": None if reader.profile else round(each.lift, reader.digits),
                        "answers": reader.number(each.answers),
                    }
                    for each in words
                    if each.z >= SMALLEST_Z
                ],
            }
        )
    return listed


def network(found: counting.Counted, reader: Reader) -> dict[str, Any]:
    smallest = max(reader.support, int(np.ceil(SHARE_FOR_NETWORK * found.answers)))
    drawn = counting.network(found, smallest=smallest)
    place = {knot: number for number, knot in enumerate(drawn.knots)}
    return {
        "smallest": smallest,
        "seed": counting.LAYOUT_SEED,
        "knots": [
            {"word": found.words[knot], "answers": reader.number(int(found.totals[knot])), "x": x, "y": y}
            for knot, (x, y) in zip(drawn.knots, drawn.places.round(3).tolist(), strict=True)
        ],
        "edges": [
            {
                "one": place[edge.one],
                "other": place[edge.other],
                "jaccard": round(edge.strength, 2 if reader.profile else DIGITS),
                "answers": reader.number(edge.answers),
            }
            for edge in drawn.edges
        ],
    }

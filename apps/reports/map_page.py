"""A stored map as a page: sentence, picture, the statements that belong to it, how sure it is, what stands below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.common.punctuation import named
from apps.debates.models import OpinionMap
from apps.inquiries.models import Inquiry
from apps.reports import map_rows, map_words
from apps.reports.map_rows import Row, Spoken, TableLine
from apps.reports.map_shapes import Axis, Column, Disc, Tile, columns, discs, frame, height_of, tiles
from apps.reports.method import operator_of
from apps.reports.numbers import count_text, fraction_text
from apps.reports.privacy import SMALL_BASE, profile_of

MOST_AT_AN_END = 4
MOST_IN_THE_TABLE = 200

Summary = Mapping[str, Any]
Texts = Mapping[int, Spoken]
Entry = Mapping[str, Any]
Rows = Callable[[Sequence[Entry]], tuple[Row, ...]]


@dataclass(frozen=True)
class Said:
    """A statement that a side answers otherwise than all others: `choice` is what is said more often there, `here` and
    `elsewhere` its shares in percent of a line; none where few voted."""

    statement: Spoken
    choice: str
    note: str
    here: float | None
    elsewhere: float | None


@dataclass(frozen=True)
class Side:
    """One end of the axis, or a group: what it is called here, and the statements that it stands for."""

    id: int
    name: str
    size: str
    rows: tuple[Said, ...]


@dataclass(frozen=True)
class Section:
    """A list of statements under a heading, with a sentence that says by which rule they were chosen."""

    id: str
    title: str
    rule: str
    rows: tuple[Row, ...]
    nothing: str


@dataclass(frozen=True)
class Gain:
    name: str
    likelier: str
    nats: str
    told: bool


@dataclass(frozen=True)
class Sureness:
    """How well the map foretells votes that it has not seen, and how much of it stays."""

    gains: tuple[Gain, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class MapFacts:
    """Printed below every map."""

    slug: str
    base: str
    number: int
    made_at: datetime
    operator: str
    counts_to: int
    simulated: bool
    checksum: str
    missing: int


@dataclass(frozen=True)
class MapPage:
    headline: str
    explanation: str
    picture: str
    columns: tuple[Column, ...]
    tiles: tuple[Tile, ...]
    discs: tuple[Disc, ...]
    height: float
    median: float | None
    described: str
    sides: tuple[Side, ...]
    sections: tuple[Section, ...]
    sureness: Sureness | None
    table: tuple[TableLine, ...]
    more_in_the_table: int
    facts: MapFacts


def map_page(stored: OpinionMap, texts: Texts, inquiry: Inquiry, language: str) -> MapPage:
    """Everything in `language`, which must be the active one. `texts`: the statements that are served today."""
    summary, counts_to = stored.summary, profile_of(inquiry.privacy_profile).counts_to
    axis = axis_of(summary)
    entries = {entry["number"]: entry for entry in summary.get("statements", [])}
    shown = [entry for entry in summary.get("statements", []) if entry["number"] in texts]
    sides = sides_of(summary, texts, counts_to)
    drawn = picture_of(summary)
    fields = tiles_of(summary) if drawn == PLANE else ()
    areas = discs(summary["groups"]) if drawn == GROUPS else ()
    return MapPage(
        headline=map_words.headline(summary, counts_to),
        explanation=map_words.explanation(summary, drawn),
        picture=drawn,
        columns=columns(axis) if axis and drawn == SPECTRUM else (),
        tiles=fields,
        discs=areas,
        height=height_of(fields or areas),
        median=axis.at(axis.median) if axis and drawn == SPECTRUM else None,
        described=description(summary, sides, counts_to),
        sides=sides,
        sections=sections(summary, shown, texts, counts_to),
        sureness=sureness(summary),
        table=table(texts, entries, counts_to),
        more_in_the_table=max(0, len(texts) - MOST_IN_THE_TABLE),
        facts=facts(stored, inquiry, counts_to, missing=len(entries) - len(shown)),
    )


SPECTRUM, PLANE, GROUPS = "spectrum", "plane", "groups"


def picture_of(summary: Summary) -> str:
    """Which picture there is to draw; none where nothing is shared, or where too few stand anywhere to be shown."""
    if not summary["enough"] or summary["story"] == "none":
        return ""
    if summary["story"] == "groups":
        return GROUPS if summary.get("groups") else ""
    if summary["d"] > 1 and (summary.get("plane") or {}).get("cells"):
        return PLANE
    return SPECTRUM if axis_of(summary) else ""


def axis_of(summary: Summary) -> Axis | None:
    cells = (summary.get("axis") or {}).get("cells")
    return Axis(cells) if cells else None


def tiles_of(summary: Summary) -> tuple[Tile, ...]:
    cells = summary["plane"]["cells"]
    return tiles(cells, frame(cells))


def sides_of(summary: Summary, texts: Texts, counts_to: int) -> tuple[Side, ...]:
    """The two ends of the axis, or the groups by letter; statements that are no longer served are left out."""
    if summary["story"] == "groups":
        parts = [(group["id"], group_size(group, counts_to)) for group in summary.get("groups", [])]
        named = [(each, map_words.group_name(each), size) for each, size in sorted(parts)]
    elif summary["story"] == "spectrum":
        named = [(0, _("One end"), ""), (1, _("The other end"), "")]
    else:
        return ()
    return tuple(Side(each, name, size, end_rows(summary, each, texts)) for each, name, size in named)


def group_size(group: Mapping[str, Any], counts_to: int) -> str:
    return _("{number} people").format(number=count_text(group["readers"], max(counts_to, 5)))


def end_rows(summary: Summary, side: int, texts: Texts) -> tuple[Said, ...]:
    found = [end for end in summary.get("ends", []) if end["side"] == side and end["number"] in texts]
    return tuple(said(texts[end["number"]], end) for end in found[:MOST_AT_AN_END])


def said(statement: Spoken, end: Mapping[str, Any]) -> Said:
    choice, few = more_often(end), end["votes_here"] < SMALL_BASE
    here, elsewhere = (None if few else round(100 * end[f"{choice}_{where}"], 1) for where in ("here", "elsewhere"))
    return Said(statement, map_words.choice_text(choice), end_note(end), here, elsewhere)


def more_often(end: Mapping[str, Any]) -> str:
    """What is said more often here than elsewhere; most of the people here may say something else."""
    return "agree" if end["difference"] > 0 else "disagree"


def end_note(end: Mapping[str, Any]) -> str:
    """How much more often; in tenths where few voted."""
    choice = more_often(end)
    return _("{here} here, {elsewhere} elsewhere (votes here: {votes})").format(
        here=map_words.share_text(end[f"{choice}_here"], end["votes_here"]),
        elsewhere=map_words.share_text(end[f"{choice}_elsewhere"], end["votes_here"]),
        votes=end["votes_here"],
    )


def side_names(summary: Summary, texts: Texts) -> tuple[str, str]:
    """The two ends in words: each by its strongest statement, else by the picture."""
    names = []
    for side, fallback in ((0, _("the side called “One end” below")), (1, _("the side called “The other end” below"))):
        ends = [end for end in summary.get("ends", []) if end["side"] == side and end["number"] in texts]
        first = ends[0] if ends else None
        names.append(map_words.side_text(texts[first["number"]].text, more_often(first)) if first else fallback)
    return names[0], names[1]


def description(summary: Summary, sides: Sequence[Side], counts_to: int) -> str:
    """The picture for those who do not see it."""
    drawn = picture_of(summary)
    if drawn == GROUPS:
        return _("Areas, each as large as its group: {groups}.").format(
            groups=_(", ").join(f"{side.name} {side.size}" for side in sides)
        )
    if drawn == PLANE:
        cells = summary["plane"]["cells"]
        return _("A field divided into {areas} areas; each stands for ten people or more, {people} together.").format(
            areas=len(cells), people=count_text(sum(cell["readers"] for cell in cells), max(counts_to, 5))
        )
    axis = axis_of(summary)
    if drawn and axis:
        return _(
            "A shape along a line, in {columns} columns; each stands for ten people or more. Half of the {people}"
            " people drawn stand on either side of the line in the middle."
        ).format(columns=len(axis.cells), people=count_text(axis.readers, max(counts_to, 5)))
    return ""


def no_note(entry: Entry) -> str:
    return ""


def sections(summary: Summary, shown: Sequence[Entry], texts: Texts, counts_to: int) -> tuple[Section, ...]:
    def rows(chosen: Sequence[Entry], note: Callable[[Entry], str] = no_note) -> tuple[Row, ...]:
        return tuple(map_rows.row(texts[entry["number"]], entry, counts_to, note=note(entry)) for entry in chosen)

    return (
        *(sections_of_sides(shown, rows) if has_sides(summary) else sections_of_all(shown, rows)),
        Section(
            "unsure",
            _("Where many are unsure"),
            _("At least two in ten chose “Don't know”."),
            rows(map_rows.unsure(shown), lambda entry: who_is_unsure(entry, summary["story"])),
            _("No statement leaves that many unsure."),
        ),
    )


def who_is_unsure(entry: Entry, story: str) -> str:
    """Side by side, in tenths; a side with too few votes is passed over."""
    told = [each for each in entry.get("unsure_of_sides") or () if each["share"] is not None]
    names = {0: _("one end"), 1: _("the middle"), 2: _("the other end")}
    parts = [
        _("{side} {share}").format(
            side=map_words.group_name(each["side"]) if story == "groups" else names[each["side"]],
            share=fraction_text(each["share"]),
        )
        for each in told
    ]
    return named(_("Don't know, by side"), _(", ").join(parts)) if len(parts) > 1 else ""


def has_sides(summary: Summary) -> bool:
    return bool(summary["enough"] and summary["story"] != "none")


def sections_of_sides(shown: Sequence[Entry], rows: Rows) -> tuple[Section, ...]:
    rule = _("More than half agree on every side, habits of answering taken out; at least {votes} votes on each.")
    return (
        Section(
            "shared",
            _("What all sides share"),
            rule.format(votes=map_rows.FEWEST_PER_SIDE),
            rows(map_rows.shared(shown)),
            _("No statement has found that much agreement yet."),
        ),
        Section(
            "dividing",
            _("What divides most"),
            _("Where opinions lie furthest apart, measured over the whole map."),
            rows(map_rows.dividing(shown)),
            _("No statement divides opinions clearly yet."),
        ),
    )


def sections_of_all(shown: Sequence[Entry], rows: Rows) -> tuple[Section, ...]:
    """Where there are no sides, or none are known."""
    return (
        Section(
            "shared",
            _("What most people share"),
            _("More than half agree; at least {votes} votes.").format(votes=map_rows.FEWEST_VOTES),
            rows(map_rows.agreed(shown)),
            _("No statement has found that much agreement yet."),
        ),
        Section(
            "dividing",
            _("What people are split on"),
            _("Where agreeing and disagreeing are both frequent."),
            rows(map_rows.split(shown)),
            _("No statement divides opinions clearly yet."),
        ),
    )


def sureness(summary: Summary) -> Sureness | None:
    gain = summary.get("gain")
    if not summary["enough"] or not gain:
        return None
    lines = [(map_words.story_name("none", 0), gain["style"], summary["story"] == "none")]
    if summary["story"] != "none":
        size = summary["k"] if summary["story"] == "groups" else summary["d"]
        lines.append((map_words.story_name(summary["story"], size), gain["story"], True))
    if gain.get("next") is not None and gain.get("next_story"):
        story, _space, size = gain["next_story"].partition(" ")
        if story != "none":
            lines.append(
                (_("next best: {story}").format(story=map_words.story_name(story, int(size or 1))), gain["next"], False)
            )
    return Sureness(
        gains=tuple(
            Gain(name, map_words.likelier(value), map_words.nats(value), told)
            for name, value, told in lines
            if value is not None
        ),
        sentences=tuple(sureness_sentences(summary)),
    )


def sureness_sentences(summary: Summary) -> list[str]:
    if summary["story"] == "none":
        return [_("A pattern is only told when it helps to guess the hidden votes clearly better than habits alone.")]
    told = []
    if summary.get("stability") is not None:
        told.append(map_words.stability_text(summary))
    if summary.get("null_rate") is not None:
        told.append(map_words.null_text(summary["null_rate"]))
    return told


def table(texts: Texts, entries: Mapping[int, Mapping[str, Any]], counts_to: int) -> tuple[TableLine, ...]:
    """All in the order of their numbers; of very many, those with most votes."""
    votes = {number: entries[number]["votes"] or 0 if number in entries else 0 for number in texts}
    most_voted = sorted(texts, key=lambda number: (-votes[number], number))[:MOST_IN_THE_TABLE]
    return tuple(map_rows.table_line(texts[each], entries.get(each), counts_to) for each in sorted(most_voted))


def facts(stored: OpinionMap, inquiry: Inquiry, counts_to: int, *, missing: int) -> MapFacts:
    return MapFacts(
        slug=inquiry.slug,
        base=_("{people} people who voted here, {votes} votes").format(
            people=count_text(stored.summary["readers"], counts_to),
            votes=count_text(stored.summary["votes"], counts_to),
        ),
        number=stored.number,
        made_at=timezone.localtime(stored.created_at),
        operator=operator_of(inquiry),
        counts_to=max(counts_to, 5),
        simulated=inquiry.simulated,
        checksum=stored.checksum,
        missing=missing,
    )

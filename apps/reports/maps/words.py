"""What a map says in words: its story, how sure it is, its sides. A side is named by a statement, never by us."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.inquiries.privacy import SMALL_BASE
from apps.reports.maps.shapes import letter_of
from apps.reports.numbers import count_text, fraction_text, whole_percent

Summary = Mapping[str, Any]

AREAS_TO = 5  # people; sizes of areas come rounded already
CLOSING = "。．."


def headline(summary: Summary, counts_to: int) -> str:
    """The finding in one sentence, with the number of people it rests on."""
    if not summary["enough"]:
        return too_few()
    people = count_text(summary["readers"], counts_to)
    if summary["story"] == "groups":
        return _("The votes of the {people} people who voted here fall into {groups} groups").format(
            people=people, groups=summary["k"]
        )
    if summary["story"] == "spectrum":
        return spectrum_headline(summary["d"]).format(people=people)
    return _("The {people} people who voted here differ from statement to statement, but share no pattern yet").format(
        people=people
    )


def spectrum_headline(dimensions: int) -> str:
    if dimensions > 1:
        return _("The opinions of the {people} people who voted here spread in more than one direction")
    return _("The opinions of the {people} people who voted here lie along one line")


def explanation(summary: Summary, pictured: str) -> str:
    """What the picture shows, and what it does not."""
    if summary["story"] == "groups":
        return _(
            "A group is made of people who voted much alike on the statements. Larger areas are larger groups, and"
            " groups with similar opinions lie close together. The letters only tell them apart."
        )
    if summary["story"] == "spectrum" and pictured == "plane":
        return _(
            "People who voted alike stand close together; each field tells how many people stand there, and is darker"
            " the closer they stand. No direction is better than another; the statements below show what the two ends"
            " from side to side stand for."
        )
    if summary["story"] == "spectrum":
        return _(
            "People who voted alike stand close together. The higher the shape, the more people stand there. Neither"
            " end is better than the other; the statements below show what each stands for."
        )
    return _(
        "A common pattern would mean that knowing some of a person's votes helps to guess the others. So far it does"
        " not help more than knowing how readily that person agrees. That is a finding, too: opinions here do not come"
        " in bundles, as far as the votes can tell."
    )


def group_name(group: int) -> str:
    return _("Group {letter}").format(letter=letter_of(group))


def choice_text(choice: str) -> str:
    return {
        "agree": pgettext("vote", "Agree"),
        "disagree": pgettext("vote", "Disagree"),
        "neither": pgettext("vote", "Neither"),
        "unsure": pgettext("vote", "Don't know"),
    }[choice]


def quoted(text: str) -> str:
    """Inside of another sentence a statement goes without its own full stop."""
    return _("“{text}”").format(text=text.strip().rstrip(CLOSING) or text)


def side_text(text: str, choice: str) -> str:
    """A side by the statement that tells most about it."""
    if choice == "disagree":
        return _("the side where more people disagree with {statement}").format(statement=quoted(text))
    return _("the side where more people agree with {statement}").format(statement=quoted(text))


def needed_text(readers: int, votes_each: int) -> str:
    """What is missing before there can be a map."""
    if readers > 0:
        return ngettext(
            "A map is drawn once about {readers} more person has voted on {votes} statements or more.",
            "A map is drawn once about {readers} more people have voted on {votes} statements or more.",
            readers,
        ).format(readers=readers, votes=votes_each)
    return _("A map is drawn with the next count.")


def share_text(share: float, votes: int) -> str:
    """In percent; of fewer than thirty votes only in tenths."""
    return f"{whole_percent(share)}%" if votes >= SMALL_BASE else fraction_text(share)


def headline_without(*, after_close: bool, drawn_anew: bool = False) -> str:
    """Where no map may be shown."""
    if drawn_anew:
        return _("The opinion map is being drawn anew")
    return _("The opinion map is shown after the close") if after_close else too_few()


def too_few() -> str:
    return _("Too few votes yet for an opinion map")


def chance_text(chance: float) -> str:
    """How likely something is, as roughly as it is known."""
    tenths = whole_percent(chance / 10)
    if tenths in {0, 10}:
        return _("hardly") if tenths == 0 else _("almost certainly")
    return _("about {tenths} in 10").format(tenths=tenths)


def people_text(people: int) -> str:
    """Of an area; those numbers are rounded."""
    return _("{number} people").format(number=count_text(people, AREAS_TO))

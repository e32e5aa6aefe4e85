"""Why a report cannot be published, in words, with the page where it can be mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.reports.report.method_notes import PUBLISHER, label_of
from apps.reports.report.publishing import Obstacle


@dataclass(frozen=True)
class Hindrance:
    """`link`: where to go, with the words for it."""

    sentence: str
    link: tuple[str, str] | None = None


def hindrances(obstacles: Iterable[Obstacle], slug: str) -> list[Hindrance]:
    return [each for obstacle in obstacles for each in of_one(obstacle, slug)]


def of_one(obstacle: Obstacle, slug: str) -> list[Hindrance]:
    if obstacle.code == "method":
        return [missing(name, slug) for name in obstacle.detail["missing"]]
    sentence = {
        "not_public": _("Readers cannot see this inquiry: it is a draft or was taken off the site."),
        "after_close": _("Nothing may be published before the inquiry has closed: it is set so, as for elections."),
        "too_few": _("Too few have answered: figures are shown from {smallest} answers on."),
        "too_soon": _(
            "Only a few readers have answered since the last figures were published; the difference could show single"
            " answers. It goes once {fewest} have, or when the figures readers see have been counted again."
        ),
        "words": _("“{words}” claims more than this survey can say: “{text}”"),
        "another": _("New answers or words have come in since you looked. Please look at the report once more."),
    }[obstacle.code]
    return [Hindrance(sentence.format(**obstacle.detail))]


def missing(name: str, slug: str) -> Hindrance:
    sentence = _("{name}: still to be said.").format(name=label_of(name))
    if name in PUBLISHER:
        return Hindrance(sentence, (reverse("desk:settings", args=[slug]) + "#publisher", _("Settings")))
    return Hindrance(sentence, (reverse("desk:method", args=[slug]) + f"#id_{name}", _("Notes on the method")))

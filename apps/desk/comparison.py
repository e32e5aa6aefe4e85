"""Whether an inquiry compares readers with and without the debate: what the desk shows of it, and what it allows."""

from dataclasses import dataclass

from apps.inquiries.models import FEWEST_FOR_ARMS, Inquiry
from apps.responses.arms import ArmCounts, readers_by_arm
from apps.responses.models import Response
from apps.surveys.arms import VOTES_BEFORE_AGAIN, Arm
from apps.surveys.queries import published_instrument

NOBODY = ArmCounts(readers=0, finished=0, asked_again=0)


@dataclass(frozen=True)
class Comparison:
    """`begun`: somebody has answered, so that it can no longer be switched on. `arms`: name, share, counts."""

    on: bool
    begun: bool
    expected: int | None
    arms: tuple[tuple[str, float, ArmCounts], ...]
    fewest: int = FEWEST_FOR_ARMS
    votes: int = VOTES_BEFORE_AGAIN


def comparison(inquiry: Inquiry) -> Comparison | None:
    """None where the questionnaire divides nobody."""
    published = published_instrument(inquiry.pk)
    if published is None or not published.definition.arms:
        return None
    again = list(published.definition.again)
    counts = readers_by_arm(inquiry.pk, again=again) if inquiry.has_control_arms else {}
    return Comparison(
        on=inquiry.has_control_arms,
        begun=has_answers(inquiry),
        expected=inquiry.expected_answers,
        arms=tuple(
            (arm.name, 100 * share, counts.get(arm, NOBODY))
            for arm, share in zip(Arm, published.definition.arms, strict=True)
        ),
    )


def has_answers(inquiry: Inquiry) -> bool:
    """Early readers were not drawn: compared with later ones, the day would make the difference."""
    return Response.objects.filter(inquiry=inquiry).exists()

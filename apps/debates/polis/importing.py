"""A conversation held elsewhere, as a closed inquiry with its debate: statements, ballots and the log of every vote."""

from django.db import transaction

from apps.accounts.models import Publication
from apps.common.streams import copy_rows
from apps.debates.choices import Choice
from apps.debates.models import Debate, Origin, RejectionReason, Statement, StatementState
from apps.debates.polis.reading import Comment, Conversation
from apps.debates.wording import folded
from apps.inquiries.actions import close_inquiry, create_inquiry
from apps.inquiries.models import Inquiry
from apps.participants.queries import pseudonym

BALLOTS = (
    "COPY debates_ballot (pseudonym, debate_id, votes, revision, replaced, imported_id, imported_group) FROM STDIN"
)
LOG = "COPY debates_votelog (pseudonym, debate_id, number, choice, revision, day) FROM STDIN"
STATES = {1: StatementState.APPROVED, 0: StatementState.WAITING, -1: StatementState.REJECTED}


@transaction.atomic
def import_conversation(conversation: Conversation, *, slug: str, title: str) -> Debate:
    """Make the inquiry and everything in it, or nothing."""
    publication, _created = Publication.objects.get_or_create(slug="toikake", defaults={"name": "問いかけ"})
    inquiry = create_inquiry(publication=publication, slug=slug, title={"ja": title, "en": title}, introduction={})
    Inquiry.objects.filter(pk=inquiry.pk).update(content_sha256=conversation.sha256)
    debate = Debate.objects.create(inquiry=close_inquiry(inquiry=inquiry), imported_summary=conversation.summary)
    Statement.objects.bulk_create(
        [statement(debate, number, comment) for number, comment in enumerate(conversation.comments, start=1)]
    )
    import_votes(debate, conversation)
    return debate


def statement(debate: Debate, number: int, comment: Comment) -> Statement:
    """Numbers go by the original ids, so that the same files always make the same debate."""
    return Statement(
        debate=debate,
        number=number,
        origin=Origin.IMPORTED,
        text=comment.text,
        folded=folded(comment.text),
        state=STATES[comment.moderated],
        reason=RejectionReason.ELSEWHERE if comment.moderated < 0 else "",
        imported_id=comment.id,
        imported_author=comment.author,
        imported_marks=comment.marks,
        day=comment.day,
    )


def import_votes(debate: Debate, conversation: Conversation) -> None:
    numbers = {comment.id: number for number, comment in enumerate(conversation.comments, start=1)}
    names = {voter: pseudonym(debate.pk, b"imported:%d" % voter) for voter in conversation.voters}
    ballots: dict[int, dict[int, Choice]] = {voter: {} for voter in conversation.voters}
    revisions, log = dict.fromkeys(conversation.voters, 0), []
    for event in conversation.events:
        number = numbers[event.comment]
        revisions[event.voter] += 1
        ballots[event.voter][number] = event.choice
        log.append((names[event.voter], debate.pk, number, int(event.choice), revisions[event.voter], event.day))
    copy_rows(
        BALLOTS,
        (
            (names[voter], debate.pk, packed(votes), revisions[voter], 0, voter, conversation.voters[voter])
            for voter, votes in ballots.items()
        ),
    )
    copy_rows(LOG, log)


def packed(votes: dict[int, Choice]) -> bytes:
    """As long as the largest number that was voted on."""
    ballot = bytearray(max(votes, default=0))
    for number, choice in votes.items():
        ballot[number - 1] = choice
    return bytes(ballot)

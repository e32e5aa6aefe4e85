"""The debate: readers' statements, one ballot per reader, an append-only log of votes, and what was shown to whom."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.debates.choices import Choice, choice_in, number_of_votes
from apps.debates.routing import STANCES
from apps.inquiries.models import Inquiry, PrivacyProfile


class Debate(models.Model):
    """The debate of an inquiry; made when it is first asked for."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, primary_key=True, related_name="debate")
    # What an imported conversation said of itself (topic, address, description …), for its own files.
    imported_summary = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("debate")
        verbose_name_plural = _("debates")

    def __str__(self) -> str:
        return str(self.inquiry)


class Origin(models.TextChoices):
    SEED = "seed", _("From the editors")
    READER = "reader", _("From a reader")
    IMPORTED = "imported", _("Imported")


class StatementState(models.TextChoices):
    WAITING = "waiting", _("Waiting for review")
    APPROVED = "approved", _("Published")
    REJECTED = "rejected", _("Not published")
    MERGED = "merged", _("Merged with another")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


class RejectionReason(models.TextChoices):
    PERSONAL = "personal", _("Names a private person or gives personal data")
    INSULT = "insult", _("Insults or threatens people")
    OFF_TOPIC = "off_topic", _("Is about something else")
    UNCLEAR = "unclear", _("Cannot be agreed or disagreed with as it is worded")
    SEVERAL_IDEAS = "several_ideas", _("Holds more than one idea")
    ADVERTISING = "advertising", _("Is advertising")
    ELSEWHERE = "elsewhere", _("Was not published where it was imported from")


class Statement(models.Model):
    """Something one can agree or disagree with. Its number is its place in every ballot of the debate."""

    debate = models.ForeignKey(Debate, models.CASCADE, related_name="statements", verbose_name=_("debate"))
    number = models.PositiveIntegerField(_("number"))
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices)
    language = models.CharField(_("language"), max_length=5, blank=True)
    text = models.TextField(_("text"))
    texts = models.JSONField(_("text by language"), default=dict, blank=True)
    folded = models.TextField(_("text for finding the same again"), db_index=False)
    state = models.CharField(_("state"), max_length=9, choices=StatementState.choices, default=StatementState.WAITING)
    reason = models.CharField(_("reason"), max_length=14, choices=RejectionReason.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    # Kinds of personal data that its text seems to hold (`personal.Kind`); a person looks before anybody else may.
    held = models.JSONField(_("held for"), default=list, blank=True)
    anchor = models.CharField(_("passage of the article"), max_length=80, blank=True)
    seed = models.CharField(_("code of the editors"), max_length=40, blank=True)
    # The side that the editors say it takes; readers do not see it, the choice of what is shown next does.
    stance = models.CharField(max_length=6, blank=True)
    author = models.BinaryField(max_length=16, null=True, blank=True)
    imported_id = models.BigIntegerField(_("number where it was imported from"), null=True, blank=True)
    imported_author = models.BigIntegerField(null=True, blank=True)
    imported_marks = models.JSONField(default=dict, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    moderated_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    day = models.DateField(_("written"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["debate", "number"]
        constraints = [
            models.UniqueConstraint(fields=["debate", "number"], name="one_statement_per_number"),
            models.UniqueConstraint(fields=["debate", "imported_id"], name="one_statement_per_imported_id"),
            models.UniqueConstraint(
                fields=["debate", "seed"], condition=~models.Q(seed=""), name="one_statement_per_seed"
            ),
            models.UniqueConstraint(
                fields=["debate", "folded"],
                condition=models.Q(origin="reader") & ~models.Q(state="withdrawn") & ~models.Q(folded=""),
                name="readers_write_a_statement_once",
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="statements_count_from_one"),
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="statement_origin_is_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=StatementState.values), name="statement_state_is_known"
            ),
            models.CheckConstraint(condition=models.Q(stance__in=["", *STANCES]), name="statement_stance_is_known"),
            models.CheckConstraint(
                condition=models.Q(state="rejected", reason__in=RejectionReason.values)
                | (~models.Q(state="rejected") & models.Q(reason="")),
                name="rejected_statements_have_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
                name="merged_statements_say_into_which",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("pk")),
                name="no_statement_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(moderated_by__isnull=True) | models.Q(moderated_at__isnull=False),
                name="a_review_by_somebody_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(origin="imported", imported_id__isnull=False)
                | (~models.Q(origin="imported") & models.Q(imported_id__isnull=True)),
                name="imported_statements_keep_their_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    @property
    def served(self) -> bool:
        """Whether readers may be shown it, and the map counts it."""
        return self.state == StatementState.APPROVED

    @property
    def masked(self) -> bool:
        """Whether staff see its words only when they ask for them."""
        return bool(self.held and self.text) and not self.served

    @property
    def words_may_go_out(self) -> bool:
        """Into files for everybody: what was published here, or came in such a file."""
        published = self.state in {StatementState.APPROVED, StatementState.MERGED}
        return self.origin == Origin.IMPORTED or (published and (self.served or not self.held))


class Ballot(models.Model):
    """All votes of one reader: one byte per statement number (`choices.Choice`)."""

    pseudonym = models.BinaryField(primary_key=True, max_length=16)
    # Without a constraint in the database: no vote may lock a row that all readers share.
    debate = models.ForeignKey(Debate, models.CASCADE, related_name="ballots", db_constraint=False)
    votes = models.BinaryField(default=bytes)
    revision = models.PositiveIntegerField(default=0)
    # What the last write found in its place: tells a new vote from a changed one without a second look.
    replaced = models.PositiveSmallIntegerField(default=0)
    imported_id = models.BigIntegerField(null=True)
    imported_group = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["debate", "imported_id"], name="one_ballot_per_imported_reader"),
        ]

    def __str__(self) -> str:
        return bytes(self.pseudonym).hex()

    def choice(self, number: int) -> Choice:
        return choice_in(bytes(self.votes), number)

    @property
    def cast(self) -> int:
        """How many votes stand."""
        return number_of_votes(bytes(self.votes))


class VoteLog(models.Model):
    """Every accepted vote in order, 0 where one was taken back. It belongs to the reader and goes when they go."""

    id = models.BigAutoField(primary_key=True)
    pseudonym = models.BinaryField(max_length=16)
    debate = models.ForeignKey(Debate, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    number = models.PositiveIntegerField()
    choice = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["debate", "id"], name="votes_by_debate")]
        constraints = [
            models.UniqueConstraint(fields=["pseudonym", "revision"], name="one_vote_row_per_revision"),
            models.CheckConstraint(condition=models.Q(choice__lte=int(max(Choice))), name="vote_choice_is_known"),
        ]

    def __str__(self) -> str:
        return f"{bytes(self.pseudonym).hex()} r{self.revision}"


class VoteKey(models.Model):
    """A vote or a statement that was accepted under a key of the sender. Kept seven days."""

    pk = models.CompositePrimaryKey("pseudonym", "key")
    pseudonym = models.BinaryField(max_length=16)
    key = models.UUIDField()
    body_sha256 = models.BinaryField(max_length=32)
    reply = models.JSONField()
    day = models.DateField()

    def __str__(self) -> str:
        return str(self.key)


class Exposure(models.Model):
    """A statement that was shown to a reader, as which card, by which policy, and how likely it was to be drawn."""

    pk = models.CompositePrimaryKey("pseudonym", "position")
    pseudonym = models.BinaryField(max_length=16)
    position = models.PositiveIntegerField()
    debate = models.ForeignKey(Debate, models.CASCADE, related_name="+", db_constraint=False)
    number = models.PositiveIntegerField()
    policy = models.CharField(max_length=20)
    probability = models.FloatField()
    answered = models.BooleanField(default=False)
    day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(probability__gt=0) & models.Q(probability__lte=1),
                name="what_was_shown_had_a_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{bytes(self.pseudonym).hex()} {self.position}: {self.number}"


class RoutingPolicy(models.Model):
    """By which rules statements were shown. Other settings are another version; one that was used never changes."""

    version = models.CharField(primary_key=True, max_length=20)
    settings = models.JSONField()
    day = models.DateField()

    def __str__(self) -> str:
        return self.version


class Standing(models.Model):
    """How the votes of a debate stood when they were last counted, for choosing what is shown next.

    `counts`: by statement number its votes by choice, and how many votes the debate had when it was first counted.
    """

    debate = models.OneToOneField(Debate, models.CASCADE, primary_key=True, related_name="standing")
    watermark = models.BigIntegerField()
    counts = models.JSONField()

    def __str__(self) -> str:
        return f"{self.debate} {self.watermark}"


class OpinionMap(models.Model):
    """One run of the map over all votes up to a row of the log. It never changes (trigger), and goes with its inquiry.

    `summary` is what the public may see, suppressed and rounded already. `parameters` hold the statements' side, by
    which whoever comes is placed; of readers nothing is here but sums over ten and more.
    """

    debate = models.ForeignKey(Debate, models.CASCADE, related_name="maps", db_index=False, verbose_name=_("debate"))
    number = models.PositiveIntegerField(_("number"))
    method = models.CharField(_("method"), max_length=12)
    seed = models.BigIntegerField(_("seed"))
    settings = models.JSONField(_("settings"))
    code_version = models.CharField(_("code version"), max_length=40)
    watermark = models.BigIntegerField(_("last log row seen"))
    # Of all ballots, so that erasures since then can be told.
    ballots = models.PositiveIntegerField(_("ballots"))
    readers = models.PositiveIntegerField(_("readers"))
    votes = models.PositiveIntegerField(_("votes"))
    story = models.CharField(_("story"), max_length=8)
    summary = models.JSONField(_("summary"))
    parameters = models.JSONField(_("parameters"))
    checksum = models.CharField(_("checksum"), max_length=64)
    # How long it took: the next one waits in proportion.
    seconds = models.FloatField(_("seconds"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("opinion map")
        verbose_name_plural = _("opinion maps")
        ordering = ["debate", "number"]
        constraints = [
            models.UniqueConstraint(fields=["debate", "number"], name="one_map_per_number"),
            models.CheckConstraint(
                condition=models.Q(story__in=["none", "spectrum", "groups"]), name="map_story_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.debate} #{self.number}"

    @property
    def profile(self) -> str:
        """The privacy profile under which it was drawn."""
        return str(self.settings.get("profile", PrivacyProfile.STANDARD))

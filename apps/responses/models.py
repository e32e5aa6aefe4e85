"""What a reader answered: one row per reader, an append-only log, the keys that make a second press harmless."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.device_classes import DEVICES
from apps.inquiries.models import Inquiry
from apps.participants.models import Participant
from apps.responses.packing import record
from apps.surveys.models import SurveyVersion


class Status(models.TextChoices):
    """By the share of applicable items answered, don't-know included (survey-method: 80 %, 50 %)."""

    COMPLETE = "complete", _("Complete")
    PARTIAL = "partial", _("Partial")
    BREAK_OFF = "break_off", _("Break-off")


class Response(models.Model):
    participant = models.OneToOneField(
        Participant, models.CASCADE, primary_key=True, related_name="response", db_column="pseudonym"
    )
    # Without constraints in the database, as with participants: no write may lock rows that all readers share.
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="responses", db_index=False, db_constraint=False)
    version = models.ForeignKey(
        SurveyVersion, models.PROTECT, related_name="responses", db_index=False, db_constraint=False
    )
    revision = models.PositiveIntegerField(default=1)
    answers = models.JSONField(default=dict)
    codes = models.BinaryField(default=bytes)
    status = models.CharField(max_length=10, choices=Status.choices)
    finished = models.BooleanField(default=False, help_text=_("The reader pressed send."))
    screen = models.PositiveSmallIntegerField(default=1, help_text=_("The furthest screen reached."))
    language = models.CharField(max_length=5)
    device = models.CharField(max_length=8)
    visible_ms = models.JSONField(default=dict)
    signals = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text=_("What speaks for a machine, as bits.")
    )
    started_day = models.DateField()
    changed_day = models.DateField()
    simulated = models.BooleanField(default=False)
    record = models.GeneratedField(expression=record(Status.values), output_field=models.BinaryField(), db_persist=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [
            # Whoever counts reads this, a sixth of the table, and nothing else. Codes have to fit into it:
            # `surveys.reading.documents.MOST_SLOTS`.
            models.Index(
                fields=["inquiry", "version"],
                include=["record", "changed_day"],
                name="all_answers_of_a_version",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="response_status_is_known"),
            models.CheckConstraint(condition=models.Q(device__in=DEVICES), name="response_device_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class ResponseLog(models.Model):
    """Every accepted write in order. It belongs to the reader: erasing the answers erases it too."""

    id = models.BigAutoField(primary_key=True)
    pseudonym = models.BinaryField(max_length=16)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    version = models.ForeignKey(SurveyVersion, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    revision = models.PositiveIntegerField()
    answers = models.JSONField()
    status = models.CharField(max_length=10)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["inquiry", "id"], name="log_by_inquiry")]
        constraints = [
            models.UniqueConstraint(fields=["pseudonym", "revision"], name="one_log_row_per_revision"),
        ]

    def __str__(self) -> str:
        return f"{bytes(self.pseudonym).hex()} r{self.revision}"


class IdempotencyKey(models.Model):
    """A write that was accepted under a key of the sender. Kept seven days; the reply holds no receipt."""

    pk = models.CompositePrimaryKey("pseudonym", "key")
    pseudonym = models.BinaryField(max_length=16)
    key = models.UUIDField()
    body_sha256 = models.BinaryField(max_length=32)
    reply = models.JSONField()
    day = models.DateField()

    def __str__(self) -> str:
        return str(self.key)


class VisitCount(models.Model):
    """How often a screen was opened, by hour, source host, device class and language. Counts only, no visitor."""

    inquiry = models.ForeignKey(
        Inquiry, models.CASCADE, related_name="visit_counts", db_index=False, verbose_name=_("inquiry")
    )
    hour = models.DateTimeField(_("hour"))
    screen = models.CharField(_("screen"), max_length=12)
    source = models.CharField(_("came from"), max_length=253, blank=True)
    device = models.CharField(_("device class"), max_length=8)
    language = models.CharField(_("language"), max_length=5)
    visits = models.PositiveIntegerField(_("views"))

    class Meta:
        verbose_name = _("count of views")
        verbose_name_plural = _("counts of views")
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "hour", "screen", "source", "device", "language"], name="one_count_per_hour_and_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.hour:%Y-%m-%d %H} {self.screen}: {self.visits}"


class QuoteState(models.TextChoices):
    WAITING = "waiting", _("Not looked at yet")
    APPROVED = "approved", _("May be quoted")
    REFUSED = "refused", _("Not quoted")


class QuoteRefusal(models.TextChoices):
    """Why words are not quoted although their writer agreed."""

    PERSONAL = "personal", _("Tells who somebody is")
    INDECENT = "indecent", _("Insults or threatens")
    OFF_TOPIC = "off_topic", _("Not about the question")
    UNCLEAR = "unclear", _("Cannot be understood by itself")
    OTHER = "other", _("Another reason")


class QuoteReview(models.Model):
    """What was decided about quoting a text. The newest row holds, as long as its writer has not changed the words.

    `masks`: what is blacked out, as pairs of places in the text.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="quote_reviews")
    question = models.CharField(max_length=40)
    words_sha256 = models.BinaryField(max_length=32)
    state = models.CharField(max_length=8, choices=QuoteState.choices)
    reason = models.CharField(max_length=9, choices=QuoteRefusal.choices, blank=True)
    masks = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["response", "question", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="refused", reason__in=QuoteRefusal.values)
                | (models.Q(state__in=["waiting", "approved"]) & models.Q(reason="")),
                name="quotes_are_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.state}"


class CodeBook(models.Model):
    """The themes into which the answers to one question are sorted by hand.

    `double_share`: percent of the texts that two people code without knowing of each other, drawn by `seed`.
    """

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="code_books", db_index=False)
    question = models.CharField(max_length=40)
    double_share = models.PositiveSmallIntegerField(default=20)
    seed = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "question"], name="one_code_book_per_question"),
            models.CheckConstraint(
                condition=models.Q(double_share__gte=10, double_share__lte=100), name="at_least_a_tenth_is_coded_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.question}"


class Code(models.Model):
    """One theme. Retired ones are offered no more; what was coded with them stays."""

    book = models.ForeignKey(CodeBook, models.CASCADE, related_name="codes", db_index=False)
    number = models.PositiveSmallIntegerField()
    label = models.JSONField()
    description = models.CharField(max_length=500, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["book", "number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="one_code_per_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="codes_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


class Coding(models.Model):
    """Which themes somebody saw in a text; none of them is an answer, too. `settles`: said after the two had differed.

    It belongs to the words that were read: of a text that was changed since, it says nothing.
    """

    book = models.ForeignKey(CodeBook, models.CASCADE, related_name="codings", db_index=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="codings")
    coder = models.ForeignKey(User, models.PROTECT, related_name="+")
    settles = models.BooleanField(default=False)
    codes = models.JSONField(default=list)
    words_sha256 = models.BinaryField(max_length=32)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "response", "coder"],
                condition=models.Q(settles=False),
                name="everybody_codes_a_text_once",
            ),
            models.UniqueConstraint(
                fields=["book", "response"], condition=models.Q(settles=True), name="a_text_is_settled_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book}: {self.codes}"

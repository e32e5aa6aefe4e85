"""Derived tables that can be rebuilt: what the public sees is a stored result epoch, never a live count."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.inquiries.models import Inquiry, PrivacyProfile
from apps.surveys.models import SurveyVersion


class ResultEpoch(models.Model):
    """One aggregation of all answers. It never changes (trigger); newer answers make a newer epoch."""

    inquiry = models.ForeignKey(
        Inquiry, models.CASCADE, related_name="epochs", db_index=False, verbose_name=_("inquiry")
    )
    number = models.PositiveIntegerField(_("number"))
    version = models.ForeignKey(
        SurveyVersion, models.PROTECT, related_name="+", db_index=False, verbose_name=_("survey version")
    )
    answered = models.PositiveIntegerField(_("answers"))
    log_watermark = models.BigIntegerField(_("last log row seen"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("hash"), max_length=64)
    code_version = models.CharField(_("code version"), max_length=40)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("result epoch")
        verbose_name_plural = _("result epochs")
        ordering = ["inquiry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="one_epoch_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} #{self.number}"

    @property
    def profile(self) -> str:
        """The privacy profile under which it was counted."""
        return str(self.content.get("profile", PrivacyProfile.STANDARD))


class ExportState(models.TextChoices):
    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class Export(models.Model):
    """A file of answers that somebody of the staff asked for: only they can fetch it, and only for a short while."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="exports")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    raw_text = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING)
    steps = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    responses = models.PositiveIntegerField(null=True)
    file = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "by"], condition=models.Q(state="waiting"), name="one_export_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(state__in=ExportState.values), name="export_state_is_known"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="export_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.kind} #{self.pk}"

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.steps) if self.steps else 0


class CalculationState(models.TextChoices):
    WAITING = "waiting", _("Being calculated")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class Calculation(models.Model):
    """A question about all answers that somebody of the staff asked, and what the worker found. It can be rebuilt.

    While a newer answer is being worked out, `content` holds the last one. `refusal`: why there is none.
    """

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="calculations", db_index=False)
    kind = models.CharField(max_length=20)
    parameters = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=CalculationState.choices, default=CalculationState.WAITING)
    content = models.JSONField(null=True)
    refusal = models.JSONField(default=dict)
    wanted_watermark = models.CharField(max_length=100, blank=True)
    seen = models.JSONField(default=dict)  # answers up to which log row, and of how many readers; never published
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("calculation")
        verbose_name_plural = _("calculations")
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "kind", "sha256"], name="one_calculation_per_question"),
            models.CheckConstraint(
                condition=models.Q(state__in=CalculationState.values), name="calculation_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.kind} #{self.pk}"

    @property
    def waiting(self) -> bool:
        return self.state == CalculationState.WAITING


class ShareCard(models.Model):
    """The picture that is shown where somebody shares the address of an inquiry; one with results, one without.

    `drawn_from`: a hash of everything that stands on it; when that changes, the worker draws it again.
    """

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="cards", db_index=False)
    language = models.CharField(max_length=5)
    with_results = models.BooleanField()
    drawn_from = models.CharField(max_length=64)
    png = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("share card")
        verbose_name_plural = _("share cards")
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "language", "with_results"], name="one_card_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.language}"


class Document(models.Model):
    """A file that was made of a report: its PDF, or one of its pictures. It can be made again, byte for byte.

    `report_sha256`: of all words and numbers in it, so that it tells the language, too. `kept`: of a frozen report.
    """

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="documents", db_index=False)
    report_sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=80)
    content_type = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    kept = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "report_sha256", "name"], name="one_document_of_a_name"),
        ]
        indexes = [models.Index(fields=["made_at"], condition=models.Q(kept=False), name="documents_that_go")]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.name}"


class ReportTable(models.Model):
    """A cross-table that the editors put into the report. Without filters: those stay on the desk."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="report_tables", db_index=False)
    rows = models.CharField(max_length=80)
    columns = models.CharField(max_length=80)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("table of the report")
        verbose_name_plural = _("tables of the report")
        ordering = ["inquiry", "id"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "rows", "columns"], name="one_report_table_of_two_answers"),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.rows} × {self.columns}"


class WeightRun(models.Model):
    """To which shares the answers are weighted beside the headline; the newest one holds. It never changes (trigger).

    `margins`: of each field `field`, `shares` in percent by category, `source`, `date`, `url`; none: no weights.
    """

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="weight_runs", db_index=False)
    number = models.PositiveIntegerField()
    margins = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("weighting")
        verbose_name_plural = _("weightings")
        ordering = ["inquiry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="one_weighting_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} #{self.number}"


class MethodNotes(models.Model):
    """What a report must say of how the survey was made and no count can tell: by name, one text per language."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, primary_key=True, related_name="method_notes")
    notes = models.JSONField(default=dict)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("notes on the method")
        verbose_name_plural = _("notes on the method")

    def __str__(self) -> str:
        return str(self.inquiry)


class FrozenReport(models.Model):
    """A report as it was published. It never changes and never goes (trigger); a correction is a new one that names it.

    `content`: all its numbers, of which `sha256` is the hash. `notes`: what the editors say of this edition.
    """

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="frozen_reports", db_index=False)
    number = models.PositiveIntegerField()
    version = models.ForeignKey(SurveyVersion, models.PROTECT, related_name="+", db_index=False)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    code_version = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    log_watermark = models.BigIntegerField(_("last log row seen"), null=True)  # not known of the oldest ones
    answered = models.PositiveIntegerField(_("answers"), null=True)

    class Meta:
        verbose_name = _("published report")
        verbose_name_plural = _("published reports")
        ordering = ["inquiry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="one_frozen_report_per_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="frozen_reports_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} #{self.number}"

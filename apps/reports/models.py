"""Derived tables that can be rebuilt: what the public sees is a stored result epoch, never a live count."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.inquiries.models import Inquiry
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

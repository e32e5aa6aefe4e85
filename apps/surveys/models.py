"""The instrument: immutable versions of what is asked, each one JSON document."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.inquiries.models import Inquiry


class SurveyVersion(models.Model):
    """One published state of the questionnaire. It never changes (trigger); a new wording is a new version."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="versions", verbose_name=_("inquiry"))
    number = models.PositiveIntegerField(_("number"))
    definition = models.JSONField(_("definition"))
    sha256 = models.CharField(_("hash"), max_length=64)
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("survey version")
        verbose_name_plural = _("survey versions")
        ordering = ["inquiry", "number"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.inquiry} v{self.number}"

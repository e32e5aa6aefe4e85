"""The instrument: immutable versions of what is asked, each one JSON document, and the draft of the next one."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.inquiries.models import Inquiry


class SurveyVersion(models.Model):
    """One published state of the questionnaire. It never changes (trigger); a new wording is a new version."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="versions", verbose_name=_("inquiry"))
    number = models.PositiveIntegerField(_("number"))
    definition = models.JSONField(_("definition"))
    sha256 = models.CharField(_("hash"), max_length=64)
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )

    class Meta:
        verbose_name = _("survey version")
        verbose_name_plural = _("survey versions")
        ordering = ["inquiry", "number"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.inquiry} v{self.number}"


class SurveyDraft(models.Model):
    """What the next version may become. It is kept as it was typed, whether or not it could be published now.

    `revision` grows by one with each change: whoever saves says which one they had before them.
    """

    inquiry = models.OneToOneField(
        Inquiry, models.CASCADE, primary_key=True, related_name="draft", verbose_name=_("inquiry")
    )
    document = models.JSONField(_("definition"))
    based_on = models.ForeignKey(
        SurveyVersion, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("begun from")
    )
    revision = models.PositiveIntegerField(_("revision"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        verbose_name = _("survey draft")
        verbose_name_plural = _("survey drafts")

    def __str__(self) -> str:
        return f"{self.inquiry} r{self.revision}"

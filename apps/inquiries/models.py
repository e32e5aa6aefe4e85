"""What is asked: the inquiry, the article it stands under, when it is open, where it may be framed."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Publication


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


class PrivacyProfile(models.TextChoices):
    STANDARD = "standard", _("Standard")
    STRICT = "strict", _("Strict")


class ResultsShown(models.TextChoices):
    ALWAYS = "always", _("While answers come in")
    AFTER_CLOSE = "after_close", _("Only after closing (elections)")


FEWEST_FOR_ARMS = 300
"""Below so many answers a fifth of them tells nothing; then all readers go the same way (survey-method 3.4)."""


class Inquiry(models.Model):
    """One closing question put to the readers of one article."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="inquiries", verbose_name=_("publication")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.JSONField(_("title"), help_text=_('One text per language: {"ja": …, "en": …}'))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    privacy_profile = models.CharField(
        _("privacy profile"), max_length=10, choices=PrivacyProfile.choices, default=PrivacyProfile.STANDARD
    )
    results_shown = models.CharField(
        _("results shown"), max_length=12, choices=ResultsShown.choices, default=ResultsShown.ALWAYS
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    allowed_origins = models.JSONField(_("sites that may embed it"), default=list, blank=True)
    simulated = models.BooleanField(_("holds simulated answers"), default=False)
    has_control_arms = models.BooleanField(
        _("compares readers with and without the debate"),
        default=False,
        help_text=_("A part of the readers is asked the first question once more before voting, another not at first."),
    )
    expected_answers = models.PositiveIntegerField(_("answers expected"), null=True, blank=True)
    content_sha256 = models.CharField(_("hash of the loaded content"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="inquiry_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(privacy_profile__in=PrivacyProfile.values), name="inquiry_profile_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(results_shown__in=ResultsShown.values), name="inquiry_results_shown_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True)
                | models.Q(opens_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="inquiry_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(has_control_arms=False) | models.Q(expected_answers__gte=FEWEST_FOR_ARMS),
                name="control_arms_need_enough_answers",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def is_open(self, now: datetime) -> bool:
        """Whether answers are accepted at this moment."""
        begun = self.opens_at is None or self.opens_at <= now
        ended = self.closes_at is not None and self.closes_at <= now
        return self.state == State.OPEN and begun and not ended

    def is_closed(self, now: datetime) -> bool:
        """Whether it was open once and no longer takes answers."""
        return self.state == State.CLOSED or (
            self.state == State.OPEN and self.closes_at is not None and self.closes_at <= now
        )


class Article(models.Model):
    """The article under which the question stands; its text is never kept."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, primary_key=True, related_name="article")
    title = models.JSONField(_("title"), default=dict, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    author = models.CharField(_("author"), max_length=120, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    introduction = models.JSONField(
        _("line above the question"), default=dict, blank=True, help_text=_("Says which article it is, in one line.")
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return self.url or str(self.inquiry)

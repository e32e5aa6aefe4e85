"""Sentences of the editor that several of its pages say."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.surveys.models import SurveyDraft


def came_incomplete() -> str:
    """Of a form without what the page put into it unseen: there is no field beside which that could be said."""
    return _("What was sent is incomplete, so nothing was changed. Please load the page again.")


def saved_meanwhile(draft: SurveyDraft | None, reader: User) -> str:
    """Of whoever saves second: who was first, as far as that is known; it may have been themselves."""
    if draft is None:
        return _("This was saved, published or discarded meanwhile. Nothing was overwritten.")
    if draft.changed_by == reader:
        return _("You saved this in another window meanwhile. Nothing was overwritten.")
    names = {"who": draft.changed_by or _("Somebody else"), "at": date_format(localtime(draft.changed_at), "H:i")}
    return _("%(who)s saved at %(at)s, after you had opened this page. Nothing of theirs was overwritten.") % names

"""Letters to staff. Where no mail is set up, nothing is sent and links are handed over by hand."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from apps.accounts.models import Invitation

PATIENCE = 10  # seconds
NOT_SET_UP = "django.core.mail.backends.console.EmailBackend"

logger = logging.getLogger(__name__)


def mail_is_set_up() -> bool:
    return settings.EMAIL_BACKEND != NOT_SET_UP


def send_invitation(invitation: Invitation, link: str) -> bool:
    """Whether it was handed to the mail server."""
    if not mail_is_set_up():
        return False
    about = {"publication": invitation.publication, "role": invitation.get_role_display(), "link": link}
    text = _(
        "%(publication)s invites you to its desk. Your role: %(role)s.\n\n%(link)s\n\n"
        "The link works once, and for seven days. If you did not expect this, do nothing."
    )
    subject = _("Invitation to the desk of %(publication)s") % about
    letter = EmailMessage(" ".join(subject.split()), text % about, to=[invitation.email])
    letter.connection = get_connection(timeout=PATIENCE)
    try:
        return bool(letter.send())
    except (SMTPException, OSError):
        logger.warning("An invitation could not be sent by mail.")
        return False

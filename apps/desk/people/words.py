"""What the roles allow, and why an act was refused, in words."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Role
from apps.accounts.words import LAST_OWNER

__all__ = ["ALLOWED", "INVITED", "LAST_OWNER", "NOT_WAITING", "NO_RESET", "ROLES", "WORKS_HERE"]

ALLOWED = {
    Role.OWNER: _("Everything, and who works here."),
    Role.AUTHOR: _("Edits, opens and closes inquiries; decides on statements; takes out answers."),
    Role.MODERATOR: _("Decides on statements. Sees the monitor, edits nothing."),
    Role.ANALYST: _("Sees the figures and takes out answers. Edits and decides nothing."),
}
ROLES = [(role.label, allowed) for role, allowed in ALLOWED.items()]
WORKS_HERE = _("Somebody with this address works here already.")
INVITED = _("This address is invited already. In the list of those invited you can make a new link.")
NOT_WAITING = _("This invitation is no longer open: it was accepted or taken back in the meantime.")
NO_RESET = _(
    "This two-step sign-in cannot be reset here: the person also works for others or runs this installation. "
    "Whoever runs it can do it with the command reset_mfa."
)

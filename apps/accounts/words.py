"""The audit log in words, and why nobody is let go without whom nobody could run a publication."""

from django.utils.translation import gettext_lazy as _

LAST_OWNER = _("This is the last owner. Name another owner first.")

AUDITED = {
    "owner.created": _("First owner set up"),
    "user.created": _("Staff user added"),
    "user.changed": _("Staff user changed"),
    "invitation.made": _("Somebody invited"),
    "invitation.renewed": _("Invitation renewed"),
    "invitation.revoked": _("Invitation taken back"),
    "invitation.accepted": _("Invitation accepted"),
    "role.granted": _("Role given"),
    "role.revoked": _("Role taken away"),
    "password.changed": _("Password changed"),
    "second_factor.added": _("Second factor set up"),
    "second_factor.removed": _("Second factor removed"),
    "second_factor.renewed": _("Recovery codes renewed"),
    "second_factor.reset": _("Second factor reset"),
    "sessions.ended": _("Signed out on all devices"),
    "audit.exported": _("Audit log taken out as a file"),
    "publication.changed": _("Publication changed"),
    "inquiry.created": _("Inquiry created"),
    "inquiry.opened": _("Inquiry opened"),
    "inquiry.closed": _("Inquiry closed"),
    "inquiry.archived": _("Inquiry archived"),
    "inquiry.restored": _("Inquiry put back on the site"),
    "inquiry.deleted": _("Inquiry deleted"),
    "inquiry.hours": _("Opening hours changed"),
    "inquiry.privacy": _("Privacy profile changed"),
    "inquiry.results": _("Time of the results changed"),
    "inquiry.origins": _("Sites that may embed it changed"),
    "article.changed": _("Article changed"),
    "inquiry.simulated": _("Simulated answers added"),
    "inquiry.compares": _("Comparison by lot switched on"),
    "inquiry.compares_no_more": _("Comparison by lot switched off"),
    "draft.begun": _("Draft begun"),
    "draft.discarded": _("Draft discarded"),
    "survey.published": _("Questionnaire published"),
    "report.published": _("Report published"),
    "report.method": _("Notes on the method changed"),
    "responses.exported": _("Answers exported"),
    "report.table_added": _("Table put into the report"),
    "report.table_removed": _("Table taken out of the report"),
    "weights.set": _("Weighting set"),
    "weights.dropped": _("Weighting dropped"),
    "texts.read": _("Readers' texts read"),
    "quote.approved": _("Text cleared for quoting"),
    "quote.refused": _("Text not to be quoted"),
    "quote.waiting": _("Decision on a quote taken back"),
    "codebook.begun": _("Code book begun"),
    "codebook.changed": _("Code book changed"),
    "statement.approved": _("Statement published"),
    "statement.rejected": _("Statement not published"),
    "statement.merged": _("Statement merged with another"),
    "statement.reopened": _("Decision on a statement taken back"),
    "statement.seen": _("Words of a held statement looked at"),
}


def audited(action: str) -> str:
    """What was done, as a person says it."""
    return str(AUDITED.get(action, action))

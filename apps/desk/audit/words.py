"""Entries of the audit log as sentences: who did what, to what, and how it was before."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import AuditEntry, Role
from apps.accounts.words import audited
from apps.common.punctuation import remark
from apps.desk.moderation.words import held_for, reason, who
from apps.inquiries.models import PrivacyProfile, ResultsShown
from apps.reports.report.method_notes import NOTES
from apps.responses.models import QuoteRefusal

SENTENCES = {
    "owner.created": _("%(who)s set up the desk as its first owner."),
    "user.created": _("%(who)s added %(target)s to the staff of this installation."),
    "user.changed": _("%(who)s changed the account of %(target)s."),
    "invitation.made": _("%(who)s invited %(target)s as: %(role)s."),
    "invitation.renewed": _("%(who)s made a new link for the invitation of %(target)s."),
    "invitation.revoked": _("%(who)s took back the invitation of %(target)s."),
    "invitation.accepted": _("%(who)s accepted an invitation as: %(role)s."),
    "role.granted": _("%(who)s gave %(target)s the role: %(to)s."),
    "role.changed": _("%(who)s changed the role of %(target)s: %(from)s → %(to)s."),
    "role.revoked": _("%(who)s removed %(target)s (%(from)s) from this publication."),
    "password.changed": _("%(who)s changed their own password."),
    "second_factor.added": _("%(who)s set up a second step for signing in: %(type)s."),
    "second_factor.removed": _("%(who)s removed a second step for signing in: %(type)s."),
    "second_factor.renewed": _("%(who)s made new recovery codes."),
    "second_factor.reset": _("%(who)s reset the two-step sign-in of %(target)s."),
    "sessions.ended": _("%(who)s signed %(target)s out on all devices."),
    "audit.exported": _("%(who)s took out the audit log as a file (%(entries)s entries)."),
    "publication.changed": _("%(who)s changed what readers are told about this publication."),
    "inquiry.created": _("%(who)s created the inquiry “%(target)s”."),
    "inquiry.opened": _("%(who)s opened the inquiry “%(target)s”."),
    "inquiry.closed": _("%(who)s closed the inquiry “%(target)s”."),
    "inquiry.archived": _("%(who)s took the inquiry “%(target)s” off the site."),
    "inquiry.restored": _("%(who)s put the inquiry “%(target)s” back on the site."),
    "inquiry.deleted": _("%(who)s deleted the inquiry “%(target)s”, which had never been open."),
    "inquiry.hours": _("%(who)s changed the opening hours of “%(target)s”: %(opens)s → %(closes)s."),
    "inquiry.privacy": _("%(who)s changed the privacy profile of “%(target)s”: %(from)s → %(to)s."),
    "inquiry.results": _("%(who)s changed when the results of “%(target)s” are shown: %(from)s → %(to)s."),
    "inquiry.origins": _("%(who)s changed which sites may embed “%(target)s”: %(to)s."),
    "article.changed": _("%(who)s changed what is said of the article of “%(target)s”."),
    "inquiry.simulated": _("%(who)s had simulated answers added to “%(target)s”."),
    "inquiry.compares": _("%(who)s switched on the comparison by lot in “%(target)s”."),
    "inquiry.compares_no_more": _("%(who)s switched off the comparison by lot in “%(target)s”."),
    "draft.begun": _("%(who)s began to prepare the next version of the questionnaire of “%(target)s”."),
    "draft.discarded": _("%(who)s discarded the draft of the questionnaire of “%(target)s”."),
    "survey.published": _("%(who)s published version %(version)s of the questionnaire of “%(target)s”."),
    "responses.exported": _("%(who)s took out the answers to “%(target)s” as a file (%(format)s)."),
    "texts.read": _("%(who)s read what readers wrote in “%(target)s”."),
    "quote.approved": _("%(who)s cleared a text for quoting in “%(target)s” (%(question)s)."),
    "quote.refused": _("%(who)s decided not to quote a text in “%(target)s” (%(question)s)."),
    "quote.waiting": _("%(who)s took back a decision on quoting a text in “%(target)s” (%(question)s)."),
    "codebook.begun": _("%(who)s began a code book in “%(target)s” (%(question)s)."),
    "codebook.changed": _("%(who)s changed the code book of “%(target)s” (%(question)s)."),
    "report.table_added": _("%(who)s put a table into the report of “%(target)s” (%(rows)s × %(columns)s)."),
    "report.table_removed": _("%(who)s took a table out of the report of “%(target)s” (%(rows)s × %(columns)s)."),
    "weights.set": _("%(who)s set the weighting no. %(number)s of “%(target)s” (%(margins)s)."),
    "weights.dropped": _("%(who)s dropped the weighting of “%(target)s”."),
    "report.published": _("%(who)s published report no. %(number)s of “%(target)s”."),
    "report.method": _("%(who)s changed the notes on the method of “%(target)s”."),
    "statement.approved": _("%(who)s published statement no. %(number)s of “%(target)s”."),
    "statement.rejected": _("%(who)s did not publish statement no. %(number)s of “%(target)s”."),
    "statement.merged": _("%(who)s merged statement no. %(number)s of “%(target)s” with another."),
    "statement.reopened": _("%(who)s took back the decision on statement no. %(number)s of “%(target)s”."),
    "statement.seen": _("%(who)s looked at the held words of statement no. %(number)s of “%(target)s”."),
}
FACTORS = {
    "totp": _("Authenticator app"),
    "webauthn": _("Passkey"),
    "recovery_codes": _("Recovery codes"),
}
FIELDS = {
    "email": _("e-mail address"),
    "name": _("name"),
    "is_active": _("active"),
    "is_staff": _("may open the operators' admin"),
    "operator": _("who conducts the survey"),
    "funder": _("who pays for it"),
    "contact": _("contact"),
    "title": _("title"),
    "url": _("address"),
    "author": _("author"),
    "published_on": _("day of publication"),
    "introduction": _("line above the question"),
    **{note.name: note.label for note in NOTES},
}
NOT_TOLD = "–"


def sentence(entry: AuditEntry, titles: Mapping[str, str]) -> str:
    """`titles`: of the inquiries, by slug. An action without a sentence is told by its name."""
    said: Mapping[str, Any] = entry.detail
    pattern = SENTENCES.get("role.changed" if entry.action == "role.granted" and said.get("from") else entry.action)
    about = Told({key: word(key, value) for key, value in said.items()})
    about |= {"who": who(entry), "target": titles.get(entry.target, entry.target) or NOT_TOLD}
    if pattern is None:
        return f"{about['who']} · {audited(entry.action)} · {about['target']}"
    told = str(pattern) % about
    return told[:1].upper() + told[1:] + "".join(remark(each) for each in remarks(entry))


class Told(dict[str, str]):
    """What an entry does not say, or did not say in former times, is a dash in its sentence."""

    def __missing__(self, key: str) -> str:
        return NOT_TOLD


def word(key: str, value: object) -> str:
    if value is None or value == []:
        return NOT_TOLD
    if isinstance(value, list):
        return " · ".join(map(str, value))
    names: dict[str, Callable[[str], str]] = {
        "from": choice, "to": choice, "role": choice, "opens": moment, "closes": moment,
        "type": lambda kind: str(FACTORS.get(kind, kind)),
    }  # fmt: skip
    return names.get(key, str)(str(value))


def choice(value: str) -> str:
    """Roles, privacy profiles and when results are shown: no two of them have the same name in the data."""
    known: dict[str, object] = dict([*Role.choices, *PrivacyProfile.choices, *ResultsShown.choices])
    return str(known.get(value, value))


def moment(value: str) -> str:
    found = parse_datetime(value)
    return date_format(localtime(found), "SHORT_DATETIME_FORMAT") if found else value


def remarks(entry: AuditEntry) -> list[str]:
    """What stands behind the sentence: reasons, fields, personal data that was suspected, and raw words in a file."""
    said: Mapping[str, Any] = entry.detail
    found = []
    if entry.action.startswith("statement.") and (because := reason(said)):
        found.append(because)
    if isinstance(said.get("fields"), list):
        found.append(" · ".join(str(FIELDS.get(field, field)) for field in said["fields"]))
    if entry.action == "statement.seen":
        found.append(" · ".join(held_for(said.get("held") or [])))
    if entry.action == "texts.read":
        found.append(str(said.get("reason") or ""))
    if entry.action.startswith("quote.") and said.get("reason") in QuoteRefusal.values:
        found.append(str(QuoteRefusal(said["reason"]).label))
    if entry.action == "responses.exported":
        found += [str(_("with what readers wrote")), str(said.get("reason") or "")] if said.get("raw_text") else []
    return [each for each in found if each]

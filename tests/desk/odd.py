"""Inquiries in every state that pages seldom see, by name; each is called `bridge` and belongs to the paper."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.utils import timezone

from apps.accounts.models import Membership, Publication
from apps.inquiries.actions import archive_inquiry, close_inquiry
from apps.inquiries.models import Inquiry, PrivacyProfile, ResultsShown
from apps.reports.actions import publish_epoch
from apps.reports.models import Document, FrozenReport
from apps.surveys.actions import publish_version
from apps.surveys.definition import document_hash
from apps.surveys.drafts import begin_draft
from apps.surveys.queries import published_instrument
from tests.accounts.cast import publication
from tests.reports.factories import answer_as, make_inquiry_of_every_kind
from tests.reports.report.factories import WHOLE, a_crowd, content_of
from tests.responses.factories import built_in_document, make_inquiry


def of_the_paper(**fields: Any) -> Inquiry:
    return make_inquiry("bridge", publication=publication(), **fields)


def asked(readers: int = 14, **fields: Any) -> Inquiry:
    inquiry = of_the_paper(**fields)
    a_crowd(inquiry, readers)
    return inquiry


def never_published() -> Inquiry:
    inquiry = Inquiry.objects.create(publication=publication(), slug="bridge", title={"ja": "橋", "en": "Bridge"})
    begin_draft(inquiry=inquiry, document=built_in_document(), by=None)
    return inquiry


def without_questions() -> Inquiry:
    return Inquiry.objects.create(publication=publication(), slug="bridge", title={"ja": "橋"})


def one_answer() -> Inquiry:
    inquiry = of_the_paper()
    answer_as(inquiry, 1, WHOLE, finished=True)
    return inquiry


def all_blank() -> Inquiry:
    inquiry = of_the_paper()
    for reader in range(14):
        answer_as(inquiry, reader, {}, finished=reader % 2 == 0)
    return inquiry


def retired_option() -> Inquiry:
    """All chose what is no longer offered."""
    inquiry = of_the_paper()
    for reader in range(14):
        answer_as(inquiry, reader, {"Q1": 3, "Q7": {"code": 1}, "Q9": [1, 2]}, finished=True)
    document = built_in_document()
    for item in document["items"]:
        if item["id"] in ("Q1", "Q7", "Q9"):
            code = {"Q1": 3, "Q7": 1, "Q9": 1}[item["id"]]
            next(option for option in item["options"] if option["code"] == code)["retired"] = True
    publish_version(inquiry=inquiry, document=document)
    return inquiry


def two_versions() -> Inquiry:
    inquiry = asked(14)
    document = built_in_document()
    document["items"][0]["stem"]["ja"] += "（改）"
    publish_version(inquiry=inquiry, document=document)
    for reader in range(100, 114):
        answer_as(inquiry, reader, WHOLE, finished=True)
    return inquiry


def every_kind() -> Inquiry:
    inquiry = make_inquiry_of_every_kind("bridge")
    inquiry.publication = publication()
    inquiry.save()
    for reader in range(14):
        more = {"M": [1 + reader % 3], "S": reader % 11, "N": reader, "D": f"2026-11-{1 + reader:02}", "A": 20 + reader}
        answer_as(inquiry, reader, WHOLE | more, finished=True)
    return inquiry


def closed() -> Inquiry:
    return close_inquiry(inquiry=asked())


def archived() -> Inquiry:
    return archive_inquiry(inquiry=close_inquiry(inquiry=asked()))


def nobody_conducts() -> Inquiry:
    Publication.objects.filter(pk=publication().pk).update(operator="", funder="", contact="", name="")
    return asked()


ODD: dict[str, Callable[[], Inquiry]] = {
    "never published": never_published,
    "without questions": without_questions,
    "without answers": of_the_paper,
    "one answer": one_answer,
    "all blank": all_blank,
    "retired option": retired_option,
    "two versions": two_versions,
    "every kind": every_kind,
    "strict": lambda: asked(privacy_profile=PrivacyProfile.STRICT),
    "election": lambda: asked(results_shown=ResultsShown.AFTER_CLOSE),
    "closed": closed,
    "archived": archived,
    "simulated": lambda: asked(simulated=True),
    "nobody conducts": nobody_conducts,
}


def counted_and_frozen(inquiry: Inquiry) -> Inquiry:
    """With an epoch and a published report, where it has questions: whatever publishing would have said to it."""
    used = published_instrument(inquiry.pk)
    if used:
        publish_epoch(inquiry=inquiry, now=timezone.now())
        content = content_of(inquiry)
        known = {"content": content, "sha256": document_hash(content), "version_id": used.version_id}
        FrozenReport.objects.create(inquiry=inquiry, number=1, code_version="1", **known)
    return inquiry


def filled(route: str, objects: dict[str, list[str]]) -> list[str]:
    """The addresses of a route, with each of these objects."""
    found = [route]
    for name, values in objects.items():
        found = [each.replace(name, value) for each in found for value in (values if name in each else [""])]
    return [f"/{each}" for each in found]


def there() -> dict[str, list[str]]:
    """Objects that there are."""
    document = Document.objects.first()
    file = f"{document.report_sha256[:32]}/{document.name}" if document else "none/report-ja.pdf"
    return {
        "<slug:slug>": ["bridge"],
        "<slug:publication>": ["paper"],
        "<slug:key>/<str:name>": [file],
        "<slug:question>": ["Q3"],
        "<str:question>": ["Q1", "Q2", "Q3", "Q7", "Q9"],
        "people/<int:number>": [f"people/{Membership.objects.first().pk}"],
        "<int:number>": ["1"],
    }


UNSEEN = re.compile(r"<(script|style|code|pre|textarea)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
# "None" may begin a sentence in English; in Japanese it is never said.
RUBBISH = re.compile(
    r"\b(None(?!\.? [a-zA-Z])|NaN|nan|True|False)\b|\{\w*\}|\{\{|\}\}|\{%|%\(\w+\)|<\w+(\.\w+)+ object|__\w"
)


def rubbish(html: str) -> list[str]:
    """What a person would see of a sentence that was not put together."""
    seen = unescape(UNSEEN.sub(" ", html))
    return [seen[max(0, found.start() - 30) : found.end() + 30] for found in RUBBISH.finditer(seen)]

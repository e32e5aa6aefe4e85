"""A new inquiry: what is asked for, and what is made of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.cache import cache
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Publication, User
from apps.accounts.rules import publications_for
from apps.common.templatetags.toikake import in_language
from apps.desk.editor.bilingual import LANGUAGES, Words, add_words, beside, said
from apps.desk.rules import EDITORS
from apps.inquiries.models import Inquiry
from apps.surveys.beginnings import LONGEST_SUBJECT, AddressTaken, begin_inquiry, from_template, named
from apps.surveys.drafts import working_document

LONGEST_SLUG, LONGEST_TITLE = 80, 200
MOST_SOURCES = 300
REMEMBERED = 3600  # seconds in which a form that was sent twice begins one inquiry
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
TEMPLATE = "template"
SUBJECT = Words(
    "subject",
    gettext_lazy("What it is about"),
    max(LONGEST_SUBJECT.values()),
    gettext_lazy(
        "A few words for the middle of a sentence, such as “closing the station square to cars”. "
        "The template puts them into its questions."
    ),
)
TITLE = Words(
    "title",
    gettext_lazy("The question to your readers"),
    LONGEST_TITLE,
    gettext_lazy("It stands at the top of every page. Left empty, the template makes one of what it is about."),
    lines=2,
)
IN = {
    "ja,en": gettext_lazy("Japanese and English"),
    "ja": gettext_lazy("Japanese only"),
    "en": gettext_lazy("English only"),
}


class NewInquiryForm(forms.Form):
    """`sources`: the inquiries that may be copied."""

    start = forms.ChoiceField(label=gettext_lazy("Begin with"))
    languages = forms.ChoiceField(
        label=gettext_lazy("Languages"), choices=list(IN.items()), widget=forms.RadioSelect, initial="ja,en"
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    once = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, sources: Sequence[Inquiry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {str(source.pk): source for source in sources}
        copies = [(pk, in_language(source.title) or source.slug) for pk, source in self.sources.items()]
        choices: list[Any] = [(TEMPLATE, _("The template: stance, feelings, reason, hopes and worries, priorities"))]
        self.fields["start"].choices = choices + ([(_("A copy of"), copies)] if copies else [])  # type: ignore[attr-defined]
        for words in (SUBJECT, TITLE):
            add_words(self, words, LANGUAGES)
        for language, longest in LONGEST_SUBJECT.items():
            self.fields[f"subject_{language}"].longest = longest  # type: ignore[attr-defined]

    @property
    def texts(self) -> Iterable[Any]:
        return beside(self, [SUBJECT, TITLE], LANGUAGES)

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip().lower()
        if address and not (len(address) <= LONGEST_SLUG and SLUG.fullmatch(address)):
            sentence = _("Up to %(limit)d of a–z, 0–9 and single hyphens, please.")
            raise forms.ValidationError(sentence % {"limit": LONGEST_SLUG})
        if address and Inquiry.objects.filter(slug=address).exists():
            raise forms.ValidationError(taken(address))
        return address

    def clean(self) -> dict[str, Any]:
        """A title in every language that is asked in; of the template it can be made from the subject."""
        cleaned = super().clean() or {}
        chosen = str(cleaned.get("languages") or "").split(",")
        for language in chosen if cleaned.get("start") and chosen != [""] else []:
            made = cleaned["start"] == TEMPLATE and cleaned.get(f"subject_{language}")
            name = f"title_{language}"
            if name in cleaned and not cleaned[name] and not made:
                self.add_error(name, _("Please write the question to your readers, or what it is about."))
        return cleaned


def taken(address: str) -> str:
    sentence = _("Another inquiry has this address. This one is free: %(address)s")
    return sentence % {"address": free_address(address)}


def free_address(wanted: str) -> str:
    """The address itself, or the first with a number behind it that nobody has."""
    stem = wanted[: LONGEST_SLUG - 5].rstrip("-_")
    used = set(Inquiry.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(used) + 3))
    return next(each for each in (wanted, *numbered) if each not in used)


def suggested(cleaned: Mapping[str, Any], today: date) -> str:
    """From the English words; a day where there are none."""
    words = cleaned.get("title_en") or cleaned.get("subject_en") or ""
    return free_address(slugify(words)[:60].strip("-_") or f"question-{today.isoformat()}")


class BegunAlready(Exception):
    """The same form came before. `slug`: of the inquiry that it began, empty as long as it is still being made."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def begin(form: NewInquiryForm, *, publication: Publication, by: User, today: date) -> Inquiry:
    """Pressed twice, it begins one inquiry. Raises AddressTaken or BegunAlready."""
    key = f"new-inquiry:{by.pk}:{form.cleaned_data['once']}"
    if form.cleaned_data["once"] and not cache.add(key, "", REMEMBERED):
        raise BegunAlready(cache.get(key) or "")
    try:
        inquiry = begun(form, publication=publication, by=by, today=today)
    except AddressTaken:
        cache.delete(key)
        raise
    cache.set(key, inquiry.slug, REMEMBERED)
    return inquiry


def begun(form: NewInquiryForm, *, publication: Publication, by: User, today: date) -> Inquiry:
    cleaned = form.cleaned_data
    source = form.sources.get(cleaned["start"])
    document = content_of(source) if source else from_template(said(cleaned, "subject", LANGUAGES))
    written = {each: text for each, text in said(cleaned, "title", LANGUAGES).items() if text}
    made = named(
        document,
        slug=cleaned["address"] or suggested(cleaned, today),
        title={**document["title"], **written},
        languages=cleaned["languages"].split(","),
    )
    return begin_inquiry(publication=publication, slug=made["slug"], document=made, by=by, like=source)


def content_of(source: Inquiry) -> dict[str, Any]:
    working = working_document(source)
    document = working.document if working else from_template({})
    title = document.get("title")
    return {**document, "title": title if isinstance(title, dict) else {}}


def sources_for(user: User) -> list[Inquiry]:
    """What the user may copy, the newest first: all of their own that has questions, in whatever state."""
    own = Inquiry.objects.filter(publication__in=publications_for(user, *EDITORS))
    asked = own.exclude(versions=None, draft=None)
    return list(asked.order_by("-created_at").distinct()[:MOST_SOURCES])

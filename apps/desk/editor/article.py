"""The article and the lines above the first question: what is asked for, and how it is kept."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.desk.editor.bilingual import Beside, TextField, Words, add_words, beside, languages_of, said, typed
from apps.inquiries.actions import change_article
from apps.inquiries.models import Article, Inquiry
from apps.surveys.definition import document_hash
from apps.surveys.drafts import DraftChanged, Working, change_draft

LONGEST_TITLE, LONGEST_LINE = 200, 300
OF_THE_ARTICLE = (
    Words("title", _("Title of the article"), LONGEST_TITLE, lines=2),
    Words(
        "introduction",
        _("Line above the question"),
        LONGEST_TITLE,
        _("Says in one line which article it is, for whoever comes without having read it."),
        lines=2,
    ),
)
HEADLINE = Words("headline", _("The question to your readers"), LONGEST_TITLE, lines=2)
HOPE = Words(
    "hope", _("A hopeful voice"), LONGEST_LINE, _("For example: Some expect that …. As long as the other one."), lines=2
)
WORRY = Words(
    "worry",
    _("A worried voice"),
    LONGEST_LINE,
    _("For example: Others worry that …. As long as the other one."),
    lines=2,
)


def part_words(number: int) -> Words:
    help_text = _("One neutral sentence: what is reported or planned, without saying whether it is good.")
    return Words(f"part{number}", _("What happened"), LONGEST_LINE, help_text if number == 1 else "", lines=2)


class ArticleForm(forms.Form):
    """`languages`: those in which the draft asks. `parts`: how many neutral lines it has, one at least."""

    url = forms.URLField(
        label=_("Address of the article"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Begins with https:// or http://."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Please enter an address that begins with https:// or http://."),
            "max_length": _("At most %(limit_value)d characters, please."),
        },
    )
    author = TextField(label=_("Author"), longest=120, required=False)
    published_on = forms.DateField(
        label=_("Day of publication"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, languages: Sequence[str], parts: int, has_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        self.lines = [*(part_words(number) for number in range(1, parts + 1)), HOPE, WORRY] if has_draft else []
        self.headline = [HEADLINE] if has_draft else []
        for words in (*OF_THE_ARTICLE, *self.headline, *self.lines):
            add_words(self, words, languages)

    def article_texts(self, theirs: Mapping[str, str] | None = None) -> Iterator[Beside]:
        return beside(self, OF_THE_ARTICLE, self.languages, theirs)

    def headline_texts(self, theirs: Mapping[str, str] | None = None) -> Iterator[Beside]:
        return beside(self, self.headline, self.languages, theirs)

    def line_texts(self, theirs: Mapping[str, str] | None = None) -> Iterator[Beside]:
        return beside(self, self.lines, self.languages, theirs)


def form_for(inquiry: Inquiry, working: Working | None, data: Any = None) -> ArticleForm:
    document = working.document if working else {}
    return ArticleForm(
        data,
        languages=languages_of(document),
        parts=max(1, len(parts_of(document))),
        has_draft=working is not None,
        initial=initial(article_of(inquiry), working),
    )


def article_of(inquiry: Inquiry) -> Article:
    return Article.objects.filter(inquiry=inquiry).first() or Article(inquiry=inquiry)


def initial(article: Article, working: Working | None) -> dict[str, Any]:
    document: dict[str, Any] = working.document if working else {}
    languages = languages_of(document)
    found = {
        "url": article.url,
        "author": article.author,
        "published_on": article.published_on,
        "seen": fingerprint(article),
        "revision": working.revision if working else 0,
        **typed("title", article.title, languages),
        **typed("introduction", article.introduction, languages),
        **typed("headline", document.get("title"), languages),
    }
    for number, part in enumerate(parts_of(document), start=1):
        found |= typed(f"part{number}", part, languages)
    for name, voice in zip((HOPE.name, WORRY.name), voices_of(document), strict=False):
        found |= typed(name, voice, languages)
    return found


def fingerprint(article: Article) -> str:
    day = article.published_on.isoformat() if article.published_on else None
    return document_hash([article.title, article.url, article.author, day, article.introduction])


def card_of(document: Mapping[str, Any]) -> dict[str, Any]:
    card = document.get("context_card")
    return dict(card) if isinstance(card, Mapping) else {}


def parts_of(document: Mapping[str, Any]) -> list[Any]:
    return listed(card_of(document).get("parts"))


def voices_of(document: Mapping[str, Any]) -> list[Any]:
    return listed(card_of(document).get("balanced_pair"))


def listed(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def keep(*, inquiry: Inquiry, working: Working | None, form: ArticleForm, by: User) -> None:
    """Article and draft together or neither. Raises DraftChanged where somebody else saved one of them meanwhile."""
    cleaned = form.cleaned_data
    with transaction.atomic():
        Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        article = article_of(inquiry)
        if cleaned["seen"] and cleaned["seen"] != fingerprint(article):
            raise DraftChanged(working.draft if working else None)
        if working:
            document = with_lines(working.document, form)
            change_draft(inquiry=inquiry, revision=cleaned["revision"] or 0, document=document, by=by)
        change_article(
            inquiry=inquiry,
            title=merged(article.title, said(cleaned, "title", form.languages)),
            introduction=merged(article.introduction, said(cleaned, "introduction", form.languages)),
            url=cleaned["url"],
            author=cleaned["author"],
            published_on=cleaned["published_on"],
            by=by,
        )


def with_lines(document: Mapping[str, Any], form: ArticleForm) -> dict[str, Any]:
    """The document with headline and lines as they were typed; without words in any language a line is none."""
    made, cleaned, languages = copy.deepcopy(dict(document)), form.cleaned_data, form.languages
    made["title"] = {**words_in(made.get("title")), **said(cleaned, "headline", languages)}
    earlier = dict(enumerate(parts_of(made), start=1))
    parts = [
        {**words_in(earlier.get(number)), **said(cleaned, words.name, languages)}
        for number, words in enumerate(form.lines[:-2], start=1)
    ]
    former = [*voices_of(made), None, None]
    voices = [
        {**words_in(before), **said(cleaned, words.name, languages)}
        for before, words in zip(former, (HOPE, WORRY), strict=False)
    ]
    spoken = any(voice[each] for voice in voices for each in languages)
    made["context_card"] = {
        **card_of(made),
        "parts": [part for part in parts if any(part[each] for each in languages)],
        "balanced_pair": voices if spoken else [],
    }
    return made


def words_in(text: Any) -> dict[str, Any]:
    return dict(text) if isinstance(text, Mapping) else {}


def merged(before: Any, typed_now: Mapping[str, str]) -> dict[str, str]:
    """Empty texts are none; those in languages that are not asked now stay."""
    return {language: text for language, text in {**words_in(before), **typed_now}.items() if text}


def differing(form: ArticleForm, inquiry: Inquiry, working: Working | None) -> dict[str, str]:
    """What is saved now where it is not what was typed; the form takes the newest state for its own from here on."""
    now = initial(article_of(inquiry), working)
    found = {
        name: str(now.get(name) or "")
        for name in form.fields
        if name not in ("revision", "seen") and now.get(name, "") != form.cleaned_data.get(name)
    }
    form.data = {name: form.data.get(name, "") for name in form.fields}
    form.data |= {"revision": now["revision"], "seen": now["seen"]}
    return found

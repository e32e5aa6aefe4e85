"""The article and the lines above the first question: the form that asks for them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from apps.desk.editor.bilingual import Beside, TextField, Words, add_words, beside, languages_of, typed
from apps.inquiries.models import Article, Inquiry
from apps.surveys.definition import document_hash
from apps.surveys.drafts import Working

LONGEST_TITLE, LONGEST_LINE = 200, 300
OF_THE_ARTICLE = (
    Words("title", _("Title of the article"), LONGEST_TITLE, lines=2),
    Words(
        "introduction",
        _("Line above the question"),
        LONGEST_TITLE,
        _("Says in one line which article it is, for readers who come without having read it."),
        lines=2,
    ),
)
HEADLINE = Words("headline", _("The question to your readers"), LONGEST_TITLE, lines=2)
HOPE = Words(
    "hope",
    _("A hopeful voice"),
    LONGEST_LINE,
    _("For example: “Some expect that …” As long as the other one."),
    lines=2,
)
WORRY = Words(
    "worry",
    _("A worried voice"),
    LONGEST_LINE,
    _("For example: “Others worry that …” As long as the other one."),
    lines=2,
)


def part_words(number: int) -> Words:
    help_text = _("One neutral sentence: what is reported or planned, without saying whether it is good.")
    return Words(f"part{number}", _("What happened"), LONGEST_LINE, help_text if number == 1 else "", lines=2)


class WebAddress(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]


class ArticleForm(forms.Form):
    """`languages`: those in which the draft asks. `parts`: how many neutral lines it has, one at least."""

    url = WebAddress(
        label=_("Address of the article"),
        required=False,
        max_length=500,
        assume_scheme="https",
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

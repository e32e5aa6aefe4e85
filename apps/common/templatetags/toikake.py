"""Tags that every template may use (registered as built-ins)."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from apps.common import punctuation
from apps.common.frames import framed

register = template.Library()

LONGEST_QUERY = 300


@register.simple_tag(takes_context=True)
def href(context: Context, name: str, **arguments: object) -> str:
    """The address of a page, keeping a language that the reader chose by hand."""
    address = reverse(name, kwargs=arguments or None)
    chosen = context.get("chosen_language")
    return f"{address}?lang={chosen}" if chosen else address


@register.simple_tag(takes_context=True)
def same_page_in(context: Context, language: str) -> str:
    """The address of this very page in another language. A long query is not ours, and is not repeated.

    A page that came by POST cannot be asked for again: its view says in `page_address` where the language changes then.
    """
    request = context["request"]
    kept = request.GET.items() if len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY else ()
    parameters = {name: value for name, value in kept if name != "lang"}
    return f"{context.get('page_address', '')}?{urlencode({**parameters, 'lang': language})}"


@register.simple_tag
def site_address(name: str, **arguments: object) -> str:
    """The whole address of a page, for other sites; arguments that are empty are left out."""
    return settings.SITE_URL + on_site(name, **{key: value for key, value in arguments.items() if value})


@register.simple_tag
def on_site(name: str, **arguments: object) -> str:
    """The address of a page on our own site, also where the page that leads there stands in a frame."""
    return reverse(name, urlconf=settings.ROOT_URLCONF, kwargs=arguments or None)


@register.simple_tag
def in_frame() -> bool:
    """Whether this page stands inside another site."""
    return framed()


@register.simple_tag
def out() -> SafeString:
    """For a link that leads out of an article's frame: it opens in a tab of its own."""
    return mark_safe(' target="_blank" rel="noopener"' if framed() else "")  # noqa: S308 (no text of anybody)


@register.simple_tag
def gap(language: str | None = None) -> str:
    """Between two sentences: Japanese has no space there."""
    return punctuation.between_sentences(language)


@register.filter
def named(name: object, text: object) -> str:
    return punctuation.named(name, text)


@register.filter
def remark(text: object) -> str:
    return punctuation.remark(text)


@register.filter(is_safe=True)
def held_together(text: object) -> str:
    return punctuation.held_together(text)


@register.filter
def in_language(text: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """One of the texts of a content field, to be shown: the active language, else the default, else any."""
    return punctuation.isolated(said_in(text, language))


def said_in(text: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """The same as it was written, to be cut short, compared, or handed on."""
    if not text:
        return ""
    if isinstance(text, str):
        return text
    wanted = language or get_language() or settings.LANGUAGE_CODE
    return text.get(wanted) or text.get(settings.LANGUAGE_CODE) or next(iter(text.values()), "")

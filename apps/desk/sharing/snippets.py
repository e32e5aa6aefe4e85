"""What authors paste into their site so that the question stands under an article, and what they tell readers."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.templatetags.toikake import in_language, site_address
from apps.inquiries.models import Inquiry

FRAME_HEIGHT = 1110


@dataclass(frozen=True)
class Snippet:
    """`places`: which sites it is for. `remark`: what to know before."""

    id: str
    title: str
    places: str
    code: str
    remark: str = ""


def snippets(inquiry: Inquiry, language: str) -> tuple[Snippet, ...]:
    """In the order in which one should try them. `language`: of the readers' pages and of the words in the code."""
    own = f"{site_address('reader:cover', slug=inquiry.slug)}?lang={language}"
    with override(language):
        title, invitation = in_language(inquiry.title, language), _("Answer the question to readers")
    return (
        Snippet(
            "script",
            _("One line of HTML"),
            _("Your own site; WordPress: block “Custom HTML”; Hatena Blog: editing as HTML; Movable Type; Ghost."),
            format_html(
                '<script async src="{}/embed.js" data-inquiry="{}" data-lang="{}"></script>\n'
                '<noscript><p><a href="{}">{}</a></p></noscript>',
                settings.SITE_URL,
                inquiry.slug,
                language,
                own,
                invitation,
            ),
            _("The frame is as tall as its content and follows the light or dark of the article."),
        ),
        Snippet(
            "frame",
            _("A frame without a script"),
            _("Sites that take no scripts but frames, such as many shops and company sites."),
            format_html(
                '<iframe src="{}/embed/{}/?lang={}" title="{}" width="100%" height="{}" loading="lazy"'
                ' style="border:0"></iframe>',
                settings.SITE_URL,
                inquiry.slug,
                language,
                title,
                FRAME_HEIGHT,
            ),
            _("The height is fixed; longer pages scroll inside the frame."),
        ),
        Snippet(
            "link",
            _("A link"),
            _("note, newsletters, RSS, social networks: wherever neither scripts nor frames are let in."),
            f"{title}\n{own}",
            _("Most of them show the title and the picture of the question with it."),
        ),
    )


def notice(inquiry: Inquiry, language: str) -> str:
    """For the privacy page of a site that embeds the question: to whom something is sent, what, and what for."""
    publication = inquiry.publication
    with override(language):
        return _(
            "Under some articles this site shows a survey for readers, run by {operator} ({address}). When it is shown,"
            " the reader's browser fetches it from there; with that go the technical data of any such call (IP address,"
            " kind of browser, name of this site). They are used to show the survey, to count where readers came from,"
            " and against misuse; the IP address is not kept with answers. Whoever answers sends the answer there, and"
            " a random number is kept in the browser so that nobody counts twice. Nothing is sent to anybody else."
            " More: {privacy}"
        ).format(
            operator=publication.operator or publication.name,
            address=settings.SITE_URL,
            privacy=site_address("reader:privacy"),
        )

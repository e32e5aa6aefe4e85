"""Ways to pass a question on: plain links, so that no other site hears of a reader who chooses none."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django import template
from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import site_address

register = template.Library()


@dataclass(frozen=True)
class Ways:
    """`address` of the question itself, and by name where a link with it leads."""

    address: str
    links: tuple[tuple[str, str], ...]


@register.simple_tag
def share_links(slug: str, title: str, language: str) -> Ways:
    address = f"{site_address('reader:cover', slug=slug)}?lang={language}"
    mail = urlencode({"subject": title, "body": f"{title}\n{address}"}, quote_via=quote)
    links = {
        "LINE": "https://social-plugins.line.me/lineit/share?" + urlencode({"url": address}),
        "X": "https://x.com/intent/post?" + urlencode({"text": title, "url": address}),
        _("Hatena Bookmark"): "https://b.hatena.ne.jp/add?" + urlencode({"mode": "confirm", "url": address}),
        "Facebook": "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": address}),
        _("E-mail"): f"mailto:?{mail}",
    }
    return Ways(address, tuple(links.items()))

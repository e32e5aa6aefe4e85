"""What the desk hands to those who place the question somewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.accounts.gate import signed_in, staff
from apps.accounts.models import Role
from apps.desk.exports.forms import LANGUAGES
from apps.desk.rules import inquiry_for
from apps.desk.sharing.snippets import notice, snippets
from apps.inquiries.rules import HIDDEN
from apps.reports.rules import may_publish_results


@require_safe
@staff(*Role)
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """Before readers can see the inquiry there is nothing to pass on, and the page says so."""
    inquiry = inquiry_for(signed_in(request), slug).inquiry
    context = {
        "inquiry": inquiry,
        "readers_see": inquiry.state not in HIDDEN,
        "results_shown": may_publish_results(inquiry, timezone.now()),
        "languages": LANGUAGES.items(),
    }
    return render(request, "desk/share.html", context)


@require_safe
@staff(*Role)
def embedding(request: HttpRequest, slug: str) -> HttpResponse:
    """What to paste under an article. It may be prepared before the question opens; the frame is empty then."""
    held = inquiry_for(signed_in(request), slug)
    wanted = request.GET.get("for", get_language())
    language = wanted if wanted in LANGUAGES else "ja"
    context = {
        "inquiry": held.inquiry,
        "readers_see": held.inquiry.state not in HIDDEN,
        "may_edit": held.may_edit,
        "languages": LANGUAGES.items(),
        "chosen": language,
        "snippets": snippets(held.inquiry, language),
        "notices": [(code, name, notice(held.inquiry, code)) for code, name in LANGUAGES.items()],
    }
    return render(request, "desk/embedding.html", context)

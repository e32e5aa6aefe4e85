"""Pages for the people who run an inquiry."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts import actions as staff_actions
from apps.accounts.forms import SetupForm
from apps.accounts.gate import signed_in, staff
from apps.accounts.queries import first_publication, setup_link_is_open
from apps.accounts.rules import publications_for
from apps.desk import queries, rules
from apps.desk.alarms.queries import alarms_of
from apps.desk.alarms.words import bounds
from apps.desk.comparison import comparison, has_answers
from apps.desk.forms import ComparisonForm
from apps.desk.monitor import queries as live
from apps.desk.standings import standing
from apps.inquiries import actions
from apps.inquiries.models import State
from apps.surveys.drafts import drafts_waiting


@require_safe
@staff()
def home(request: HttpRequest) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    lines = queries.inquiries_of(user, now=now)
    context = {
        "alarms": alarms_of([line.watched for line in lines], now=now) if lines else [],
        "bounds": bounds(),
        "lines": lines,
        "current": [line for line in lines if line.standing != State.ARCHIVED],
        "archived": [line for line in lines if line.standing == State.ARCHIVED],
        "drafts": drafts_waiting([line.inquiry.pk for line in lines]),
        "publications": publications_for(user, *rules.EDITORS),
    }
    return render(request, "desk/home.html", context)


@require_safe
@staff()
def monitor(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, and (asked for by htmx) only its part that changes."""
    now = timezone.now()
    held = rules.inquiry_for(signed_in(request), slug)
    part = "desk/live.html" if request.htmx else "desk/monitor.html"  # type: ignore[attr-defined]
    context = {
        "inquiry": held.inquiry,
        "standing": standing(held.inquiry, now),
        "readers_see": rules.readers_see(held.inquiry),
        "may_edit": held.may_edit,
        "may_open": held.may_edit and rules.may_open(held.inquiry, now),
        "may_close": held.may_edit and rules.may_close(held.inquiry, now),
        "monitor": live.monitor(held.inquiry, now=now),
        "bounds": bounds(),
        "comparison": comparison(held.inquiry),
        "may_compare": held.may_edit,
        "now": now,
    }
    return render(request, part, context)


@require_POST
@staff(*rules.EDITORS)
def open_inquiry(request: HttpRequest, slug: str) -> HttpResponse:
    """Pressed twice, it opens once; with hours that lie ahead it opens and closes by itself."""
    inquiry = rules.inquiry_for(signed_in(request), slug, *rules.EDITORS).inquiry
    now = timezone.now()
    if rules.may_open(inquiry, now):
        hours = rules.hours_ahead(inquiry, now)
        actions.open_inquiry(inquiry=inquiry, by=signed_in(request), **hours)
        said = _("It opens by itself at the time that is set.") if hours["opens_at"] else None
        messages.success(request, said or _("The inquiry is open: readers can answer now."))
    return redirect("desk:monitor", slug=slug)


@require_POST
@staff(*rules.EDITORS)
def close_inquiry(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry = rules.inquiry_for(signed_in(request), slug, *rules.EDITORS).inquiry
    if rules.may_close(inquiry, timezone.now()):
        actions.close_inquiry(inquiry=inquiry, by=signed_in(request))
        messages.success(request, _("The inquiry is closed: no more answers come in."))
    return redirect("desk:monitor", slug=slug)


@require_POST
@staff(*rules.EDITORS)
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """On before the first answer only, off at any time; pressed twice, it is done once."""
    inquiry = rules.inquiry_for(signed_in(request), slug, *rules.EDITORS).inquiry
    if request.POST.get("compare") == "off":
        if inquiry.has_control_arms:
            actions.stop_comparing(inquiry=inquiry, by=signed_in(request))
            messages.success(request, _("Readers are no longer compared: all new readers go the same way."))
        return redirect("desk:monitor", slug=slug)
    form = ComparisonForm(request.POST)
    if comparison(inquiry) is None or (has_answers(inquiry) and not inquiry.has_control_arms):
        messages.error(request, _("This can only be switched on before the first answer."))
    elif not form.is_valid():
        messages.error(request, str(form.errors["expected"][0]))
    elif not inquiry.has_control_arms:
        actions.compare_arms(inquiry=inquiry, expected=form.cleaned_data["expected"], by=signed_in(request))
        messages.success(request, _("Readers are compared from now on."))
    return redirect("desk:monitor", slug=slug)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The first owner, by the one-time link that the start of the site prints."""
    if not setup_link_is_open(secret):
        return render(request, "desk/setup_spent.html", status=410)
    publication = first_publication()
    form = SetupForm(request.POST or None, initial={"publication_name": publication.name if publication else ""})
    if not form.is_valid():
        return render(request, "desk/setup.html", {"form": form})
    try:
        owner = staff_actions.create_first_owner(secret=secret, **form.cleaned_data)
    except staff_actions.SetupLinkSpentError:
        return render(request, "desk/setup_spent.html", status=410)
    return perform_login(request, owner, redirect_url=reverse("mfa_index"))

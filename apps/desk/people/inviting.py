"""Invitations, from both sides: an owner makes, renews and takes them back; whoever is invited accepts."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.accounts import invitations, queries, rules
from apps.accounts.forms import InviteForm, NewcomerForm
from apps.accounts.gate import signed_in
from apps.accounts.invitations import Invited
from apps.accounts.mails import send_invitation
from apps.accounts.models import Invitation, Publication
from apps.desk.ownership import owners_act
from apps.desk.people import words
from apps.desk.people.views import people_page


@owners_act
def invite(request: HttpRequest, publication: Publication) -> HttpResponse:
    form = InviteForm(request.POST)
    if not form.is_valid():
        return people_page(request, publication, form, status=422)
    try:
        invited = invitations.invite(publication=publication, by=signed_in(request), **form.cleaned_data)
    except invitations.WorksHereAlready:
        form.add_error("email", str(words.WORKS_HERE))
    except invitations.AlreadyInvited:
        form.add_error("email", str(words.INVITED))
    else:
        return show_link(request, invited)
    return people_page(request, publication, form, status=409)


@owners_act
def renew(request: HttpRequest, publication: Publication, number: int) -> HttpResponse:
    found = get_object_or_404(Invitation, publication=publication, pk=number)
    try:
        return show_link(request, invitations.renew(invitation=found, by=signed_in(request)))
    except invitations.InvitationSpentError:
        messages.error(request, str(words.NOT_WAITING))
        return redirect("desk:people", publication=publication.slug)


@owners_act
def revoke(request: HttpRequest, publication: Publication, number: int) -> HttpResponse:
    found = get_object_or_404(Invitation, publication=publication, pk=number)
    try:
        invitations.revoke(invitation=found, by=signed_in(request))
        messages.success(request, _("The invitation of %(who)s is taken back.") % {"who": found.email})
    except invitations.InvitationSpentError:
        messages.error(request, str(words.NOT_WAITING))
    return redirect("desk:people", publication=publication.slug)


def show_link(request: HttpRequest, invited: Invited) -> HttpResponse:
    """On this page only: the site itself does not know the link afterwards."""
    link = settings.SITE_URL + reverse("desk:invitation", kwargs={"secret": invited.secret})
    invitation = invited.invitation
    context = {
        "publication": invitation.publication,
        "page_address": reverse("desk:people", args=[invitation.publication.slug]),
        "invitation": invitation,
        "link": link,
        "sent": send_invitation(invitation, link),
    }
    response = render(request, "desk/people_invited.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponseBase:
    """By whoever holds the link: with a new account, or with the one that has this address."""
    invitation = queries.invitation_with(secret)
    if invitation is None or not rules.is_open(invitation):
        return spent(request, invitation)
    known = queries.user_with(invitation.email)
    if request.user.is_authenticated and request.user != known:
        return render(request, "desk/invitation_other.html", {"invitation": invitation}, status=403)
    if known:
        return accept_with_account(request, invitation, secret)
    return accept_as_newcomer(request, invitation, secret)


def accept_as_newcomer(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponseBase:
    form = NewcomerForm(request.POST or None, email=invitation.email)
    if not form.is_valid():
        return render(request, "desk/invitation.html", {"invitation": invitation, "form": form})
    try:
        user = invitations.accept_as_newcomer(secret=secret, **form.cleaned_data)
    except invitations.InvitationSpentError:
        return redirect("desk:invitation", secret=secret)
    return perform_login(request, user, redirect_url=reverse("mfa_index"))


def accept_with_account(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponseBase:
    if request.method != "POST" or not request.user.is_authenticated:
        return render(request, "desk/invitation_known.html", {"invitation": invitation})
    try:
        invitations.accept_as(secret=secret, user=signed_in(request))
    except invitations.InvitationSpentError:
        return redirect("desk:invitation", secret=secret)
    messages.success(request, _("You work for %(publication)s now.") % {"publication": invitation.publication})
    return redirect("desk:home")


def spent(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    return render(request, "desk/invitation_spent.html", {"invitation": invitation}, status=410)

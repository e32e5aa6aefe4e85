"""Who works for a publication: the list, one person, and what an owner may do about them."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts import actions, rules
from apps.accounts.forms import InviteForm, RoleForm
from apps.accounts.gate import signed_in
from apps.accounts.models import Membership, Publication
from apps.accounts.queries import members_of, waiting_invitations
from apps.desk.ownership import owners_act, owners_page
from apps.desk.people import words


@owners_page
def people(request: HttpRequest, publication: Publication) -> HttpResponse:
    return people_page(request, publication, InviteForm())


def people_page(request: HttpRequest, publication: Publication, form: InviteForm, *, status: int = 200) -> HttpResponse:
    context = {
        "publication": publication,
        "page_address": reverse("desk:people", args=[publication.slug]),
        "members": members_of(publication),
        "invitations": waiting_invitations(publication),
        "form": form,
        "roles": words.ROLES,
    }
    return render(request, "desk/people.html", context, status=status)


@owners_page
def person(request: HttpRequest, publication: Publication, number: int) -> HttpResponse:
    member = one_of(publication, number)
    return person_page(request, member, RoleForm(initial={"role": member.role}))


def person_page(request: HttpRequest, member: Membership, form: RoleForm, *, status: int = 200) -> HttpResponse:
    context = {
        "publication": member.publication,
        "page_address": reverse("desk:person", args=[member.publication.slug, member.pk]),
        "member": member,
        "form": form,
        "roles": words.ROLES,
        "is_self": member.user == signed_in(request),
        "is_last_owner": rules.is_last_owner(member),
        "may_reset": rules.may_reset_second_factor(signed_in(request), member.user),
    }
    return render(request, "desk/people_person.html", context, status=status)


def one_of(publication: Publication, number: int) -> Membership:
    return get_object_or_404(members_of(publication).select_related("user", "publication"), pk=number)


@owners_act
def change_role(request: HttpRequest, publication: Publication, number: int) -> HttpResponse:
    member = one_of(publication, number)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return person_page(request, member, form, status=422)
    try:
        actions.grant_role(
            user=member.user, publication=publication, role=form.cleaned_data["role"], by=signed_in(request)
        )
    except actions.LastOwnerError:
        return refused(request, member, str(words.LAST_OWNER))
    done = _("%(who)s has another role now, and is signed out.") % {"who": member.user}
    return after(request, member, done)


@owners_act
def remove(request: HttpRequest, publication: Publication, number: int) -> HttpResponse:
    member = one_of(publication, number)
    try:
        actions.revoke_role(member=member, by=signed_in(request))
    except actions.LastOwnerError:
        return refused(request, member, str(words.LAST_OWNER))
    return after(request, member, _("%(who)s no longer works here.") % {"who": member.user}, gone=True)


@owners_act
def sign_out(request: HttpRequest, publication: Publication, number: int) -> HttpResponse:
    member = one_of(publication, number)
    actions.sign_out_everywhere(user=member.user, by=signed_in(request), publication=publication)
    return after(request, member, _("%(who)s is signed out on all devices.") % {"who": member.user})


@owners_act
def reset(request: HttpRequest, publication: Publication, number: int) -> HttpResponse:
    member = one_of(publication, number)
    if not rules.may_reset_second_factor(signed_in(request), member.user):
        return refused(request, member, str(words.NO_RESET))
    actions.reset_second_factor(user=member.user, by=signed_in(request), publication=publication)
    done = _("%(who)s sets up a new second step at the next sign-in.") % {"who": member.user}
    return after(request, member, done)


def refused(request: HttpRequest, member: Membership, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return person_page(request, member, RoleForm(initial={"role": member.role}), status=409)


def after(request: HttpRequest, member: Membership, sentence: str, *, gone: bool = False) -> HttpResponse:
    """Whoever changed something about themselves has lost this very session."""
    if member.user == signed_in(request):
        logout(request)
        return redirect("desk:home")
    messages.success(request, sentence)
    if gone:
        return redirect("desk:people", publication=member.publication.slug)
    return redirect("desk:person", publication=member.publication.slug, number=member.pk)

"""Staff, publications, roles and the audit log, for operators."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.accounts import actions, queries
from apps.accounts.forms import MembershipForm, UserForm
from apps.accounts.models import AuditEntry, Membership, Publication, User
from apps.accounts.words import AUDITED, LAST_OWNER, audited
from apps.common.operators import OperatorsAdmin, pretty


def operator(request: HttpRequest) -> User:
    return cast(User, request.user)


class OwnersStay(OperatorsAdmin):
    """Refuses in place what would leave a publication without an owner, also when that came true only meanwhile."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except actions.LastOwnerError:
            return self.last_owner(request, object_id)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except actions.LastOwnerError:
            return self.last_owner(request, object_id)

    def last_owner(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        self.message_user(request, str(LAST_OWNER), messages.ERROR)
        change = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(change, object_id) if object_id else redirect(request.path)


@admin.register(User)
class UserAdmin(OwnersStay):
    form = UserForm
    list_display = ("email", "name", "roles", "second_factor", "is_staff", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "memberships__role")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "is_active", "is_staff", "last_login", "date_joined")
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return queries.staff_users()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """By questions in the address one could spell out the hash of a password."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return self.fields if obj else ("email", "name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if change:
            actions.change_user(user=obj, changed=form.changed_data, by=operator(request))
        else:
            obj.pk = actions.invite_user(email=obj.email, name=obj.name, by=operator(request)).pk

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(f"{member.publication} ({member.get_role_display()})" for member in user.memberships.all())

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, user: Any) -> bool:
        return user.protected


@admin.register(Publication)
class PublicationAdmin(OperatorsAdmin):
    list_display = ("name", "slug", "operator", "contact", "created_at")
    search_fields = ("name", "slug", "operator")
    ordering = ("name",)
    fields = ("slug", "name", "operator", "funder", "contact", "created_at")
    readonly_fields = ("slug", "created_at")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def save_model(self, request: HttpRequest, obj: Publication, form: forms.ModelForm, change: bool) -> None:
        actions.change_publication(publication=obj, changed=form.changed_data, by=operator(request))


@admin.register(Membership)
class MembershipAdmin(OwnersStay):
    form = MembershipForm
    list_display = ("user", "publication", "role", "created_at")
    list_filter = ("role", "publication")
    list_select_related = ("user", "publication")
    search_fields = ("user__email", "user__name", "publication__name")
    ordering = ("publication__name", "user__email")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        return ("user", "publication") if obj else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return isinstance(obj, Membership)

    def save_model(self, request: HttpRequest, obj: Membership, form: forms.ModelForm, change: bool) -> None:
        by = operator(request)
        obj.pk = actions.grant_role(user=obj.user, publication=obj.publication, role=obj.role, by=by).pk

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        actions.revoke_role(member=obj, by=operator(request))


class AuditedFilter(admin.SimpleListFilter):
    """By what was done, in words."""

    title = _("action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(action, audited(action)) for action in AUDITED]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(OperatorsAdmin):
    list_display = ("at", "actor", "what", "target", "publication")
    list_filter = ("publication", AuditedFilter)
    list_select_related = ("actor", "publication")
    search_fields = ("action", "target", "actor__email")
    date_hierarchy = "at"
    fields = ("at", "actor", "publication", "what", "target", "what_exactly")
    readonly_fields = ("what", "what_exactly")

    @admin.display(description=_("action"), ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return audited(entry.action)

    @admin.display(description=_("detail"))
    def what_exactly(self, entry: AuditEntry) -> SafeString:
        return pretty(entry.detail)

"""Django's admin for operators: behind our sign-in and second factor, and with our own lists only."""

from collections.abc import Iterable
from typing import Any

from django.contrib import auth
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts import queries
from apps.accounts.gate import closed_door, signed_in
from apps.common.operators import OperatorsAdmin


class OperatorsAdminSite(AdminSite):
    site_title = gettext_lazy("Toikake for operators")
    site_header = gettext_lazy("Toikake for operators")
    index_title = gettext_lazy("What this installation holds")
    site_url = "/desk/"

    def register(
        self, model_or_iterable: type[Model] | Iterable[type[Model]], admin_class: Any = None, **options: Any
    ) -> None:
        """Our own lists only: those that other apps bring would let operators change things without a trace."""
        if admin_class and issubclass(admin_class, OperatorsAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and user.is_staff) and queries.has_second_factor(signed_in(request))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Nobody signs in here: the admin's own form knows no second factor."""
        wanted = request.GET.get("next", "")
        goal = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(goal)
        if not request.user.is_staff:
            return closed_door(request, _("The operators' admin is open only to those who run this installation."))
        if not queries.has_second_factor(signed_in(request)):
            return redirect("mfa_index")
        return redirect(goal)

    # Django itself returns any response here; its stubs name the template's only.
    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST":
            auth.logout(request)
        return redirect("account_login")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

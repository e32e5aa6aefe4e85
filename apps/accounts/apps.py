from django.apps import AppConfig
from django.contrib.admin import apps as django_admin
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = _("Staff")

    def ready(self) -> None:
        """Listen to django-allauth, which owns sign-in and second factors."""
        from allauth.account import signals as account
        from allauth.mfa import signals as mfa
        from allauth.usersessions.models import UserSession
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import pre_save

        from apps.accounts import receivers, sessions

        user_logged_in.connect(sessions.note_beginning)
        pre_save.connect(sessions.forget_address, sender=UserSession)
        for signal in (account.password_changed, account.password_set, account.password_reset):
            signal.connect(receivers.password_changed)
        mfa.authenticator_added.connect(receivers.second_factor_added)
        mfa.authenticator_removed.connect(receivers.second_factor_removed)
        mfa.authenticator_reset.connect(receivers.recovery_codes_renewed)


class OperatorsAdminConfig(django_admin.AdminConfig):
    """Django's admin, behind our own door."""

    default = False
    default_site = "apps.accounts.admin_site.OperatorsAdminSite"

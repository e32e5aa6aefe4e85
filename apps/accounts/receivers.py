"""What follows from a change of password or second factor: every other session ends, and the audit log says so."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from apps.accounts.actions import end_sessions, record_audit
from apps.accounts.models import User


def password_changed(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    leave_only_this_session(request, user)
    record_audit(action="password.changed", by=user, target=user.email)


def second_factor_added(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    leave_only_this_session(request, user)
    record_audit(action="second_factor.added", by=user, target=user.email, detail={"type": authenticator.type})


def second_factor_removed(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    leave_only_this_session(request, user)
    record_audit(action="second_factor.removed", by=user, target=user.email, detail={"type": authenticator.type})


def recovery_codes_renewed(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    leave_only_this_session(request, user)
    record_audit(action="second_factor.renewed", by=user, target=user.email, detail={"type": authenticator.type})


def leave_only_this_session(request: HttpRequest, user: User) -> None:
    here = request.session.session_key if request.user.is_authenticated else None
    end_sessions(user=user, except_key=here)

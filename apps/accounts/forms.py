"""What staff write about themselves and about one another."""

import unicodedata
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as ConfirmByPassword
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from apps.accounts import rules
from apps.accounts.models import Membership, Role, User
from apps.accounts.words import LAST_OWNER

NO_ADDRESS = _("Please enter an e-mail address.")


class NewAccountForm(forms.Form):
    """Whoever gets an account: their name, and a password that suits it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Please enter your name.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A sentence is easy to remember."),
        error_messages={"required": _("Please choose a password.")},
    )

    def address(self) -> str:
        """The e-mail address of the account; a password must not be too near to it."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            try:
                validate_password(password, User(email=self.address(), name=cleaned.get("name", "")))
            except forms.ValidationError as problem:
                self.add_error("password", problem)
        return cleaned


class SetupForm(NewAccountForm):
    """The first owner, and the name under which the questions are asked."""

    publication_name = forms.CharField(
        label=_("Name of your publication"),
        max_length=120,
        help_text=_("Readers see it above your questions. You can change it later."),
        error_messages={"required": _("Please give your publication a name.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username"}),
        error_messages={"required": NO_ADDRESS},
    )
    field_order = ("publication_name", "name", "email", "password")

    def address(self) -> str:
        return str(self.cleaned_data.get("email", ""))

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody here has this address already. Please take another one."))
        return email


class NewcomerForm(NewAccountForm):
    """Somebody who was invited under an address that has no account yet."""

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def address(self) -> str:
        return self.email


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, error_messages={"required": _("Please choose a role.")}
    )


class InviteForm(RoleForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": NO_ADDRESS},
    )
    field_order = ("email", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Choose…")), *Role.choices]  # type: ignore[attr-defined]


class StaffLoginForm(LoginForm):
    """The way to a forgotten password stands below the form, not inside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class StaffChangePasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class ConfirmByPasswordForm(ConfirmByPassword):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class CodeField(forms.CharField):
    """A code as it was meant: a Japanese keyboard may well type full-width digits."""

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", super().to_python(value) or "")


class SecondStepForm(AuthenticateForm):
    code = CodeField(max_length=40)


class ConfirmByCodeForm(ReauthenticateForm):
    code = CodeField(max_length=40)


class ActivateAppForm(ActivateTOTPForm):
    code = CodeField(max_length=40)


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey that can also sign in by itself, unless one chooses otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].help_text = _("So that you recognise it later, for example “phone”.")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("Sign in with it alone, without e-mail address and password")
        self.fields["passwordless"].help_text = ""


class UserForm(forms.ModelForm):
    """A user as operators see them."""

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff")

    def clean_is_active(self) -> bool:
        stays = bool(self.cleaned_data["is_active"])
        if not stays and self.instance.pk and (alone := rules.owned_alone(self.instance)):
            names = ", ".join(str(publication) for publication in alone)
            raise forms.ValidationError(
                _("The last owner of %(publications)s. Name another owner first.") % {"publications": names}
            )
        return stays


class MembershipForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ("user", "publication", "role")

    def clean_role(self) -> str:
        role = str(self.cleaned_data["role"])
        if self.instance.pk and role != Role.OWNER and rules.is_last_owner(Membership.objects.get(pk=self.instance.pk)):
            raise forms.ValidationError(LAST_OWNER)
        return role

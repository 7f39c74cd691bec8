"""What is asked at sign-in, and of somebody who adds a second factor."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """User name and password; one message whatever was wrong."""

    error_messages = {  # noqa: RUF012 (Django's own shape)
        "invalid_login": "Enter the user name and password of an account that is open",
        "inactive": "Enter the user name and password of an account that is open",
    }


class CodeForm(forms.Form):
    """The code that an app shows, or a recovery code; or what a passkey signed."""

    code = forms.CharField(
        required=False, max_length=40, strip=True,
        error_messages={"max_length": "Enter the six digits, or a recovery code"},
    )  # fmt: skip
    answer = forms.JSONField(required=False)


class AgainForm(forms.Form):
    """The password once more."""

    password = forms.CharField(
        max_length=1_000, strip=False, error_messages={"required": "Enter your password"}
    )


class NewPasswordForm(forms.Form):
    """A new password, twice, so that a slip of the finger locks nobody out."""

    password = forms.CharField(
        max_length=1_000, strip=False, error_messages={"required": "Enter a new password"}
    )
    again = forms.CharField(
        max_length=1_000, strip=False, error_messages={"required": "Enter it once more"}
    )

    def clean_again(self) -> str:
        """Refuse two that differ."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError("The two are not the same")
        return str(self.cleaned_data["again"])


class NewCodesForm(forms.Form):
    """A name for the app, and the code that it shows."""

    name = forms.CharField(
        max_length=100, error_messages={"required": "Enter a name for it, such as: work telephone"}
    )
    code = forms.CharField(
        max_length=10, error_messages={"required": "Enter the six digits that the app shows"}
    )


class NewPasskeyForm(forms.Form):
    """A name for the passkey, and what the browser answered."""

    name = forms.CharField(
        max_length=100, error_messages={"required": "Enter a name for it, such as: blue key"}
    )
    answer = forms.JSONField(
        error_messages={"required": "The browser made no passkey: press the button to make one"}
    )

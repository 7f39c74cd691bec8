"""What is asked at sign-in."""

from typing import ClassVar

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """User name and password; one message whatever was wrong."""

    error_messages: ClassVar[dict[str, str]] = {
        "invalid_login": "Enter the user name and password of an account that is open",
        "inactive": "Enter the user name and password of an account that is open",
    }

"""What is asked at sign-in."""

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """User name and password; one message whatever was wrong."""

    error_messages = {  # noqa: RUF012 (Django's own shape)
        "invalid_login": "Enter the user name and password of an account that is open",
        "inactive": "Enter the user name and password of an account that is open",
    }

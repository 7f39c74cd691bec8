"""Signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView

from onrecord.web.accounts.forms import SignInForm


class SignIn(LoginView):
    """Ask who it is; the password is checked against the account."""

    template_name = "accounts/sign_in.jinja"
    form_class = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """End the session. Only by a posted form: a link could be followed by accident."""

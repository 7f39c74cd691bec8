"""Signing in and out."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse

from onrecord.core.kernel.clock import now
from onrecord.web.accounts.forms import SignInForm
from onrecord.web.frame import frame_of
from onrecord.web.viewing import PROVED_AT_KEY


class SignIn(LoginView):
    """Ask who it is; the password is checked against the account."""

    template_name = "accounts/sign_in.jinja"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, and remember when the password was given."""
        response = super().form_valid(form)
        self.request.session[PROVED_AT_KEY] = now().timestamp()
        return response

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """Add what stands around every page."""
        return super().get_context_data(frame=frame_of(self.request), **values)


class SignOut(LogoutView):
    """End the session. Only by a posted form: a link could be followed by accident."""

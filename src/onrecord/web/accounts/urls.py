"""Addresses of signing in and out, and of one's own account."""

from django.urls import path

from onrecord.web.accounts import factors, openid, views

app_name = "accounts"
urlpatterns = [
    path("sign-in", views.SignIn.as_view(), name="sign-in"),
    path("second-step", views.second_step, name="second-step"),
    path("sign-out", views.SignOut.as_view(), name="sign-out"),
    path("again", views.again, name="again"),
    path("openid/there", openid.there, name="openid-there"),
    path("openid/back", openid.back, name="openid-back"),
    path("password", views.password, name="password"),
    path("sessions", views.sessions, name="sessions"),
    path("sessions/end-others", views.end_others, name="end-others"),
    path("sessions/<str:number>/end", views.end, name="end-session"),
    path("second-factors", factors.listed, name="factors"),
    path("second-factors/codes", factors.add_codes, name="add-codes"),
    path("second-factors/passkey", factors.add_passkey, name="add-passkey"),
    path("second-factors/recovery-codes", factors.recovery_codes, name="recovery-codes"),
    path("second-factors/<int:factor>/remove", factors.remove, name="remove-factor"),
]

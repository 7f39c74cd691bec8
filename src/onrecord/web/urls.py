"""Every slice of pages, and where it is found."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("onrecord.web.accounts.urls")),
    path("", include("onrecord.web.home.urls")),
]

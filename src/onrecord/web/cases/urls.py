"""Addresses of cases."""

from django.urls import path

from onrecord.web.cases import views

app_name = "cases"
urlpatterns = [
    path("<str:reference>", views.case, name="case"),
    path("<str:reference>/bundle", views.bundle, name="bundle"),
]

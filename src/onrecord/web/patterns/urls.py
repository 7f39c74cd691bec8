"""Addresses of the pattern rules."""

from django.urls import path

from onrecord.web.patterns import views

app_name = "patterns"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("<slug:name>", views.rule, name="rule"),
]

"""Addresses of incidents."""

from django.urls import path

from onrecord.web.incidents import views

app_name = "incidents"
urlpatterns = [path("<str:reference>", views.incident, name="incident")]

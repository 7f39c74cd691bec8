"""Addresses of cohorts."""

from django.urls import path

from onrecord.web.cohorts import views

app_name = "cohorts"
urlpatterns = [path("", views.all_cohorts, name="list")]

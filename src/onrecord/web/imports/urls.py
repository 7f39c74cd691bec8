"""Addresses of imports."""

from django.urls import path

from onrecord.web.imports import views

app_name = "imports"
urlpatterns = [path("", views.all_imports, name="list")]

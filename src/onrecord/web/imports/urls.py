"""Addresses of imports."""

from django.urls import path

from onrecord.web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.all_imports, name="list"),
    path("<str:reference>", views.one_import, name="batch"),
    path("<str:reference>/rejects.csv", views.rejects_file, name="rejects"),
]

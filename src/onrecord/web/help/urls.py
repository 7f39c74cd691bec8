"""Addresses of help."""

from django.urls import path

from onrecord.web.help import views

app_name = "help"
urlpatterns = [
    path("", views.listed, name="list"),
    path("who-may", views.who_may, name="who-may"),
    path("pages/<str:route>", views.page, name="page"),
]

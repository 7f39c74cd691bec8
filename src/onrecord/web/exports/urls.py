"""Addresses of exports."""

from django.urls import path

from onrecord.web.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.listed, name="list"),
    path("take", views.take, name="take"),
    path("ask", views.ask, name="ask"),
]

"""Addresses of delegations."""

from django.urls import path

from onrecord.web.delegating import views

app_name = "delegating"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("<int:number>/end", views.end, name="end"),
]

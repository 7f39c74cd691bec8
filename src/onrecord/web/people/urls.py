"""Addresses of people."""

from django.urls import path

from onrecord.web.people import views

app_name = "people"
urlpatterns = [path("<str:reference>", views.person, name="person")]

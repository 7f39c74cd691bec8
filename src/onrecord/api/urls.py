"""Where the interface for programs is found."""

from django.urls import path

from onrecord.api.interface import api

urlpatterns = [path("v1/", api.urls)]

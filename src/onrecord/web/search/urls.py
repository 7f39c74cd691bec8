"""The address of the search."""

from django.urls import path

from onrecord.web.search import views

app_name = "search"
urlpatterns = [path("", views.search, name="search")]

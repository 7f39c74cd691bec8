"""The address of the morning meeting."""

from django.urls import path

from onrecord.web.today import views

app_name = "today"
urlpatterns = [path("", views.meeting, name="meeting")]

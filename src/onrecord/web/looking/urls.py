"""The address where people say why they are looking."""

from django.urls import path

from onrecord.web.looking import views

app_name = "looking"
urlpatterns = [path("", views.reason, name="reason")]

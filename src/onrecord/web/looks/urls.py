"""Addresses of looks."""

from django.urls import path

from onrecord.web.looks import views

app_name = "looks"
urlpatterns = [
    path("", views.listed, name="list"),
    path("mine", views.mine, name="mine"),
    path("who", views.who, name="who"),
    path("who/<str:reference>", views.thing, name="thing"),
    path("mine/<int:number>", views.said, name="said"),
    path("<int:number>", views.alert, name="alert"),
]

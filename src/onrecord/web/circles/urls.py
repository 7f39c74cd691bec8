"""Addresses of circles."""

from django.urls import path

from onrecord.web.circles import views

app_name = "circles"
urlpatterns = [
    path("<str:reference>", views.circle, name="circle"),
    path("<str:reference>/let-in", views.let_in, name="let-in"),
    path("<str:reference>/<int:number>/put-out", views.put_out, name="put-out"),
]

"""Addresses of victims and reporters: a case's reference and a lineage, never a word about them."""

from django.urls import path

from onrecord.web.victims import comparing, views

app_name = "victims"
_ONE = "cases/<str:reference>/<uuid:party>"
urlpatterns = [
    path("", views.listed, name="list"),
    path("cases/<str:reference>/", views.case, name="case"),
    path(_ONE, views.victim, name="victim"),
    path(f"{_ONE}/record/<str:kind>", views.record, name="record"),
    path(f"{_ONE}/contact/<str:kind>", views.record, name="contact"),
    path(f"{_ONE}/who", views.who, name="who"),
    path(f"{_ONE}/compare", comparing.compare, name="compare"),
]

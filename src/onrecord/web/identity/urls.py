"""Addresses of the desk and of links."""

from django.urls import path

from onrecord.web.identity import acts, cases, roles, views

app_name = "identity"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("ask", views.ask, name="ask"),
    path("join", acts.join, name="join"),
    path("roles", roles.listed, name="roles"),
    path("roles/<str:reference>", roles.settle, name="settle"),
    path("cases", cases.listed, name="cases"),
    path("cases/<str:reference>", cases.two_cases, name="two-cases"),
    path("cases/<str:reference>/take-back", cases.take_back, name="take-back-cases"),
    path("cases-of/<str:reference>", cases.cases_of, name="cases-of"),
    path("of/<str:reference>", views.links, name="links"),
    path("links/<str:reference>", views.link, name="link"),
    path("links/<str:reference>/judge", acts.judge, name="judge"),
    path("links/<str:reference>/second", acts.second, name="second"),
    path("links/<str:reference>/contest", acts.contest, name="contest"),
    path("links/<str:reference>/take-back", acts.take_back, name="take-back"),
]

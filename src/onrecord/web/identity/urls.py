"""Addresses of the desk and of links."""

from django.urls import path

from onrecord.web.identity import acts, events, roles, views

app_name = "identity"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("ask", views.ask, name="ask"),
    path("roles", roles.listed, name="roles"),
    path("roles/<str:case>/<int:number>", roles.settle, name="settle"),
    path("events", events.listed, name="events"),
    path("events/<str:reference>", events.event, name="event"),
    path("of/<str:reference>", views.links, name="links"),
    path("links/<str:reference>", views.link, name="link"),
    path("links/<str:reference>/judge", acts.judge, name="judge"),
    path("links/<str:reference>/second", acts.second, name="second"),
    path("links/<str:reference>/contest", acts.contest, name="contest"),
    path("links/<str:reference>/take-back", acts.take_back, name="take-back"),
]

"""Addresses of work."""

from django.urls import path

from onrecord.web.work import acts, agreements, views

app_name = "work"
urlpatterns = [
    path("", views.listed, name="list"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<int:number>", agreements.ask, name="ask"),
    path("raise", views.raise_, name="raise"),
    path("tasks/<str:reference>", views.task, name="task"),
    *(
        path(f"tasks/<str:reference>/{name}", acts.act, {"name": name}, name=name)
        for name in acts.ACTS
    ),
]

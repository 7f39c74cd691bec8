"""Addresses of the file desk."""

from django.urls import path

from onrecord.web.file_desk import acts, views

app_name = "file_desk"
urlpatterns = [
    path("", views.listed, name="list"),
    path("seek", views.seek, name="seek"),
    path("files/<str:reference>", views.file, name="file"),
    *(
        path(f"files/<str:reference>/{name}", acts.act, {"name": name}, name=name)
        for name in acts.ACTS
    ),
]

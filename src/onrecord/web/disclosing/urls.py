"""Addresses of disclosure and of one's own packs."""

from django.urls import path

from onrecord.web.disclosing import mine, views

app_name = "disclosing"
urlpatterns = [
    path("my-pack/", mine.packs, name="packs"),
    path("my-pack/<str:reference>", mine.pack, name="pack"),
    path("my-pack/<str:reference>/<int:number>/contest", mine.contest, name="contest"),
    path("disclosure/cases/<str:reference>", views.case, name="case"),
    path("disclosure/cases/<str:reference>/service/<int:who>", views.service, name="service"),
    path("disclosure/cases/<str:reference>/release/<int:who>", views.release, name="release"),
    path(
        "disclosure/cases/<str:reference>/packs/<str:pack>/withdraw",
        views.withdraw,
        name="withdraw",
    ),
]

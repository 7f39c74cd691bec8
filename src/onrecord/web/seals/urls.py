"""Addresses of seals."""

from django.urls import path

from onrecord.web.seals import acts, views

app_name = "seals"
urlpatterns = [
    path("", views.listed, name="list"),
    path("open", views.open_, name="open"),
    path("ask", views.ask, name="ask"),
    path("questions", views.questions, name="questions"),
    path("questions/<str:reference>", views.question, name="question"),
    path("<int:number>", views.seal, name="seal"),
    path("<int:number>/things/<int:thing>/out", acts.take_out, name="take-out"),
    path("<int:number>/members/<int:member>/out", acts.end_member, name="end-member"),
    path("<int:number>/alerts/<int:consultation>", acts.dealt_with, name="dealt-with"),
    path("<int:number>/reports/<uuid:report>", views.report, name="report"),
    *(path(f"<int:number>/{name}", acts.act, {"name": name}, name=name) for name in acts.ACTS),
]

"""Addresses of cohorts."""

from django.urls import path

from onrecord.web.cohorts import views

app_name = "cohorts"
urlpatterns = [
    path("", views.all_cohorts, name="list"),
    path("new", views.build, name="new"),
    path("definitions/<slug:name>", views.definition, name="run"),
    path("results/<str:result_hash>", views.result, name="result"),
    path("results/<str:result_hash>/ask", views.ask, name="ask"),
    path("results/<str:result_hash>/export.<str:form>", views.export_file, name="export"),
]

"""Addresses of documents. None of them serves a byte of an original but as a download."""

from django.urls import path

from onrecord.web.documents import acts, redactions, views

app_name = "documents"
urlpatterns = [
    path("", views.listed, name="list"),
    path("search", views.search, name="search"),
    path("upload", acts.upload, name="upload"),
    path("<str:reference>", views.document, name="document"),
    path("<str:reference>/copies/<int:copy>/pages/<int:number>", views.page, name="page"),
    path("<str:reference>/original", acts.original, name="original"),
    path("<str:reference>/redact", redactions.redact, name="redact"),
    path("<str:reference>/scan", acts.scan, name="scan"),
]

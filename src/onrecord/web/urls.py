"""Every slice of pages, and where it is found."""

from django.urls import include, path

urlpatterns = [
    path("account/delegations/", include("onrecord.web.delegating.urls")),
    path("account/", include("onrecord.web.accounts.urls")),
    path("looking", include("onrecord.web.looking.urls")),
    path("search", include("onrecord.web.search.urls")),
    path("people/", include("onrecord.web.people.urls")),
    path("cases/", include("onrecord.web.cases.urls")),
    path("identity/", include("onrecord.web.identity.urls")),
    path("incidents/", include("onrecord.web.incidents.urls")),
    path("circles/", include("onrecord.web.circles.urls")),
    path("conflicts/", include("onrecord.web.conflicts.urls")),
    path("cohorts/", include("onrecord.web.cohorts.urls")),
    path("patterns/", include("onrecord.web.patterns.urls")),
    path("today/", include("onrecord.web.today.urls")),
    path("documents/", include("onrecord.web.documents.urls")),
    path("file-desk/", include("onrecord.web.file_desk.urls")),
    path("victims/", include("onrecord.web.victims.urls")),
    path("work/", include("onrecord.web.work.urls")),
    path("seals/", include("onrecord.web.seals.urls")),
    path("looks/", include("onrecord.web.looks.urls")),
    path("administration/", include("onrecord.web.administration.urls")),
    path("help/", include("onrecord.web.help.urls")),
    path("exports/", include("onrecord.web.exports.urls")),
    path("imports/", include("onrecord.web.imports.urls")),
    path("", include("onrecord.web.disclosing.urls")),
    path("", include("onrecord.web.home.urls")),
]

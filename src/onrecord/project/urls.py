"""Where every address leads: health, the API, then pages."""

from django.urls import URLPattern, URLResolver, include, path

from onrecord.project import health
from onrecord.project.discovery import exists

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
if exists("onrecord.api.urls"):
    urlpatterns.append(path("api/", include("onrecord.api.urls")))
urlpatterns.append(path("", include("onrecord.web.urls")))

handler400 = handler404 = "onrecord.web.errors.not_found"
handler403 = "onrecord.web.errors.forbidden"
handler500 = "onrecord.web.errors.failed"

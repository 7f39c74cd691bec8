"""The address of the search."""

from django.urls import path

from onrecord.web.search import views

# The pages stand under `search`: kept searches are `searches/…`.
app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("es/keep", views.save, name="save"),
    path("es/<int:number>", views.saved, name="saved"),
    path("es/<int:number>/remove", views.remove, name="remove"),
]

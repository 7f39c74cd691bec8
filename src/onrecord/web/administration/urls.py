"""Addresses of administration."""

from django.urls import path

from onrecord.web.administration import setting_pages, template_pages, views, vocabulary_pages

app_name = "administration"
urlpatterns = [
    path("", setting_pages.start, name="start"),
    path("settings/", setting_pages.settings, name="settings"),
    path("settings/<str:key>", setting_pages.setting, name="setting"),
    path("settings/<str:key>/change", setting_pages.change, name="change-setting"),
    path("templates/", template_pages.templates, name="templates"),
    path("templates/new", template_pages.new, name="new-template"),
    path("templates/<str:code>", template_pages.template, name="template"),
    path(
        "templates/<str:code>/versions/<int:number>",
        template_pages.version,
        name="template-version",
    ),
    path("templates/<str:code>/change", template_pages.change, name="change-template"),
    path("templates/<str:code>/retire", template_pages.retire, name="retire-template"),
    path("templates/<str:code>/restore", template_pages.restore, name="restore-template"),
    path("vocabularies/", vocabulary_pages.vocabularies, name="vocabularies"),
    path("vocabularies/<str:key>", vocabulary_pages.vocabulary, name="vocabulary"),
    path("vocabularies/<str:key>/add", vocabulary_pages.add, name="add-term"),
    path("vocabularies/<str:key>/<str:code>/rename", vocabulary_pages.rename, name="rename-term"),
    path("vocabularies/<str:key>/<str:code>/retire", vocabulary_pages.retire, name="retire-term"),
    path(
        "vocabularies/<str:key>/<str:code>/restore", vocabulary_pages.restore, name="restore-term"
    ),
    path("users/", views.users, name="users"),
    path("users/new", views.new_user, name="new-user"),
    path("users/<str:username>", views.user, name="user"),
    path("users/<str:username>/role", views.role, name="role"),
    path("users/<str:username>/record", views.record, name="record"),
    path("users/<str:username>/team", views.team, name="team"),
    path("users/<str:username>/close", views.close, name="close"),
    path("users/<str:username>/let-in", views.let_in, name="let-in"),
    path("users/<str:username>/reopen", views.reopen, name="reopen"),
    path("teams/", views.teams, name="teams"),
    path("teams/new", views.new_team, name="new-team"),
]

"""Addresses of work."""

from django.urls import path

from onrecord.web.work import acts, agreements, case_pages, leave, letters, notices, views

app_name = "work"
urlpatterns = [
    path("", views.listed, name="list"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<int:number>", agreements.ask, name="ask"),
    path("cases/<str:reference>/notes", case_pages.notes, name="case-notes"),
    path("cases/<str:reference>/tasks", case_pages.tasks, name="case-tasks"),
    path("cases/<str:reference>/policy-file", case_pages.policy_file, name="policy-file"),
    path(
        "cases/<str:reference>/policy-file/print", case_pages.policy_print, name="policy-file-print"
    ),
    path("cases/<str:reference>/policy-file/new", case_pages.policy_entry, name="policy-entry"),
    path("cases/<str:reference>/letters", letters.register, name="letters"),
    path("cases/<str:reference>/letters/new", letters.new, name="letter-new"),
    path("cases/<str:reference>/letters/<str:letter>", letters.letter, name="letter"),
    path("cases/<str:reference>/letters/<str:letter>/answer", letters.answer, name="letter-answer"),
    path("leave/", leave.leave, name="leave"),
    path("leave/<int:number>/cancel", leave.cancel, name="leave-cancel"),
    path("notices/", notices.notices, name="notices"),
    path("raise", views.raise_, name="raise"),
    path("tasks/<str:reference>", views.task, name="task"),
    *(
        path(f"tasks/<str:reference>/{name}", acts.act, {"name": name}, name=name)
        for name in acts.ACTS
    ),
]

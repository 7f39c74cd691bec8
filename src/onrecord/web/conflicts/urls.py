"""Addresses of conflicts of interest."""

from django.urls import path

from onrecord.web.conflicts import acts, views

app_name = "conflicts"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:number>/take-back", views.take_back, name="take-back"),
    path("step-away", views.step_away, name="step-away"),
    path("find", views.find, name="find"),
    path("asks", views.asks, name="asks"),
    path("asks/<int:number>", views.ask, name="ask"),
    path("asks/<int:number>/use", views.use, name="use"),
    path("cases/<str:reference>", views.case, name="case"),
    path("cases/<str:reference>/decide/<int:who>", acts.decide, name="decide"),
    path("cases/<str:reference>/override/<int:who>", acts.override, name="override"),
    path("cases/<str:reference>/choose/<int:who>", acts.choose, name="choose"),
    path("cases/<str:reference>/let-work", acts.let_work, name="let-work"),
    path("cases/<str:reference>/outside", acts.outside, name="outside"),
    path("cases/<str:reference>/covert", acts.covert, name="covert"),
    path("cases/<str:reference>/known-again", acts.known_again, name="known-again"),
]

from django.urls import path

from nenep.concerns import count_views, official_views, views

app_name = "concerns"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", views.raising, name="raising"),
    path("waiting/", views.waiting, name="waiting"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/passing-up/", views.passing_up, name="passing_up"),
    path("<int:pk>/publication/", official_views.publication, name="publication"),
    path("answers/", official_views.official_list, name="official_list"),
    path("answers/<int:pk>/", official_views.official, name="official"),
    path("answers/<int:pk>/withdrawal/", official_views.withdrawal, name="official_withdrawal"),
    path("<int:pk>/taking-back/", views.taking_back, name="taking_back"),
    path("of-body/<int:body_id>/counts/", count_views.counts, name="counts"),
]

from django.urls import path, re_path

from nenep.ballots import views

app_name = "ballots"

urlpatterns = [
    path("meetings/<int:pk>/opening/", views.opening, name="opening"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/sheets/", views.sheets, name="sheets"),
    path("<int:pk>/count/", views.count, name="count"),
    path("<int:pk>/confirmation/", views.confirmation, name="confirmation"),
    path("<int:pk>/recount/", views.recount, name="recount"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/further-round/", views.further_round, name="further_round"),
    re_path(r"^(?P<pk>\d+)/record\.(?P<fmt>pdf|docx)$", views.record_file, name="record_file"),
]

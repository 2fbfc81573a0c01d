from django.urls import path

from nenep.visits import views

app_name = "visits"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:body_id>/<int:year>-<int:month>/", views.roster, name="roster"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/attendance/", views.attendance, name="attendance"),
    path("<int:pk>/absence/", views.absence, name="absence"),
]

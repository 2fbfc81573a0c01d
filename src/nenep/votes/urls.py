from django.urls import path

from nenep.votes import views

app_name = "votes"

urlpatterns = [
    path("meetings/<int:pk>/opening/", views.opening, name="opening"),
    path("meetings/<int:pk>/reservations/", views.reservations, name="reservations"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/cast/", views.cast, name="cast"),
    path("<int:pk>/written-cast/", views.written_cast, name="written_cast"),
    path("<int:pk>/closing/", views.closing, name="closing"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/reservation/", views.reservation, name="reservation"),
]

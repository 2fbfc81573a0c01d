from django.urls import path

from nenep.studies import views

app_name = "studies"

urlpatterns = [
    path("", views.session_list, name="list"),
    path("of-body/<int:body_id>/", views.holding, name="holding"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/roll/", views.roll, name="roll"),
    path("<int:pk>/questions/", views.questions, name="questions"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/closing/", views.closing, name="closing"),
    path("<int:pk>/removal/", views.removal, name="removal"),
]

from django.urls import path

from nenep.privacy import views

app_name = "privacy"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/download/", views.download, name="download"),
    path("looks/", views.looked, name="looks"),
    path("inventory/", views.kept_by_program, name="inventory"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/new/", views.correction_new, name="correction_new"),
    path("corrections/<int:pk>/answer/", views.correction_answer, name="correction_answer"),
]

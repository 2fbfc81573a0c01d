from django.urls import path

from nenep.importers import views

app_name = "importers"

urlpatterns = [
    path("", views.index, name="index"),
    path("kinds/<slug:kind>/", views.upload, name="upload"),
    path("kinds/<slug:kind>/template/", views.template, name="template"),
    path("uploads/<int:pk>/marked/", views.marked, name="marked"),
    path("uploads/<int:pk>/confirmation/", views.confirmation, name="confirmation"),
    path("uploads/<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
]

from django.urls import path

from nenep.installation import views

app_name = "installation"
urlpatterns = [
    path("health", views.health, name="health"),
    path("ready", views.ready, name="ready"),
]

from django.urls import path

from nenep.quality import views

app_name = "quality"

urlpatterns = [path("meetings/<int:pk>/self-check/", views.self_check, name="self_check")]

from django.urls import path

from nenep.files import views

app_name = "files"
urlpatterns = [
    path("<int:pk>/", views.download, name="download"),
    path("refused/", views.refused, name="refused"),
    path("links/<str:ref>/", views.linked, name="linked"),
]

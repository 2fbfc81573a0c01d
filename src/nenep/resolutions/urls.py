from django.urls import path, re_path

from nenep.resolutions import views

app_name = "resolutions"

urlpatterns = [
    path("<int:meeting_pk>/", views.page, name="page"),
    path("<int:meeting_pk>/draft/", views.draft, name="draft"),
    path("<int:meeting_pk>/versions/", views.versions, name="versions"),
    path("<int:meeting_pk>/adoption/", views.adoption, name="adoption"),
    re_path(r"^(?P<meeting_pk>\d+)/resolution\.(?P<fmt>pdf|docx)$", views.file, name="file"),
]

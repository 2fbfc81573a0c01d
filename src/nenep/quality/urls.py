from django.urls import path

from nenep.quality import notebook_views, views

app_name = "quality"

urlpatterns = [
    path("meetings/<int:pk>/self-check/", views.self_check, name="self_check"),
    path("meetings/<int:pk>/pulse/", views.pulse, name="pulse"),
    path("notebook/of-branch/<int:body_id>/", notebook_views.notebook, name="notebook"),
    path("notebook/of-branch/<int:body_id>/new/", notebook_views.note_addition, name="note_addition"),
    path("notebook/<int:pk>/", notebook_views.note_change, name="note_change"),
    path("notebook/<int:pk>/removal/", notebook_views.note_removal, name="note_removal"),
]

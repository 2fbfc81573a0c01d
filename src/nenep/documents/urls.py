from django.urls import path

from nenep.documents import correcting_views, issuing_views, views

app_name = "documents"
urlpatterns = [
    path("", views.register, name="register"),
    path("of/<int:body_id>/numbering/", issuing_views.numbering, name="numbering"),
    path("<int:pk>/", views.document_page, name="page"),
    path("<int:pk>/head/", correcting_views.own_head, name="correction"),
    path("<int:pk>/files/", issuing_views.filing, name="filing"),
]

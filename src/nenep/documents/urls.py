from django.urls import path

from nenep.documents import issuing_views, views

app_name = "documents"
urlpatterns = [
    path("", views.register, name="register"),
    path("of/<int:body_id>/numbering/", issuing_views.numbering, name="numbering"),
    path("<int:pk>/", views.document_page, name="page"),
    path("<int:pk>/files/", issuing_views.filing, name="filing"),
]

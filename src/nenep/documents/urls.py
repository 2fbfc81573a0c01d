from django.urls import path

from nenep.documents import correcting_views, issuing_views, signed_views, views

app_name = "documents"
urlpatterns = [
    path("", views.register, name="register"),
    path("of/<int:body_id>/numbering/", issuing_views.numbering, name="numbering"),
    path("<int:pk>/", views.document_page, name="page"),
    path("<int:pk>/head/", correcting_views.own_head, name="correction"),
    path("<int:pk>/signing/", signed_views.signing, name="signing"),
    path("<int:pk>/to-sign.pdf", signed_views.to_sign, name="to_sign"),
    path("signatures/<int:pk>/", signed_views.signatures, name="signatures"),
    path("<int:pk>/files/", issuing_views.filing, name="filing"),
]

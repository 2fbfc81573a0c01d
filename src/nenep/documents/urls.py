from django.urls import path, re_path

from nenep.documents import correcting_views, issuing_views, signed_views, views
from nenep.documents.drafting import step_views
from nenep.documents.drafting import views as drafting

app_name = "documents"
urlpatterns = [
    path("", views.register, name="register"),
    path("of/<int:body_id>/numbering/", issuing_views.numbering, name="numbering"),
    path("of/<int:body_id>/drafting/", drafting.beginning, name="drafting"),
    path("<int:pk>/", views.document_page, name="page"),
    path("<int:pk>/head/", correcting_views.own_head, name="correction"),
    path("<int:pk>/signing/", signed_views.signing, name="signing"),
    path("signatures/<int:pk>/", signed_views.signatures, name="signatures"),
    path("<int:pk>/files/", issuing_views.filing, name="filing"),
    re_path(r"^(?P<pk>\d+)/paper\.(?P<fmt>pdf|docx)$", views.file, name="file"),
    path("drafts/<int:pk>/", drafting.page, name="draft"),
    path("drafts/<int:pk>/text/", drafting.text, name="draft_text"),
    path("drafts/<int:pk>/versions/", drafting.versions, name="draft_versions"),
    path("drafts/<int:pk>/word/", step_views.word, name="draft_word"),
    path("drafts/<int:pk>/comparison/", step_views.comparison, name="draft_comparison"),
    path("drafts/<int:pk>/asking/", step_views.asking, name="draft_asking"),
    path("drafts/<int:pk>/answering/", step_views.answering, name="draft_answering"),
    path("drafts/<int:pk>/issuing/", step_views.issuing, name="draft_issuing"),
    path("drafts/<int:pk>/giving-up/", drafting.giving_up, name="draft_giving_up"),
    re_path(r"^drafts/(?P<pk>\d+)/draft\.(?P<fmt>pdf|docx)$", drafting.file, name="draft_file"),
]

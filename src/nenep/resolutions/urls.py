from django.urls import path, re_path

from nenep.resolutions import comment_views, views

app_name = "resolutions"

urlpatterns = [
    path("<int:meeting_pk>/", views.page, name="page"),
    path("<int:meeting_pk>/draft/", views.draft, name="draft"),
    path("<int:meeting_pk>/versions/", views.versions, name="versions"),
    path("<int:meeting_pk>/comments/", comment_views.comments, name="comments"),
    path("<int:meeting_pk>/comments/inbox/", comment_views.comment_inbox, name="comment_inbox"),
    path("comments/<int:pk>/reply/", comment_views.comment_reply, name="comment_reply"),
    path("<int:meeting_pk>/adoption/", views.adoption, name="adoption"),
    path("<int:meeting_pk>/named-vote/", views.named_vote, name="named_vote"),
    re_path(r"^(?P<meeting_pk>\d+)/resolution\.(?P<fmt>pdf|docx)$", views.file, name="file"),
]

from django.urls import path, re_path

from nenep.briefings import decision_views, views

app_name = "briefings"

urlpatterns = [
    path("", views.briefing_list, name="list"),
    path("of-cluster/<int:cluster_id>/", views.opening, name="opening"),
    path(
        "of-cluster/<int:cluster_id>/plan/<int:entry_id>/", views.opening_from_plan, name="opening_from_plan"
    ),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/frame/", views.frame, name="frame"),
    path("<int:pk>/branches/", views.branches, name="branches"),
    path("<int:pk>/discussion/", views.discussion, name="discussion"),
    path("<int:pk>/closing/", views.closing, name="closing"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/notes/", views.note, name="note"),
    re_path(r"^(?P<pk>\d+)/minutes\.(?P<fmt>pdf|docx)$", views.minutes_file, name="minutes_file"),
    path("<int:pk>/decisions/", decision_views.addition, name="decision_addition"),
    path("decisions/<int:pk>/removal/", decision_views.removal, name="decision_removal"),
    path("decisions/<int:pk>/done/", decision_views.done, name="decision_done"),
    path("decisions/<int:pk>/reopening/", decision_views.reopening, name="decision_reopening"),
]

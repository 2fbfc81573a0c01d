from django.urls import path

from nenep.plans import outcome_views, views

app_name = "plans"

urlpatterns = [
    path("", views.index, name="index"),
    path("of-branches/", views.branches, name="branches"),
    path("of-body/<int:body_id>/<int:year>/", views.page, name="page"),
    path("of-body/<int:body_id>/<int:year>/draft/", views.drafting, name="drafting"),
    path("<int:pk>/publication/", views.publication, name="publication"),
    path("<int:pk>/entries/", views.entry_addition, name="entry_addition"),
    path("entries/<int:pk>/", views.entry_change, name="entry_change"),
    path("entries/<int:pk>/removal/", views.entry_removal, name="entry_removal"),
    path("entries/<int:pk>/outcome/", outcome_views.outcome, name="entry_outcome"),
    path("entries/<int:pk>/meeting/", views.meeting, name="meeting"),
]

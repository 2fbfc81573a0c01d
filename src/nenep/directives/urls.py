from django.urls import path

from nenep.directives import answer_views, due_views, programme_views, state_views, views

app_name = "directives"

urlpatterns = [
    path("", views.directive_list, name="list"),
    path("of-body/<int:body_id>/", views.draft, name="draft"),
    path("overdue/", due_views.overdue, name="overdue"),
    path("of-work/<int:assignment_pk>/", state_views.from_work, name="way_up"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/words/", views.words, name="words"),
    path("<int:pk>/requirements/", views.requirements, name="requirements"),
    path("<int:pk>/requirements/removal/", views.requirement_removal, name="requirement_removal"),
    path("<int:pk>/issue/", views.issue, name="issue"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/confirmation/", answer_views.confirmation, name="confirmation"),
    path("<int:pk>/bodies/", state_views.bodies, name="bodies"),
    path("<int:pk>/delay/", state_views.delay, name="delay"),
    path("<int:pk>/way/", state_views.way, name="way"),
    path("<int:pk>/lacking/<int:requirement_pk>/", state_views.lacking, name="lacking"),
    path("receipts/<int:pk>/acknowledgement/", answer_views.acknowledgement, name="acknowledgement"),
    path("receipts/<int:pk>/agenda/", answer_views.agenda, name="agenda"),
    path("receipts/<int:pk>/made/", answer_views.made, name="made"),
    path("receipts/<int:pk>/plan/<int:requirement_pk>/", answer_views.planning, name="planning"),
    path("receipts/<int:pk>/made/removal/", answer_views.made_removal, name="made_removal"),
    path("receipts/<int:pk>/implementation/", answer_views.implementation, name="implementation"),
    path("receipts/<int:pk>/members/", state_views.members, name="members"),
    path("programmes/", programme_views.programme_list, name="programmes"),
    path("programmes/of-body/<int:body_id>/", programme_views.opening, name="programme_opening"),
    path("programmes/<int:pk>/", programme_views.programme, name="programme"),
    path("programmes/<int:pk>/words/", programme_views.programme_words, name="programme_words"),
    path("programmes/<int:pk>/periods/", programme_views.periods, name="periods"),
    path("programmes/<int:pk>/done/", programme_views.done, name="done"),
]

from django.urls import path

from nenep.guidance import views

app_name = "guidance"

urlpatterns = [
    path("", views.guidance_list, name="list"),
    path("of-body/<int:body_id>/", views.draft, name="draft"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/words/", views.words, name="words"),
    path("<int:pk>/publication/", views.publication, name="publication"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/branches/", views.branches, name="branches"),
]

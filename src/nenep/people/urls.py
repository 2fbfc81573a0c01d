from django.urls import path

from nenep.people import changes, introduction_views, views

app_name = "people"

urlpatterns = [
    path("", views.index, name="index"),
    path("bodies/<int:body_id>/", views.body, name="body"),
    path("bodies/<int:body_id>/admissions/", changes.admission, name="admission"),
    path("bodies/<int:body_id>/terms/", changes.term, name="term"),
    path("<int:pk>/", views.member, name="member"),
    path("<int:pk>/details/", changes.details, name="details"),
    path("<int:pk>/contact/", changes.contact, name="contact"),
    path("<int:pk>/transfer/", changes.transfer, name="transfer"),
    path("<int:pk>/departure/", changes.departure, name="departure"),
    path("<int:pk>/recognition/", changes.recognition, name="recognition"),
    path("<int:pk>/statuses/", changes.status, name="status"),
    path("<int:pk>/offices/", changes.office, name="office"),
    path("introductions/", introduction_views.introductions, name="introductions"),
    path("introductions/<int:pk>/", introduction_views.introduction, name="introduction"),
    path("introductions/<int:pk>/acceptance/", introduction_views.acceptance, name="acceptance"),
    path("introductions/<int:pk>/refusal/", introduction_views.refusal, name="refusal"),
    path("introductions/<int:pk>/withdrawal/", introduction_views.withdrawal, name="withdrawal"),
    path("statuses/<int:pk>/end/", changes.status_end, name="status_end"),
    path("offices/<int:pk>/end/", changes.office_end, name="office_end"),
]

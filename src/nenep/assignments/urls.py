from django.urls import path

from nenep.assignments import views

app_name = "assignments"

urlpatterns = [
    path("", views.assignment_list, name="list"),
    path("mine/", views.mine, name="mine"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/correction/", views.correction, name="correction"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/management/", views.management, name="management"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/review/", views.review, name="review"),
    path("of-meeting/<int:meeting_pk>/", views.handing_out, name="handing_out"),
    path("of-meeting/<int:meeting_pk>/resolution/", views.from_resolution, name="from_resolution"),
]

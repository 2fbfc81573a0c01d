from django.urls import path

from nenep.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("reading/", views.all_read, name="all_read"),
    path("<int:pk>/", views.notice_page, name="page"),
    path("<int:pk>/reading/", views.notice_read, name="read"),
    path("by-hand/", views.by_hand, name="by_hand"),
    path("by-hand/<int:pk>/telling/", views.delivery_told, name="told"),
    path("by-hand/<int:pk>/reopening/", views.delivery_reopened, name="reopened"),
]

from django.urls import path

from nenep.notices import channel_views, views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("reading/", views.all_read, name="all_read"),
    path("<int:pk>/", views.notice_page, name="page"),
    path("<int:pk>/reading/", views.notice_read, name="read"),
    path("by-hand/", views.by_hand, name="by_hand"),
    path("by-hand/<int:pk>/telling/", views.delivery_told, name="told"),
    path("by-hand/<int:pk>/reopening/", views.delivery_reopened, name="reopened"),
    path("<int:pk>/telling/", views.told_also, name="told_also"),
    path("mails/<int:pk>/sending/", views.mail_again, name="mail_again"),
    path("channels/", channel_views.channels, name="channels"),
    path("devices/", channel_views.device_addition, name="device_addition"),
    path("devices/<int:pk>/removal/", channel_views.device_removal, name="device_removal"),
    path("worker.js", channel_views.push_worker, name="push_worker"),
]

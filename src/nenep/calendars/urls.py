from django.urls import path

from nenep.calendars import views

app_name = "calendars"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("feed/", views.feed_making, name="feed_making"),
    path("feed/revocation/", views.feed_revocation, name="feed_revocation"),
    path("private/<str:token>.ics", views.feed, name="feed"),
    path("of-branch/<int:body_id>/", views.publication, name="publication"),
    path("of-branch/<int:body_id>/closing/", views.closing, name="closing"),
    path("public/<str:ref>/", views.public, name="public"),
    path("public/<str:ref>/calendar.ics", views.public_feed, name="public_feed"),
]

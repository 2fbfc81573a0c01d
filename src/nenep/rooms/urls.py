from django.urls import path

from nenep.rooms import views

app_name = "rooms"

urlpatterns = [
    path("<int:pk>/screen/", views.screen, name="screen"),
    path("<int:pk>/code/", views.code, name="code"),
    path("<int:pk>/script/", views.script, name="script"),
    path("<int:pk>/guide/", views.guide, name="guide"),
    path("<int:pk>/floor/", views.floor, name="floor"),
    path("items/<int:pk>/", views.present_item, name="present_item"),
    path("items/<int:pk>/writing/", views.writing, name="writing"),
    path("<int:pk>/writers/", views.writers, name="writers"),
    path("<int:pk>/seat/", views.seat, name="seat"),
    path("<int:pk>/seat/check-in/", views.check_in, name="check_in"),
    path("<int:pk>/seat/hand/", views.hand, name="hand"),
]

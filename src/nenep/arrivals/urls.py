from django.urls import path

from nenep.arrivals import correcting_views, entry_views, intake_views, views

app_name = "arrivals"
urlpatterns = [
    path("", views.register, name="register"),
    path("of/<int:body_id>/entry/", entry_views.outside, name="outside"),
    path("of/<int:body_id>/intake/", intake_views.reading, name="reading"),
    path("intakes/<uuid:once>/", intake_views.intake_page, name="intake"),
    path("intakes/<uuid:once>/rereading/", intake_views.rereading, name="rereading"),
    path("intakes/<uuid:once>/withdrawal/", intake_views.withdrawal, name="withdrawal"),
    path("<int:pk>/", views.arrival_page, name="page"),
    path("<int:pk>/head/", correcting_views.head, name="correction"),
    path("<int:pk>/entry/", entry_views.entry, name="entry"),
    path("<int:pk>/routing/", views.routing, name="routing"),
    path("<int:pk>/done/", views.done, name="done"),
    path("<int:pk>/reopening/", views.reopening, name="reopening"),
    path("<int:pk>/files/", entry_views.scan, name="scan"),
    path("<int:pk>/stamped.pdf", entry_views.stamped_copy, name="stamped"),
    path("<int:pk>/slip/", entry_views.slip, name="slip"),
]

from django.urls import path

from nenep.returns import views

app_name = "returns"

urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("meetings/<int:pk>/", views.page, name="page"),
    path("meetings/<int:pk>/sending/", views.sending, name="sending"),
    path("meetings/<int:pk>/receipt/", views.receipt, name="receipt"),
    path("meetings/<int:pk>/sending-back/", views.sending_back, name="sending_back"),
    path("meetings/<int:pk>/handbook/", views.handbook, name="handbook"),
]

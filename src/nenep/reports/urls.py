from django.urls import path

from nenep.reports import views

app_name = "reports"

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<slug:key>/", views.trace, name="trace"),
]

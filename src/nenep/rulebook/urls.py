from django.urls import path

from nenep.rulebook import views

app_name = "rulebook"

urlpatterns = [
    path("", views.rule_list, name="rule_list"),
    path("packs/", views.pack_list, name="pack_list"),
]

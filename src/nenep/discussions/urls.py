from django.urls import path

from nenep.discussions import views

app_name = "discussions"

urlpatterns = [
    path("<slug:kind>/<int:pk>/", views.answers, name="answers"),
    path("<slug:kind>/<int:pk>/of-body/<int:body_id>/", views.branch, name="branch"),
    path("<slug:kind>/<int:pk>/of-body/<int:body_id>/words/", views.answering, name="answering"),
]

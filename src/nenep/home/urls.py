from django.urls import path

from nenep.home import views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("board/", views.board, name="board"),
    path("board/<int:body_id>/<int:year>-<int:month>/", views.branch_month, name="branch_month"),
]

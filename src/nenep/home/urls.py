from django.urls import path

from nenep.home import board_views, views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("my-year/", views.my_year_page, name="my_year"),
    path("board/", board_views.board, name="board"),
    path("board/<int:body_id>/<int:year>/", board_views.branch_year, name="branch_year"),
    path("board/<int:body_id>/<int:year>/democracy/", board_views.democracy_year, name="democracy_year"),
    path("board/<int:body_id>/<int:year>-<int:month>/", board_views.branch_month, name="branch_month"),
]

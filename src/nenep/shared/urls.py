from django.urls import path

from nenep.shared.text_size import choose_text_size

app_name = "shared"
urlpatterns = [path("text-size/", choose_text_size, name="text_size")]

from django.urls import path

from nenep.organizations import changes, views

app_name = "organizations"

urlpatterns = [
    path("", views.tree, name="tree"),
    path("<int:pk>/", views.body, name="body"),
    path("<int:pk>/children/", views.level, name="level"),
    path("<int:pk>/children/new/", changes.decide, {"decision": changes.CREATE}, name="create"),
    path("<int:pk>/name/", changes.decide, {"decision": changes.RENAME}, name="rename"),
    path("<int:pk>/locality/", changes.decide, {"decision": changes.CHANGE_LOCALITY}, name="change_locality"),
    path(
        "<int:pk>/locality/correction/",
        changes.decide,
        {"decision": changes.CORRECT_LOCALITY},
        name="correct_locality",
    ),
    path("<int:pk>/kind/", changes.decide, {"decision": changes.RECLASSIFY}, name="reclassify"),
    path("<int:pk>/rules/", changes.decide, {"decision": changes.CHANGE_RULES}, name="change_rules"),
    path("<int:pk>/place/", changes.decide, {"decision": changes.MOVE}, name="move"),
    path("<int:pk>/merger/", changes.decide, {"decision": changes.MERGE}, name="merge"),
    path("<int:pk>/division/", changes.decide, {"decision": changes.SPLIT}, name="split"),
    path("<int:pk>/end/", changes.decide, {"decision": changes.DISSOLVE}, name="dissolve"),
    path("<int:pk>/clusters/", changes.decide, {"decision": changes.FORM_CLUSTER}, name="form_cluster"),
    path(
        "<int:pk>/cluster/", changes.decide, {"decision": changes.PLACE_IN_CLUSTER}, name="place_in_cluster"
    ),
]

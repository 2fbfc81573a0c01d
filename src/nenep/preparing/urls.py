from django.urls import path

from nenep.preparing.views import agreements, duties, materials, on_paper

app_name = "preparing"

urlpatterns = [
    path("<int:pk>/steps/<slug:step>/", duties.duty_change, name="duty_change"),
    path("<int:pk>/trace/", duties.trace, name="trace"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/report/", duties.duty_report, name="duty_report"),
    path("duties/<int:pk>/removal/", duties.duty_removal, name="duty_removal"),
    path("<int:pk>/materials/", materials.material_list, name="materials"),
    path("<int:pk>/materials/new/", materials.material_addition, name="material_addition"),
    path("materials/<int:pk>/", materials.material, name="material"),
    path("materials/<int:pk>/reading/", materials.material_reading, name="material_reading"),
    path("materials/<int:pk>/change/", materials.material_change, name="material_change"),
    path("materials/<int:pk>/removal/", materials.material_removal, name="material_removal"),
    path("<int:pk>/agreements/", agreements.agreements, name="agreements"),
    path("agreements/<int:pk>/removal/", agreements.agreement_removal, name="agreement_removal"),
    path("items/<int:pk>/shared/", agreements.shared_matter, name="shared_matter"),
    path("of-branch/<int:body_id>/paper/", on_paper.paper_entry, name="paper_entry"),
    path("<int:pk>/paper/", on_paper.paper_completion, name="paper_completion"),
    path("regulations/of-branch/<int:body_id>/", agreements.regulations, name="regulations"),
    path("regulations/<int:pk>/", agreements.regulation_change, name="regulation_change"),
]

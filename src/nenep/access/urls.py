from django.urls import include, path

from nenep.access import account_views, code_views, grant_views, reading_views, signin, views

own = (
    [
        path("mine/", views.mine, name="mine"),
        path("sessions/", views.devices, name="devices"),
        path("sessions/<int:pk>/end/", views.device_end, name="device_end"),
        path("roles/", views.roles, name="roles"),
        path("activation/", views.activation, name="activation"),
        path("activation/password/", views.activation_password, name="activation_password"),
        path("branches/<int:body_id>/", account_views.branch, name="branch"),
        path("branches/<int:body_id>/slips/", account_views.slips, name="slips"),
        path("members/<int:member_id>/slip/", account_views.slip, name="slip"),
        path("all/", account_views.accounts, name="accounts"),
        path("<int:pk>/", account_views.account, name="account"),
        path("<int:pk>/code/", account_views.code, name="code"),
        path("<int:pk>/request/", code_views.asking, name="code_asking"),
        path("requests/", code_views.code_requests, name="code_requests"),
        path("requests/<int:pk>/", code_views.code_request, name="code_request"),
        path("requests/<int:pk>/confirmation/", code_views.confirmation, name="code_confirmation"),
        path("requests/<int:pk>/refusal/", code_views.refusal, name="code_refusal"),
        path("requests/<int:pk>/withdrawal/", code_views.withdrawal, name="code_withdrawal"),
        path("requests/<int:pk>/slip/", code_views.code_slip, name="code_slip"),
        path("<int:pk>/closure/", account_views.closure, name="closure"),
        path("<int:pk>/reopening/", account_views.reopening, name="reopening"),
        path("<int:pk>/sessions/", account_views.sessions, name="sessions"),
        path("grants/", grant_views.grants, name="grants"),
        path("grants/new/", grant_views.grant_new, name="grant_new"),
        path("grants/<int:pk>/end/", grant_views.grant_end, name="grant_end"),
        path("readings/", reading_views.readings, name="readings"),
        path("readings/new/", reading_views.reading_new, name="reading_new"),
        path("readings/<int:pk>/approval/", reading_views.approval, name="approval"),
        path("readings/<int:pk>/refusal/", reading_views.refusal, name="refusal"),
        path("readings/<int:pk>/withdrawal/", reading_views.withdrawal, name="withdrawal"),
    ],
    "access",
)

# allauth's own names (account_login, mfa_index...) must stay without a namespace.
urlpatterns = [*signin.urlpatterns, path("", include(own))]

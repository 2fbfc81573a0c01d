from django.urls import include, path

from nenep.access import account_views, grant_views, reading_views, signin, views

own = (
    [
        path("mine/", views.mine, name="mine"),
        path("roles/", views.roles, name="roles"),
        path("activation/", views.activation, name="activation"),
        path("activation/password/", views.activation_password, name="activation_password"),
        path("branches/<int:body_id>/", account_views.branch, name="branch"),
        path("branches/<int:body_id>/slips/", account_views.slips, name="slips"),
        path("members/<int:member_id>/slip/", account_views.slip, name="slip"),
        path("all/", account_views.accounts, name="accounts"),
        path("<int:pk>/", account_views.account, name="account"),
        path("<int:pk>/code/", account_views.code, name="code"),
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

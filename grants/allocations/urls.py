from django.urls import path

from . import prior_views, views

app_name = "allocations"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("open/<uuid:pk>/", views.OpenRoundView.as_view(), name="open_round"),
    path("rounds/<uuid:pk>/", views.RoundView.as_view(), name="round"),
    path("rounds/<uuid:pk>/plan/", views.PlanView.as_view(), name="plan"),
    path("scenarios/<uuid:pk>/", views.ScenarioView.as_view(), name="scenario"),
    path("scenarios/<uuid:pk>/export/", views.ExportView.as_view(), name="export"),
    path("scenarios/<uuid:pk>/promise/", views.PromiseAllView.as_view(), name="promise_all"),
    path("promises/<uuid:pk>/", views.PromiseView.as_view(), name="promise"),
    path("years/<uuid:pk>/prior-starts/", prior_views.ListView.as_view(), name="prior_starts"),
    path(
        "years/<uuid:pk>/prior-starts/file/",
        prior_views.FileView.as_view(),
        name="file_prior_start",
    ),
    path("promises/<uuid:pk>/end/", views.EndPromiseView.as_view(), name="end_promise"),
    path("batches/<uuid:pk>/", views.BatchView.as_view(), name="batch"),
]

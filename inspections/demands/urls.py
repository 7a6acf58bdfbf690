from django.urls import path

from . import views

app_name = "demands"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("write/", views.WriteView.as_view(), name="write"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/reports.xlsx", views.ExportView.as_view(), name="xlsx"),
    path("<uuid:pk>/reports.csv", views.ExportView.as_view(kind="csv"), name="csv"),
    path("<uuid:pk>/remind/", views.RemindView.as_view(), name="remind"),
    path("<uuid:pk>/do/<str:transition>/", views.DemandTransitionView.as_view(), name="transition"),
    path("reports/<uuid:pk>/", views.ReportView.as_view(), name="report"),
    path("reports/<uuid:pk>/edit/", views.ReportEditView.as_view(), name="report_edit"),
    path("reports/<uuid:pk>/more-time/", views.AskTimeView.as_view(), name="ask_time"),
    path(
        "reports/<uuid:pk>/do/<str:transition>/",
        views.ReportTransitionView.as_view(),
        name="report_transition",
    ),
    path(
        "extensions/<uuid:pk>/do/<str:transition>/",
        views.ExtensionTransitionView.as_view(),
        name="extension_transition",
    ),
]

from django.urls import path

from . import views

app_name = "performance"
urlpatterns = [
    path("awards/<uuid:pk>/start/", views.StartView.as_view(), name="start"),
    path("<uuid:pk>/", views.ReportView.as_view(), name="report"),
    path("parts/<uuid:pk>/", views.PartView.as_view(), name="part"),
    path("<uuid:pk>/evidence/", views.EvidenceView.as_view(), name="evidence"),
]

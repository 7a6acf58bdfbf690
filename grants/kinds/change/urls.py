from django.urls import path

from . import views

app_name = "change"
urlpatterns = [
    path("awards/<uuid:pk>/start/", views.StartView.as_view(), name="start"),
    path("<uuid:pk>/", views.OverviewView.as_view(), name="overview"),
    path("<uuid:pk>/reason/", views.ReasonView.as_view(), name="reason"),
    path("<uuid:pk>/compare/", views.CompareView.as_view(), name="compare"),
]

from django.urls import path

from . import views

app_name = "applications"
urlpatterns = [
    path("", views.IndexView.as_view(), name="index"),
    path("start/", views.StartView.as_view(), name="start"),
    path("<uuid:pk>/", views.OverviewView.as_view(), name="overview"),
    path("<uuid:pk>/attachments/", views.AttachmentsView.as_view(), name="attachments"),
    path("<uuid:pk>/check/", views.CheckView.as_view(), name="check"),
]

from django.urls import path

from . import views

app_name = "incident"
urlpatterns = [
    path("awards/<uuid:pk>/start/", views.StartView.as_view(), name="start"),
    path("papers/<uuid:pk>/start/", views.StartFromPaperView.as_view(), name="start_from_paper"),
    path("<uuid:pk>/", views.EditView.as_view(), name="edit"),
]

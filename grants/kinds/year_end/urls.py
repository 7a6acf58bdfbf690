from django.urls import path

from . import views

app_name = "year_end"
urlpatterns = [
    path("awards/<uuid:pk>/start/", views.StartView.as_view(), name="start"),
    path("<uuid:pk>/", views.EditView.as_view(), name="edit"),
]
